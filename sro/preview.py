"""What publishing a vintage would change: rows by their keys, and the headline figures before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import duckdb

from sro import calendar
from sro.ask import OpenVintage, ask, vintage_facts
from sro.contract import Contract
from sro.figures import wording
from sro.metrics import CatalogueError
from sro.question import Question
from sro.settings import Settings

MONTHS = 12


@dataclass(frozen=True)
class RowChange:
    """How many rows of a table are new, say something else under the same key, or are gone."""

    table: str
    new: int
    changed: int
    removed: int

    def __str__(self) -> str:
        counted = [(self.new, "new"), (self.changed, "changed"), (self.removed, "removed")]
        return ", ".join(f"{count:,} {what}" for count, what in counted if count)


@dataclass(frozen=True)
class FigureChange:
    """A headline figure as it reads now and as it would read."""

    title: str
    period: str
    before: str
    after: str


def row_changes(before: OpenVintage, after: OpenVintage, contract: Contract) -> list[RowChange]:
    """Every table with a difference, in the contract's order."""
    changes = []
    with duckdb.connect() as both:
        for name, vintage in (("before", before), ("after", after)):
            both.execute(f"CREATE SCHEMA {name}")
            for table in contract.tables:
                rows = vintage.cursor().sql(f'SELECT * EXCLUDE (_file, _row) FROM export."{table}"')
                both.register("rows_read", rows.to_arrow_table())
                both.execute(f'CREATE TABLE {name}."{table}" AS FROM rows_read')
                both.unregister("rows_read")
        for table in contract.tables.values():
            key = ", ".join(f'"{column}"' for column in table.primary_key or table.columns)
            earlier, later = f'before."{table.name}"', f'after."{table.name}"'
            counted = both.execute(
                f"""SELECT
                    (SELECT count(*) FROM {later} AS l ANTI JOIN {earlier} AS e USING ({key})),
                    (SELECT count(*) FROM (FROM {later} EXCEPT FROM {earlier}) AS d SEMI JOIN {earlier} USING ({key})),
                    (SELECT count(*) FROM {earlier} AS e ANTI JOIN {later} AS l USING ({key}))"""
            ).fetchone()
            if counted and any(counted):
                changes.append(RowChange(table.name, *counted))
    return changes


def figure_changes(
    metrics: Iterable[str], before: OpenVintage, after: OpenVintage, settings: Settings
) -> list[FigureChange]:
    """The figures that would read differently over the last twelve whole months of the new data."""
    end = calendar.add_months(vintage_facts(after, settings).data_through + timedelta(days=1), 0)
    period = calendar.span(calendar.add_months(end, -MONTHS), calendar.add_months(end, -1)).key
    changes = []
    for metric in metrics:
        question = Question(metric=metric, period=period, audience=settings.audience)
        said = [_said(question, vintage, settings) for vintage in (before, after)]
        if said[0][1] != said[1][1]:
            changes.append(FigureChange(said[1][0] or said[0][0], question.span.label, said[0][1], said[1][1]))
    return changes


def _said(question: Question, vintage: OpenVintage, settings: Settings) -> tuple[str, str]:
    """The title of a figure and how it reads; words where it has no number."""
    try:
        answer = ask(question, vintage, settings)
    except CatalogueError:
        return "", "Not in this export"
    total, card = answer.total, answer.card
    return card.title, wording.value_text(total.value, card) if total.shown else wording.describe(total, card)
