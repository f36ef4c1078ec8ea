"""School years and the parts of them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro.calendar import PeriodError, parse_period, periods_within, school_year_of

MONTHS = st.dates(date(2015, 1, 1), date(2035, 12, 1)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2025-26", date(2025, 7, 1), date(2026, 6, 30), "2025–26"),
        ("2025-26-Q1", date(2025, 7, 1), date(2025, 9, 30), "Quarter 1, 2025–26 (Jul–Sep)"),
        ("2025-26-Q3", date(2026, 1, 1), date(2026, 3, 31), "Quarter 3, 2025–26 (Jan–Mar)"),
        ("2025-26-S2", date(2026, 1, 1), date(2026, 6, 30), "Half 2, 2025–26 (Jan–Jun)"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        ("2025-09..2026-01", date(2025, 9, 1), date(2026, 1, 31), "Sep 2025 to Jan 2026"),
    ],
)
def test_a_period_is_read_as_people_write_it(text, start, end, label):
    period = parse_period(text)
    assert (period.start, period.end, period.label) == (start, end, label)


def test_a_century_ends_inside_a_school_year():
    assert parse_period("2099-00").end == date(2100, 6, 30)


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-27", "2025-13", "2025-26-Q5", "2025-26-S3", "2026-01..2025-09", "'; --"]
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(text):
    with pytest.raises(PeriodError, match="2025-0"):
        parse_period(text)


@given(MONTHS, MONTHS)
def test_the_key_of_a_period_names_the_same_period(first, second):
    first, second = sorted([first, second])
    period = parse_period(f"{first:%Y-%m}..{second:%Y-%m}")
    again = parse_period(period.key)
    assert (again.start, again.end, again.label) == (period.start, period.end, period.label)


@given(MONTHS, MONTHS, st.sampled_from(["month", "quarter", "semester", "year"]))
def test_parts_follow_each_other_and_cover_the_period(first, second, grain):
    first, second = sorted([first, second])
    period = parse_period(f"{first:%Y-%m}..{second:%Y-%m}")
    parts = list(periods_within(period, grain))
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all((after.start - before.end).days == 1 for before, after in pairwise(parts))


def test_the_last_day_of_june_belongs_to_the_year_that_ends():
    assert school_year_of(date(2026, 6, 30)).key == "2025-26"
    assert school_year_of(date(2026, 7, 1)).key == "2026-27"


def test_a_year_earlier_has_the_same_months():
    assert parse_period("2025-09..2026-01").back().key == "2024-09..2025-01"
    assert parse_period("2025-26-Q2").back().key == "2024-25-Q2"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2025-26", "2025–26"),
        ("2025-11..2026-10", "Nov ’25–Oct ’26"),
        ("2025-11", "Nov 2025"),
        ("2025-26-Q1", "Quarter 1, 2025–26"),
    ],
)
def test_a_period_has_a_name_for_where_room_is_short(text, short):
    assert parse_period(text).short_label == short
