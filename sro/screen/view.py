"""What the filter bar says: a period, schools, and what to compare with. The part of a Question that a page shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sro import calendar
from sro.ask import Facts
from sro.calendar import Period, PeriodError
from sro.question import COMPARE, FILTERS, Question

DEFAULT_COMPARE = "same_months"


@dataclass(frozen=True)
class View:
    """A page's address is its `to_query`; a figure's question is its `ask`."""

    period: str
    compare: str = DEFAULT_COMPARE
    districts: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    audience: str = "public"

    @property
    def span(self) -> Period:
        return calendar.parse_period(self.period)

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) for name in FILTERS)

    def ask(self, metric: str, **changes: Any) -> Question:
        """The question about one metric; `changes` are a Question's grain, by, sliced, compare, schools …"""
        asked = {name: getattr(self, name) for name in (*FILTERS, "period", "compare", "audience")}
        return Question(metric=metric, **{**asked, **changes})

    def only(self, noun: str, value: str) -> View:
        """The view of one school or one district alone; of everything for no noun."""
        return replace(self, **{**dict.fromkeys(FILTERS, ()), f"{noun}s": (value,)}) if noun else self

    def to_query(self) -> dict[str, str]:
        """As URL parameters, spelled as a Question spells them; the period always, the rest where it is not usual."""
        query = {"period": self.period}
        if self.compare != DEFAULT_COMPARE:
            query["compare"] = self.compare
        return query | {name: ",".join(getattr(self, name)) for name in FILTERS if getattr(self, name)}


def view_of(query: Mapping[str, str], facts: Facts, audience: str) -> tuple[View, tuple[str, ...]]:
    """The view that an address names, and a sentence for each part of it that this export does not have."""
    told: list[str] = []
    period = last_twelve(facts).key
    if query.get("period"):
        try:
            period = calendar.parse_period(query["period"]).key
        except PeriodError as error:
            told.append(str(error))
    compare = query.get("compare") or DEFAULT_COMPARE
    if compare not in COMPARE:
        told.append(f"There is no comparison {compare!r}; the usual one is shown.")
        compare = DEFAULT_COMPARE
    chosen = {}
    for name, known in known_values(facts).items():
        wanted = tuple(part for part in query.get(name, "").split(",") if part)
        strangers = [value for value in wanted if value not in known]
        told += [f"The address names {name[:-1]} {value!r}, which this export does not have." for value in strangers]
        chosen[name] = tuple(sorted(set(wanted) - set(strangers)))
    return View(period, compare, audience=audience, **chosen), tuple(told)


def known_values(facts: Facts) -> dict[str, frozenset[str]]:
    """Filter → the values that this export has."""
    return {
        "districts": frozenset(school.district_id for school in facts.schools),
        "schools": frozenset(school.school_id for school in facts.schools),
        "levels": frozenset(school.level for school in facts.schools),
        "providers": frozenset(school.provider for school in facts.schools),
    }


def last_twelve(facts: Facts) -> Period:
    """The last twelve whole months: always over, never a partial period; fewer where the export is younger."""
    after = calendar.add_months(facts.data_through + timedelta(days=1), 0)
    last = max(calendar.add_months(after, -1), facts.data_from.replace(day=1))
    return calendar.span(max(calendar.add_months(last, -11), facts.data_from.replace(day=1)), last)


def years(facts: Facts) -> list[Period]:
    """The school years that the export touches, the newest first."""
    first, last = calendar.school_year_start(facts.data_from), calendar.school_year_start(facts.data_through)
    return [calendar.year(opening) for opening in range(last, first - 1, -1)]


def parts_of(year: Period, facts: Facts) -> list[Period]:
    """The halves and quarters of a school year that have begun and that the export reaches."""
    opening = year.start.year
    parts = [calendar.part_of_year(opening, "S", number) for number in (1, 2)]
    parts += [calendar.part_of_year(opening, "Q", number) for number in (1, 2, 3, 4)]
    return [part for part in parts if part.start <= facts.data_through and part.end >= facts.data_from]


def months_of(facts: Facts) -> list[date]:
    """The first of every month that the export touches, in order."""
    month, out = facts.data_from.replace(day=1), []
    while month <= facts.data_through:
        out.append(month)
        month = calendar.add_months(month, 1)
    return out


def all_years(view: View, facts: Facts) -> View:
    """The view over all school years from the first of the export to the last that is over by its end."""
    first = date(calendar.school_year_start(facts.data_from), calendar.FIRST_MONTH, 1)
    last = last_whole_year(view, facts).span
    return replace(view, period=calendar.span(min(first, last.start), last.end).key, compare="none")


def last_whole_year(view: View, facts: Facts) -> View:
    """The view of the last school year that is over by its end: certified totals come a year at a time."""
    end = min(view.span.end, facts.data_through)
    year = calendar.school_year_of(end)
    if year.end > end and year.start > facts.data_from:
        year = year.back()
    return replace(view, period=year.key, compare="prior_year" if year.start > facts.data_from else "none")
