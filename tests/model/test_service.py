"""Which days count: instruction, assignment, enrollment, the data date."""

import pytest

from tests.model.tiny import BELL_MINUTES, TinyExport, rows


def served(export: TinyExport) -> list[str]:
    return [day for (day,) in rows(export.build(), "SELECT day FROM service_day ORDER BY day, school_id")]


def test_summer_does_not_count():
    export = TinyExport().days("2025-09-02").days("2026-07-06", day_type="summer_session").assign()
    assert served(export) == ["2025-09-02"]


@pytest.mark.parametrize("day_type", ["instructional", "half_day", "exam"])
def test_a_day_with_instruction_counts(day_type):
    assert served(TinyExport().days("2025-09-02", day_type=day_type).assign()) == ["2025-09-02"]


@pytest.mark.parametrize(
    "day_type", ["superintendent_conf", "holiday", "closure_weather", "closure_other", "remote", "summer_session"]
)
def test_a_day_without_students_in_the_building_does_not_count(day_type):
    assert served(TinyExport().days("2025-09-02", day_type=day_type).assign()) == []


def test_a_school_that_joins_during_the_year_counts_from_its_start():
    export = TinyExport().days("2025-09-02", "2025-09-03", "2025-09-04").assign(start="2025-09-03")
    assert served(export) == ["2025-09-03", "2025-09-04"]


def test_an_assignment_that_ends_counts_through_its_last_day():
    export = TinyExport().days("2025-09-02", "2025-09-03").assign(end="2025-09-02")
    assert served(export) == ["2025-09-02"]


def test_two_officers_assigned_make_one_service_day():
    assert served(TinyExport().days("2025-09-02").assign().assign(officer_id="O2")) == ["2025-09-02"]


def test_nothing_after_the_data_date_has_happened():
    export = TinyExport(data_through="2025-09-02").days("2025-09-02", "2025-09-03").assign()
    assert served(export) == ["2025-09-02"]


def test_without_a_table_of_assignments_every_instructional_day_counts():
    assert served(TinyExport().days("2025-09-02")) == ["2025-09-02"]


def test_without_a_table_of_assignments_another_agencys_school_does_not_count():
    export = TinyExport().school("S", provider_agency="sheriff").days("2025-09-02").days("2025-09-03", school="S")
    assert served(export) == ["2025-09-02"]


def test_an_empty_table_of_assignments_serves_nobody():
    assert served(TinyExport().days("2025-09-02").add("assignments")) == []


def test_a_service_day_has_its_minutes_from_bell_to_bell():
    export = TinyExport().days("2025-09-02").days("2025-09-03", day_type="half_day", bell_end="11:00").assign()
    assert rows(export.build(), "SELECT bell_minutes FROM service_day ORDER BY day") == [(BELL_MINUTES,), (180,)]


def test_the_program_starts_at_a_school_with_its_first_assignment():
    export = TinyExport().assign(start="2024-09-05").assign(start="2025-09-05").school("B")
    assert rows(export.build(), "SELECT program_start FROM school") == [("2024-09-05",), (None,)]


def test_school_years_run_from_july_to_june():
    export = TinyExport("2024-07-01", "2025-07-01").days("2025-06-30", "2025-07-01").assign(start="2024-07-01")
    assert rows(export.build(), "SELECT school_year FROM service_day") == [("2024-25",), ("2025-26",)]


@pytest.mark.parametrize(("is_program_site", "expected"), [(False, 500), (True, 40)])
def test_program_sites_count_daily_membership_and_schools_beds_day(is_program_site, expected):
    export = TinyExport().school("B", is_program_site=is_program_site)
    export.students(500, school="B").students(40, school="B", basis="adm")
    assert rows(export.build(), "SELECT students FROM enrollment_year") == [(expected,)]


def test_a_year_without_a_count_takes_that_of_the_year_before_and_says_so():
    export = TinyExport().days("2025-09-02").assign().students(500, school_year="2024-25")
    found = rows(export.build(), "SELECT school_year, students, counted_in FROM enrollment_year ORDER BY school_year")
    assert found == [("2024-25", 500, "2024-25"), ("2025-26", 500, "2024-25")]


def test_an_enrollment_of_two_years_ago_is_not_used():
    export = TinyExport().days("2025-09-02").assign().students(500, school_year="2023-24")
    assert rows(export.build(), "SELECT students FROM service_day") == [(None,)]


def test_contracted_days_are_spread_over_the_whole_year():
    export = TinyExport(data_through="2025-09-02").year(4).assign(contract_days=2, contract_hours=10)
    found = rows(export.build(), "SELECT sum(contract_days)::DOUBLE, sum(contract_hours)::DOUBLE FROM contract_day")
    assert found == [(1, 5)]


def test_a_calendar_that_is_not_finished_takes_the_length_of_the_last_whole_year():
    export = TinyExport("2024-07-01").year(4, first="2024-09-02").days("2025-09-02").assign(contract_days=2)
    found = rows(export.build(), "SELECT contract_days FROM contract_day WHERE day >= DATE '2025-07-01'")
    assert found == [(0.5,)]
