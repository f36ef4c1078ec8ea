"""Foreign headers and codes find what they mean, or are left for a person; what is confirmed is a mapping."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro.building import recipe_digest
from sro.contract import load_contract
from sro.mapping import load_mappings
from sro.recognition import Proposal, as_column, likeness, likenesses, mapping_toml, match_code, read_vocabulary
from sro.settings import PROJECT
from tests.office import load_office, settings_in

CONTRACT = load_contract(PROJECT / "data" / "contract")
WORDS = read_vocabulary(PROJECT / "data" / "reference")
LOG = ("Entry No.", "School Name", "Date of Service", "Minutes", "Type of Activity", "No. of Students", "Remarks")


def codes(table, column):
    return WORDS.codes_of(CONTRACT.tables[table], CONTRACT.tables[table].field(column))


def test_an_officers_log_is_recognized_as_activities():
    best = likenesses(LOG, CONTRACT, WORDS)[0]
    assert best.table.name == "activities"
    assert best.columns == {
        "activity_id": "Entry No.",
        "school_id": "School Name",
        "date": "Date of Service",
        "duration_min": "Minutes",
        "activity_type": "Type of Activity",
        "students_reached": "No. of Students",
    }


def test_a_sheet_that_is_like_nothing_has_no_suggestion():
    assert likenesses(("Invoice", "Vendor", "Paid by check"), CONTRACT, WORDS) == []


def test_a_header_is_used_once():
    columns = likeness(("Date", "School", "Time"), CONTRACT.tables["incidents"], WORDS).columns
    assert len(set(columns.values())) == len(columns)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Fight – no inj.", "fight_no_injury"),
        ("FIGHT, NO INJURY", "fight_no_injury"),
        ("Fight with injury", ""),
        ("Criminal Mischief", "vandalism"),
        ("vandelism", "vandalism"),
        ("Mental Health", "mental_health_crisis"),
        ("Barking dog", ""),
        ("", ""),
    ],
)
def test_a_text_finds_its_code_or_none(text, code):
    assert match_code(text, codes("incidents", "local_category")) == code


def test_activity_types_are_codes_although_the_contract_lists_none():
    assert match_code("Classroom Lesson", codes("activities", "activity_type")) == "classroom_lesson"


def test_every_synonym_speaks_of_a_column_or_code_that_exists():
    columns = {column for table in CONTRACT.tables.values() for column in table.columns}
    raw = tomllib.loads((PROJECT / "data" / "reference" / "synonyms.toml").read_text(encoding="utf-8"))
    assert raw["columns"].keys() <= columns
    for name, known in raw["codes"].items():
        table = next(table for table in CONTRACT.tables.values() if name in table.columns)
        assert known.keys() <= WORDS.codes_of(table, table.field(name)).keys()


def test_a_confirmed_proposal_is_a_mapping(tmp_path):
    proposal = Proposal(
        "schools", {"school_id": "{Code}", "name": "{Name}", "level": "{Type}"}, {"level": {"H": "high"}}
    )
    text = mapping_toml("Roster", ("Code", "Name", "Type"), [proposal])
    (tmp_path / "roster.toml").write_text(text, encoding="utf-8")
    (read,) = load_mappings(tmp_path, CONTRACT)
    assert read.columns == ("Code", "Name", "Type")
    assert read.targets[0].columns["level"] == {"of": "{Type}", "codes": {"H": "high"}}


@given(st.text(), st.dictionaries(st.text(), st.text(), min_size=1))
def test_any_text_survives_the_mapping_file(text, found):
    read = tomllib.loads(mapping_toml(text, [text], [Proposal("schools", {"level": text}, {"level": found})]))
    assert read["title"] == text
    assert read["table"][0]["columns"]["level"] == {"of": text, "codes": found}


def test_a_header_with_braces_is_named_without_them():
    assert as_column("Time {24h}") == "time_24h"
    assert as_column("Date of Service") == "Date of Service"


def test_what_the_office_confirmed_is_read_and_leaves_the_recipe_as_it_was(tmp_path):
    settings, folder = settings_in(tmp_path), tmp_path / "export"
    folder.mkdir()
    (folder / "list.csv").write_text("Bldg;What it is called\nA;Alder\n", encoding="utf-8")
    recipe = recipe_digest(settings)
    assert not load_office(folder, settings).is_good
    proposal = Proposal("schools", {"school_id": "{Bldg}", "name": "{What it is called}"})
    settings.folders.own_mappings.mkdir(parents=True)
    text = mapping_toml("Our buildings", ("Bldg", "What it is called"), [proposal])
    (settings.folders.own_mappings / "list.toml").write_text(text, encoding="utf-8")
    assert load_office(folder, settings).rows["schools"] == 1
    assert recipe_digest(settings) == recipe
