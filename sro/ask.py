"""The only door to the data: a Question in, an Answer out, after disclosure control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np
import pandas as pd

from sro import calendar, disclosure
from sro.answer import CELL_COLUMNS, NOTHING, Answer, Cell, Provenance
from sro.calendar import Period
from sro.change import change_between
from sro.metrics import BY_MEMBER, Card, Catalogue, available, read_catalogue
from sro.question import NotYours, Question, QuestionError
from sro.settings import Settings, read_settings
from sro.sharing import shared
from sro.stats import rates
from sro.suppression.permission import Permission, permission_of

NO_CELLS = pd.DataFrame(columns=list(CELL_COLUMNS)).astype(
    dict.fromkeys(("numerator", "denominator", "value", "low", "high", "received", "expected"), float)
)


class OpenVintage(Protocol):
    """What `ask` needs of a vintage."""

    @property
    def id(self) -> str: ...
    def cursor(self) -> duckdb.DuckDBPyConnection: ...


@dataclass(frozen=True)
class School:
    school_id: str
    name: str
    short_name: str
    district_id: str
    district_name: str
    level: str
    provider: str
    program_start: date | None


@dataclass(frozen=True)
class Facts:
    """What every answer from one vintage shares."""

    schools: tuple[School, ...]
    present: frozenset[str]
    data_from: date
    data_through: date
    synthetic: bool
    sources: tuple[str, ...]

    @property
    def program_start(self) -> date | None:
        starts = [school.program_start for school in self.schools if school.program_start]
        return min(starts, default=None)


def ask(question: Question, vintage: OpenVintage, settings: Settings | None = None) -> Answer:
    """The answer to a question from one vintage.

    NotYours refuses what `settings.reach` does not allow; a partner's questions are of the own district.
    Raises QuestionError, PeriodError or CatalogueError, in the asker's words, when there is no such school or metric.
    """
    return _remember(question, Asker(vintage, settings or default_settings()))


@lru_cache(maxsize=1)
def default_settings() -> Settings:
    return read_settings()


@lru_cache(maxsize=4)
def catalogue_of(folder: Path) -> Catalogue:
    return read_catalogue(folder)


@lru_cache(maxsize=64)
def _query(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class Asker:
    """A vintage and the settings, as one cache key."""

    def __init__(self, vintage: OpenVintage, settings: Settings) -> None:
        self.vintage = vintage
        self.settings = settings
        self.catalogue = catalogue_of(settings.folders.queries / "metrics")

    def __hash__(self) -> int:
        return hash(self.vintage.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asker) and (self.vintage.id, self.settings) == (other.vintage.id, other.settings)

    def rows(self, file: str, **parameters: Any) -> list[tuple[Any, ...]]:
        named = sorted(parameters.items())
        asked = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in named)
        return list(_rows(self, file, asked))


@shared(kept=4096)
def _rows(asker: Asker, file: str, asked: tuple[tuple[str, Any], ...]) -> tuple[tuple[Any, ...], ...]:
    """The rows of one query; the questions of a screen share more than half of theirs."""
    sql = _query(asker.settings.folders.queries / "ask" / f"{file}.sql")
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in asked}
    return tuple(asker.vintage.cursor().execute(sql, given).fetchall())


@shared(kept=1024)
def _remember(question: Question, asker: Asker) -> Answer:
    return _answer(question, asker)


def remembered() -> dict[str, int]:
    """How many questions of this process were answered from memory, and how many from the data."""
    info = _remember.cache_info()
    return {"memory": info.hits, "data": info.misses}


def _answer(question: Question, asker: Asker) -> Answer:
    card = asker.catalogue.find(question.metric)
    facts = facts_of(asker)
    question, notes = _fit(_confined(question, card, asker.settings), card)
    chosen = _chosen(question, card, facts, asker)
    parts = _parts(question, card, facts)
    provenance = _provenance(question, card, facts, asker)
    if not available(card, facts.present):
        missing = ", ".join(name for name in card.tables if name not in facts.present)
        return Answer(question, card, NO_CELLS, NOTHING, provenance, (f"Not in this export: {missing}.", *notes))
    cells = _cells(question, card, chosen, parts, facts, asker)
    whole = replace(question, grain="total", by="program", sliced=card.aggregate == "share", compare="none")
    total = _whole(whole, asker)
    notes = (*notes, *_completeness_notes(card, total), *_disclosure_notes(question, card, cells, total, facts))
    answer = Answer(question, card, cells, total, provenance, notes)
    return _compared(answer, facts, asker) if question.compare != "none" else answer


@shared(kept=1024)
def _whole(question: Question, asker: Asker) -> Cell:
    """The one cell of a metric over a period and its schools, which the answers of a tile and of each grain share."""
    card, facts = asker.catalogue.find(question.metric), facts_of(asker)
    chosen = _chosen(question, card, facts, asker)
    return _total(_cells(question, card, chosen, _parts(question, card, facts), facts, asker))


def _chosen(question: Question, card: Card, facts: Facts, asker: Asker) -> dict[str, str]:
    """School, or district where the metric is known by district → its unit."""
    return units_of(question, facts) if card.level != "district" else _districts_of(question, card, facts, asker)


def _confined(question: Question, card: Card, settings: Settings) -> Question:
    """The question by the card's name, and of the asker's own districts where these are all that they may see."""
    reach = settings.reach
    if question.audience not in reach.audiences:
        raise NotYours(f"Your role does not see what is told to the audience {question.audience}.")
    question = replace(question, metric=card.name)
    if not reach.districts:
        return question
    if card.level == "program":
        raise NotYours(f"{card.title} is known for the whole program only, and your role sees its own district.")
    if any(district not in reach.districts for district in question.districts):
        raise NotYours("Your role sees the schools of its own district only.")
    return replace(question, districts=question.districts or reach.districts)


def _fit(question: Question, card: Card) -> tuple[Question, tuple[str, ...]]:
    """The question as this metric can be asked, and what had to be left out."""
    notes = []
    if card.level == "program" and (question.by != "program" or question.is_filtered):
        question = replace(question, by="program", districts=(), schools=(), levels=(), providers=())
        notes.append("Known for the whole program only; school filters do not apply.")
    if card.level == "district":
        if question.schools or question.levels or question.providers:
            question = replace(question, schools=(), levels=(), providers=())
            notes.append("Known by district only; of the filters only districts apply.")
        if question.by not in ("program", "district"):
            question = replace(question, by="district")
            notes.append("Known by district, not by school.")
    if card.grain == "year" and question.grain in ("day", "month", "quarter", "semester"):
        question = replace(question, grain="year")
        notes.append("Known by school year only.")
    if card.grain == "year" and not question.span.is_whole_years:
        notes.append("Choose whole school years to see it.")
    if question.grain == "day" and card.daily != "yes":
        raise QuestionError(f"{card.title} is not kept by day; ask by month.")
    if question.grain == "day" and question.sliced and card.stream == "log":
        raise QuestionError(f"{card.title}: what the log says of single days has no categories; ask by month.")
    if question.sliced and not card.is_sliced:
        question = replace(question, sliced=False)
        notes.append("This metric has no categories.")
    if card.aggregate == "share" and not question.sliced:
        question = replace(question, sliced=True)
    return question, tuple(notes)


@lru_cache(maxsize=32)
def facts_of(asker: Asker) -> Facts:
    """Schools, tables and dates of a vintage; of the schools those that the asker may see."""
    districts = asker.settings.reach.districts
    schools = tuple(school for school in _schools(asker) if not districts or school.district_id in districts)
    facts = dict(asker.rows("facts"))
    return Facts(
        schools=schools,
        present=frozenset(name for (name,) in asker.rows("present")),
        data_from=date.fromisoformat(facts["data_from"]),
        data_through=date.fromisoformat(facts["data_through"]),
        synthetic=facts.get("synthetic") == "true",
        sources=tuple(name for (name,) in asker.rows("sources")),
    )


def _schools(asker: Asker) -> tuple[School, ...]:
    return tuple(School(*row) for row in asker.rows("schools"))


def vintage_facts(vintage: OpenVintage, settings: Settings | None = None) -> Facts:
    """Schools, tables and dates of a vintage, for filter bars and headings."""
    return facts_of(Asker(vintage, settings or default_settings()))


@lru_cache(maxsize=256)
def _permission(asker: Asker, metric: str, audience: str) -> Permission:
    """What an audience may see of a metric; nothing, where the vintage carries no decision."""
    ((has_decision,),) = asker.rows("has_decision")
    rows = asker.rows("permission", metric=metric, audience=audience) if has_decision else []
    known = [
        (school.school_id, school.district_id if school.district_id != "unknown" else None)
        for school in _schools(asker)  # all of them: what may show was decided over the whole program
    ]
    geography = pd.DataFrame(known, columns=["school_id", "district_id"])
    columns = ["unit_kind", "unit", "period_kind", "period_start", "slice", "shown"]
    return permission_of(pd.DataFrame(rows, columns=columns), geography)


def units_of(question: Question, facts: Facts) -> dict[str, str]:
    """School → the unit it is counted in, for the schools that the filters leave."""
    for name, known in (
        ("schools", {school.school_id for school in facts.schools}),
        ("districts", {school.district_id for school in facts.schools}),
        ("levels", {school.level for school in facts.schools}),
        ("providers", {school.provider for school in facts.schools}),
    ):
        strangers = [value for value in getattr(question, name) if value not in known]
        if strangers:
            raise QuestionError(f"There is no {name[:-1]} {strangers[0]!r} in this export.")
    unit = {
        "program": lambda school: "program",
        "district": lambda school: school.district_id,
        "school": lambda school: school.school_id,
        "level": lambda school: school.level,
        "provider": lambda school: school.provider,
    }[question.by]
    return {
        school.school_id: unit(school)
        for school in facts.schools
        if (not question.schools or school.school_id in question.schools)
        and (not question.districts or school.district_id in question.districts)
        and (not question.levels or school.level in question.levels)
        and (not question.providers or school.provider in question.providers)
    }


def _districts_of(question: Question, card: Card, facts: Facts, asker: Asker) -> dict[str, str]:
    """District → its unit, for a metric known by district; also districts without a school, unless some are chosen."""
    known = {school.district_id for school in facts.schools}
    units_of(question, facts)  # refuses a district that is not there
    every = (
        known
        if asker.settings.reach.districts
        else known | {name for (name,) in asker.rows("known_to", metric=card.name)}
    )
    return {
        name: "program" if question.by == "program" else name
        for name in sorted(every)
        if not question.districts or name in question.districts
    }


def _parts(question: Question, card: Card, facts: Facts) -> list[Period]:
    """The parts of the period that the export can speak of, in order."""
    if question.grain == "day":
        first, last = max(question.span.start, facts.data_from), min(question.span.end, facts.data_through)
        days = range((last - first).days + 1)
        return [
            Period(day, day, day.isoformat(), calendar.day_label(day)) for day in (first + timedelta(n) for n in days)
        ]
    parts = calendar.periods_within(question.span, question.grain)
    if card.grain == "year":
        parts = (part for part in parts if part.is_whole_years)
    parts = [part for part in parts if part.start <= facts.data_through and part.end >= facts.data_from]
    return parts if disclosure.is_open(card, question) else _whole_months(parts, facts)


def _last_whole_month(facts: Facts) -> date:
    """The end of the last month that is over."""
    return calendar.add_months(facts.data_through + timedelta(days=1), 0) - timedelta(days=1)


def _whole_months(parts: Sequence[Period], facts: Facts) -> list[Period]:
    """The parts up to the last month that is over, as the next vintage would give the rest of the month away."""
    last = _last_whole_month(facts)
    return [replace(part, end=min(part.end, last)) for part in parts if part.start <= last]


def _cells(
    question: Question, card: Card, chosen: dict[str, str], parts: Sequence[Period], facts: Facts, asker: Asker
) -> pd.DataFrame:
    """Sums → values, intervals and statuses → what the audience may see."""
    if not parts or not chosen:
        return NO_CELLS
    by_school = card.level != "program"
    parameters: dict[str, Any] = {
        "school_ids": list(chosen) if by_school else ["*"],
        "units": list(chosen.values()) if by_school else ["program"],
        "starts": [part.start for part in parts],
        "ends": [part.end for part in parts],
        "stream": card.stream,
    }
    slices: list[tuple[str | None, str]] = [(None, "")]
    if question.sliced:
        first, last = parts[0].start, parts[-1].end
        whole_list = not disclosure.is_open(card, question)
        named = asker.rows(
            "slices", metric=card.name, dimension=card.slice, first_day=first, last_day=last, whole_list=whole_list
        )
        slices = [(slice_, title) for slice_, title in named]
    units = sorted(set(chosen.values())) if by_school else ["program"]
    if not slices:
        return NO_CELLS
    grid = _grid(units, parts, slices, question, facts)
    sums = _sums(question, card, parameters, asker)
    shared = _shared_denominators(card, parameters, asker) if by_school else {}
    top, bottom = _added_up(grid, question, card, sums, shared)
    reported = (
        {
            (unit, start): (expected, received)
            for unit, start, expected, received in asker.rows("reported", **parameters)
        }
        if card.stream != "none"
        else {}
    )
    counts = [reported.get(key, (0, 0)) for key in zip(grid["unit"], grid["period_start"], strict=True)]
    expected, received = np.array(counts, dtype=np.int64).reshape(-1, 2).T
    judged = _judged(top, bottom, expected, received, card, asker.settings)
    cells = pd.DataFrame({**grid, **judged, "received": received, "expected": expected}, columns=list(CELL_COLUMNS))
    if disclosure.is_open(card, question):
        return cells
    made_of: dict[str, set[str]] = {}
    for school, unit in chosen.items():
        made_of.setdefault(unit if by_school else "program", set()).add(school)
    schools = {unit: frozenset(members) for unit, members in made_of.items()}
    return disclosure.protect(cells, card, question, _permission(asker, card.name, question.audience), schools)


def _grid(
    units: Sequence[str],
    parts: Sequence[Period],
    slices: Sequence[tuple[str | None, str]],
    question: Question,
    facts: Facts,
) -> dict[str, list[Any]]:
    """Every cell there is to say something about, as the first of CELL_COLUMNS: units × parts × slices."""
    names = _unit_names(question, facts)
    order = {unit: place for place, unit in enumerate(names)}
    rows = [
        (
            unit,
            names.get(unit, unit),
            part.key,
            part.label,
            part.start,
            part.end,
            part.start <= facts.data_through < part.end,
            slice_,
            title,
        )
        for unit in sorted(units, key=lambda unit: order.get(unit, len(order)))
        for part in parts
        for slice_, title in slices
    ]
    return {name: [row[place] for row in rows] for place, name in enumerate(CELL_COLUMNS[:9])}


def _unit_names(question: Question, facts: Facts) -> dict[str, str]:
    """Unit → its name, in the order in which units are listed: district, then name; never by a value."""
    if question.by == "program":
        return {"program": "Program"}
    in_order = sorted(facts.schools, key=lambda school: (school.district_name, school.name, school.school_id))
    if question.by == "school":
        short = Counter(school.short_name for school in in_order)
        return {
            school.school_id: school.short_name if short[school.short_name] == 1 else school.name for school in in_order
        }
    if question.by == "district":
        return {school.district_id: school.district_name for school in in_order}
    field = "level" if question.by == "level" else "provider"
    return {value: value.replace("_", " ").capitalize() for value in sorted({getattr(s, field) for s in facts.schools})}


def _sums(
    question: Question, card: Card, parameters: dict[str, Any], asker: Asker
) -> dict[tuple[str, date, str | None], tuple[float, float]]:
    """(unit, part start, slice) → (numerator, denominator), as far as rows exist."""
    if card.aggregate in BY_MEMBER:
        rows = asker.rows("members", metric=card.name, sliced=question.sliced, **parameters)
        if card.aggregate == "distinct":
            return {(unit, start, slice_): (members, np.nan) for unit, start, slice_, members, *_ in rows}
        if card.aggregate == "distinct_sum":
            return {(unit, start, slice_): (total, members) for unit, start, slice_, members, total, *_ in rows}
        return {
            (unit, start, slice_): (tenth if card.aggregate == "p90" else middle, members)
            for unit, start, slice_, members, _, middle, tenth in rows
        }
    if card.aggregate == "longest_run":
        rows = asker.rows("longest_run", metric=card.name, **parameters)
    else:
        rows = asker.rows("days" if question.grain == "day" else "months", metric=card.name, **parameters)
    return {
        (unit, start, slice_): (np.nan if top is None else top, np.nan if bottom is None else bottom)
        for unit, start, slice_, top, bottom in rows
    }


def _shared_denominators(card: Card, parameters: dict[str, Any], asker: Asker) -> dict[date, float]:
    """Part start → the denominator that every school shares (rows of school `*`), where the metric has one."""
    if card.aggregate not in ("ratio", "rate"):
        return {}
    star = {**parameters, "school_ids": ["*"], "units": ["*"]}
    return {start: bottom for _, start, _, _, bottom in asker.rows("months", metric=card.name, **star) if bottom}


def _added_up(
    grid: Mapping[str, Sequence[Any]],
    question: Question,
    card: Card,
    sums: dict[tuple[str, date, str | None], tuple[float, float]],
    shared: dict[date, float],
) -> tuple[np.ndarray, np.ndarray]:
    """Numerators and denominators of every cell, by the metric's way of adding up."""
    over_slices: dict[tuple[str, date], list[float]] = {}
    for (unit, start, _), (top, bottom) in sums.items():
        both = over_slices.setdefault((unit, start), [np.nan, np.nan])
        both[0] = np.nansum([both[0], top]) if not np.isnan(top) else both[0]
        both[1] = np.nansum([both[1], bottom]) if not np.isnan(bottom) else both[1]
    tops, bottoms = [], []
    for unit, start, slice_ in zip(grid["unit"], grid["period_start"], grid["slice"], strict=True):
        whole_top, whole_bottom = over_slices.get((unit, start), (np.nan, np.nan))
        top, bottom = (whole_top, whole_bottom)
        if question.sliced:
            top, bottom = sums.get((unit, start, slice_), (np.nan, np.nan))
            if card.aggregate == "rate" or (card.aggregate == "sum" and np.isnan(bottom)):
                bottom = whole_bottom
            if card.aggregate == "share":
                bottom = whole_top
        if card.aggregate in ("ratio", "rate") and start in shared:
            bottom = shared[start]
        if card.aggregate in ("ratio", "rate", "share") and bottom > 0 and np.isnan(top):
            top = 0.0
        tops.append(top)
        bottoms.append(bottom)
    return np.asarray(tops, dtype=float), np.asarray(bottoms, dtype=float)


