"""Sums are the same whether all rows of a metric are kept, or the database adds them up for the question alone."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date
from math import isnan

import pytest

from sro import calendar
from sro.ask import ask
from sro.ask import rows as kept
from sro.question import Question

MONTHS = [calendar.add_months(date(2024, 7, 1), place) for place in range(20)]  # the data end in the last of them
DISTRICT = {"A": "D1", "B": "D1", "C": "D2"}
METRICS = ("lessons", "mix", "rate", "share", "minutes")
PERIODS = ("2024-25", "2025-26", "2024-25-Q2", "2024-11..2025-10")


@pytest.fixture(params=range(3))
def drawn(tiny, request):
    """A vintage with rows drawn by chance: months without a report, without a row, without a denominator."""
    chance = random.Random(request.param)
    for school in "ABC":
        for month in MONTHS:
            if chance.random() < 0.9:
                tiny.report(school, f"{month:%Y-%m}", received=chance.random() < 0.8)
            for metric in METRICS:
                for slice_ in chance.sample(("a", "b", None), 2):
                    bottom = None if chance.random() < 0.2 else chance.randrange(50)
                    tiny.month(metric, school, f"{month:%Y-%m}", chance.randrange(9), bottom, slice_)
    tiny.roll_up()
    return tiny


def answers(vintage, name):
    """What a vintage answers to many questions; under another name, so that nothing is remembered."""
    vintage = replace(vintage, id=name)
    questions = [
        Question(metric, period, grain=grain, by=by, sliced=sliced, districts=districts)
        for metric in METRICS
        for period in PERIODS
        for grain in ("total", "month", "quarter")
        for by in ("program", "district", "school")
        for sliced in (False, True)
        for districts in ((), ("D1",))
    ]
    return {question: ask(question, vintage, vintage.settings) for question in questions}


@pytest.mark.parametrize("monthly", [0, 10_000])
def test_sums_of_the_database_are_those_of_the_kept_rows(drawn, monkeypatch, monthly):
    one = answers(drawn, f"{drawn.id}-kept")
    monkeypatch.setattr(kept, "MOST_KEPT", -1)
    monkeypatch.setattr(kept, "MOST_MONTHLY", monthly)
    other = answers(drawn, f"{drawn.id}-asked-{monthly}")
    for question, answer in one.items():
        assert str(answer.rows) == str(other[question].rows), question
        assert str(answer.total) == str(other[question].total), question


def test_sums_are_those_of_the_rows_one_by_one(drawn):
    rows = drawn.connection.execute("FROM metric_month WHERE metric = 'rate'").fetchall()
    missing = set(
        drawn.connection.execute("SELECT school_id, month FROM reporting_month WHERE NOT received").fetchall()
    )
    for by in ("program", "district", "school"):
        sums, bottoms = defaultdict(float), defaultdict(float)
        for _, school, month, _, top, bottom in rows:
            if (school, month) not in missing and month >= date(2025, 7, 1):
                unit = {"program": "program", "district": DISTRICT[school], "school": school}[by]
                sums[unit] += top
                bottoms[unit] += bottom or 0
        for row in drawn.ask("rate", period="2025-26", by=by).rows:
            assert (row.numerator, row.denominator) == (sums[row.unit], bottoms[row.unit])


def test_days_of_the_whole_program_are_those_of_its_schools_together(tiny):
    for school, day, top in (("A", 1, 3), ("B", 1, 4), ("A", 2, 5), ("C", 2, 9)):
        tiny.day("patrols", school, f"2025-09-0{day}", top, 10)
    for school in "ABC":
        tiny.report(school, "2025-09", received=school != "C")
    whole = {row.period_start.day: (row.numerator, row.denominator) for row in by_day(tiny).rows[:2]}
    assert whole == {1: (7, 20), 2: (5, 10)}
    some = by_day(tiny, schools=("A", "B"))
    assert [row.numerator for row in some.rows[:2]] == [7, 5]


def by_day(vintage, **asked):
    return vintage.ask("patrols", period="2025-09", grain="day", **asked)


def test_another_period_asks_the_database_nothing(drawn, monkeypatch):
    drawn.ask("rate", period="2024-25", grain="month")
    monkeypatch.setattr("sro.ask.asker.Asker._executed", None)
    total = drawn.ask("rate", period="2025-26", grain="quarter", by="school", schools=("A",)).total
    assert not isnan(total.value)
