"""Coverage, counted by hand on a few days. A day is 390 minutes from bell to bell."""

import pytest

from tests.model.tiny import BELL_MINUTES, TinyExport, by_slice, catalogue, members, sums

FIRST, SECOND, THIRD, FOURTH = "2025-09-02", "2025-09-03", "2025-09-04", "2025-09-05"


def two_days() -> TinyExport:
    return TinyExport().days(FIRST, SECOND).assign()


def test_on_site_coverage_is_minutes_over_minutes():
    assert sums(two_days().shift(FIRST), "coverage_rate") == (BELL_MINUTES, 2 * BELL_MINUTES)


def test_two_officers_at_once_are_no_more_than_full_coverage():
    export = two_days().shift(FIRST).shift(FIRST, officer_id="O2")
    assert sums(export, "coverage_rate") == (BELL_MINUTES, 2 * BELL_MINUTES)


def test_days_before_the_assignment_are_not_owed():
    export = TinyExport().days(FIRST, SECOND).assign(start=SECOND).shift(SECOND)
    assert sums(export, "coverage_rate") == (BELL_MINUTES, BELL_MINUTES)


def test_a_day_whose_bells_are_unknown_is_left_out_of_coverage():
    export = two_days().days(THIRD, bell_start=None).shift(THIRD)
    assert sums(export, "coverage_rate") == (0, 2 * BELL_MINUTES)


def test_the_calendar_of_coverage_is_coverage_by_day():
    export = two_days().shift(FIRST, "08:00-12:00")
    assert sums(export, "covered_days", f"day = DATE '{FIRST}'") == (240, BELL_MINUTES)


@pytest.mark.parametrize(("until", "counted"), [("11:15", 1), ("11:14", 0)])
def test_a_day_counts_from_half_of_it_on(until, counted):
    export = two_days().shift(FIRST, f"08:00-{until}", status="partial")
    assert sums(export, "days_with_officer") == (counted, 2)


def test_schools_served_counts_each_school_once():
    export = two_days().days("2025-10-02").school("B").days(FIRST, school="B").assign("B").school("C")
    assert set(members(export, "schools_served")) == {"A", "B"}


def test_a_school_without_instruction_in_the_period_is_not_served():
    export = TinyExport().days("2025-08-04", day_type="summer_session").assign()
    assert members(export, "schools_served") == {}


def test_students_served_is_the_enrollment_of_every_school_served():
    export = two_days().school("B").students(500).students(300, school="B")
    assert members(export, "students_served") == {"A": 500}


def test_students_of_a_site_that_are_counted_at_home_are_left_out():
    export = TinyExport().school("S", count_in_program_total=False).days(FIRST, school="S").assign("S")
    assert members(export.students(40, school="S"), "students_served") == {}


def test_full_time_equivalents_compare_scheduled_hours_with_a_full_time_day():
    export = two_days().shift(FIRST, planned="08:00-12:00").absent(SECOND, planned="08:00-12:00")
    assert sums(export, "sro_fte") == (8, 16)


def test_the_full_time_schedule_is_counted_once_for_all_schools():
    export = two_days().school("B").days(FIRST, SECOND, school="B").assign("B", officer_id="O2")
    assert sums(export.add("shifts"), "sro_fte", "school_id = '*'") == (None, 16)


@pytest.mark.parametrize("more", [{"is_backfill": True}, {"status": "cancelled"}, {"duty_type": "admin"}])
def test_stand_ins_cancelled_shifts_and_other_duty_are_no_full_time_equivalents(more):
    assert sums(two_days().shift(FIRST, **more), "sro_fte") == (None, 16)


def test_hours_scheduled_in_summer_are_no_full_time_equivalents():
    assert sums(two_days().shift("2025-08-04"), "sro_fte") == (None, 16)


def test_contracted_days_delivered_compares_days_worked_with_days_due_so_far():
    export = TinyExport(data_through="2025-09-02").year(4).assign(contract_days=4)
    export.shift("2025-09-01").shift("2025-09-02", status="partial")
    assert sums(export, "contracted_days_delivered") == (1, 2)


def test_a_stand_in_delivers_a_contracted_day():
    export = TinyExport().year(4).assign(contract_days=4).absent("2025-09-01")
    export.shift("2025-09-01", officer_id="O2", is_backfill=True)
    assert sums(export, "contracted_days_delivered") == (1, 4)


def test_summer_delivers_no_contracted_day():
    export = TinyExport().year(4).assign(contract_days=4).shift("2026-06-29")
    assert sums(export, "contracted_days_delivered") == (0, 4)


def test_a_school_without_contracted_days_has_no_delivery():
    assert sums(TinyExport().year(4).assign().shift("2025-09-01"), "contracted_days_delivered") == (None, None)


def test_contracted_hours_delivered_counts_hours_worked():
    export = TinyExport(data_through="2025-09-02").year(4).assign(contract_hours=26)
    export.shift("2025-09-01", "08:00-12:00", status="partial").shift("2025-09-02", duty_type="event")
    assert sums(export, "contracted_hours_delivered") == (4, 13)


def test_staying_late_on_one_shift_does_not_fill_another():
    export = two_days().shift(FIRST, "08:00-18:00", planned="08:00-12:00").absent(SECOND, planned="08:00-12:00")
    assert sums(export, "shift_fill_rate") == (4, 8)


def test_a_stand_in_fills_a_scheduled_shift():
    export = two_days().absent(FIRST).shift(FIRST, officer_id="O2", is_backfill=True)
    assert sums(export, "shift_fill_rate") == (6.5, 6.5)


def test_a_shift_cancelled_on_a_school_day_is_not_filled():
    assert sums(two_days().shift(FIRST, actual=None, status="cancelled"), "shift_fill_rate") == (0, 6.5)


def test_an_unscheduled_shift_fills_nothing():
    assert sums(two_days().shift(FIRST, planned=None, status="unscheduled"), "shift_fill_rate") == (None, None)


def test_uncovered_days_stand_beside_all_days():
    assert sums(two_days().shift(FIRST).absent(SECOND), "uncovered_days") == (1, 2)


def test_uncovered_days_are_told_by_reason():
    export = two_days().days(THIRD, FOURTH).shift(FIRST).absent(SECOND, "sick").absent(THIRD, "court")
    assert by_slice(export, "uncovered_days") == {"sick": 1, "court": 1, "no_shift": 1}


def test_one_minute_of_presence_is_not_uncovered():
    assert sums(two_days().shift(FIRST, "08:00-08:01").shift(SECOND), "uncovered_days") == (None, 2)


def test_the_longest_gap_gets_a_row_for_every_service_day():
    assert sums(two_days().days(THIRD).shift(SECOND), "longest_gap") == (2, 3)


def test_the_calendar_of_coverage_cannot_drift_from_coverage():
    cards = catalogue().cards
    assert cards["covered_days"].sql == cards["coverage_rate"].sql


def test_hours_at_a_school_of_unknown_size_serve_no_students():
    export = two_days().students(500).school("B").days(FIRST, school="B").assign("B").shift(FIRST, school_id="B")
    assert sums(export, "students_per_officer") == (1000, None)


def test_hours_at_a_site_whose_students_are_counted_at_home_serve_no_students():
    export = two_days().students(500).school("S", count_in_program_total=False).days(FIRST, school="S").assign("S")
    assert sums(export.students(40, school="S").shift(FIRST, school_id="S"), "students_per_officer") == (1000, None)
