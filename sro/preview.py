"""What publishing a vintage would change: rows by their keys, and the headline figures before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from sro import calendar
from sro.ask import OpenVintage, ask, vintage_facts
from sro.contract import Contract, Table, load_contract
from sro.figures import wording
from sro.metrics import CatalogueError
from sro.question import Question
from sro.settings import Settings
from sro.store import VintageError, current, opened
from sro.trail import note

MONTHS = 12
HEADLINES = (
    "schools_served", "coverage_rate", "contact_rate", "student_attendances", "exposure_adjusted_incident_rate",
    "handled_by_school", "discipline_only_by_officer", "reporting_completeness", "official_incident_rate",
)  # fmt: skip


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


@dataclass(frozen=True)
class Preview:
    """What would change beside the vintage `instead_of`; "" and no change where nothing is served yet."""

    instead_of: str = ""
    rows: tuple[RowChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()

    @property
    def removed(self) -> int:
        """Rows of all tables that would be gone; these need a consent of their own."""
        return sum(change.removed for change in self.rows)

    def lines(self, contract: Contract) -> list[str]:
        """For a console: a line a table, then a line a headline figure."""
        if not self.instead_of:
            return ["Nothing is served yet; all rows are new."]
        rows = [f"{contract.tables[change.table].title}: {change}" for change in self.rows] or ["No row changes."]
        return rows + [
            f"{one.title}, {one.period}: {one.before} now, {one.after} with these files" for one in self.figures
        ]

    def as_json(self) -> dict[str, Any]:
        """For a scheduler: counts by table, and the figures as they are written."""
        counted = {one.table: {"new": one.new, "changed": one.changed, "removed": one.removed} for one in self.rows}
        return {
            "instead_of": self.instead_of or None,
            "changes": counted,
            "figures": [asdict(one) for one in self.figures],
        }


class Agreement:
    """Compares what a load made with what is served, and agrees to publish it unless rows would go without consent.

    `say` is told what would change, and whether that is agreed. What is agreed is noted in the audit trail under the
    name `who` before it is published; TrailError where that cannot be written, and then nothing is.
    """

    def __init__(
        self,
        settings: Settings,
        removing: bool,
        say: Callable[[Preview, bool], None] = lambda preview, agreed: None,
        who: str = "",
    ) -> None:
        self.settings, self.removing, self.say, self.who = settings, removing, say, who
        self.preview = Preview()

    def __call__(self, finished: Path) -> bool:
        self.preview = preview_of(finished, load_contract(self.settings.folders.contract), self.settings)
        agreed = self.removing or not self.preview.removed
        self.say(self.preview, agreed)
        if agreed and self.who:
            name = _name_of(finished)
            instead = f", instead of {self.preview.instead_of}" if self.preview.instead_of else ""
            note(self.settings, self.who, "served", f"vintage {name}{instead}", vintage=name)
        return agreed


def _name_of(finished: Path) -> str:
    with opened(finished) as vintage:
        ((name,),) = vintage.cursor().execute("SELECT value FROM meta.fact WHERE name = 'vintage'").fetchall()
    return name


def preview_of(finished: Path, contract: Contract, settings: Settings) -> Preview:
    """What would change if a finished vintage took the place of what is served.

    A served one that cannot be opened counts as none. Raises VintageError when the finished one cannot be opened.
    """
    try:
        served = current(settings)
    except VintageError:
        return Preview()
    with opened(finished) as after:
        rows = row_changes(served, after, contract)
        return Preview(served.id, tuple(rows), tuple(figure_changes(HEADLINES, served, after, settings)))


def row_changes(before: OpenVintage, after: OpenVintage, contract: Contract) -> list[RowChange]:
    """Every table with a difference, in the contract's order.

    Of a vintage that was built by another contract, the columns that both have are compared.
    """
    changes = []
    with duckdb.connect() as both:
        for table in contract.tables.values():
            shared = _columns(before, table) & _columns(after, table)
            columns = [column for column in table.columns if column in {name for name, _ in shared}]
            is_known = set(table.primary_key) <= set(columns) != set()
            later = _rows(after, table, columns if is_known else table.columns)
            both.register("later", later)
            both.register("earlier", _rows(before, table, columns) if is_known else later.slice(0, 0))
            key = ", ".join(f'"{column}"' for column in table.primary_key or columns)
            ((new, changed, removed),) = both.execute(
                f"""SELECT
                    (SELECT count(*) FROM later AS l ANTI JOIN earlier AS e USING ({key})),
                    (SELECT count(*) FROM (FROM later EXCEPT FROM earlier) AS d SEMI JOIN earlier USING ({key})),
                    (SELECT count(*) FROM earlier AS e ANTI JOIN later AS l USING ({key}))"""
            ).fetchall()
            if new or changed or removed:
                changes.append(RowChange(table.name, new, changed, removed))
    return changes


def _columns(vintage: OpenVintage, table: Table) -> set[tuple[str, str]]:
    """Name and type of each column that the vintage has of a table."""
    named = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'export'"
    return set(vintage.cursor().execute(f"{named} AND table_name = ?", [table.name]).fetchall())


def _rows(vintage: OpenVintage, table: Table, columns: Sequence[str]) -> pa.Table:
    named = ", ".join(f'"{column}"' for column in columns)
    return vintage.cursor().sql(f'SELECT {named} FROM export."{table.name}"').to_arrow_table()


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
    except duckdb.Error:  # built by other definitions, which lack something that today's ask for
        return "", "Not known by today's definitions"
    total, card = answer.total, answer.card
    return card.title, wording.value_text(total.value, card) if total.shown else wording.describe(total, card)
