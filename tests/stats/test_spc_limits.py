"""Limits of control charts against published examples, each named with its source."""

import numpy as np
import pytest

from sro.stats.spc import control_chart
from sro.stats.spc import limits as charts
from sro.stats.spc.rules import signals

# R: set.seed(123); rnorm(20). NHSRplotthedots, tests/testthat/test-ptd_spc_standard.R, prints 0.142, -3.01 and 3.29.
NHS = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141,
]  # fmt: skip
# Montgomery, Introduction to Statistical Quality Control, 6th edition: Table 7.1, 30 samples of 50 juice cans.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# The same book, Table 7.11: defects in rolls of dyed cloth, and units of 50 square meters in each roll.
DEFECTS = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
ROLLS = [10.0, 8.0, 13.0, 10.0, 9.5, 10.0, 12.0, 10.5, 12.0, 12.5]
CLOTH = {8.0: (0.16, 2.69), 9.5: (0.26, 2.58), 10.0: (0.29, 2.56), 12.0: (0.39, 2.46), 13.0: (0.43, 2.42)}
# The same book, Table 6.6: costs of 20 weeks of loan processing; Table 7.7: flaws on 26 circuit boards; Table 7.14:
# hours between 20 valve failures, and their power 0.2777.
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
VALVES = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]
POWERS = [
    4.80986, 6.70903, 5.72650, 3.81367, 6.43541, 6.23705, 1.46958, 3.96768, 5.39007, 1.78151, 9.09619, 5.89774, 3.38833,
    4.51095, 5.91690, 5.59189, 7.16124, 7.18601, 9.09083, 3.55203,
]  # fmt: skip


# JASP, module Quality Control, tests/testthat: SPC_P.csv, and the upper limits that laney-p-chart.svg and
# laney-u-chart.svg draw. (The two agree: the factor takes out what binomial and Poisson differ by.)
DEFECTIVES = np.array([21, 16, 30, 31, 24, 33, 32, 29, 23, 17, 14, 31, 29, 25, 15, 43, 20, 26, 23, 28.0])
ITEMS = np.array([150, 153, 170, 226, 154, 130, 190, 165, 176, 144, 132, 144, 156, 158, 142, 212, 155, 138, 141, 130.0])
JASP_UPPER = [0.2944, 0.2931, 0.2863, 0.2697, 0.2927, 0.3043]


# qicharts2 on its own data (cabg: surgeries and days between deaths), as printed in github.com/HorridTom/spc-tests,
# data-out/g_chart_results.csv and t_chart_results.csv: the upper limit of g, and center and limits of t in seconds.
SURGERIES = [
    1, 0, 1, 0, 3, 11, 0, 0, 1, 1, 7, 0, 0, 0, 0, 3, 4, 0, 0, 3, 2, 1, 2, 0, 0, 1, 0, 0, 5, 1, 1, 1, 1, 1, 2, 3, 0, 0, 0
]  # fmt: skip
DAYS = [
    1, 2, 1, 4, 12, 1, 1, 2, 2, 8, 1, 1, 1, 1, 4, 5, 1, 1, 4, 3, 2, 3, 1, 1, 2, 1, 1, 6, 2, 2, 2, 2, 2, 3, 4, 1, 1, 1
]  # fmt: skip


def test_individual_values_have_the_limits_of_the_nhs_package():
    chart = control_chart(NHS, measure="value", baseline=None)
    assert chart.kind == "xmr"
    assert (chart.center[0], chart.lower[0], chart.upper[0]) == pytest.approx((0.142, -3.01, 3.29), abs=0.005)


def test_a_wild_moving_range_is_left_out_once():
    wild = [*NHS[:14], 10.0, *NHS[15:]]
    screened = charts.individual(np.array(wild), slice(None))
    plain = charts.individual(np.array(wild), slice(None), screened=False)
    assert screened.sigma[0] < plain.sigma[0]
    assert screened.center[0] == np.mean(wild)


def test_individual_values_have_the_limits_of_montgomerys_loans():
    limits = charts.individual(np.array(LOANS, float), slice(None), screened=False)
    lower, upper = limits.center[0] - 3 * limits.sigma[0], limits.center[0] + 3 * limits.sigma[0]
    assert (limits.center[0], lower, upper) == pytest.approx((300.5, 279.78, 321.22), abs=0.01)


def test_counts_have_the_limits_of_montgomerys_circuit_boards():
    limits = charts.rate(np.array(BOARDS, float), np.ones(26), slice(None), np.ones(26), np.zeros(26))
    lower, upper = limits.center[0] - 3 * limits.sigma[0], limits.center[0] + 3 * limits.sigma[0]
    assert (limits.center[0], lower, upper) == pytest.approx(
        (19.85, 6.48, 33.22), abs=0.01
    )  # the book rounds the center first
    outside = signals(np.array(BOARDS, float), limits.center, limits.sigma, ("outside",))
    assert [signal.point + 1 for signal in outside] == [6, 20]


def test_a_fixed_baseline_is_not_moved_by_later_points():
    fixed = control_chart(NHS, measure="value", baseline=12)
    assert fixed.center[-1] == pytest.approx(np.mean(NHS[:12]))


