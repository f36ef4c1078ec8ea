"""Which months of an answer may be compared, which are left out and why, and where a series starts anew.

A trend across months that cannot be compared is no trend. Whatever reads one (limits, signals, claims, designs of
change) takes the cells that are kept here, and prints the sentence beside them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from sro import calendar
from sro.answer import SHOWN, Answer
from sro.ask import Asker, Facts, OpenVintage, vintage_facts
from sro.metrics import Card
from sro.question import Question
from sro.settings import Settings
from sro.surroundings import Dated, LegalBreak, all_events, entry_lag, legal_breaks

MOST_LOGS = 0.8  # a rate over several schools is compared when at least this share of their logs came
ENTERED = 0.95  # a month is still filling until so many of its entries are usually in
NOUNS = {"month": "months", "quarter": "quarters", "semester": "halves", "year": "years"}
REASONS = {
    "partial": "not over",
    "filling": "entries still come in",
    "no_log": "no log received",
    "some_logs": "some logs missing",
    "enrollment": "no enrollment count",
    "hidden": "hidden to protect persons",
}
MARKED = ("partial", "no_log", "hidden")  # a chart has a mark of its own for each


@dataclass(frozen=True)
class Context:
    """What one must know of a vintage to compare its months. `entry_lag_days`: by then nearly all entries are in."""

    facts: Facts
    events: tuple[Dated, ...]
    legal: tuple[LegalBreak, ...]
    entry_lag_days: float


@dataclass(frozen=True)
class LeftOut:
    unit: str
    unit_name: str
    start: dt.date
    label: str
    reason: str


@dataclass(frozen=True)
class Break:
    """From this day on the series of `unit` (empty: of all units) is another one."""

    date: dt.date
    label: str
    unit: str


@dataclass(frozen=True, eq=False)
class Gated:
    """The cells that may be compared (a part of the answer's), what was left out, and where series start anew.

    `sentence` says it all; `beside` only what the marks of a chart do not say.
    """

    kept: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    breaks: tuple[Break, ...]
    sentence: str
    beside: str

    def of(self, unit: str) -> pd.DataFrame:
        """The kept cells of one unit, in order of time."""
        return self._units.get(unit, self.kept.iloc[:0])

    @cached_property
    def _units(self) -> dict[str, pd.DataFrame]:
        in_order = self.kept.sort_values("period_start", kind="stable")
        return {str(unit): cells for unit, cells in in_order.groupby("unit", sort=False)}

    def starts(self, unit: str) -> list[int]:
        """The places among the kept cells of a unit at which a break lets a new series begin."""
        dates = [broken.date for broken in self.breaks if broken.unit in ("", unit)]
        if not dates:
            return []
        days = list(self.of(unit)["period_end"])
        places = {next((place for place, end in enumerate(days) if end >= date), 0) for date in dates}
        return sorted(place for place in places if place > 0)


def context_of(vintage: OpenVintage, settings: Settings) -> Context:
    """The context of a vintage; it is read once."""
    return _context(Asker(vintage, settings))


@lru_cache(maxsize=4)
def _context(asker: Asker) -> Context:
    vintage, settings = asker.vintage, asker.settings
    return Context(
        vintage_facts(vintage, settings),
        all_events(vintage, settings),
        legal_breaks(vintage, settings),
        entry_lag(ENTERED, vintage, settings),
    )


def gate(answer: Answer, context: Context) -> Gated:
    """What may be compared of an answer by month or longer."""
    cells = answer.cells
    shown = cells["status"].isin(SHOWN).to_numpy(dtype=bool)
    reasons = _reasons(answer, context, shown)
    kept = cells[shown & (reasons == "")].reset_index(drop=True)
    left_out = tuple(
        LeftOut(unit, name, start, label, reason)
        for unit, name, start, label, reason in zip(
            cells["unit"], cells["unit_name"], cells["period_start"], cells["period_label"], reasons, strict=True
        )
        if reason
    )
    breaks = dividing(breaks_of(answer, context), kept["period_end"])
    unmarked = tuple(cell for cell in left_out if cell.reason not in MARKED)
    said, beside = (sentence(cells, breaks, context.entry_lag_days, answer.question) for cells in (left_out, unmarked))
    return Gated(kept, left_out, breaks, said, beside.replace("Left out:", "Drawn, but not compared:"))


def _reasons(answer: Answer, context: Context, shown: np.ndarray) -> np.ndarray:
    """Why each cell is left out; empty for one that is kept, and for one that has nothing to compare (no school)."""
    card, cells = answer.card, answer.cells
    expected, received = cells["expected"].to_numpy(dtype=float), cells["received"].to_numpy(dtype=float)
    status = cells["status"].to_numpy(dtype=object)
    reasons = np.full(len(cells), "", dtype=object)
    reasons[status == "suppressed"] = "hidden"
    reasons[status == "not_received"] = "no_log"
    reasons[(status == "not_applicable") & (received > 0) & ("enrollment" in card.tables)] = "enrollment"
    over = card.aggregate in ("ratio", "rate", "share")
    needed = MOST_LOGS * expected if over else expected
    reasons[shown & (received < needed)] = "some_logs"
    if card.stream == "log":
        settled = context.facts.data_through - dt.timedelta(days=round(context.entry_lag_days))
        reasons[shown & np.array([end > settled for end in cells["period_end"]], dtype=bool)] = "filling"
    reasons[shown & cells["partial"].to_numpy(dtype=bool)] = "partial"
    return reasons


def breaks_series(kind: str, card: Card) -> bool:
    """Whether an event of this kind changes what is measured: a break, or a new form for what is taken from the log."""
    return kind == "series_break" or (kind == "form_change" and card.stream == "log")


def breaks_of(answer: Answer, context: Context) -> tuple[Break, ...]:
    """Where the answer's series start anew, in order: by law, by a recorded event, by schools that joined a count."""
    card, question = answer.card, answer.question
    found = [
        Break(law.date, law.label, "")
        for law in context.legal
        if law.stream == card.stream and law.metric in ("", card.name)
    ]
    schools = {school.school_id: school.district_id for school in context.facts.schools}
    for event in context.events:
        joins = event.kind == "program_start" and _counts_the_served(card) and question.by not in ("school", "district")
        if not (breaks_series(event.kind, card) or joins):
            continue
        if event.scope == "program":
            found.append(Break(event.date, event.label, ""))
        elif question.by == event.scope or (question.by == "school" and event.scope == "district"):
            own = [school for school, district in schools.items() if event.scope_id == district]
            units = own if question.by == "school" and event.scope == "district" else [event.scope_id]
            found += [Break(event.date, event.label, unit) for unit in units]
        elif joins and _concerns(event, question, schools):
            found.append(Break(event.date, event.label, ""))
    span = question.span
    inside = {broken for broken in found if span.start < broken.date <= span.end}
    return tuple(sorted(inside, key=lambda broken: (broken.date, broken.unit, broken.label)))


def dividing(breaks: Iterable[Break], ends: Iterable[dt.date]) -> tuple[Break, ...]:
    """The breaks that lie between the periods that end on these days: some before, some on it or later."""
    days = list(ends)
    if not days:
        return ()
    return tuple(broken for broken in breaks if min(days) < broken.date <= max(days))


def breaks_between(sides: Sequence[Answer], days: Iterable[dt.date], context: Context) -> tuple[Break, ...]:
    """The breaks of the schools taken together that divide these days of two answers, or lie between them."""
    first = min(side.question.span.start for side in sides)
    last = max(side.question.span.end for side in sides)
    asked = replace(sides[0].question, by="program", period=calendar.span(first, last).key)
    return dividing(breaks_of(replace(sides[0], question=asked), context), days)


def compared(answer: Answer, context: Context) -> Answer:
    """The answer, its comparison withdrawn where a break lies between the two sides."""
    if answer.change is None or answer.comparison is None or not answer.change.comparable:
        return answer
    sides = (answer.comparison, answer)
    days = [day for side in sides for row in side.rows if row.shown for day in (row.period_start, row.period_end)]
    breaks = breaks_between(sides, days, context)
    return withdrawn(answer, breaks[-1].label) if breaks else answer


def withdrawn(answer: Answer, broken: str) -> Answer:
    """The answer without the comparison that `broken` forbids."""
    change = answer.change
    if change is None:
        return answer
    reason = f"Not compared with {change.before_label}: {broken}."
    return replace(answer, change=replace(change, comparable=False, reason=reason, broken=broken))


def _counts_the_served(card: Card) -> bool:
    """Whether a school that joins adds to the number, so that it would rise without any change at a school."""
    return card.is_count and card.stream != "official"


def _concerns(event: Dated, question: Question, schools: Mapping[str, str]) -> bool:
    """Whether an event of a place touches the schools that the question leaves."""
    asked = [school for school in schools if not question.schools or school in question.schools]
    asked = [school for school in asked if not question.districts or schools[school] in question.districts]
    return any(event.scope_id in (school, schools[school]) for school in asked)


def sentence(left_out: Sequence[LeftOut], breaks: Sequence[Break], entry_lag_days: float, question: Question) -> str:
    """What was left out and why, and where the line starts anew; empty where neither happened."""
    parts = []
    for reason, words in REASONS.items():
        cells = [cell for cell in left_out if cell.reason == reason]
        if not cells:
            continue
        if reason == "filling":
            words = f"{words}: {ENTERED:.0%} are there after {entry_lag_days:.0f} days"
        parts.append(f"{_which(cells, question)} ({words})")
    said = f"Left out: {'; '.join(parts)}." if parts else ""
    dates = {broken.date: broken.label for broken in breaks}
    anew = ", ".join(f"{calendar.month_label(date)} ({label})" for date, label in dates.items())
    return " ".join(part for part in (said, f"The series starts anew in {anew}." if anew else "") if part)


def _which(cells: Sequence[LeftOut], question: Question) -> str:
    """The months by name where they are few, else how many; the school where it is one of several."""
    units = {cell.unit: cell.unit_name for cell in cells}
    periods = {(cell.unit, cell.start): cell.label for cell in cells}  # a category more is no month more
    noun = NOUNS.get(question.grain, "periods")
    if len(units) > 1:
        return f"{len(periods)} {noun} of {len(units)} {question.by}s"
    name, labels = next(iter(units.values())), list(periods.values())
    few = len(labels) <= 4
    said = ", ".join(labels) if few else f"{len(labels)} {noun} from {labels[0]} to {labels[-1]}"
    return said if name == "Program" else f"{said} at {name}"
