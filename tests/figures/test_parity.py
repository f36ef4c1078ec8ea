"""Groups beside all others: the numbers by hand, what is not compared, and what is not said."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sro.figures import FigureError, draw
from sro.figures.parity import beside_others
from tests.figures.answers import COVERAGE, answer

REPORTED = replace(
    COVERAGE, name="reported_by_race", id="Q02", title="Reported students by group", unit="students", aggregate="sum",
    scale="1", interval="poisson", direction="neutral", persons="yes", grain="year", stream="none", slice="race_eth",
    level="program", numerator="students", denominator="students enrolled",
)  # fmt: skip
DIVERTED = replace(
    REPORTED, name="diversion_by_race", id="Q04", title="Diverted by group", unit="percent of students",
    aggregate="ratio", scale="100", interval="wilson",
)  # fmt: skip
GROUPS = ["Black", "White", "Other"]


def figure(card, *cells):
    return draw(answer(card, lambda u, p, s: cells[s], slices=GROUPS, period="2025-26"), "parity")


def test_a_ratio_of_risks_and_its_score_limits():
    """12 of 1,000 against 25 of 1,100: 0.528, 0.2687 to 1.0374, as statsmodels' confint_poisson_2indep has it."""
    found = beside_others(12, 1000, 37, 2100, is_count=True)
    assert found.value == pytest.approx(12 / 1000 / (25 / 1100))
    assert (found.low, found.high) == pytest.approx((0.2687, 1.0374), abs=5e-5)


def test_a_difference_of_proportions_and_newcombe_s_limits():
    """56 of 70 against 48 of 80: 20 points, 5.24 to 33.39 (Newcombe 1998, Statistics in Medicine 17:873, method 10)."""
    found = beside_others(56, 70, 104, 150, is_count=False)
    assert (found.value, found.low, found.high) == pytest.approx((20.0, 5.24, 33.39), abs=5e-3)


@pytest.mark.parametrize("numbers", [(0, 100, 9, 200), (9, 100, 9, 200), (3, 0, 9, 200), (3, 200, 9, 200)])
def test_nothing_is_made_up_where_one_side_has_nobody(numbers):
    assert all(math.isnan(one) for one in vars(beside_others(*numbers, is_count=True)).values())


def test_the_groups_that_differ_by_more_than_chance_are_named_in_the_order_of_the_list():
    drawn = figure(REPORTED, (40, 1000), (60, 4000), (10, 500))
    black = 40 / 1000 / (70 / 4500)
    assert f"Black {black:.2f} times as often as all others" in drawn.title
    assert drawn.title.index("Black") < drawn.title.index("White")
    assert "Other" not in drawn.title
    columns = ["Share of these (%)", "Share of enrollment (%)", "Gap (points)"]
    share, base = 100 * 40 / 110, 100 * 1000 / 5500
    assert drawn.table[columns].iloc[0].tolist() == pytest.approx([share, base, share - base], abs=1e-3)


def test_every_drawn_ratio_stands_in_the_table():
    drawn = figure(REPORTED, (40, 1000), (60, 4000), (10, 500))
    (dots,) = (trace for trace in drawn.chart["data"] if trace.get("mode") == "markers")
    assert dots["x"] == drawn.table["Ratio to all others"].tolist()


def test_a_hidden_group_has_no_number_anywhere():
    drawn = figure(REPORTED, (40, 1000), (60, 4000), "suppressed")
    numbers = drawn.table.drop(columns=["Category", "Period", "Status"]).iloc[2]
    assert not any(numbers.notna().tolist())
    assert any(trace.get("text") == ["‡ hidden"] for trace in drawn.chart["data"])


def test_a_group_of_which_nobody_was_concerned_is_not_compared():
    drawn = figure(REPORTED, (40, 1000), (60, 4000), (0, 500))
    assert any(trace.get("text") == ["too few to compare"] for trace in drawn.chart["data"])


def test_few_are_hollow_and_said():
    drawn = figure(REPORTED, (40, 1000), (60, 4000), (10, 500))
    (dots,) = (trace for trace in drawn.chart["data"] if trace.get("mode") == "markers")
    assert dots["marker"]["color"][2] != dots["marker"]["color"][0]
    assert "Hollow: rests on fewer than 20." in drawn.footnotes


def test_shares_are_compared_by_points():
    drawn = figure(DIVERTED, (30, 40), (50, 60), (20, 25))
    assert drawn.table["Difference to all others (points)"][0] == pytest.approx(75 - 100 * 70 / 85, abs=1e-3)
    assert drawn.title.endswith("none of 3 groups compared differ from all others by more than chance")


def test_a_metric_that_is_neither_count_nor_proportion_is_refused():
    with pytest.raises(FigureError, match="neither"):
        figure(replace(DIVERTED, interval="none"), (1, 2), (1, 2), (1, 2))
