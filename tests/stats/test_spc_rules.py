"""Signals on series worked by hand, among them the test series of NHSRplotthedots (test-ptd_calculate_point_type.R)."""

import numpy as np
import pytest

from sro.stats.spc import control_chart, rules
from sro.stats.spc.rules import Runs, anhoej, signals, trending, two_of_three

# Useful points: longest run, fewest crossings. R package qicharts2, vignette, appendix 2.
ANHOEJ = {
    10: (6, 2), 12: (7, 3), 14: (7, 4), 17: (7, 5), 20: (7, 6), 22: (7, 7), 23: (8, 7), 24: (8, 8), 30: (8, 10),
    36: (8, 13), 45: (8, 17), 46: (9, 17), 50: (9, 19), 60: (9, 23), 79: (9, 32),
}  # fmt: skip


def flagged(values, rule, sigma=10.0):
    values = np.array(values, float)
    return [s.point for s in signals(values, np.zeros(len(values)), np.full(len(values), sigma)) if s.rule == rule]


@pytest.mark.parametrize(
    ("side", "points"),
    [
        ([1] * 6, []),
        ([*[1] * 6, -1], []),
        ([*[1] * 8, -1], list(range(8))),
        ([*[-1] * 8, 1], list(range(8))),
        ([-1, *[1] * 8, -1], list(range(1, 9))),
    ],
)
def test_seven_on_one_side_of_the_center_are_a_shift(side, points):
    assert flagged(side, "shift") == points


def test_a_point_on_the_center_ends_a_run():
    assert flagged([1, 1, 1, 0, 1, 1, 1, 1], "shift") == []


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (range(1, 7), [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        (range(1, 8), [1] * 7),
        ([2, *range(1, 8), 3], [0, 1, 1, 1, 1, 1, 1, 1, 0]),
        (range(7, 0, -1), [-1] * 7),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0, -1, -1, -1, -1, -1, -1, -1, 0]),
    ],
)
def test_seven_in_a_row_up_or_down_are_a_trend(values, marks):
    assert trending(np.array(list(values), float)).tolist() == marks


@pytest.mark.parametrize(
    ("near", "marks"),
    [
        ([0, 0, 0], [0, 0, 0]),
        ([1, 0, 1], [1, 0, 1]),
        ([0, 1, 1], [0, 1, 1]),
        ([1, 1, 0], [1, 1, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0, 0]),
        ([1, 0, 0, 1], [0, 0, 0, 0]),
        ([1, 0, 0, 1, 1], [0, 0, 0, 1, 1]),
    ],
)
def test_two_of_three_near_a_limit_are_flagged(near, marks):
    z = np.where(np.array(near) == 1, 2.5, 0.5)
    assert two_of_three(z, np.sign(z).astype(int)).tolist() == marks


def test_two_near_opposite_limits_are_common_cause():
    # NHSRplotthedots: ±1 fourteen times, then 5.5 and −5.5.
    chart = control_chart([*[1, -1] * 7, 5.5, -5.5], measure="value", baseline=None)
    assert chart.at(-1) == () and chart.at(-2) == ()


def test_a_point_outside_the_limits_is_flagged_with_its_side():
    found = signals(np.array([0.0, 31, -31]), np.zeros(3), np.full(3, 10.0))
    assert [(s.point, s.rule, s.side) for s in found] == [(1, "outside", "high"), (2, "outside", "low")]


@pytest.mark.parametrize("useful", ANHOEJ)
def test_the_run_rules_have_anhoejs_critical_values(useful):
    assert (rules.longest_run(useful), rules.fewest_crossings(useful)) == ANHOEJ[useful]


def test_runs_and_crossings_counted_by_hand():
    values = np.array([1, 1, 1, -1, -1, 0, 1, -1, -1, -1, 1.0])
    assert anhoej(values, np.zeros(11)) == Runs(10, 3, 6, 4, 2)


def test_one_long_run_is_a_signal():
    assert anhoej(np.array([1.0] * 8 + [-1] * 8), np.zeros(16)).signal
