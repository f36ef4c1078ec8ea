"""When an officer was at a school, and why not."""

import pytest

from tests.model.tiny import BELL_MINUTES, TinyExport, rows

DAY = "2025-09-02"


def school_day() -> TinyExport:
    return TinyExport().days(DAY).assign()


def minutes(export: TinyExport) -> int:
    return rows(export.build(), "SELECT on_site_minutes FROM coverage_day")[0][0]


def reason(export: TinyExport) -> str | None:
    return rows(export.build(), "SELECT uncovered_reason FROM coverage_day")[0][0]


def test_two_officers_at_once_cover_a_minute_once():
    export = school_day().shift(DAY).shift(DAY, officer_id="O2")
    assert minutes(export) == BELL_MINUTES


def test_shifts_that_overlap_are_joined():
    export = school_day().shift(DAY, "08:00-11:00").shift(DAY, "10:00-12:00", officer_id="O2")
    assert minutes(export) == 240


def test_a_short_shift_within_a_long_one_adds_nothing():
    export = school_day().shift(DAY, "08:00-12:00").shift(DAY, "09:00-10:00", officer_id="O2")
    assert minutes(export.shift(DAY, "11:00-12:30", officer_id="O3")) == 270


def test_the_time_between_two_shifts_is_not_covered():
    export = school_day().shift(DAY, "08:00-09:00").shift(DAY, "13:00-14:30", officer_id="O2")
    assert minutes(export) == 150


def test_one_shift_that_begins_when_another_ends_leaves_no_gap():
    export = school_day().shift(DAY, "08:00-10:00").shift(DAY, "10:00-14:30", officer_id="O2")
    assert rows(export.build(), "SELECT count(*) FROM presence") == [(1,)]


def test_time_before_and_after_the_bells_does_not_count():
    assert minutes(school_day().shift(DAY, "07:00-16:00")) == BELL_MINUTES


def test_a_shift_that_ends_early_counts_until_it_ends():
    assert minutes(school_day().shift(DAY, "08:00-12:00", status="partial")) == 240


def test_an_early_end_of_school_cuts_presence_to_the_bell():
    export = TinyExport().days(DAY, day_type="half_day", bell_end="11:00").assign().shift(DAY)
    assert minutes(export) == 180


def test_an_unscheduled_shift_is_presence():
    assert minutes(school_day().shift(DAY, planned=None, status="unscheduled")) == BELL_MINUTES


def test_an_event_at_the_school_is_presence():
    assert minutes(school_day().shift(DAY, duty_type="event")) == BELL_MINUTES


@pytest.mark.parametrize("status", ["cancelled", "absent"])
def test_a_shift_that_did_not_take_place_is_no_presence(status):
    assert minutes(school_day().shift(DAY, status=status)) == 0


@pytest.mark.parametrize("duty", ["investigation", "training", "admin"])
def test_other_duty_is_no_presence(duty):
    assert minutes(school_day().shift(DAY, duty_type=duty)) == 0


def test_a_completed_shift_without_times_is_no_presence():
    assert minutes(school_day().shift(DAY, actual=None)) == 0


def test_presence_at_one_school_does_not_cover_another():
    export = school_day().school("B").shift(DAY, school_id="B")
    assert minutes(export) == 0


def test_where_the_bells_are_unknown_the_whole_stay_counts():
    export = TinyExport().days(DAY, bell_start=None, bell_end=None).assign().shift(DAY, "07:30-15:30")
    assert rows(export.build(), "SELECT instructional_minutes, on_site_minutes FROM coverage_day") == [(None, 480)]


def test_a_covered_day_has_no_reason():
    assert reason(school_day().shift(DAY)) is None


def test_an_uncovered_day_has_the_reason_of_its_shift():
    assert reason(school_day().absent(DAY, "court")) == "court"


def test_a_stated_reason_goes_before_an_unstated_one():
    assert reason(school_day().absent(DAY, None).absent(DAY, "sick", officer_id="O2")) == "sick"


def test_a_day_for_which_nobody_was_scheduled_says_so():
    assert reason(school_day()) == "no_shift"


def test_an_absence_without_a_reason_is_not_stated():
    assert reason(school_day().absent(DAY, None)) == "not_stated"


@pytest.mark.parametrize(("duty", "expected"), [("training", "training"), ("investigation", "reassigned")])
def test_an_officer_on_other_duty_left_the_day_uncovered_for_it(duty, expected):
    assert reason(school_day().shift(DAY, duty_type=duty)) == expected


def test_a_day_without_an_assignment_has_no_reason():
    assert reason(TinyExport().days(DAY).assign(start="2025-10-01")) is None


def test_an_officer_there_only_after_school_leaves_the_day_uncovered():
    assert reason(school_day().shift(DAY, "15:00-18:00", duty_type="event")) == "not_stated"
