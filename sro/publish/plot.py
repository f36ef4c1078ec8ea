"""What a chart of an office program is made of: categories and series, before any file format.

Values are rounded as in the figure's table; None where there is nothing to show, so that a gap stays a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sro.answer import SHOWN, Answer
from sro.figures import theme, wording
from sro.figures.tables import drawn

WHY_EMPTY = {"not_received": "no report", "suppressed": "‡", "not_applicable": "not applicable"}
Values = tuple[float | None, ...]
LOOK = theme.paint("light")


@dataclass(frozen=True)
class Series:
    """One line or set of bars. `low` and `high` are the interval's limits; `hollow`: unstable or unfinished."""

    name: str
    values: Values
    color: str
    low: Values = ()
    high: Values = ()
    dash: str = "solid"
    symbol: str = "circle"
    hollow: frozenset[int] = frozenset()
    signals: frozenset[int] = frozenset()  # points outside their expected range
    cut: frozenset[int] = frozenset()  # points to which no line leads, since the series breaks before them
    grey: frozenset[int] = frozenset()  # points that are not of the series, such as the whole beside its parts
    earlier: bool = False
    invisible: bool = False

    @property
    def has_limits(self) -> bool:
        return any(value is not None for value in self.low)


@dataclass(frozen=True)
class Plot:
    """`kind` is line, bars (horizontal), stack (columns) or funnel (bars that begin where the one before ends)."""

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    top: float
    number: str
    heading: str = ""
    events: Mapping[int, str] = field(default_factory=dict)


def number_format(answer: Answer) -> str:
    """How the steps of a value axis are written: 50% · 12.5 · 1,200."""
    match wording.kind(answer.card):
        case "percent":
            return '0"%"'
        case "rate":
            return "#,##0.##"
        case _:
            return "#,##0"


def shown(cells: pd.DataFrame, column: str) -> list[float | None]:
    return [
        drawn(value) if status in SHOWN else None for value, status in zip(cells[column], cells["status"], strict=True)
    ]


def limits(cells: pd.DataFrame, answer: Answer) -> tuple[Values, Values]:
    """The ends of the intervals; nothing for a metric that has none."""
    if answer.card.interval == "none":
        return (), ()
    return tuple(shown(cells, "low")), tuple(shown(cells, "high"))


def named(text: str, cells: Mapping[str, Any]) -> str:
    """A category's name, with the reason where it has no number."""
    why = WHY_EMPTY.get(str(cells["status"]), "")
    return f"{text} ({why})" if why else text


def said(text: str, cells: Mapping[str, Any], answer: Answer) -> str:
    """A bar's name with its number, which would stand on its interval if it stood at the bar's end."""
    if cells["status"] not in SHOWN:
        return named(text, cells)
    return f"{text}: {wording.value_text(float(cells['value']), answer.card)}"
