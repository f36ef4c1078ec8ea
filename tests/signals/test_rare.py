"""Rare events: what lies between two of them, in school days, on answers made by hand and in the fictional county."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sro.ask import vintage_facts
from sro.question import Question
from sro.signals import limits_of, series_behind
from sro.signals.rare import gaps_of
from sro.stats.spc import Icon
from tests.figures.answers import CALLS, RATE, answer

FIRST, MONTHS = date(2025, 9, 1), [date(2025, month, 1) for month in range(9, 13)]
QUIET = Icon("common cause", "Within the expected range.")


def by_day(card, numbers):
    return answer(card, lambda unit, part, slice_: numbers(part), grain="day", period="2025-09..2025-12")


def every(step, last=122):
    """A call on every `step`th day up to the day `last`."""
    return by_day(CALLS, lambda day: (1 if day % step == 0 and day <= last else 0, 1))


def charted(events, school_days=None, months=MONTHS, starts=()):
    gaps = gaps_of(events, school_days, months, starts)
    assert gaps is not None
    return gaps


WEEKDAYS = by_day(RATE, lambda day: (0, 500) if (FIRST + timedelta(day)).weekday() < 5 else "not_applicable")


def test_what_lies_between_two_events_is_counted_in_school_days():
    gaps = charted(every(7), WEEKDAYS)
    assert gaps.chart.kind == "g" and set(gaps.chart.values) == {5} and gaps.days == "school days"


def test_where_no_school_day_is_known_days_are_counted():
    gaps = charted(every(7))
    assert gaps.chart.kind == "t" and gaps.chart.values == pytest.approx(7) and gaps.days == "days"


def test_a_month_that_may_not_be_compared_makes_no_gap_longer():
    gaps = charted(every(4), months=[month for month in MONTHS if month.month != 10])
    assert gaps.chart.values.max() < 8


def test_two_events_on_a_day_have_nothing_between_them():
    gaps = charted(by_day(CALLS, lambda day: (2 if day % 10 == 0 else 0, 1)))
    assert sorted(set(gaps.chart.values.round(6))) == [0, 10]


def test_twelve_gaps_are_needed():
    assert gaps_of(every(11), None, MONTHS, []) is None


def test_a_break_begins_the_gaps_anew():
    gaps = charted(every(3), starts=[date(2025, 11, 1)])
    assert len(gaps.chart.phases) == 2


@pytest.mark.parametrize(("direction", "name"), [("neutral", "neutral"), ("down", "improving"), ("up", "concerning")])
def test_a_long_time_without_an_event_is_told_by_the_metrics_direction(direction, name):
    gaps = charted(every(4, last=56), WEEKDAYS)
    assert gaps.is_long and gaps.waiting > gaps.most
    icon = gaps.icon(QUIET, direction)
    assert icon.name == name
    since = f"none for {gaps.waiting} school days since Oct 2025"
    assert icon.words == f"Lower than expected: {since}; up to {gaps.most:.0f} are expected between two."


def test_a_signal_of_the_months_comes_first():
    signal = Icon("concerning", "Higher than expected.")
    assert charted(every(4, last=56), WEEKDAYS).icon(signal, "up") is signal


def test_a_trend_of_rare_events_says_what_lies_between_two(county_2025):
    question = Question("calls_for_service", "2025-26", grain="month")
    rare = []
    for school in vintage_facts(county_2025.vintage, county_2025.settings).schools:
        asked = replace(question, schools=(school.school_id,))
        series = series_behind(asked, county_2025.vintage, county_2025.settings)
        if series and series.gaps:
            rare.append(school.school_id)
            assert series.cells["numerator"].iloc[:24].mean() < 2
            limits = limits_of(asked, county_2025.vintage, county_2025.settings)
            assert limits and "judged by the school days between two (g-chart)" in limits.note
    assert rare


def test_a_program_with_many_events_is_judged_by_its_months_alone(county_2025):
    asked = Question("calls_for_service", "2025-26", grain="month")
    series = series_behind(asked, county_2025.vintage, county_2025.settings)
    assert series and series.gaps is None