def test_proportions_have_the_limits_of_montgomerys_juice_cans():
    limits = charts.proportion(np.array(CANS, float), np.full(30, 50.0), slice(None))
    upper, lower = limits.center + 3 * limits.sigma, limits.center - 3 * limits.sigma
    assert (limits.center[0], lower[0], upper[0]) == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)
    chart = control_chart(CANS, [50] * 30, measure="proportion", baseline=None)
    assert [s.point + 1 for s in chart.signals if s.rule == "outside"] == ([15, 23] if chart.kind == "p" else [])


def test_rates_have_the_limits_of_montgomerys_dyed_cloth():
    nothing = np.zeros(10)
    limits = charts.rate(np.array(DEFECTS, float), np.array(ROLLS), slice(None), np.ones(10), nothing)
    assert limits.center[0] == pytest.approx(1.42, abs=0.005)
    for place, size in enumerate(ROLLS):
        if size in CLOTH:
            own = limits.center[place] - 3 * limits.sigma[place], limits.center[place] + 3 * limits.sigma[place]
            assert own == pytest.approx(CLOTH[size], abs=0.011)


def test_laneys_charts_have_the_limits_that_jasp_draws():
    every = np.ones(len(ITEMS))
    for plain in (
        charts.proportion(DEFECTIVES, ITEMS, slice(None)),
        charts.rate(DEFECTIVES, ITEMS, slice(None), every, 0 * every),
    ):
        limits = charts.prime(DEFECTIVES / ITEMS, plain, slice(None))
        assert limits.center[0] == pytest.approx(0.1611, abs=5e-5)
        assert (limits.center + 3 * limits.sigma)[:6] == pytest.approx(JASP_UPPER, abs=1e-4)


def test_laneys_factor_worked_by_hand():
    # Rate 4, exposures 1: z = (2, −2, 2, −2)/2 = 1, −1, 1, −1; moving ranges 2; σz = 2/1.128.
    counts = np.array([6.0, 2, 6, 2])
    plain = charts.rate(counts, np.ones(4), slice(None), np.ones(4), np.zeros(4))
    assert charts.sigma_z(counts, plain, slice(None)) == pytest.approx(2 / 1.128)
    assert charts.prime(counts, plain, slice(None)).sigma[0] == pytest.approx(2 * 2 / 1.128)


def test_data_of_chance_have_a_laney_factor_of_one():
    counts = np.random.default_rng(2).poisson(30, 4000).astype(float)
    plain = charts.rate(counts, np.ones(4000), slice(None), np.ones(4000), np.zeros(4000))
    assert charts.sigma_z(counts, plain, slice(None)) == pytest.approx(1, abs=0.03)


def test_cases_between_rare_events_worked_by_hand():
    limits = charts.between_cases(np.array([3.0, 5, 4]), slice(None))
    assert limits.center[0] + 3 * limits.sigma[0] == pytest.approx(4 + 3 * np.sqrt(20))


def test_cases_between_rare_events_have_the_limits_of_qicharts2():
    limits = charts.between_cases(np.array(SURGERIES, float), slice(None))
    assert limits.center[0] + 3 * limits.sigma[0] == pytest.approx(7.0465382139929655, abs=1e-12)
    assert limits.center[0] - 3 * limits.sigma[0] < 0  # drawn at 0, there and here


def test_times_between_rare_events_have_the_limits_of_qicharts2():
    limits = charts.between_times(np.array(DAYS, float), slice(None))
    assert 86400 * charts.from_weibull(limits.center)[0] == pytest.approx(172652.3150955845)
    # It takes 3/1.128 where this project takes the published 2.66.
    sigma = limits.sigma[0] * (3 / 1.128) / 2.66
    low, high = (86400 * charts.from_weibull(limits.center + side * sigma)[0] for side in (-3, 3))
    assert (low, high) == pytest.approx((23483.906359142762, 618575.065624746))


def test_times_between_rare_events_have_no_limit_below_nothing():
    times = np.random.default_rng(3).exponential(20, 40)
    chart = control_chart(times, measure="time_between")
    assert chart.kind == "t" and (chart.lower >= 0).all() and (chart.upper > chart.center).all()
    assert chart.values == pytest.approx(times)
    assert chart.center[0] == pytest.approx(np.mean(times[:24] ** (1 / 3.6)) ** 3.6)


def test_times_between_failures_are_made_nearly_normal_as_montgomerys_valves_are():
    assert charts.to_weibull(np.array(VALVES, float)) == pytest.approx(POWERS, abs=0.006)
    limits = charts.between_times(np.array(VALVES, float), slice(None))
    assert limits.center[0] == pytest.approx(np.mean(POWERS), abs=0.004)


def test_a_season_moves_the_center_and_its_uncertainty_widens_the_limits():
    counts, exposures, season = np.array([50.0, 100.0]), np.ones(2), np.array([0.5, 1.0])
    sure = charts.rate(counts, exposures, slice(None), season, np.zeros(2))
    unsure = charts.rate(counts, exposures, slice(None), season, np.full(2, 0.01))
    assert sure.center.tolist() == [50, 100]
    assert unsure.sigma == pytest.approx(np.sqrt(sure.center + 0.01 * sure.center**2))
