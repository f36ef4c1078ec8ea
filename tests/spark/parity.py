"""Two vintages of the same files, held against each other: every table, and what `ask` answers of every metric."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sro.ask import ask, catalogue_of
from sro.metrics import Card, available
from sro.question import Question
from sro.settings import Settings
from sro.vintages import Vintage

CLOSE = 1e-9
PERIOD = "2023-07..2026-10"
TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' AND table_type = 'BASE TABLE'"
NUMBERS = ("DOUBLE", "FLOAT")


@dataclass(frozen=True)
class Compared:
    """How many rows or cells two vintages hold, and those that only one holds or that are told otherwise."""

    name: str
    one: int
    other: int
    differing: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return self.one == self.other and not self.differing


def equal(one: Any, other: Any) -> bool:
    """Alike; numbers to 1e-9 of themselves, and what is missing equal to what is missing only."""
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    return type(one) is type(other) and one == other


def compared(name: str, ones: list[tuple], others: list[tuple]) -> Compared:
    differing = [
        f"{one} / {other}"
        for one, other in zip(ones, others, strict=False)
        if len(one) != len(other) or not all(map(equal, one, other))
    ]
    return Compared(name, len(ones), len(others), tuple(differing))


def tables(one: Vintage, other: Vintage) -> Iterator[Compared]:
    """Every table of the model, of the rollups and of the decision, with names and types of its columns."""
    names = {vintage.id: {name for (name,) in vintage.cursor().execute(TABLES).fetchall()} for vintage in (one, other)}
    for name in sorted(names[one.id] | names[other.id]):
        described = [vintage.cursor().execute(f"DESCRIBE {name}").fetchall() for vintage in (one, other)]
        yield compared(f"{name}: columns", *described)
        exact = [column for column, type_, *_ in described[0] if type_ not in NUMBERS]
        ordered = ", ".join([*exact, *(column for column, type_, *_ in described[0] if type_ in NUMBERS)])
        rows = f"SELECT * FROM {name} ORDER BY {ordered}"
        yield compared(name, *(vintage.cursor().execute(rows).fetchall() for vintage in (one, other)))


def rollup_rows(card: Card, one: Vintage, other: Vintage) -> Compared:
    """The rows of one metric in every rollup that it has."""
    found: list[list[tuple]] = []
    for vintage in (one, other):
        rows = []
        for rollup in card.rollups:
            table = f"SELECT * FROM metric_{rollup} WHERE metric = $metric ORDER BY ALL"
            rows += vintage.cursor().execute(table, {"metric": card.name}).fetchall()
        found.append(rows)
    return compared(card.name, *found)


def answers(card: Card, one: Vintage, other: Vintage, settings: Settings) -> Compared:
    """Unit, time, category, numerator, denominator, value and status of every cell that `ask` gives of a metric."""
    by = {"school": "school", "district": "district"}.get(card.level, "program")
    found: list[list[tuple]] = []
    for vintage in (one, other):
        cells = []
        for unit, grain in (("program", "month"), (by, "month"), (by, "year")):
            question = Question(
                metric=card.name, period=PERIOD, grain=grain, by=unit, sliced=card.is_sliced, audience="restricted"
            )
            said = ask(question, vintage, settings).cells
            kept = ["unit", "period", "slice", "numerator", "denominator", "value", "status", "received", "expected"]
            cells += list(said[kept].itertuples(index=False, name=None))
        found.append(cells)
    return compared(card.name, *found)


def metrics(one: Vintage, other: Vintage, settings: Settings) -> list[tuple[Card, Compared, Compared]]:
    """Every metric that the files can answer, with its rollups and its answers."""
    present = [
        name for (name,) in one.cursor().execute("SELECT table_name FROM meta.table_presence WHERE present").fetchall()
    ]
    cards = [
        card for card in catalogue_of(settings.folders.queries / "metrics").cards.values() if available(card, present)
    ]
    return [(card, rollup_rows(card, one, other), answers(card, one, other, settings)) for card in cards]


def as_table(found: list[tuple[Card, Compared, Compared]]) -> str:
    """Metrics × equal, in Markdown."""
    lines = ["| metric | rows of rollups | equal | cells answered | equal |", "|---|---:|---|---:|---|"]
    for card, rows, cells in found:
        said = ["yes" if one.is_equal else f"{max(1, len(one.differing)):,} not" for one in (rows, cells)]
        lines.append(f"| {card.id} {card.title} | {rows.one:,} | {said[0]} | {cells.one:,} | {said[1]} |")
    return "\n".join(lines)
