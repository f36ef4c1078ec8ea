"""Which chart, which phases, and what it says in words."""

import numpy as np
import pytest

from sro.stats.season import season_of
from sro.stats.spc import assurance, control_chart, variation
from sro.stats.spc.chart import phases_of

STEADY = [10, 12, 9, 11, 10, 13, 8, 10, 11, 9, 12, 10, 11, 9, 10, 12, 10, 9, 11, 10, 8, 12, 10, 11]


def chance():
    return np.random.default_rng(11)


def test_a_measure_that_is_no_count_gets_individual_limits():
    assert control_chart(STEADY, measure="value").kind == "xmr"


def test_events_with_changing_exposure_get_a_rate_chart():
    exposures = chance().uniform(5, 10, 30)
    chart = control_chart(chance().poisson(4 * exposures), exposures, measure="events")
    assert chart.kind == "u" and "exposure of their own" in chart.reason


def test_rates_that_vary_more_than_chance_get_laneys_limits():
    rate = np.where(np.arange(30) % 2, 60.0, 20.0)
    chart = control_chart(chance().poisson(rate * 10), np.full(30, 10.0), measure="events")
    assert chart.kind == "u_prime" and "more than chance" in chart.reason


def test_proportions_that_vary_less_than_chance_get_laneys_limits():
    chart = control_chart([50, 51] * 15, [100] * 30, measure="proportion")
    assert chart.kind == "p_prime" and "less than chance" in chart.reason


def test_large_counts_get_individual_limits_and_small_ones_those_of_counts():
    assert control_chart(chance().poisson(60, 30), measure="events").kind == "xmr"
    assert control_chart(chance().poisson(5, 30), measure="events").kind == "c"


def test_rare_events_have_only_points_outside_the_limits_marked():
    chart = control_chart([*[0, 1] * 12, *[1] * 9], measure="events")
    assert "only points outside" in chart.reason and not chart.signals


def test_eleven_points_have_no_limits():
    chart = control_chart(STEADY[:11], measure="value")
    assert chart.status == "none" and np.isnan(chart.center).all() and not chart.signals
    assert variation(chart, "up").words == "Too few points for limits (11 of 12)."


def test_twelve_points_have_provisional_limits_and_say_so():
    chart = control_chart(STEADY[:12], measure="value")
    assert chart.status == "provisional" and variation(chart, "up").words.endswith("Limits are provisional.")


def test_limits_start_anew_only_at_a_recorded_break():
    series = [*STEADY, *(value + 20 for value in STEADY)]
    assert control_chart(series, measure="value").center[-1] == np.mean(STEADY)
    broken = control_chart(series, measure="value", breaks=[24])
    assert broken.center[-1] == pytest.approx(np.mean(STEADY) + 20) and not broken.signals
    assert [phase.status for phase in broken.phases] == ["full", "full"]


def test_a_short_phase_after_a_break_has_no_limits():
    phases = phases_of(30, [24], 24)
    assert [(phase.start, phase.end, phase.status) for phase in phases] == [(0, 24, "full"), (24, 30, "none")]


def test_a_point_without_a_number_is_refused():
    with pytest.raises(ValueError, match="leave the others out"):
        control_chart([1, np.nan], measure="value")


@pytest.mark.parametrize(
    ("last", "direction", "name"),
    [(30, "up", "improving"), (30, "down", "concerning"), (0, "down", "improving"), (30, "neutral", "neutral")],
)
def test_the_icon_of_a_signal_goes_by_the_metrics_direction(last, direction, name):
    assert variation(control_chart([*STEADY, last], measure="value"), direction).name == name


def test_an_incident_metric_is_never_called_better_or_worse():
    words = variation(control_chart([*STEADY, 0], measure="value"), "neutral").words
    assert words == "Lower than expected: outside the limits. Neither is read as better or worse."


def test_no_signal_is_common_cause():
    assert variation(control_chart(STEADY, measure="value"), "up").name == "common cause"


def test_a_series_that_keeps_to_its_sides_is_told_though_its_last_point_is_not_flagged():
    halves = [*[9, 10] * 6, *[11, 12] * 6, 10.5]
    assert (
        "Its longest run on one side of the center is 12 points; chance gives 8."
        in variation(control_chart(halves, measure="value"), "up").words
    )


# NHSRplotthedots, test-ptd_calculate_assurance_type.R: a target above, below and within the limits.
@pytest.mark.parametrize(
    ("target", "up", "down"),
    [
        (40, "consistently missed", "consistently met"),
        (1, "consistently met", "consistently missed"),
        (10, "hit and miss", "hit and miss"),
    ],
)
def test_assurance_goes_by_where_the_target_lies(target, up, down):
    chart = control_chart(STEADY, measure="value")
    assert assurance(chart, target, "up").name == up
    assert assurance(chart, target, "down").name == down
    assert assurance(chart, target, "neutral").name == "none"


def test_a_range_that_ends_at_the_target_meets_it():
    always = control_chart([12] * 24, [12] * 24, measure="proportion", scale=100)
    never = control_chart([0] * 24, [12] * 24, measure="proportion", scale=100)
    assert assurance(always, 100, "up").name == assurance(never, 0, "down").name == "consistently met"


def test_a_month_that_is_quiet_every_year_is_no_signal_and_does_not_widen_the_limits():
    months = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6] * 4
    rates = np.where(np.array(months) == 6, 30.0, 90.0)
    counts, ones = chance().poisson(rates), np.ones(40)
    season = season_of(counts[:30], ones[:30], months[:30])
    plain = control_chart(counts, ones, measure="events")
    seasonal = control_chart(counts, ones, measure="events", season=season, months=months)
    assert not seasonal.at(39) and seasonal.center[39] < 40
    assert seasonal.upper[38] - seasonal.center[38] < (plain.upper[38] - plain.center[38]) * 0.75


def test_chance_makes_no_season():
    months = list(range(1, 13)) * 3
    assert not season_of(np.full(36, 20.0), np.ones(36), months)


def test_one_year_makes_no_season():
    assert not season_of([100, 10, 100], [1, 1, 1], [1, 6, 9])
