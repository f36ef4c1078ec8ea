"""check, load, status, prune."""

import json
import sys

import pytest

from tests.office import LOGGED, write

BROKEN = {"activities.csv": LOGGED["activities.csv"].replace("classroom_lesson", "lektion")}


def test_a_check_says_what_there_is_and_stores_nothing(sro, empty):
    said = sro(empty, "check", f"{empty}/export")
    assert said.code == 0
    assert "0 errors, 0 warnings in 19 rows of 10 tables" in said.out and "It can be loaded." in said.out
    assert not (empty / "vintages").exists()


def test_a_load_is_served_and_the_second_is_quick(sro, empty):
    said = sro(empty, "load", f"{empty}/export")
    assert (said.code, said.err) == (0, "") and "is served: 19 rows of 10 tables" in said.out
    again = sro(empty, "load", f"{empty}/export")
    assert again.code == 0 and "holds these files already" in again.out


def test_a_refused_load_says_why_on_standard_error_and_ends_with_one(sro, empty):
    write(empty / "export", BROKEN)
    said = sro(empty, "load", f"{empty}/export")
    assert (said.code, said.out) == (1, "")
    assert "ERROR   activities.csv, row 2, column activity_type: This is not a code of activity_type." in said.err
    assert "Refused: 3 errors, 0 warnings. Nothing is served yet." in said.err


def test_a_refused_load_says_what_is_still_served(sro, empty):
    sro(empty, "load", f"{empty}/export")
    write(empty / "export", BROKEN)
    said = sro(empty, "load", f"{empty}/export", "--quiet")
    assert said.code == 1 and " is still served." in said.err


