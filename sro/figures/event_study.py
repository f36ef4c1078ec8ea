"""The event study of a program that came to schools at different times: the difference by time since the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sro.figures import wording
from sro.figures.figure import Drawing, FigureError
from sro.figures.tables import drawn, numbers
from sro.figures.theme import Paint
from sro.metrics import Card

HEIGHT = 300


@dataclass(frozen=True)
class Step:
    """The mean difference to schools not reached yet, `since` periods after the start (negative: before it)."""

    since: int
    value: float
    low: float
    high: float


def event_study(steps: Sequence[Step], period: str, card: Card, look: Paint) -> Drawing:
    """A point and its interval a step, hollow before the start, over a line of no difference.

    Raises FigureError without a step. `period` is what a step is: month or year.
    """
    if not steps:
        raise FigureError("An event study needs at least one period with schools to compare.")
    before = [step.since < 0 for step in steps]
    reach = 1.15 * max(max(abs(step.low), abs(step.high), abs(step.value)) for step in steps) or 1.0
    traces = [
        {
            "type": "scatter", "mode": "markers", "name": "Difference",
            "x": [step.since for step in steps], "y": [drawn(step.value) for step in steps],
            "error_y": {
                "type": "data", "symmetric": False, "thickness": 1.5, "width": 0, "color": look.accent,
                "array": [drawn(step.high - step.value) for step in steps],
                "arrayminus": [drawn(step.value - step.low) for step in steps],
            },
            "marker": {
                "size": 9, "color": [look.ground if early else look.accent for early in before],
                "line": {"color": look.accent, "width": 1.75},
            },
            "hovertext": [_said(step, period, card) for step in steps],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]  # fmt: skip
    beyond = sum(step.since >= 0 and (step.low > 0 or step.high < 0) for step in steps)
    after = sum(not early for early in before)
    return Drawing(
        traces=traces,
        layout={
            "xaxis": {"dtick": 1, "title": {"text": f"{period}s since the start"}, "zeroline": False},
            "yaxis": {"range": [-reach, reach], "zeroline": True, "zerolinecolor": look.muted, "nticks": 5},
            "shapes": [
                {"type": "line", "xref": "x", "yref": "paper", "x0": -0.5, "x1": -0.5, "y0": 0, "y1": 1,
                 "line": {"color": look.rule, "width": 1, "dash": "dot"}}
            ],
            "margin": {"t": 14, "b": 40, "r": 16},
        },
        height=HEIGHT,
        table=pd.DataFrame(
            {
                f"{period.capitalize()}s since the start": [step.since for step in steps],
                f"Difference ({card.unit})": numbers([step.value for step in steps]),
                "Interval from": numbers([step.low for step in steps]),
                "Interval to": numbers([step.high for step in steps]),
            }
        ),
        finding=f"{card.title}, schools reached beside schools not reached yet: "
        f"{wording.many(beyond, period)} of {after} since the start beyond chance",
        about=f"A dot plot of differences in {card.title}, {wording.many(len(steps), period)} around the start",
        footnotes=(
            "Whiskers: intervals. Hollow: before the start, where a difference speaks against the comparison.",
        ),
        form="event_study",
    )  # fmt: skip


def _said(step: Step, period: str, card: Card) -> str:
    when = f"{wording.many(abs(step.since), period)} {'before' if step.since < 0 else 'after'} the start"
    return f"<b>{when}</b><br>{step.value:+.2f} ({step.low:+.2f} to {step.high:+.2f})<br>{wording.plain(card.unit)}"
