"""The expected range of a series: its center, its control limits, and the points that leave them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from sro.figures import wording
from sro.figures.marks import Trace, middle
from sro.figures.tables import drawn
from sro.figures.theme import Paint
from sro.metrics import Card

Point = tuple[float, float, float]  # lower limit, center, upper limit, in the unit of the metric's values


@dataclass(frozen=True)
class Limits:
    """By first day of the period: the expected range, and the side of those that signal (high or low).

    `note` says how they were made; where there are none, why.
    """

    ranges: Mapping[dt.date, Point]
    signals: Mapping[dt.date, str]
    note: str

    def within(self, first: dt.date, last: dt.date) -> Limits:
        """The part between two days."""
        inside = {day: point for day, point in self.ranges.items() if first <= day <= last}
        return Limits(inside, {day: side for day, side in self.signals.items() if day in inside}, self.note)

    @property
    def top(self) -> float:
        return max((upper for _, _, upper in self.ranges.values()), default=0.0)


def limit_traces(limits: Limits, cells: pd.DataFrame, card: Card, look: Paint) -> list[Trace]:
    """Three quiet lines over the periods that have limits, and a ring around every point that signals."""
    rows = cells[cells["period_start"].isin(list(limits.ranges))]
    spots = [middle(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)]
    points = [limits.ranges[start] for start in rows["period_start"]]
    gaps = [earlier + dt.timedelta(days=1) != later for (_, earlier), (later, _) in pairwise(_spans(rows))]
    traces: list[Trace] = []
    for place, (dash, name) in enumerate((("dot", "Lower limit"), ("dash", "Center"), ("dot", "Upper limit"))):
        x, y = [], []
        for index, spot in enumerate(spots):
            if index and gaps[index - 1]:
                x, y = [*x, spot], [*y, None]
            x, y = [*x, spot], [*y, drawn(points[index][place])]
        traces.append(
            {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "hoverinfo": "skip",
             "connectgaps": False, "line": {"color": look.rule, "width": 1, "dash": dash}}
        )  # fmt: skip
    ringed = rows[rows["period_start"].isin(list(limits.signals))]
    if not ringed.empty:
        sides = [limits.signals[start] for start in ringed["period_start"]]
        colors = [look.tone(_tone(side, card)) for side in sides]
        traces.append(
            {"type": "scatter", "mode": "markers", "name": "Beyond chance", "hoverinfo": "skip",
             "x": [middle(start, end) for start, end in _spans(ringed)],
             "y": [drawn(value) for value in ringed["value"]], "cliponaxis": False,
             "marker": {"symbol": "circle-open", "size": 13, "color": colors, "line": {"width": 1.25, "color": colors}}}
        )  # fmt: skip
    return [trace for trace in traces if trace["x"]]


def limit_notes(limits: Limits, cells: pd.DataFrame) -> tuple[str, ...]:
    """How the limits were made, and what a ring means where there is one."""
    if not limits.ranges:
        return (limits.note,)
    ringed = int(cells["period_start"].isin(list(limits.signals)).sum())
    rings = (f"Ring: beyond what chance explains ({wording.many(ringed, 'point')}).",) if ringed else ()
    return (f"Dotted and dashed lines: the expected range and its center. {limits.note}", *rings)


def _spans(rows: pd.DataFrame) -> list[tuple[dt.date, dt.date]]:
    return list(zip(rows["period_start"], rows["period_end"], strict=True))


def _tone(side: str, card: Card) -> str:
    if card.direction == "neutral":
        return "changed"
    return "better" if (side == "high") == (card.direction == "up") else "worse"
