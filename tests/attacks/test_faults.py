"""What is seen when something breaks under the dashboard: a sentence, nothing lost, and service again by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest
from websockets.exceptions import ConnectionClosed

from sro.api import ask_api
from sro.backup import prune_inbox
from sro.cli import main
from sro.people import LOCAL
from sro.server import health
from sro.settings import PROJECT
from sro.store import before, current, prune, serve, stored
from sro.trail import entries, verify
from sro.vintages import load, never
from tests.attacks.socket import Running
from tests.office import LOGGED, SERVED, TODAY, lessons, load_office, write
from tests.people.conftest import claims, program
from tests.visitor import Session, cookie

LESSONS = {"metric": "lessons_delivered", "period": "2025-26"}


def screen() -> AppTest:
    return AppTest.from_file(str(PROJECT / "sro" / "screen" / "house.py"), default_timeout=60).run()


def healthy() -> tuple[int, dict]:
    answered = health(Request({"type": "http", "method": "GET", "path": "/api/health", "headers": []}))
    return answered.status_code, json.loads(bytes(answered.body))


def test_a_pointer_to_a_missing_vintage_is_told_everywhere_and_healed_by_a_load(office, tmp_path):
    good = current(office).id
    (office.folders.vintages / "current").write_text("0123456789abcdef\n")
    assert "is missing" in str(screen().info[0].value)
    status, said = healthy()
    assert status == 503 and "is missing" in said["says"]
    assert ask_api(LESSONS, LOCAL, office)[0] == 503
    assert load_office(tmp_path / "export", office).vintage == good
    assert healthy()[0] == 200 and lessons(office) == 3


@pytest.mark.parametrize("harm", [b"", b"not a database", b"\x00" * 50_000])
def test_a_damaged_vintage_that_somebody_points_to_is_told_everywhere(office, harm):
    (office.folders.vintages / "fedcba9876543210.duckdb").write_bytes(harm)
    (office.folders.vintages / "current").write_text("fedcba9876543210\n")
    assert "is damaged" in str(screen().info[0].value)
    assert healthy()[0] == 503 and ask_api(LESSONS, LOCAL, office)[0] == 503


def test_a_server_killed_under_fifty_open_sessions_serves_the_same_again_and_has_forgotten_nothing(office, tmp_path):
    """Killed while all wait for a screen. Who was signed in still is, since nothing of it was in the process."""
    served = current(office).id
    running = Running(office.folders.data, program(tmp_path), tmp_path)
    signed_in = cookie(claims("lead@county.test"), running.origin)
    with running, ExitStack() as people:
        sessions = [people.enter_context(Session(running.origin, running.port, signed_in)) for _ in range(50)]
        sessions[0].open("engagement")  # one has seen a screen whole, the others are in the middle of theirs
        noted = [entry.what for entry in entries(office)]
        for session in sessions:
            session.ask("engagement")
        running.process.kill()
        with pytest.raises((ConnectionClosed, OSError)):
            sessions[-1].open()
    assert noted and [entry.what for entry in entries(office)][: len(noted)] == noted
    with running:
        with urllib.request.urlopen(f"{running.address}/api/health", timeout=20) as answered:
            assert json.loads(answered.read())["vintage"] == served
        assert "could not be drawn" not in (again := running.shown(signed_in, "engagement")) and "Alder" in again
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{running.address}/api/ask?metric=lessons_delivered&period=2025-26", timeout=20)
    assert verify(office).faults == () and lessons(office) == 3


def test_a_clock_that_was_ahead_and_is_set_back_changes_no_order_of_vintages_and_spoils_no_preview(office, tmp_path):
    """Times of files are what a wrong clock writes; which vintage is newer must not depend on it."""

    def published_at(path: Path, days: float) -> None:
        when = time.time() + days * 86400
        os.utime(path, (when, when))

    home, first = office.folders.vintages, current(office).id
    published_at(home / f"{first}.duckdb", 400)
    second = load_office(with_lessons(tmp_path / "more", 1), office).vintage
    assert second and [one.id for one in stored(office)] == [second, first]
    earlier = before(second, office)
    assert earlier and earlier.id == first
    waiting = load(with_lessons(tmp_path / "more", 2), office, today=lambda: TODAY, agree=never).vintage
    assert waiting and current(office).id == second
    published_at(home / "prepared" / f"{waiting}.duckdb", -400)
    serve(office, waiting, instead_of=second)
    assert [one.id for one in stored(office)] == [waiting, second, first] and lessons(office) == 5
    assert prune(office, 2) == (first,) and healthy()[0] == 200


def test_a_clock_set_back_takes_no_dropped_file_away_too_early(office):
    dropped = office.folders.data / "inbox" / "abc" / "log.csv"
    dropped.parent.mkdir(parents=True)
    dropped.write_text("x")
    now = dropped.stat().st_mtime
    assert prune_inbox(office, 30, now - 400 * 86400) == 0 and dropped.is_file()
    assert prune_inbox(office, 30, now + 31 * 86400) == 1 and not dropped.exists()


def with_lessons(folder: Path, more: int) -> Path:
    rows = "".join(f"MORE-{number},B,2025-09-09,14:00,20,classroom_lesson,12\n" for number in range(more))
    return write(folder, SERVED, {"activities.csv": LOGGED["activities.csv"] + rows})


AS_SOMEBODY = """
import os, sys
from sro.cli import main
from sro.settings import read_settings
main(["metrics"]), main(["status"])  # whatever is imported late is imported now
if os.geteuid() == 0:  # root writes everywhere; whoever has no rights does not
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(sys.argv[1:]))
"""


def without_rights(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", AS_SOMEBODY, *arguments], cwd=PROJECT, env={**os.environ, "SRO_DATA": str(data)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def read_only(office):
    """The office's folder, where nobody but its owner may write, somewhere that everybody may look."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        shutil.copytree(office.folders.data, data)
        for path in (Path(place), data, *data.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield data
        for path in (Path(place), *(path for path in data.rglob("*") if path.is_dir()), data):
            path.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_asked_and_not_changed(read_only, tmp_path):
    before = sorted(path.name for path in read_only.rglob("*"))
    asked = without_rights(read_only, "ask", "lessons_delivered", "--period", "2025-26", "--format", "json")
    assert asked.returncode == 0 and '"numerator": 3' in asked.stdout
    made = without_rights(read_only, "deck", "--preset", "board", "--period", "2025-26")
    assert made.returncode == 1 and "audit trail cannot be written" in made.stderr
    loaded = without_rights(read_only, "load", "nowhere")
    assert loaded.returncode == 1 and "Traceback" not in loaded.stderr
    assert sorted(path.name for path in read_only.rglob("*")) == before


def test_a_disk_that_is_full_shows_screens_and_exports_nothing(office, monkeypatch, capsys):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sro.trail.os.fsync", full)
    assert "could not be drawn" not in str(screen().error)
    assert main(["deck", "--preset", "board", "--period", "2025-26"]) == 1
    assert "No space left" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.setenv("SRO_DATA", str(office.folders.data))
    assert main(["audit-log", "verify"]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_disk_that_fills_up_while_a_deck_is_written_leaves_the_earlier_one_whole(office, tmp_path, capsys):
    earlier = tmp_path / "board.pptx"
    earlier.write_bytes(b"as it was")
    (tmp_path / ".board.pptx.part").symlink_to("/dev/full")
    assert main(["deck", "--preset", "board", "--period", "2025-26", "--to", str(earlier)]) == 1
    said = capsys.readouterr().err
    assert "board.pptx: No space left on device" in said and "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir() if "board" in path.name] == ["board.pptx"]
    assert earlier.read_bytes() == b"as it was"


def test_the_api_tells_no_fault_of_the_program(office, monkeypatch):
    monkeypatch.setattr("sro.api.as_json", lambda _: 1 / 0)
    status, said = ask_api(LESSONS, LOCAL, office)
    assert status == 500 and "ZeroDivision" not in str(said)
