"""Rare events: under two a month no month can be low, as its lower limit is nothing. A long time without one can.

So the school days between two events are charted too (g-chart); where no school day is known, the days (t-chart).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from sro.answer import Answer
from sro.calendar import month_label
from sro.stats.spc import Chart, Icon, control_chart


@dataclass(frozen=True, eq=False)
class Gaps:
    """The chart of what lies between events; `days` says in what it is counted. `waiting` have passed since `last`."""

    chart: Chart
    days: str
    last: dt.date
    waiting: int

    @property
    def most(self) -> float:
        """The longest that is expected between two events."""
        return float(self.chart.upper[-1])

    @property
    def is_long(self) -> bool:
        """Whether more has passed since the last event than is expected."""
        return self.waiting > self.most

    @property
    def said(self) -> str:
        """`none for 71 school days since Mar 2026; up to 40 are expected between two`."""
        return (
            f"none for {self.waiting:,} {self.days} since {month_label(self.last)}; "
            f"up to {self.most:,.0f} are expected between two"
        )

    @property
    def note(self) -> str:
        """The chart in words, for the figure that shows months."""
        longer = sum(signal.side == "high" for signal in self.chart.signals)
        unsure = ", provisionally" if self.chart.status == "provisional" else ""
        chance = "; chance makes about 2 in 100 longer" if self.chart.kind == "g" else ""  # geometric: e⁻⁴
        return (
            f"So rare an event is also judged by the {self.days} between two ({self.chart.kind}-chart): "
            f"{self.chart.center[-1]:,.0f} on average, up to {self.most:,.0f} expected{unsure}; "
            f"{longer} of {len(self.chart.values)} {'was' if longer == 1 else 'were'} longer{chance}. "
            f"{self.waiting:,} have passed since the last."
        )

    def icon(self, months: Icon, direction: str) -> Icon:
        """What the months say, or, where they say nothing, that nothing has happened for longer than expected."""
        if not self.is_long or months.name not in ("common cause", "none"):
            return months
        name = {"neutral": "neutral", "down": "improving", "up": "concerning"}[direction]
        return Icon(name, f"Lower than expected: {self.said}.")


def gaps_of(
    events: Answer, school_days: Answer | None, months: Collection[dt.date], starts: Sequence[dt.date]
) -> Gaps | None:
    """The gaps between the events of an answer by day, of one unit; None where they are too few for limits.

    Only days of `months` (their first days; those that may be compared) count. `starts` begin the series anew.
    `school_days` has a denominator on every school day; without it all days count.
    """
    cells = events.cells
    days = [start for start in cells["period_start"] if start.replace(day=1) in months]
    counts = dict(zip(cells["period_start"], cells["numerator"].fillna(0).astype(int), strict=True))
    open_days = set(days) if school_days is None else _open(school_days)
    clock = np.cumsum([day in open_days for day in days])
    dates = [(day, int(at)) for day, at in zip(days, clock, strict=True) for _ in range(counts[day])]
    if len(dates) < 2:
        return None
    gaps = np.diff([at for _, at in dates]).astype(float)
    ends = [day for day, _ in dates[1:]]
    breaks = [sum(end < start for end in ends) for start in starts]
    measure = "time_between" if school_days is None else "cases_between"
    chart = control_chart(gaps, measure=measure, breaks=breaks)
    if chart.status == "none":
        return None
    last, at = dates[-1]
    return Gaps(chart, "days" if school_days is None else "school days", last, int(clock[-1]) - at)


def _open(school_days: Answer) -> set[dt.date]:
    cells = school_days.cells
    return set(cells.loc[cells["denominator"] > 0, "period_start"])
