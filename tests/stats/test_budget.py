"""The school watch: its budget of false alarms, what it finds, and the bound it is measured against."""

import numpy as np
import pytest

from benchmarks.operating_curve import best_cusum, nhs_rules
from sro.stats import budget

YEARS = 20000
# Share of doublings that the bound finds within 1, 2, 3, 4 and 6 months, from a simulation made before this code.
BOUND = {
    20: (0.80, 0.98, 1, 1, 1),
    5: (0.10, 0.38, 0.62, 0.78, 0.92),
    2: (0.01, 0.07, 0.18, 0.31, 0.54),
    1: (0, 0.01, 0.05, 0.11, 0.25),
}
# Of 40 quiet schools, how many the four NHS rules on XmR flag at least once in 12 months.
NHS = {0.5: 18, 1: 14, 2: 9, 5: 7, 20: 6}


def quiet(mean, years=YEARS, seed=5):
    random = np.random.default_rng(seed)
    return random.poisson(mean, (years, 36)).astype(float), random.poisson(mean, (years, 12)).astype(float)


@pytest.mark.parametrize("mean", BOUND)
def test_the_bound_finds_doublings_as_soon_as_the_method_says(mean):
    before, after = quiet(mean)
    doubled = after + quiet(mean, seed=6)[1]

    def found(share):
        alarms = best_cusum(before.sum(axis=1), after, share * budget.ALARMS)
        return np.maximum.accumulate(alarms(doubled), axis=1).mean(axis=0)[[0, 1, 2, 3, 5]]

    # CUSUMs of small counts move in steps: those limits give out from three quarters of the budget to nearly all.
    assert (found(0.75) - 0.01 <= BOUND[mean]).all() and (found(1) + 0.01 >= BOUND[mean]).all()


@pytest.mark.parametrize("mean", NHS)
def test_plain_nhs_rules_flag_as_many_quiet_schools_as_the_method_says(mean):
    before, after = quiet(mean, 6000)
    assert 40 * nhs_rules(before, after[:, :12])[0][:, -1].mean() == pytest.approx(NHS[mean], abs=1.3)


@pytest.mark.parametrize("mean", [0.5, 1, 2, 5, 20])
def test_forty_quiet_schools_raise_at_most_one_false_alarm_a_year(mean):
    before, after = quiet(mean)
    totals, place = np.unique(before.sum(axis=1), return_inverse=True)
    limits = budget.thresholds(totals, np.full(len(totals), 36.0), np.ones((len(totals), 12)))
    rises, falls = budget.cusums(after, np.ones_like(after), limits.rate[place])
    alarmed = (rises > limits.rise[place][:, None]) | (falls > limits.fall[place][:, None])
    assert 0.5 < 40 * alarmed.any(axis=1).mean() <= 1.0


def test_a_states_quiet_schools_keep_the_budget_though_each_is_simulated_less():
    schools, years, mean = 4800, 20, 2
    random = np.random.default_rng(7)
    totals = random.poisson(36 * mean, schools)
    limits = budget.thresholds(totals, np.full(schools, 36.0), np.ones((schools, 12)))
    after = random.poisson(mean, (years, schools, 12))
    rises, falls = budget.cusums(after, np.ones_like(after), limits.rate)
    alarmed = (rises > limits.rise[:, None]) | (falls > limits.fall[:, None])
    assert 0.5 < 40 * alarmed.any(axis=2).mean() <= 1.0


def test_schools_that_vary_beyond_chance_raise_no_more_alarms_when_that_is_known():
    random = np.random.default_rng(8)
    counts = random.poisson(random.gamma(5 / 0.5, 0.5, (120, 48))).astype(float)  # variance 1.5 times the mean
    before, after, ones = counts[:, :36], counts[:, 36:], np.ones((120, 48))
    spread = budget.dispersion_of(before, ones[:, :36])
    assert spread == pytest.approx(1.5, abs=0.1)
    baseline = before.sum(axis=1), np.full(120, 36.0), after, ones[:, 36:]
    known, unknown = budget.watch(*baseline, dispersion=spread), budget.watch(*baseline)
    assert known.found <= 6 < unknown.found  # three are due by chance
    assert known.by_chance == pytest.approx(3, abs=0.6)


def test_a_doubling_and_a_halving_are_told_apart_and_dated():
    counts = np.full((3, 12), 20.0)
    counts[1, 4:], counts[2, 6:] = 40, 8
    seen = budget.watch([720, 720, 720], [36, 36, 36], counts, np.ones((3, 12)))
    assert [(s.unit, s.side, s.since) for s in seen.standouts] == [(1, "high", 4), (2, "low", 6)]
    assert seen.found == 2 and seen.units == 3


def test_a_month_without_a_log_is_passed_over():
    counts, exposures = np.full((1, 12), 10.0), np.ones((1, 12))
    counts[0, 3:9], exposures[0, 3:9] = np.nan, 0
    assert not budget.watch([360], [36], counts, exposures).standouts


def test_a_school_without_a_baseline_is_not_watched():
    seen = budget.watch([0.0, 100.0], [0.0, 36.0], np.full((2, 12), 9.0), np.ones((2, 12)))
    assert seen.units == 1 and all(standout.unit == 1 for standout in seen.standouts)


def test_a_school_that_never_had_an_incident_is_watched_all_the_same():
    seen = budget.watch([0.0], [36.0], np.full((1, 12), 3.0), np.ones((1, 12)))
    assert [standout.side for standout in seen.standouts] == ["high"]


def test_thresholds_are_the_same_whenever_they_are_simulated():
    budget._simulated.cache_clear()
    first = budget.thresholds([30, 400], [36, 36], np.ones((2, 12)))
    budget._simulated.cache_clear()
    second = budget.thresholds([30, 400], [36, 36], np.ones((2, 12)))
    assert (first.rise == second.rise).all() and (first.fall == second.fall).all()


@pytest.mark.parametrize(
    ("watch", "says"),
    [
        (budget.Watch(45, 1.02, ()), "By chance, about 1 of 45 schools would stand out in a year; none did."),
        (budget.Watch(12, 0.3, (budget.Standout(1, "high", 3, 2),)), "By chance, fewer than 1 of 12 schools"),
        (budget.Watch(0, 0, ()), "No schools have enough months to be watched."),
    ],
)
def test_the_sentence_above_a_list_says_what_chance_gives(watch, says):
    assert watch.sentence().startswith(says)
