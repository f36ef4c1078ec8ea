"""The city's School Safety Report, loaded as it was published: what is answered is what stands in the file.

Totals are counted here once more, from the file alone: rows of csv, commas taken out, N/A left out.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

FILE = "nyc_school_safety_2013_2016.csv"
YEARS = ("2013-14", "2014-15", "2015-16")
ALL_YEARS = "2013-07..2016-06"
CLASSES = {"Major N": "major", "Oth N": "other", "NoCrim N": "no_crime"}
CUT_ANOTHER_WAY = {"Prop N": "property", "Vio N": "violent"}


@pytest.fixture(scope="module")
def city(real):
    return real(FILE)


@pytest.fixture(scope="module")
def rows(city):
    with city.path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: (cell or "").strip() for name, cell in row.items()} for row in csv.DictReader(file)]


def number(cell: str) -> int | None:
    return int(cell.replace(",", "")) if cell.replace(",", "").isdigit() else None


def school_of(row) -> str:
    """A school in a building; the row of a whole building has no location code."""
    location = row["Location Code"] or row["DBN"][-4:]
    nothing = location in ("", "N/A", "#N/A")
    return row["Building Code"] if nothing else f"{row['Building Code']}-{location}"


def answered(city, metric: str) -> dict[tuple[str, str], float]:
    cells = city.ask(metric, ALL_YEARS, grain="year", sliced=True).cells
    return {
        (period, slice_.removeprefix("nypd_class:")): value
        for period, slice_, value in zip(cells["period"], cells["slice"], cells["value"], strict=True)
    }


@pytest.mark.parametrize(
    "metric, columns", [("official_incidents", CLASSES), ("official_incidents_cut_another_way", CUT_ANOTHER_WAY)]
)
def test_totals_by_year_and_class_are_those_of_the_file(metric, columns, city, rows):
    raw = Counter()
    for row in rows:
        for column, code in columns.items():
            raw[row["School Year"], code] += number(row[column]) or 0
    assert answered(city, metric) == dict(raw)
    assert len(raw) == len(YEARS) * len(columns) and min(raw.values()) > 0


def test_a_total_counts_no_crime_twice(city, rows):
    """Property and violent crimes are major and other crimes, sorted another way."""
    raw = sum(number(row[column]) or 0 for row in rows for column in CLASSES)
    assert city.ask("official_incidents", ALL_YEARS).total.value == raw


@pytest.mark.parametrize("year, before", [("2013-14", ""), ("2014-15", "2013-14"), ("2015-16", "2014-15")])
def test_rates_are_of_the_register_of_those_who_reported(year, before, city, rows):
    """The larger register where a school stands twice in a building; that of the year before where there is none."""
    incidents: Counter[str] = Counter()
    registers: dict[tuple[str, str], int] = {}
    for row in rows:
        school, counts = school_of(row), [number(row[column]) for column in CLASSES]
        if register := number(row["Register"]):
            registers[school, row["School Year"]] = max(registers.get((school, row["School Year"]), 0), register)
        if row["School Year"] == year and None not in counts:
            incidents[school] += sum(counts)  # type: ignore[arg-type]
    students = {school: registers.get((school, year)) or registers.get((school, before)) for school in incidents}
    total = city.ask("official_incident_rate", year).total
    assert total.numerator == sum(incidents[school] for school in incidents if students[school])
    assert total.denominator == sum(filter(None, students.values()))
    assert total.value == pytest.approx(1000 * total.numerator / total.denominator)


def test_counted_elsewhere_is_not_zero(city, rows):
    """A school in a consolidated building has N/A: its incidents stand in the building's row."""
    school = "K002-K141"
    (row,) = (row for row in rows if row["School Year"] == "2013-14" and school_of(row) == school)
    assert {row[column] for column in CLASSES} == {"N/A"}
    cell = city.ask("official_incidents", "2013-14", schools=(school,)).total
    assert not cell.shown and cell.status != "zero"


def test_reported_and_none_is_zero(city, rows):
    row = next(row for row in rows if row["School Year"] == "2013-14" and all(row[c] == "0" for c in CLASSES))
    cell = city.ask("official_incidents", "2013-14", schools=(school_of(row),)).total
    assert (cell.status, cell.value) == ("zero", 0)


def test_every_school_of_the_file_is_there(city, rows):
    stored = city.vintage.cursor().execute("SELECT school_id FROM export.schools").fetchall()
    assert {school for (school,) in stored} == {school_of(row) for row in rows}


@pytest.mark.parametrize("metric", ["coverage_rate", "incidents_logged", "activities_logged", "drills_completed"])
def test_what_belongs_to_tables_that_are_not_there_says_so(metric, city):
    answer = city.ask(metric, "2015-16")
    assert answer.is_empty and answer.notes[0].startswith("Not in this export: ")


def test_the_file_loads_without_errors(city):
    assert city.report.is_good
    assert {count.rule for count in city.report.counts} == {"enrollment_jump", "set_aside"}
