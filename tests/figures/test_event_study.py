"""The event study as a picture."""

import pytest

from sro.figures import FigureError, study
from sro.figures.event_study import Step
from tests.figures.answers import RATE, answer

STEPS = (Step(-1, 0.5, -2, 3), Step(0, -4, -6, -2), Step(1, -1, -4, 2))
ANSWER = answer(
    RATE, (40, 100), grain="year", by="school", units={"A": "Alder", "B": "Birch"}, period="2021-07..2026-06"
)


def test_every_step_has_its_difference_and_its_interval():
    figure = study(ANSWER, STEPS)
    (trace,) = figure.chart["data"]
    assert trace["x"] == [-1, 0, 1]
    assert trace["y"] == [0.5, -4, -1]
    assert trace["error_y"]["array"] == [2.5, 2, 3]
    assert list(figure.table["Interval from"]) == [-2, -6, -4]


def test_steps_before_the_start_are_hollow():
    colors = study(ANSWER, STEPS).chart["data"][0]["marker"]["color"]
    assert colors[0] != colors[1] == colors[2]


def test_the_title_counts_steps_after_the_start_beyond_chance():
    assert study(ANSWER, STEPS).title.endswith("1 year of 2 since the start beyond chance")


def test_no_difference_lies_in_the_middle_of_the_axis():
    low, high = study(ANSWER, STEPS).chart["layout"]["yaxis"]["range"]
    assert low == -high


def test_without_a_step_there_is_no_picture():
    with pytest.raises(FigureError, match="at least one period"):
        study(ANSWER, ())
