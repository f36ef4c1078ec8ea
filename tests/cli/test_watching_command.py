"""load --watch --once, as a scheduler runs it."""

import json

import pytest

from tests.office import LOGGED, write

MORE = LOGGED["activities.csv"] + "ACT-4,B,2025-09-09,14:00,20,classroom_lesson,12\n"


@pytest.fixture
def watched(sro, empty):
    sro(empty, "load", f"{empty}/export")
    (empty / "dropped").mkdir()
    return empty


def watch(sro, office, *more):
    return sro(office, "load", "--watch", f"{office}/dropped", "--once", "--settle", "0", *more)


def test_what_was_dropped_is_loaded_and_told(sro, watched):
    (watched / "dropped" / "activities.csv").write_text(MORE)
    said = watch(sro, watched, "--add")
    assert said.code == 0
    assert "Activities: 1 new\n" in said.out and "dropped (1 file): vintage" in said.out
    assert watch(sro, watched, "--add", "--quiet").out == ""


def test_a_bad_file_ends_with_one_and_says_where_to_look(sro, watched):
    (watched / "dropped" / "activities.csv").write_text(MORE.replace(",20,", ",2 hrs,"))
    said = watch(sro, watched, "--add")
    assert said.code == 1
    assert "refused, 1 error. Look into " in said.err and "sro-refused" in said.err


def test_rows_that_would_go_end_with_three(sro, watched):
    write(watched / "dropped", {"incidents.csv": LOGGED["incidents.csv"].splitlines()[0] + "\n"})
    said = watch(sro, watched)
    assert said.code == 3 and "would be removed. See --remove-missing." in said.err


def test_a_line_of_json_a_drop(sro, watched):
    (watched / "dropped" / "activities.csv").write_text(MORE)
    (line,) = watch(sro, watched, "--add", "--json").out.splitlines()
    told = json.loads(line)
    assert (told["drop"], told["became"], told["served"], told["files"]) == (
        "dropped", "served", True, ["activities.csv"],
    )  # fmt: skip
    assert told["changes"] == {"activities": {"new": 1, "changed": 0, "removed": 0}}


@pytest.mark.parametrize("arguments", [(), ("export", "--watch", "dropped"), ("--watch", "nowhere")])
def test_what_cannot_be_watched_is_told(sro, empty, arguments):
    said = sro(empty, "load", *arguments)
    assert said.code == 2 and said.err
