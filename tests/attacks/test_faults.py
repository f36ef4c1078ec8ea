"""What is seen when something breaks under the dashboard: a sentence, nothing lost, and service again by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from sro.api import ask_api
from sro.cli import main
from sro.people import LOCAL
from sro.server import health
from sro.settings import PROJECT
from sro.store import current
from tests.office import lessons, load_office

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


def test_the_api_tells_no_fault_of_the_program(office, monkeypatch):
    monkeypatch.setattr("sro.api.as_json", lambda _: 1 / 0)
    status, said = ask_api(LESSONS, LOCAL, office)
    assert status == 500 and "ZeroDivision" not in str(said)
