"""What stands around the answers: dated events, the titles of codes, a school's size. Public facts, never counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sro import calendar
from sro.ask import Facts, OpenVintage
from sro.question import Question
from sro.settings import Settings


@dataclass(frozen=True)
class Dated:
    """Something that a reader must know to read a series; `scope` is program, district or school."""

    date: dt.date
    scope: str
    scope_id: str
    kind: str
    label: str


@dataclass(frozen=True)
class LegalBreak:
    """A day on which the law changed what a stream counts; of one metric only, unless `metric` is empty."""

    stream: str
    metric: str
    date: dt.date
    label: str


@dataclass(frozen=True)
class Target:
    """What a grant asks for in one of its periods, and the metric that measures it here, exactly or nearly.

    `aggregation` is sum, last, distinct or average.
    """

    grant: str
    measure: str
    metric: str
    aggregation: str
    is_exact: bool
    first: dt.date
    last: dt.date
    value: float

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and self.last == calendar.month_end(self.last)


@dataclass(frozen=True)
class Currency:
    """An officer in service and a topic: last taken (None: never), and until when it holds (None: it has no end)."""

    officer_id: str
    position_id: str
    topic: str
    title: str
    last_taken: dt.date | None
    holds_until: dt.date | None


@dataclass(frozen=True)
class Enrollment:
    school_year: str
    students: float
    counted_in: str


def _rows(vintage: OpenVintage, settings: Settings, file: str, **parameters: Any) -> list[tuple[Any, ...]]:
    sql = (settings.folders.queries / "screens" / f"{file}.sql").read_text(encoding="utf-8")
    return vintage.cursor().execute(sql, parameters).fetchall()


def all_events(vintage: OpenVintage, settings: Settings) -> tuple[Dated, ...]:
    """Every annotation up to the data date, in order of date."""
    return tuple(Dated(*row) for row in _rows(vintage, settings, "annotations"))


def events_of(question: Question, events: tuple[Dated, ...], facts: Facts) -> tuple[Dated, ...]:
    """The events that concern what is asked: the program's always, a place's only where the question is of it alone."""
    schools = [school for school in facts.schools if not question.schools or school.school_id in question.schools]
    if question.districts:
        schools = [school for school in schools if school.district_id in question.districts]
    districts = {school.district_id for school in schools}
    places = {school.school_id for school in schools}
    about_one = question.is_filtered and len(districts) == 1
    return tuple(
        event
        for event in events
        if event.scope == "program"
        or (about_one and event.scope == "district" and event.scope_id in districts)
        or (about_one and event.scope == "school" and places == {event.scope_id})
    )


def legal_breaks(vintage: OpenVintage, settings: Settings) -> tuple[LegalBreak, ...]:
    """Every break by law of data/reference/series_breaks.csv, in order of date."""
    return tuple(LegalBreak(*row) for row in _rows(vintage, settings, "series_breaks"))


def entry_lag(share: float, vintage: OpenVintage, settings: Settings) -> float:
    """Days from an incident to its entry that `share` of the entries take at most; 0 where nothing says."""
    ((days,),) = _rows(vintage, settings, "entry_lag", share=share)
    return float(days or 0)


def targets(vintage: OpenVintage, settings: Settings) -> tuple[Target, ...]:
    """Every target of a grant that a metric of this program measures, by the end of its period."""
    return tuple(Target(*row) for row in _rows(vintage, settings, "targets"))


def currency(vintage: OpenVintage, settings: Settings) -> tuple[Currency, ...]:
    """Every officer in service at the data date in every topic of the program, by topic and position."""
    return tuple(Currency(*row) for row in _rows(vintage, settings, "currency"))


def titles(vintage: OpenVintage, settings: Settings) -> Mapping[tuple[str, str], str]:
    """(level or provider_agency, code) → what people call it, in the order of lists."""
    return {(dimension, code): title for dimension, code, title in _rows(vintage, settings, "titles")}


def enrollment(school_id: str, vintage: OpenVintage, settings: Settings) -> tuple[Enrollment, ...]:
    """A school's students by school year, the newest first."""
    return tuple(Enrollment(*row) for row in _rows(vintage, settings, "enrollment", school_id=school_id))
