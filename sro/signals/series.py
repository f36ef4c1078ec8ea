"""A control chart for the series of an answer: gated, charted by its kind of measure, and read in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sro import calendar
from sro.answer import Answer
from sro.figures import wording
from sro.gates import Context, Gated, gate
from sro.metrics import Card
from sro.signals.rare import Gaps
from sro.stats.season import NO_SEASON, Season, season_of
from sro.stats.spc import RULES, Chart, Icon, Signal, assurance, control_chart, variation
from sro.stats.spc.chart import FEWEST, FULL, RARE, Measure, phases_of

CHARTED = ("sum", "ratio", "rate", "distinct", "distinct_sum")


@dataclass(frozen=True, eq=False)
class SeriesChart:
    """The chart of one unit; `cells` are its points, one a point of the chart, in the unit of the metric's values."""

    unit: str
    name: str
    cells: pd.DataFrame
    chart: Chart
    variation: Icon
    assurance: Icon
    note: str
    gaps: Gaps | None = None

    def with_gaps(self, gaps: Gaps, direction: str) -> SeriesChart:
        """The same, judged also by what lies between two events."""
        return replace(self, variation=gaps.icon(self.variation, direction), note=f"{self.note} {gaps.note}", gaps=gaps)

    @property
    def is_rare(self) -> bool:
        """Whether the months that its limits come from, or all where it has none, have under two events each."""
        basis = self.chart.phases[-1].basis if self.chart.status != "none" else slice(None)
        return bool(self.cells["numerator"].iloc[basis].mean() < RARE)

    @property
    def months(self) -> list[dt.date]:
        return list(self.cells["period_start"])

    def news(self, points: int) -> tuple[Signal, ...]:
        """The points outside the limits among the last `points`, and the patterns that the last one is part of."""
        end = len(self.cells)
        return tuple(
            signal
            for signal in self.chart.signals
            if signal.point == end - 1 or (signal.rule == "outside" and signal.point >= end - points)
        )


def signals_of(
    answer: Answer, context: Context, target: float | None = None, gated: Gated | None = None
) -> tuple[SeriesChart, ...]:
    """A chart for every unit of an answer by month or longer; none for a mix of shares or a median."""
    if answer.card.aggregate not in CHARTED or answer.question.sliced:
        return ()
    gated = gated or gate(answer, context)
    units = dict(zip(answer.cells["unit"], answer.cells["unit_name"], strict=True))
    return tuple(_series(unit, name, answer, gated, target) for unit, name in units.items())


def _series(unit: str, name: str, answer: Answer, gated: Gated, target: float | None) -> SeriesChart:
    card, cells = answer.card, gated.of(unit).reset_index(drop=True)
    starts = gated.starts(unit)
    top, bottom = sums_of(card, cells)
    months = [start.month for start in cells["period_start"]]
    monthly = answer.question.grain == "month"
    season = season_in(top, bottom, months, starts) if monthly and measure_of(card) == "events" else NO_SEASON
    chart = control_chart(
        top,
        bottom,
        measure=measure_of(card),
        breaks=starts,
        season=season,
        months=months,
        scale=card.factor if measure_of(card) != "value" else 1.0,
        ceiling=100.0 if wording.kind(card) == "percent" and (cells["value"] <= 100).all() else None,
    )
    return SeriesChart(
        unit,
        name,
        cells,
        chart,
        variation(chart, card.direction),
        assurance(chart, target, card.direction),
        footnote(chart, bool(season), cells),
    )


def measure_of(card: Card) -> Measure:
    """Events for what has Poisson limits, proportions for what has Wilson's, values for the rest."""
    return {"poisson": "events", "wilson": "proportion"}.get(card.interval, "value")  # type: ignore[return-value]


def sums_of(card: Card, cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray | None]:
    """Numerators and denominators for a chart; the values alone where chance is not at work."""
    if measure_of(card) == "value":
        return cells["value"].to_numpy(dtype=float), None
    top = cells["numerator"].to_numpy(dtype=float)
    over = card.aggregate in ("rate", "ratio")
    return top, cells["denominator"].to_numpy(dtype=float) if over else None


def season_in(top: np.ndarray, bottom: np.ndarray | None, months: list[int], starts: list[int]) -> Season:
    """The season in the baselines of a series, each phase with a level of its own."""
    exposures = np.ones_like(top) if bottom is None else bottom
    phases = phases_of(len(top), starts, FULL)
    apart = np.zeros((len(phases), len(top)))
    for row, phase in enumerate(phases):
        apart[row, phase.basis] = exposures[phase.basis]
    return season_of(np.tile(top, (len(phases), 1)), apart, months) if phases else NO_SEASON


def footnote(chart: Chart, seasonal: bool, cells: pd.DataFrame) -> str:
    """How the limits were made, or why there are none, in a sentence or two. `cells` are the points."""
    if not chart.phases:
        return "No limits: no comparable point."
    phase = chart.phases[-1]
    points = phase.end - phase.start
    since = f" since {cells['period_label'].iloc[phase.start]}, where the series last began" if phase.start else ""
    if chart.status == "none":
        return f"No limits: {points} of {FEWEST} comparable points{since}."
    basis = f"Limits from the first {phase.baseline} of {points} comparable points{since}"
    moved = ", moved by the usual course of the school year" if seasonal else ""
    unsure = " They are provisional (under 24 points)." if chart.status == "provisional" else ""
    return f"{basis}{moved}. {chart.reason}{unsure}"


def sentence(series: SeriesChart, card: Card, signal: Signal) -> str:
    """What a signal says: the value, when, and the range that was expected."""
    chart, row, point = series.chart, series.cells.iloc[signal.point], signal.point
    subject = card.title if series.unit == "program" else f"{card.title}, {series.name}"
    when, place = str(row["period_label"]), "above" if signal.side == "high" else "below"
    number = float(row["value"])
    match signal.rule:
        case "outside":
            value, low, high = _apart(number, float(chart.lower[point]), float(chart.upper[point]), card)
            return f"{subject}: {value} in {when}, {place} the expected range ({low} to {high})."
        case "trend":
            moved = "higher" if signal.side == "high" else "lower"
            said = f"the last of 7 or more points each {moved} than the one before"
        case "shift":
            said = f"{RULES['shift']} ({place} {wording.value_text(float(chart.center[point]), card)})"
        case _:
            said = f"{RULES['two_of_three']} of the expected range"
    return f"{subject}: {wording.said(number, card)} in {when}; {said}."


def _apart(value: float, low: float, high: float, card: Card) -> tuple[str, str, str]:
    """A value and its limits; with more decimals where the value would read like the limit that it passes."""
    plain = [wording.value_text(number, card) for number in (value, low, high)]
    whole = [text.removesuffix(".0") for text in plain]
    if whole[0] not in whole[1:]:
        return wording.said(value, card), plain[1], plain[2]
    places, unit = (1, "%") if plain[0].endswith("%") else (2, "")
    fine = [f"{number:,.{places}f}{unit}" for number in (value, low, high)]
    return wording.said(value, card) if wording.kind(card) == "count" else fine[0], fine[1], fine[2]


def last_month(cells: pd.DataFrame) -> dt.date | None:
    """The first day of the last month among cells."""
    return max(cells["period_start"]) if len(cells) else None


def year_before(month: dt.date) -> dt.date:
    return calendar.add_months(month, -12)
