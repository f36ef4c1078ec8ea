"""The audit trail keeps what it was told, from many at once, and tells when somebody has been at it."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sro import trail
from sro.people import ROLES, NotAllowed
from sro.settings import PROJECT
from sro.trail import TrailError, entries, note, prune, verify
from tests.office import settings_in

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


def ten(settings) -> Path:
    for number in range(10):
        note(settings, "ann@county.test", "saw", f"screen {number}", "public", now=NOW + timedelta(days=number))
    return settings.folders.data / "log" / "trail.jsonl"


def test_an_entry_says_who_did_what_when_and_for_whom(settings):
    note(settings, "ann@county.test", "exported", 'coverage "C04"\n=cmd', "leadership", "abc123", NOW)
    (entry,) = entries(settings)
    assert (entry.number, entry.when, entry.who) == (1, "2026-03-02T09:30:00.000+00:00", "ann@county.test")
    assert (entry.did, entry.what) == ("exported", 'coverage "C04"\n=cmd')
    assert (entry.audience, entry.vintage) == ("leadership", "abc123")
    assert verify(settings).faults == ()


def test_nothing_is_noted_that_the_trail_does_not_know(settings):
    with pytest.raises(ValueError, match="dreamt"):
        note(settings, "ann", "dreamt", "")


def test_an_endless_text_is_cut(settings):
    note(settings, "ann", "asked", "x" * 1_000_000)
    (entry,) = entries(settings)
    assert len(entry.what) == trail.LONGEST + 1 and verify(settings).faults == ()


def _write(home: Path, name: str) -> None:
    for number in range(40):
        note(settings_in(home), name, "asked", str(number))


def test_processes_and_threads_write_at_once_and_nothing_is_lost(settings, tmp_path):
    code = "import sys; from tests.trail import test_trail as t; t._write(t.Path(sys.argv[1]), sys.argv[2])"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), f"process {n}"], cwd=PROJECT) for n in range(3)
    ]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: _write(tmp_path, f"thread {n}"), range(4)))
    for process in running:
        assert process.wait(60) == 0
    found = verify(settings)
    assert (found.count, found.faults) == (7 * 40, ())
    for who in {entry.who for entry in entries(settings)}:
        assert [entry.what for entry in entries(settings) if entry.who == who] == [str(n) for n in range(40)]


def edit(lines):
    return [*lines[:3], lines[3].replace(b"ann@", b"bob@"), *lines[4:]]


def resealed(lines):
    """An edit by somebody who knows how seals are made, and not the key."""
    whole = json.loads(lines[-1])
    seal, before = whole.pop("seal"), json.loads(lines[-2])["seal"]
    whole["who"] = "bob@county.test"
    forged = {**whole, "seal": trail._seal(whole, before, b"guessed")}
    assert forged["seal"] != seal
    return [*lines[:-1], json.dumps(forged).encode() + b"\n"]


@pytest.mark.parametrize(
    "tamper",
    [
        edit,
        resealed,
        lambda lines: [*lines[:4], *lines[5:]],
        lambda lines: lines[1:],
        lambda lines: lines[:-1],
        lambda lines: lines[:-5],
        lambda lines: [],
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [*lines[:-1], lines[-1][:-20]],
        lambda lines: [*lines[:5], b"not json\n", *lines[5:]],
    ],
    ids=["edit", "reseal", "delete", "delete first", "truncate", "truncate many", "empty", "reorder", "repeat", "half",
         "insert"],
)  # fmt: skip
@pytest.mark.parametrize("used_since", [False, True])
def test_whoever_was_at_the_trail_is_found_out_then_and_after_more_was_written(settings, tamper, used_since):
    path = ten(settings)
    path.write_bytes(b"".join(tamper(path.read_bytes().splitlines(keepends=True))))
    if used_since:
        note(settings, "carl", "saw", "later")
        note(settings, "carl", "saw", "later still")
    assert verify(settings).faults


@pytest.mark.parametrize("gone", ["head", "key"])
@pytest.mark.parametrize("used_since", [False, True])
def test_a_head_or_key_that_is_taken_away_is_noticed(settings, gone, used_since):
    path = ten(settings)
    path.with_name(gone).unlink()
    if used_since:
        note(settings, "carl", "saw", "later")
    assert verify(settings).faults


def test_a_head_that_was_wound_back_by_hand_is_noticed(settings):
    path = ten(settings)
    head = path.with_name("head")
    head.write_text(head.read_text().replace('"count": 10', '"count": 9'))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert verify(settings).faults


def test_a_seal_that_was_kept_elsewhere_finds_a_whole_history_that_was_replaced(settings, tmp_path):
    ten(settings)
    kept = verify(settings).seal
    note(settings, "ann", "saw", "more")
    assert verify(settings, kept).faults == ()
    other = settings_in(tmp_path / "other")
    ten(other)
    assert verify(other).faults == () and verify(other, kept).faults


@pytest.mark.parametrize("left", [b'{"number": 11, "who": "ha', b"\x00\xff"])
def test_half_a_line_that_a_crash_left_is_cut_off_by_the_next(settings, left):
    path = ten(settings)
    path.write_bytes(path.read_bytes() + left)
    note(settings, "ann", "saw", "after the crash")
    found = verify(settings)
    assert (found.count, found.faults) == (11, ())


def test_a_line_that_a_crash_left_uncounted_is_counted_by_the_next(settings):
    path = ten(settings)
    head = path.with_name("head").read_bytes()
    note(settings, "ann", "saw", "written, and then the power went")
    path.with_name("head").write_bytes(head)
    note(settings, "ann", "saw", "after")
    found = verify(settings)
    assert (found.count, found.faults) == (12, ())


def test_what_cannot_be_noted_is_told_in_a_sentence(settings):
    (settings.folders.data / "log").write_text("a file where the folder belongs")
    with pytest.raises(TrailError, match="not done"):
        note(settings, "ann", "exported", "everything")


def test_only_an_administrator_reads_it(settings):
    ten(settings)
    assert len(list(entries(settings.seen_by(ROLES["admin"])))) == 10
    for role in sorted(set(ROLES) - {"admin"}):
        with pytest.raises(NotAllowed, match="audit trail"):
            list(entries(settings.seen_by(ROLES[role])))


def test_old_entries_are_taken_away_and_the_rest_still_verifies(settings):
    path = ten(settings)
    assert prune(settings, 5, NOW + timedelta(days=10)) == 5
    assert [entry.number for entry in entries(settings)] == [6, 7, 8, 9, 10, 11]
    assert verify(settings).faults == ()
    assert prune(settings, 5, NOW + timedelta(days=10)) == 0
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[1:]))
    assert verify(settings).faults


def test_a_clock_that_was_set_back_and_right_again_costs_no_entry_and_leaves_the_chain_whole(settings):
    """What was noted meanwhile bears the wrong time, is nevertheless in its place, and nothing is taken out of turn."""
    for number, days in enumerate((0, 1, -400, -399, 2, 3)):
        note(settings, "ann@county.test", "saw", f"screen {number}", now=NOW + timedelta(days=days))
    assert [entry.what for entry in entries(settings)] == [f"screen {number}" for number in range(6)]
    assert verify(settings).faults == ()
    assert prune(settings, 30, NOW + timedelta(days=4)) == 0
    assert verify(settings).faults == () and len(list(entries(settings))) == 6
    assert prune(settings, 30, NOW + timedelta(days=-400)) == 0  # asked while the clock is wrong
    assert prune(settings, 30, NOW + timedelta(days=32.5)) == 5  # as far as day 2, those of the wrong time among them
    assert [entry.number for entry in entries(settings)] == [6, 7] and verify(settings).faults == ()


def test_nothing_is_taken_from_a_trail_that_is_not_whole(settings):
    path = ten(settings)
    path.write_bytes(b"".join(edit(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(TrailError, match="not whole"):
        prune(settings, 1, NOW + timedelta(days=30))


def test_the_key_is_read_by_its_owner_only(settings):
    key = ten(settings).with_name("key")
    assert key.stat().st_mode & 0o077 == 0