def _judged(
    top: np.ndarray, bottom: np.ndarray, expected: np.ndarray, received: np.ndarray, card: Card, settings: Settings
) -> dict[str, np.ndarray]:
    """Sums, value, interval and status of every cell from its sums and its reports."""
    has_stream = card.stream != "none"
    over = card.aggregate in ("ratio", "rate", "share")
    if not over and has_stream:
        top = np.where(np.isnan(top) & (received > 0), 0.0, top)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = (np.where(bottom > 0, top / bottom, np.nan) if over else top) * card.factor
    low, high = _interval(top, bottom, card, settings.confidence)
    known = ~np.isnan(value)
    status = np.where(known, np.where(top == 0, "zero", "value"), "not_applicable").astype(object)
    if card.interval == "poisson" and over:
        status[known & rates.is_unstable(top, settings.stable_events)] = "unstable"
    if card.interval == "wilson":
        status[known & (bottom < settings.stable_events)] = "unstable"
    missing = has_stream & (expected > 0) & (received == 0)
    status[missing] = "not_received"
    idle = has_stream & (expected == 0) & ~(top > 0)
    status[idle] = "not_applicable"
    nothing = np.isin(status, ["not_received", "not_applicable"])
    numbers = {"numerator": top, "denominator": bottom, "value": value, "low": low, "high": high}
    return {name: np.where(nothing, np.nan, number) for name, number in numbers.items()} | {"status": status}