def test_quiet_says_nothing_when_all_is_well(sro, empty):
    (empty / "export" / "districts.csv").unlink()
    said = sro(empty, "load", f"{empty}/export", "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert "reference not in export" in sro(empty, "status").out


def test_a_scheduler_gets_one_line_of_json(sro, empty):
    for command, vintage in (("check", False), ("load", True)):
        said = sro(empty, command, f"{empty}/export", "--json")
        assert said.out.count("\n") == 1 and said.err == ""
        told = json.loads(said.out)
        assert (told["good"], told["errors"], told["rows"]["schools"]) == (True, 0, 2)
        assert bool(told["vintage"]) == vintage


def test_a_scheduler_is_told_of_a_refusal_by_rule(sro, empty):
    write(empty / "export", BROKEN)
    said = sro(empty, "load", f"{empty}/export", "--json")
    told = json.loads(said.out)
    assert (said.code, told["good"], told["vintage"], told["errors"]) == (1, False, None, 3)
    (rule,) = told["rules"]
    assert rule == {
        "severity": "error", "rule": "unknown_code", "table": "activities", "column": "activity_type", "count": 3
    }  # fmt: skip


def test_a_scheduler_is_told_of_a_fault_too(sro, empty, monkeypatch):
    (empty / "vintages").mkdir()
    monkeypatch.setattr(
        "sro.store.os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    said = sro(empty, "load", f"{empty}/export", "--json")
    told = json.loads(said.out)
    assert (said.code, told["good"]) == (1, False) and "No space left" in told["says"]


def test_the_report_goes_where_it_is_wanted(sro, empty):
    write(empty / "export", BROKEN)
    sro(empty, "check", f"{empty}/export", "--report", f"{empty}/wrong.csv")
    assert (empty / "wrong.csv").read_text().count("unknown_code") == 3


def test_a_path_that_is_not_there_is_told(sro, empty):
    said = sro(empty, "load", f"{empty}/nowhere")
    assert said.code == 1 and "There is nothing here. Check the path." in said.err


def test_status_of_nothing_says_what_to_do(sro, empty):
    said = sro(empty, "status")
    assert said.code == 1 and "Run `python -m sro load PATH`" in said.err


def test_status_lists_files_and_vintages(sro, served):
    said = sro(served, "status")
    assert said.code == 0
    assert "activities.csv" in said.out and "served" in said.out and "SYNTHETIC" not in said.out


def test_status_of_a_damaged_vintage_is_a_sentence(sro, empty):
    sro(empty, "load", f"{empty}/export")
    (path,) = (empty / "vintages").glob("*.duckdb")
    path.write_bytes(b"junk")
    said = sro(empty, "status")
    assert said.code == 1 and "is damaged. Load the exports again" in said.err


def test_prune_says_how_many_went(sro, empty):
    for name in ("One", "Two", "Three"):
        write(empty / "export", {"districts.csv": f"district_id,name\nD1,{name}\n"})
        sro(empty, "load", f"{empty}/export")
    said = sro(empty, "prune", "--keep", "1")
    assert (said.code, said.out) == (0, "2 vintages removed, 1 kept.\n")


def test_prune_keeps_at_least_one(sro, served):
    for number in ("0", "-1", "many"):
        said = sro(served, "prune", "--keep", number)
        assert said.code == 2 and "write 1 or more" in said.err


def test_rebuild_ends_with_one_unless_all_is_the_same(sro, empty):
    sro(empty, "load", f"{empty}/export")
    (path,) = (empty / "vintages").glob("*.duckdb")
    said = sro(empty, "rebuild", path.stem, "--verify")
    assert said.code == 0 and "is the same" in said.out
    path.with_suffix(".zip").write_bytes(b"junk")
    said = sro(empty, "rebuild", path.stem, "--verify")
    assert said.code == 1 and "are damaged" in said.err


def test_adding_says_what_it_changed(sro, empty):
    sro(empty, "load", f"{empty}/export")
    (empty / "more").mkdir()
    more = LOGGED["activities.csv"].replace(",24\n", ",25\n") + "ACT-4,B,2025-09-09,14:00,20,classroom_lesson,12\n"
    (empty / "more" / "activities.csv").write_text(more)
    said = sro(empty, "load", f"{empty}/more", "--add")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Activities: 1 new, 1 changed" and lines[-1].endswith("s.") and "is served" in lines[-1]
    assert "Student attendances, Oct 2024 to Sep 2025: 76 now, 89 with these files" in said.out


# Removing ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shorter(sro, empty):
    """The office serves its export, of which one activity and the incident are gone now."""
    sro(empty, "load", f"{empty}/export")
    kept = "".join(LOGGED["activities.csv"].splitlines(keepends=True)[:-1])
    write(empty / "export", {"activities.csv": kept, "incidents.csv": LOGGED["incidents.csv"].splitlines()[0] + "\n"})
    return empty


def test_a_load_that_removes_rows_needs_a_consent_of_its_own(sro, shorter):
    served = sro(shorter, "status").out.split()[1]
    said = sro(shorter, "load", f"{shorter}/export")
    assert (said.code, said.out) == (3, "")
    assert "Activities: 1 removed\nIncidents: 1 removed\n" in said.err
    assert "Not published: 2 rows would be removed. If that is meant, add --remove-missing." in said.err
    assert sro(shorter, "status").out.split()[1] == served
    said = sro(shorter, "load", f"{shorter}/export", "--remove-missing")
    assert said.code == 0 and "Activities: 1 removed" in said.out
    assert sro(shorter, "status").out.split()[1] != served


def test_a_scheduler_is_told_what_would_be_removed(sro, shorter):
    said = sro(shorter, "load", f"{shorter}/export", "--json")
    told = json.loads(said.out)
    assert (said.code, told["good"], told["served"]) == (3, True, False)
    assert told["changes"]["activities"] == {"new": 0, "changed": 0, "removed": 1}
    assert {"title": "Student attendances", "before": "76", "after": "46"}.items() <= told["figures"][0].items()
    told = json.loads(sro(shorter, "load", f"{shorter}/export", "--json", "--remove-missing").out)
    assert (told["served"], told["changes"]["incidents"]["removed"]) == (True, 1)


def test_returning_to_files_that_lack_rows_needs_consent_too(sro, empty):
    first = {"activities.csv": "".join(LOGGED["activities.csv"].splitlines(keepends=True)[:-1])}
    write(empty / "export", first)
    sro(empty, "load", f"{empty}/export")
    write(empty / "export")
    sro(empty, "load", f"{empty}/export")
    write(empty / "export", first)
    assert sro(empty, "load", f"{empty}/export").code == 3


def test_a_damaged_vintage_is_replaced_without_a_comparison(sro, empty):
    sro(empty, "load", f"{empty}/export")
    (path,) = (empty / "vintages").glob("*.duckdb")
    path.write_bytes(b"junk")
    write(empty / "export", {"districts.csv": "district_id,name\nD1,Other\n"})
    assert sro(empty, "load", f"{empty}/export").code == 0


def test_a_build_reads_from_an_address_and_serves_as_a_load_does(sro, empty):
    said = sro(empty, "build", (empty / "export").as_uri())
    assert (said.code, said.err) == (0, "") and "is served: 19 rows of 10 tables" in said.out
    assert "built from export" in sro(empty, "status").out
    assert "holds these files already" in sro(empty, "load", f"{empty}/export").out


def test_a_build_from_an_address_without_files_is_refused(sro, empty):
    said = sro(empty, "build", "file:///nowhere", "--json")
    assert said.code == 1 and "file:///nowhere: there is nothing here" in json.loads(said.out)["says"]


def test_a_build_on_spark_says_when_there_is_none(sro, empty, monkeypatch):
    monkeypatch.setitem(sys.modules, "sro.spark.engine", None)
    said = sro(empty, "build", f"{empty}/export", "--engine", "spark")
    assert said.code == 2 and "Install requirements-spark.txt" in said.err
