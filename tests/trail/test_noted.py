"""What is done on screens and by commands stands in the audit trail."""

from __future__ import annotations

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from sro.cli import main
from sro.limits import Limit
from sro.screen import here
from sro.settings import PROJECT
from sro.store import current
from sro.trail import TrailError, entries, note, verify
from sro.watching import Watch
from tests.office import LOGGED, SERVED, write
from tests.people.conftest import claims, program

LESSON = "ACT-4,B,2025-09-08,10:00,40,classroom_lesson,21\n"


def screen(user: dict | None = None, **query: str) -> AppTest:
    app = AppTest.from_file(str(PROJECT / "sro" / "screen" / "house.py"), default_timeout=60)
    if user:
        app.user = user
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def noted(settings):
    return [(entry.who, entry.did, entry.what) for entry in entries(settings)]


def test_a_screen_is_noted_once_for_what_it_shows_with_its_audience_and_vintage(office):
    app = screen()
    app.run()
    (entry,) = entries(office)
    assert (entry.who, entry.did, entry.audience) == ("local", "saw", "public") and entry.what.startswith("Overview?")
    assert entry.vintage
    app.query_params["schools"] = "A"
    app.run()
    assert "schools=A" in noted(office)[-1][2] and len(noted(office)) == 2


def test_who_signs_in_is_noted_by_name_and_role(office, tmp_path, monkeypatch):
    monkeypatch.setenv("SRO_PROGRAM", str(program(tmp_path)))
    screen(claims("lead@county.test"))
    assert noted(office)[0] == ("lead@county.test", "signed_in", "leader")
    assert [(who, did) for who, did, _ in noted(office)[1:]] == [("lead@county.test", "saw")]


def made_slides() -> AppTest:
    app = screen().switch_page(str(PROJECT / "pages" / "reports.py")).run()
    return next(button for button in app.button if button.label == "Make it").click().run()


def test_slides_that_are_made_are_an_export(office):
    assert made_slides().get("download_button")
    (exported,) = [what for _, did, what in noted(office) if did == "exported"]
    assert exported.startswith("Slides board?")


def test_somebody_who_makes_file_after_file_is_told_to_wait(office, monkeypatch):
    monkeypatch.setattr(here, "EXPORTS", Limit(1, 600))
    assert here.EXPORTS.wait("local") == 0
    app = made_slides()
    assert not app.get("download_button") and "Too many files in a short time" in app.info[0].value
    assert not [did for _, did, _ in noted(office) if did == "exported"]


def test_where_nothing_can_be_noted_screens_are_shown_and_nothing_is_exported(office, capsys):
    (office.folders.data / "log").write_text("in the way")
    app = made_slides()
    assert not app.get("download_button") and "audit trail cannot be written" in app.error[0].value
    assert "could not be drawn" not in str(screen().error)
    assert main(["deck", "--preset", "board", "--period", "2025-26"]) == 1
    assert "audit trail cannot be written" in capsys.readouterr().err
    assert main(["ask", "lessons_delivered", "--period", "2025-26"]) == 0


def test_commands_are_noted_with_their_arguments(office, tmp_path, capsys):
    assert main(["ask", "lessons_delivered", "--period", "2025-26"]) == 0
    assert main(["load", str(tmp_path / "export"), "--quiet"]) == 0
    (asked, loaded) = noted(office)
    assert asked[0].startswith("local:") and asked[1:] == ("asked", "ask lessons_delivered --period 2025-26")
    assert loaded[1] == "loaded" and str(tmp_path / "export") in loaded[2]


def test_a_load_that_publishes_is_noted_with_its_vintage_before_anybody_is_served(office, tmp_path):
    before = current(office).id
    write(tmp_path / "more", SERVED, {"activities.csv": f"{LOGGED['activities.csv']}{LESSON}"})
    assert main(["load", str(tmp_path / "more"), "--quiet"]) == 0
    *_, loaded, served = entries(office)
    assert (loaded.did, served.did, served.vintage) == ("loaded", "served", current(office).id)
    assert before in served.what and before != served.vintage


@pytest.mark.parametrize("command", ["load", "watch", "rebuild"])
def test_nothing_is_published_where_it_cannot_be_noted(office, tmp_path, command, capsys):
    before = current(office).id
    write(tmp_path / "more", SERVED, {"activities.csv": f"{LOGGED['activities.csv']}{LESSON}"})
    (office.folders.data / "log").write_text("in the way")
    given = {
        "load": ["load", str(tmp_path / "more")],
        "watch": ["load", "--watch", str(tmp_path / "more"), "--once", "--settle", "0"],
        "rebuild": ["rebuild", before],
    }[command]
    assert main(given) == 1
    assert "audit trail cannot be written" in capsys.readouterr().err and current(office).id == before
    assert main(["check", str(tmp_path / "more")]) == 0


def test_a_trail_that_cannot_be_written_any_more_stops_a_load_before_it_is_served(office, tmp_path, monkeypatch):
    before = current(office).id
    write(tmp_path / "dropped", SERVED, {"activities.csv": f"{LOGGED['activities.csv']}{LESSON}"})

    def full(*_: object, **__: object) -> None:
        raise TrailError("The audit trail cannot be written.")

    monkeypatch.setattr("sro.preview.note", full)
    (outcome,) = Watch(tmp_path / "dropped", office, who="somebody").outcomes(once=True, settle=0)
    assert outcome.became == "stopped" and "audit trail" in outcome.says and current(office).id == before


def test_the_command_verifies_and_shows_the_trail(office, capsys):
    note(office, "ann", "saw", "something")
    assert main(["audit-log", "verify"]) == 0
    seal = verify(office).seal
    assert "Whole" in capsys.readouterr().out
    assert main(["audit-log", "verify", "--expect", seal]) == 0
    assert main(["audit-log", "verify", "--expect", "0" * 63 + "1"]) == 1
    assert main(["audit-log", "show"]) == 0
    assert "something" in capsys.readouterr().out
    path = office.folders.data / "log" / "trail.jsonl"
    path.write_bytes(path.read_bytes().replace(b"ann", b"bob"))
    assert main(["audit-log", "verify"]) == 1
    assert "Line 1 was changed" in capsys.readouterr().out
    shutil.rmtree(path.parent)


def test_the_screen_for_administrators_shows_it_and_says_whether_it_is_whole(office):
    note(office, "ann", "saw", "something")
    note(office, "bob", "exported", "everything")
    app = screen().switch_page(str(PROJECT / "pages" / "trail.py")).run()
    assert {"ann", "bob"} <= set(app.dataframe[0].value["Who"])
    app.text_input(key="trail_words").set_value("exported").run()
    assert list(app.dataframe[0].value["Who"]) == ["bob"]
    app.button(key="trail_verify").click().run()
    assert "Whole" in app.success[0].value
