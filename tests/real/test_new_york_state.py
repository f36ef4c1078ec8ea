"""The state's school roster, loaded as it was published."""

from __future__ import annotations

import csv

import pytest

from sro.ask import vintage_facts

FILE = "nys_schools_enrollment.csv"


@pytest.fixture(scope="module")
def state(real):
    return real(FILE)


@pytest.fixture(scope="module")
def rows(state):
    with state.path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_school_is_there_with_its_own_code(state, rows):
    facts = vintage_facts(state.vintage, state.settings)
    assert {school.school_id: school.name for school in facts.schools} == {
        row["BEDS"]: row["name"].strip() for row in rows
    }
    assert len(facts.schools) == len(rows)


def test_students_add_up_to_those_of_the_file(state, rows):
    counted = [int(row["enrollment"]) for row in rows if row["enrollment"]]
    stored = state.vintage.cursor().execute("SELECT count(*), sum(n)::BIGINT FROM export.enrollment").fetchall()
    assert stored == [(len(counted), sum(counted))]


def test_a_school_without_a_number_has_none_and_not_zero(state, rows):
    (without,) = (
        state.vintage.cursor()
        .execute("SELECT count(*) FROM export.schools ANTI JOIN export.enrollment USING (school_id)")
        .fetchall()[0]
    )
    assert without == sum(row["enrollment"] == "" for row in rows) > 0


def test_a_district_is_the_first_six_digits_of_a_code(state, rows):
    facts = vintage_facts(state.vintage, state.settings)
    assert {school.district_id[:6] for school in facts.schools} == {row["BEDS"][:6] for row in rows}


def test_it_loads_without_errors(state):
    assert state.report.is_good
