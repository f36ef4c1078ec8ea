"""The model as a whole: it stands on any export, and says what its categories are called."""

from datetime import date

import pytest

from sro.calendar import school_year_of
from tests.model.tiny import TinyExport, contract, rows, sql_files

MODEL = [
    "school", "calendar_day", "year_length", "enrollment_year", "service_day", "contract_day", "shift", "presence",
    "coverage_day", "activity", "incident", "official_total", "officer_year", "reporting_month", "slice_title",
]  # fmt: skip


@pytest.mark.parametrize("absent", [name for name in contract().tables if name != "schools"])
def test_any_table_may_be_absent(absent):
    export = TinyExport()
    for name in contract().tables:
        if name != absent:
            export.add(name)
    connection = export.build()
    assert [rows(connection, f"SELECT count(*) >= 0 FROM {name}") for name in MODEL] == [[(True,)]] * len(MODEL)


def test_schools_alone_make_a_model_without_facts():
    connection = TinyExport().build()
    facts = [name for name in MODEL if name not in ("school", "slice_title")]
    assert {name: rows(connection, f"SELECT count(*) FROM {name}") for name in facts} == {
        name: [(0,)] for name in facts
    }


@pytest.mark.parametrize("file", sql_files("model"), ids=lambda file: file.stem)
def test_a_model_file_makes_what_its_name_says(file):
    name = file.stem.split("_", 1)[1]
    text = file.read_text()
    assert text.startswith("-- ")
    assert any(f"CREATE {kind} {name}" in text for kind in ("TABLE", "VIEW", "MACRO"))


@pytest.mark.parametrize("day", ["1999-12-31", "2000-01-01", "2025-06-30", "2025-07-01"])
def test_school_years_are_those_of_the_calendar(day):
    expected = school_year_of(date.fromisoformat(day)).key
    assert rows(TinyExport().build(), f"SELECT school_year_of(DATE '{day}')") == [(expected,)]


def test_a_repeated_incident_is_left_out():
    export = TinyExport().incident("2025-09-02", incident_id="first").incident("2025-09-02", duplicate_of="first")
    assert rows(export.build(), "SELECT incident_id FROM incident") == [("first",)]


def test_an_incident_category_carries_its_scheme():
    export = TinyExport().incident("2025-09-02", category_scheme="ssec_2021", ssec_code="14").incident("2025-09-03")
    found = rows(export.build(), "SELECT category FROM incident ORDER BY day")
    assert found == [("ssec_2021:14",), ("local:disorderly",)]


def title(export: TinyExport, slice_: str) -> str:
    sql = f"SELECT title FROM slice_title WHERE dimension = 'category' AND slice = '{slice_}'"
    return rows(export.build(), sql)[0][0]


def test_a_known_category_has_the_title_of_the_reference():
    assert title(TinyExport(), "ssec_2021:14") == "Bomb threat"


def test_an_office_may_name_categories_that_the_reference_does_not_know():
    row = {"category_scheme": "nypd_class", "category": "vio", "title": "Violent crimes"}
    assert title(TinyExport().add("incident_categories", row), "nypd_class:vio") == "Violent crimes"


def test_an_office_does_not_rename_a_category_of_the_reference():
    row = {"category_scheme": "ssec_2021", "category": "14", "title": "Something else"}
    assert title(TinyExport().add("incident_categories", row), "ssec_2021:14") == "Bomb threat"


def test_a_category_that_nobody_named_is_called_by_its_code():
    row = {"school_id": "A", "school_year": "2014-15", "category_scheme": "vadir_20", "category": "9", "n": 1}
    assert title(TinyExport().add("official_incidents", row), "vadir_20:9") == "9 (vadir_20)"


def test_every_category_has_one_title():
    twice = "SELECT dimension, slice FROM slice_title GROUP BY ALL HAVING count(*) > 1"
    assert rows(TinyExport().incident("2025-09-02").build(), twice) == []
