"""A vintage is prepared where nobody sees it; what it would change is said before it is published."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from sro import vintages
from sro.contract import load_contract
from sro.preview import figure_changes, row_changes
from sro.settings import PROJECT
from sro.store import opened
from sro.vintages import VintageError, current, never, prepared, serve, stored
from tests.office import LOGGED, TODAY, load_office, settings_in, write

CONTRACT = load_contract(PROJECT / "data" / "contract")
HEADER = LOGGED["activities.csv"].splitlines()[0] + "\n"
CORRECTED = {
    "activities.csv": HEADER
    + "ACT-1,A,2025-09-08,09:00,40,classroom_lesson,25\n"  # was 24
    + "ACT-3,B,2025-09-09,13:00,40,classroom_lesson,30\n"  # ACT-2 is gone
    + "ACT-4,B,2025-09-10,13:00,40,classroom_lesson,20\n"
    + "ACT-5,B,2025-09-11,13:00,40,classroom_lesson,20\n"
}


@pytest.fixture
def office(tmp_path):
    """An office that serves what was logged, and has a corrected export prepared: settings, served id, prepared id."""
    settings = settings_in(tmp_path / "home")
    served = load_office(write(tmp_path / "first"), settings).vintage
    export = write(tmp_path / "second", CORRECTED)
    waiting = vintages.load(export, settings, agree=never, today=lambda: TODAY).vintage
    return settings, served, waiting


def test_what_is_prepared_is_not_served(office):
    settings, served, waiting = office
    assert waiting not in (None, served)
    assert current(settings).id == served
    assert [kept.id for kept in stored(settings)] == [served]


def test_rows_are_new_changed_or_removed_by_their_key(office):
    settings, _, waiting = office
    with prepared(settings, waiting) as after:
        changes = {change.table: str(change) for change in row_changes(current(settings), after, CONTRACT)}
    assert changes == {"activities": "2 new, 1 changed, 1 removed"}


def test_figures_say_how_they_read_before_and_after(office):
    settings, _, waiting = office
    with prepared(settings, waiting) as after:
        metrics = ("lessons_delivered", "student_attendances", "coverage_rate")
        changes = figure_changes(metrics, current(settings), after, settings)
    assert [(change.before, change.after) for change in changes] == [("3", "4"), ("76", "95")]


def test_a_vintage_of_an_earlier_contract_is_compared_by_what_both_have(office, tmp_path):
    """The served one knows no table of drills, and no minutes of an activity."""
    settings, _, waiting = office
    older = tmp_path / "older.duckdb"
    shutil.copyfile(current(settings).path, older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("DROP TABLE export.drills; ALTER TABLE export.activities DROP duration_min")
    with opened(older) as before, prepared(settings, waiting) as after:
        changes = {change.table: str(change) for change in row_changes(before, after, CONTRACT)}
        figures = figure_changes(("lessons_delivered",), before, after, settings)
    assert changes == {"activities": "2 new, 1 changed, 1 removed"}
    assert [(change.before, change.after) for change in figures] == [("3", "4")]


def test_it_is_published_only_in_the_place_of_what_it_was_compared_with(office, tmp_path):
    settings, served, waiting = office
    load_office(write(tmp_path / "third", {"districts.csv": "district_id,name\nD1,Other\n"}), settings)
    with pytest.raises(VintageError, match="Another load was published meanwhile"):
        serve(settings, waiting, instead_of=served)
    assert current(settings).id not in (served, waiting)


def test_a_prepared_vintage_is_published_and_the_earlier_one_can_be_returned_to(office):
    settings, served, waiting = office
    serve(settings, waiting)
    assert current(settings).id == waiting
    serve(settings, served)
    assert current(settings).id == served
    assert {kept.id for kept in stored(settings)} == {served, waiting}


def test_what_is_not_there_cannot_be_served(office):
    settings, served, _ = office
    with pytest.raises(VintageError, match="missing"):
        serve(settings, "nowhere")
    assert current(settings).id == served
