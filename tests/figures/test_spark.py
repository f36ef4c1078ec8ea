import re

import pytest

from sro.figures import FigureError, spark
from sro.figures.theme import paint
from tests.figures.answers import COVERAGE, answer, nothing

LOOK = paint("light")


def points(svg):
    return [len(line.split()) for line in re.findall(r'points="([^"]*)"', svg)]


def test_a_month_without_a_report_is_hatched_and_leaves_a_gap():
    svg = spark(
        answer(COVERAGE, lambda unit, period, part: "not_received" if period == 3 else (40, 100), grain="month"), LOOK
    )
    assert svg.count('fill="url(#none)"') == 1
    assert points(svg) == [3, 8]


def test_the_scale_begins_at_zero():
    svg = spark(answer(COVERAGE, lambda unit, period, part: (0, 100), grain="month"), LOOK)
    assert {y for _, y in re.findall(r"([\d.]+),([\d.]+)", re.findall(r'points="([^"]*)"', svg)[0])} == {"36.0"}


def test_where_nothing_may_be_shown_nothing_is_drawn():
    assert spark(answer(COVERAGE, lambda unit, period, part: "suppressed", grain="month"), LOOK) == ""
    assert spark(nothing(COVERAGE, "Not in this export: shifts."), LOOK) == ""


def test_several_series_are_refused():
    with pytest.raises(FigureError, match="one series"):
        spark(answer(by="school", grain="month", units={"A": "Alder", "B": "Birch"}), LOOK)
