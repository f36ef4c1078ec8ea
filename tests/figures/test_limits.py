"""The expected range in a trend."""

from datetime import date

from sro.figures import Limits, draw
from tests.figures.answers import COVERAGE, RATE, answer, compared

MONTHS = [date(2025, month, 1) for month in range(7, 13)] + [date(2026, month, 1) for month in range(1, 7)]
RANGE = (30_000.0, 40_000.0, 50_000.0)


def limits(without=(), **signals):
    ranges = {month: RANGE for month in MONTHS if month not in without}
    return Limits(
        ranges, {date.fromisoformat(f"{day.replace('_', '-')[1:]}-01"): side for day, side in signals.items()}, "Why."
    )


def named(figure, name):
    return [trace for trace in figure.chart["data"] if trace.get("name") == name]


def test_a_trend_shows_center_and_limits_and_says_how_they_were_made():
    figure = draw(answer(RATE, (40, 100), grain="month"), "trend", limits=limits())
    assert {value for name in ("Lower limit", "Center", "Upper limit") for value in named(figure, name)[0]["y"]} == set(
        RANGE
    )
    assert any(note.endswith("Why.") for note in figure.footnotes)


def test_limits_leave_a_gap_where_months_are_left_out():
    figure = draw(answer(RATE, (40, 100), grain="month"), "trend", limits=limits(without=[date(2025, 10, 1)]))
    assert named(figure, "Center")[0]["y"].count(None) == 1


def test_a_signal_is_ringed_without_a_side_where_the_measure_has_no_direction():
    figure = draw(answer(RATE, (40, 100), grain="month"), "trend", limits=limits(_2025_09="high"))
    (ring,) = named(figure, "Beyond chance")
    assert len(ring["x"]) == 1
    assert ring["marker"]["color"] == ["#7B4FA3"]
    assert "Ring: beyond what chance explains (1 point)." in figure.footnotes


def test_a_signal_of_a_measure_with_a_direction_is_better_or_worse():
    figure = draw(answer(COVERAGE, (40, 100), grain="month"), "trend", limits=limits(_2025_09="low"))
    assert named(figure, "Beyond chance")[0]["marker"]["color"] == ["#C45500"]


def test_the_expected_range_takes_the_place_of_the_earlier_line():
    asked = compared(answer(RATE, (40, 100), grain="month"), answer(RATE, (30, 100), grain="month", period="2024-25"))
    assert named(draw(asked, "trend"), "2024–25")
    assert not named(draw(asked, "trend", limits=limits()), "2024–25")


def test_small_multiples_are_drawn_without_limits():
    schools = {str(place): f"School {place}" for place in range(9)}
    figure = draw(answer(RATE, (40, 100), grain="month", by="school", units=schools), "trend", limits=limits())
    assert not named(figure, "Center")
