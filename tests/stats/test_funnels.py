"""Funnels around the rate of all: exact tails, their widening, and what falls outside."""

import numpy as np
import pytest
from scipy import stats

from sro.stats import funnels


def test_ninety_five_in_a_hundred_units_of_one_rate_lie_inside():
    draws = np.random.default_rng(4).poisson(30, 4000)
    seen = funnels.funnel(draws, np.full(4000, 10.0))
    assert (seen.place == 0).mean() == pytest.approx(0.95, abs=0.015)
    assert (abs(seen.place) == 2).mean() == pytest.approx(0.002, abs=0.002)
    assert seen.dispersion == 1.0


def test_limits_lie_between_the_counts_around_the_tail():
    low, high = funnels.funnel_limits(2.0, [5.0], 0.95)
    assert stats.poisson.ppf(0.025, 10) - 1 <= low[0] * 5 <= stats.poisson.ppf(0.025, 10)
    assert stats.poisson.ppf(0.975, 10) - 1 <= high[0] * 5 <= stats.poisson.ppf(0.975, 10)


def test_interpolated_limit_worked_by_hand():
    # Poisson mean 1: P(0) = 0.3679, P(≤1) = 0.7358, P(≤2) = 0.9197, P(≤3) = 0.9810; 0.975 lies between 2 and 3.
    _, high = funnels.funnel_limits(1.0, [1.0], 0.95)
    assert high[0] == pytest.approx(3 - (0.98101 - 0.975) / 0.06131, abs=1e-3)


def test_a_larger_school_has_narrower_limits():
    low, high = funnels.funnel_limits(2.0, [5.0, 50.0], 0.95)
    assert high[0] > high[1] > 2 > low[1] > low[0]


def test_a_proportion_stays_between_none_and_all():
    low, high = funnels.funnel_limits(0.95, [10.0, 100.0], 0.998, "proportion")
    assert (high <= 1).all() and (low >= 0).all()


def test_schools_that_differ_by_more_than_chance_widen_the_funnel():
    events, exposures = [10, 30, 5, 45, 20, 60, 8, 40, 25, 50], np.full(10, 10.0)
    seen = funnels.funnel(events, exposures)
    _, narrow = funnels.funnel_limits(seen.center, exposures, 0.95)
    assert seen.dispersion > 5 and (seen.inner_high > narrow).all()


def test_a_school_without_exposure_has_no_limits_and_does_not_count():
    seen = funnels.funnel([3, 4, np.nan], [2.0, 2.0, 0.0])
    assert seen.center == 7 / 4 and np.isnan(seen.inner_high[2]) and seen.place[2] == 0
    assert seen.expected_outside == pytest.approx(0.1)
