"""Designs of change: a published interrupted time series, a published staggered design, and cases worked by hand."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

from sro.stats.impact import before_after, interrupted, staggered
from sro.stats.impact.staggered import NEVER

DATA = Path(__file__).parent / "data"
# R package did, att_gt(lemp ~ 1) of mpdta with never-treated counties: ATT(g,t) and pre-test as printed.
ATT = {
    (2004, 2004): -0.0105, (2004, 2005): -0.0704, (2004, 2006): -0.1373, (2004, 2007): -0.1008,
    (2006, 2004): 0.0065, (2006, 2005): -0.0028, (2006, 2006): -0.0046, (2006, 2007): -0.0412,
    (2007, 2004): 0.0305, (2007, 2005): -0.0027, (2007, 2006): -0.0311, (2007, 2007): -0.0261,
}  # fmt: skip
ERRORS = {(2004, 2004): 0.0237, (2004, 2006): 0.0404, (2006, 2006): 0.0162, (2007, 2004): 0.0142, (2007, 2007): 0.0174}
PRE_TEST = 0.16812


def rows(name):
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sicily():
    return {name: np.array([float(row[name]) for row in rows("sicily.csv")]) for name in rows("sicily.csv")[0]}


@pytest.fixture(scope="module")
def counties():
    data = rows("mpdta.csv")
    values = np.array([[float(row[f"lemp_{year}"]) for year in range(2003, 2008)] for row in data])
    first = np.array([int(row["first_treated"]) for row in data])
    return values, np.where(first == 0, NEVER, first - 2003.0)


def months(sicily):
    return (sicily["year"] * 12 + sicily["month"]).tolist()


# Interrupted time series


def test_the_smoking_ban_in_sicily_has_the_level_of_the_published_code(sicily):
    # Lopez Bernal, Cummins and Gasparrini 2017, Rcode.R, model 3: step change, trend and two harmonics, quasi-Poisson.
    found = interrupted(sicily["aces"], sicily["stdpop"], 36, months(sicily), with_slope=False)
    assert (found.level.value, found.level.low, found.level.high) == pytest.approx((0.885, 0.839, 0.933), abs=5e-4)
    assert found.trend.value ** (1 / 12) == pytest.approx(1.0054, abs=5e-5)
    assert found.dispersion == pytest.approx(2.262, abs=5e-4) and found.errors == "quasi-Poisson"


def test_without_a_season_the_ban_has_the_level_of_the_first_model(sicily):
    # The same, model 2: no season.
    found = interrupted(sicily["aces"], sicily["stdpop"], 36, months(sicily), harmonics=0, with_slope=False)
    assert found.level.value == pytest.approx(0.894, abs=5e-4) and found.dispersion == pytest.approx(3.559, abs=5e-4)


def test_a_known_fall_is_found_and_a_slope_that_is_not_there_is_not():
    random, clock = np.random.default_rng(1), np.arange(60)
    exposure = random.uniform(8, 12, 60)
    counts = random.poisson(exposure * 8 * np.where(clock >= 30, 0.6, 1.0))
    found = interrupted(counts, exposure, 30, clock.tolist())
    assert found.level.low < 0.6 < found.level.high < 1
    assert found.slope.low < 1 < found.slope.high
    assert found.expected[-1] > found.fitted[-1]


def test_residuals_that_follow_each_other_get_newey_wests_errors():
    random = np.random.default_rng(2)
    drift = np.zeros(80)
    for month in range(1, 80):
        drift[month] = 0.8 * drift[month - 1] + random.normal(0, 0.15)
    found = interrupted(random.poisson(200 * np.exp(drift)), np.ones(80), 40, list(range(80)), harmonics=0)
    assert found.autocorrelation > 0.3 and found.errors == "Newey–West"


@pytest.mark.parametrize(
    ("counts", "start", "says"),
    [
        ([10] * 20, 8, "8 instructional months before the start; at least 12 are needed."),
        ([10] * 20, 13, "7 instructional months after the start; at least 12 are needed."),
        ([1] * 30, 15, "15 events before the start; at least 20 are needed."),
    ],
)
def test_too_little_data_gives_nothing_but_what_is_missing(counts, start, says):
    exposures, clock = np.ones(len(counts)), list(range(len(counts)))
    series = interrupted(counts, exposures, start, clock)
    assert series.missing == says and np.isnan(series.level.value)
    plain = before_after(counts, exposures, start)
    assert plain.missing == says and np.isnan(plain.ratio.value)


# Before and after


def test_before_and_after_are_ratios_of_sums():
    counts, exposures = [10, 20] * 6 + [5, 10] * 6, [1.0, 2.0] * 12
    found = before_after(counts, exposures, 12)
    assert (found.before, found.after, found.ratio.value) == (10, 5, 0.5)
    assert found.events == (180, 90) and found.points == (12, 12)
    assert found.ratio.low < 0.5 < found.ratio.high < 1


def test_a_month_without_a_log_leaves_both_sides_of_the_fraction():
    counts, exposures = np.array([10.0] * 26), np.ones(26)
    counts[3], exposures[3] = np.nan, 0
    assert before_after(counts, exposures, 13).points == (12, 13)


def test_months_that_vary_beyond_chance_widen_the_limits():
    calm, wild = [20.0] * 24, [5.0, 35.0] * 12
    narrow, wide = (before_after(counts, np.ones(24), 12).ratio for counts in (calm, wild))
    assert wide.low < narrow.low and wide.high > narrow.high


# Staggered


def test_group_time_effects_on_county_employment_are_the_published_ones(counties):
    found = staggered(*counties, compared_with="never")
    seen = {(int(e.group) + 2003, e.time + 2003): e for e in found.effects}
    assert {place: round(e.effect.value, 4) for place, e in seen.items()} == ATT
    assert {place: seen[place].error for place in ERRORS} == pytest.approx(ERRORS, abs=0.0025)
    assert found.parallel == pytest.approx(PRE_TEST, abs=5e-6)


def test_the_event_study_weighs_each_group_by_its_size(counties):
    found = staggered(*counties, compared_with="never")
    study = {event.since: event.effect.value for event in found.event_study}
    # 20, 40 and 131 counties: (20 × −0.0105 − 40 × 0.0046 − 131 × 0.0261)/191
    assert study[0] == pytest.approx((20 * -0.0105 + 40 * -0.0046 + 131 * -0.0261) / 191, abs=1e-4)
    assert found.overall.value == pytest.approx(np.mean([study[since] for since in range(4)]))
    assert round(found.overall.value, 4) == -0.0772


def test_units_not_reached_yet_are_compared_with_worked_by_hand():
    # Three groups of three: reached in period 1 (effect 2), in period 2 (effect 4), never; everyone gains 1 a period.
    base = np.array([[0.0, 1, 2]] * 9) + np.arange(9)[:, None] * 10
    base[:3, 1:] += 2
    base[3:6, 2:] += 4
    found = staggered(base, [1, 1, 1, 2, 2, 2, NEVER, NEVER, NEVER])
    assert {(int(e.group), e.time): e.effect.value for e in found.effects} == {
        (1, 1): 2,
        (1, 2): 2,
        (2, 1): 0,
        (2, 2): 4,
    }
    assert [(event.since, event.effect.value) for event in found.event_study] == [(-1, 0), (0, 3), (1, 2)]


def test_a_true_effect_is_covered_and_schools_that_went_apart_before_are_noticed():
    random = np.random.default_rng(4)
    first = np.repeat([4, 6, NEVER], 20)
    noise = random.normal(0, 1, (60, 9)) + random.normal(0, 3, (60, 1))
    reached = np.arange(9) >= first[:, None]
    found = staggered(noise - 2 * reached, first)
    assert found.overall.low < -2 < found.overall.high < 0 and found.parallel > 0.05
    apart = staggered(noise + np.where(first < 9, 1.0, 0)[:, None] * np.arange(9), first)
    assert apart.parallel < 0.01


def test_two_schools_are_too_few_to_compare():
    says = staggered(np.zeros((4, 5)), [2, 2, NEVER, NEVER]).missing
    assert says == "2 schools with months before and after their start; at least 3 are needed."


def test_groups_of_one_school_get_errors_that_cover_the_truth(monkeypatch):
    monkeypatch.setattr(sys.modules["sro.stats.impact.staggered"], "DEALS", 99)
    random, first = np.random.default_rng(6), [2, 3, 4, *[NEVER] * 12]
    noise = [random.normal(0, 1, (15, 6)) + random.normal(0, 3, (15, 1)) for _ in range(20)]
    found = [staggered(outcomes, first) for outcomes in noise]
    assert {result.errors for result in found} == {"permutation"}
    assert sum(result.overall.low < 0 < result.overall.high for result in found) >= 16
    assert sum(result.parallel < 0.05 for result in found) <= 4


def test_the_bootstrap_gives_the_same_errors_every_time(counties):
    assert staggered(*counties) == staggered(*counties)