def _interval(top: np.ndarray, bottom: np.ndarray, card: Card, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    if card.interval == "poisson":
        low, high = rates.poisson_interval(top, confidence)
        if card.aggregate in ("rate", "ratio"):
            with np.errstate(invalid="ignore", divide="ignore"):
                low, high = low / bottom, high / bottom
        return low * card.factor, high * card.factor
    if card.interval == "wilson":
        low, high = rates.wilson_interval(top, bottom, confidence)
        return low * card.factor, high * card.factor
    return np.full_like(top, np.nan), np.full_like(top, np.nan)


def _total(cells: pd.DataFrame) -> Cell:
    """The one cell of a whole; of a mix of shares, its base."""
    if cells.empty:
        return NOTHING
    row = cells.iloc[0]
    numerator, denominator, value, low, high = (float(row[name]) for name in disclosure.NUMBERS)
    status = str(row["status"])
    return Cell(numerator, denominator, value, low, high, status, int(row["received"]), int(row["expected"]))


def _compared(answer: Answer, facts: Facts, asker: Asker) -> Answer:
    """The answer with the one it is compared to, and the change between their totals."""
    question = answer.question
    now, before, reason = _both_periods(question, facts)
    if now is None or before is None:
        return answer.with_notes(reason)
    plain = replace(question, compare="none")
    earlier = _remember(replace(plain, period=before.key), asker)
    current = answer if now == question.span else _remember(replace(plain, period=now.key), asker)
    change = change_between(earlier, current, asker.settings.confidence)
    return replace(answer, comparison=earlier, change=change)


def _both_periods(question: Question, facts: Facts) -> tuple[Period | None, Period | None, str]:
    """The stretch of the period that can be compared and the earlier one: whole months only, like with like."""
    span = question.span
    last_whole = calendar.add_months(facts.data_through + timedelta(days=1), -1)
    if span.start > last_whole:
        return None, None, "No whole month of this period has passed yet, so nothing is compared."
    now = span if span.end <= calendar.month_end(last_whole) else calendar.span(span.start, last_whole)
    if question.compare == "prior_year":
        before = span.back()
        now = span
        if span.end > facts.data_through:
            return None, None, "This period is not over: compare it with the same months last year."
    elif question.compare == "same_months":
        before = now.back()
    else:
        start = facts.program_start
        if start is None:
            return None, None, "This export does not say when the program began, so nothing is compared."
        first = calendar.school_year_start(start)
        if start > date(first, calendar.FIRST_MONTH, 1) + timedelta(days=92):
            first += 1  # the program's first whole school year
        years = calendar.school_year_start(now.start) - first
        if years < 1:
            return None, None, "This is the program's first school year, so there is nothing earlier to compare."
        before = now.back(years)
    if before.start < facts.data_from.replace(day=1):
        return (
            None,
            None,
            f"The export begins in {calendar.month_label(facts.data_from)}, so there is nothing earlier to compare.",
        )
    return now, before, ""


def _completeness_notes(card: Card, total: Cell) -> tuple[str, ...]:
    if card.stream == "none" or total.expected == 0 or total.received >= total.expected:
        return ()
    what = {"log": "Logs", "shifts": "Shift records", "official": "Official totals"}.get(card.stream, "Reports")
    unit = "school-years" if card.stream == "official" else "school-months"
    received = f"{what} received for {total.received:,} of {total.expected:,} {unit}"
    return (f"{received}; the others are left out, not counted as zero.",)


def _disclosure_notes(question: Question, card: Card, cells: pd.DataFrame, total: Cell, facts: Facts) -> list[str]:
    """What is offered of persons, where something is hidden; and how far an unfinished period is counted."""
    if disclosure.is_open(card, question):
        return []
    hides = total.status == "suppressed" or (cells["status"] == "suppressed").any()
    notes = [disclosure.NOTE] if hides else []
    last = _last_whole_month(facts)
    if last != facts.data_through and question.span.start <= last < question.span.end:
        notes.append(f"Counted up to the end of {calendar.month_label(last)}, the last whole month.")
    return notes


def _provenance(question: Question, card: Card, facts: Facts, asker: Asker) -> Provenance:
    return Provenance(
        vintage=asker.vintage.id,
        data_from=facts.data_from,
        data_through=facts.data_through,
        synthetic=facts.synthetic,
        definition=f"{card.id} v{card.version}",
        audience=question.audience,
        program=asker.settings.program,
        sources=facts.sources,
    )
