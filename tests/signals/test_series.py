"""Charts of answers: by the kind of measure, on kept months only."""

import numpy as np
import pytest

from sro.signals import signals_of, watch_schools
from sro.signals.series import _apart
from tests.figures.answers import CALLS, COVERAGE, HANDLED, MIX, RATE, answer
from tests.gates.test_gates import context, date, event

YEARS = "2023-07..2026-06"


def series(card, numbers, *events, **parts):
    (made,) = signals_of(answer(card, numbers, grain="month", period=YEARS, **parts), context(*events, lag=0))
    return made


@pytest.mark.parametrize(
    ("card", "numbers", "kinds"),
    [
        (COVERAGE, (90, 100), {"xmr"}),
        (RATE, lambda unit, part, slice_: (38 + 5 * (part % 3), 1000), {"u", "u_prime"}),
        (HANDLED, lambda unit, part, slice_: (48 + 5 * (part % 3), 100), {"p", "p_prime"}),
        (CALLS, (9, 1), {"c"}),
    ],
)
def test_the_chart_fits_the_kind_of_measure(card, numbers, kinds):
    assert series(card, numbers).chart.kind in kinds


def test_limits_are_in_the_unit_of_the_values():
    made = series(RATE, lambda unit, part, slice_: (38 + 5 * (part % 3), 1000))
    assert made.chart.values == pytest.approx(made.cells["value"].to_numpy())
    assert (made.chart.lower < made.chart.center).all() and (made.chart.center < made.chart.upper).all()


def test_months_that_are_left_out_are_no_points():
    made = series(RATE, lambda unit, part, slice_: "not_received" if part % 9 == 0 else (40, 1000))
    assert len(made.cells) == 32 == len(made.chart.values)


def test_a_new_form_gives_new_limits():
    numbers = lambda unit, part, slice_: (40 if part < 18 else 80, 1000)  # noqa: E731
    made = series(RATE, numbers, event(date(2025, 1, 6)))
    assert not made.chart.signals and made.note.startswith("Limits from the first 18 of 18 comparable points")


def test_a_percentage_has_no_limit_over_a_hundred():
    made = series(COVERAGE, lambda unit, part, slice_: (99 - 8 * (part % 2), 100))
    assert made.chart.upper.max() == 100


def test_a_value_never_reads_like_the_limit_that_it_passes():
    assert _apart(7, 0, 6.97, CALLS) == ("7", "0.00", "6.97")
    assert _apart(89.3, 79.0, 89.1, COVERAGE) == ("89.3%", "79.0%", "89.1%")
    assert _apart(9, 0, 6.97, CALLS) == ("9", "0", "7.0")


def test_a_mix_of_shares_has_no_chart():
    made = signals_of(answer(MIX, (10, 100), grain="month", slices=("Teaching", "Other")), context())
    assert made == ()


def test_schools_are_watched_on_events_only():
    with pytest.raises(ValueError, match="counts of events"):
        watch_schools(answer(COVERAGE, grain="month", by="school", units={"A": "Alder"}), context())


def test_a_school_without_a_year_of_baseline_is_not_watched():
    asked = answer(RATE, (40, 1000), grain="month", period="2025-07..2026-06", by="school", units={"A": "Alder"})
    assert watch_schools(asked, context(lag=0)).watch.units == 0


def test_a_doubling_at_one_of_three_schools_stands_out_alone():
    random = np.random.default_rng(7)
    counts = random.poisson(20, (3, 36))
    counts[1, 30:] *= 2
    asked = answer(
        RATE,
        lambda unit, part, slice_: (int(counts[unit, part]), 1000),
        grain="month",
        period=YEARS,
        by="school",
        units={"A": "Alder", "B": "Birch", "C": "Cedar"},
    )
    (signal,) = watch_schools(asked, context(lag=0)).signals
    assert (signal.school_id, signal.side) == ("B", "high")
    assert date(2025, 12, 1) <= signal.since <= date(2026, 2, 1)
