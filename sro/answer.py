"""An Answer: numerators, denominators, values, intervals and a status for every cell, with where they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import nan
from typing import NamedTuple

import pandas as pd

from sro.metrics import Card
from sro.question import Question

STATUSES = {
    "value": "Reported",
    "zero": "Reported: none",
    "unstable": "Few events: read with the interval",
    "not_received": "No report received",
    "not_applicable": "Not applicable",
    "suppressed": "‡ Hidden to protect persons",
}
SHOWN = ("value", "zero", "unstable")


class Row(NamedTuple):
    """One cell of an answer: of which unit, part of the period and category it is, and what a `Cell` holds."""

    unit: str
    unit_name: str
    period: str
    period_label: str
    period_start: date
    period_end: date
    partial: bool
    slice: str | None
    slice_title: str
    numerator: float
    denominator: float
    value: float
    low: float
    high: float
    status: str
    received: int
    expected: int

    @property
    def shown(self) -> bool:
        return self.status in SHOWN

    @property
    def cell(self) -> Cell:
        """What the row says, without of what."""
        numbers = (self.numerator, self.denominator, self.value, self.low, self.high)
        return Cell(*numbers, self.status, self.received, self.expected)


CELL_COLUMNS = Row._fields
NUMBERS = ("numerator", "denominator", "value", "low", "high")
KINDS = {"partial": bool, "received": int, "expected": int} | dict.fromkeys(NUMBERS, float)


@dataclass(frozen=True)
class Cell:
    """One number with its parts. NaN stands where there is nothing to show; `status` says why."""

    numerator: float
    denominator: float
    value: float
    low: float
    high: float
    status: str
    received: int
    expected: int

    @property
    def shown(self) -> bool:
        return self.status in SHOWN


NOTHING = Cell(nan, nan, nan, nan, nan, "not_applicable", 0, 0)


@dataclass(frozen=True)
class Change:
    """From one cell to another. `ratio` limits for rates and counts, `difference` limits (same unit) for proportions.

    `direction` is rose, fell, same or unknown; a change within its interval is `same`. `too_few`: either side under 10.
    `broken` names what lies between the two sides and forbids to compare them.
    """

    before: Cell
    after: Cell
    before_label: str
    difference: float
    low: float
    high: float
    percent: float
    direction: str
    too_few: bool
    comparable: bool
    reason: str
    broken: str = ""


@dataclass(frozen=True)
class Provenance:
    """What a footer prints, so that the number can be asked again."""

    vintage: str
    data_from: date
    data_through: date
    synthetic: bool
    definition: str
    audience: str
    program: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """Everything that a figure may show: one row a unit, period part and slice.

    `cells` are the rows as a frame, made where one is looked at: figures read the rows, which costs a tenth.
    """

    question: Question
    card: Card
    rows: tuple[Row, ...]
    total: Cell
    provenance: Provenance
    notes: tuple[str, ...] = ()
    comparison: Answer | None = None
    change: Change | None = None

    @property
    def is_empty(self) -> bool:
        return not any(row.shown for row in self.rows)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The rows as a frame with CELL_COLUMNS; texts are plain objects, which pandas handles fastest where few."""
        columns = list(zip(*self.rows, strict=True)) or [()] * len(CELL_COLUMNS)
        index = pd.RangeIndex(len(self.rows))
        return pd.DataFrame(
            {
                name: pd.Series(column, index, dtype=KINDS.get(name, object))
                for name, column in zip(CELL_COLUMNS, columns, strict=True)
            },
            index,  # else pandas puts the indexes of all columns together
        )

    def with_notes(self, *notes: str) -> Answer:
        return replace(self, notes=(*self.notes, *notes))
