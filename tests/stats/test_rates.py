"""Reference values: Garwood's exact Poisson limits, Wilson limits and differences as printed by Newcombe (1998)."""

import numpy as np
import pytest

from sro.stats import rates

GARWOOD = {
    0: (0, 3.6889),
    1: (0.0253, 5.5716),
    3: (0.6187, 8.7673),
    5: (1.6235, 11.6683),
    10: (4.7954, 18.3904),
    20: (12.2165, 30.8884),
    50: (37.1110, 65.9188),
}
WILSON = {(0, 10): (0, 0.2775), (3, 10): (0.1078, 0.6032), (15, 148): (0.0624, 0.1605), (81, 263): (0.2553, 0.3662)}


@pytest.mark.parametrize("count", GARWOOD)
def test_exact_poisson_limits_equal_the_published_ones(count):
    low, high = rates.poisson_interval(count)
    assert (round(float(low), 4), round(float(high), 4)) == pytest.approx(GARWOOD[count], abs=1e-4)


@pytest.mark.parametrize("sample", WILSON)
def test_wilson_limits_equal_newcombes(sample):
    low, high = rates.wilson_interval(*sample)
    assert (round(float(low), 4), round(float(high), 4)) == pytest.approx(WILSON[sample], abs=1e-4)


def test_the_ratio_of_two_rates_has_the_score_limits_of_statsmodels_documentation():
    assert rates.rate_ratio_interval(12, 1000, 25, 1100) == pytest.approx((0.2687, 1.0374), abs=1e-4)


@pytest.mark.parametrize(
    ("sample", "limits"),
    [((56, 70, 48, 80), (0.0524, 0.3339)), ((9, 10, 3, 10), (0.1705, 0.8090)), ((10, 10, 0, 20), (0.6791, 1.0))],
)
def test_differences_of_proportions_have_newcombes_hybrid_limits(sample, limits):
    assert rates.proportion_difference_interval(*sample) == pytest.approx(limits, abs=1e-4)


def test_an_unknown_count_has_no_limits():
    low, high = rates.poisson_interval([np.nan, 4])
    assert np.isnan(low[0]) and np.isnan(high[0]) and low[1] > 0


def test_a_share_of_nothing_has_no_limits():
    low, high = rates.wilson_interval(0, 0)
    assert np.isnan(low) and np.isnan(high)


def test_a_rate_on_fewer_than_twenty_events_is_unstable_and_none_is_not_a_rate():
    assert rates.is_unstable([0, 1, 19, 20]).tolist() == [False, True, True, False]
