"""Awards and what they ask for: the measure in the award's own words, beside what the program can answer.

A measure is answered only through `ask`, by the metric that the office named as nearest. Where no metric is named, or
the program has none of that id, the actual stays empty and says so; nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sro import calendar
from sro.answer import Answer
from sro.calendar import Period, PeriodError
from sro.figures import wording
from sro.metrics import CatalogueError
from sro.publish.desk import Desk
from sro.question import Question, QuestionError

TABLES = ("grants", "grant_periods", "grant_measures", "grant_targets")


class GrantError(Exception):
    """A grant or period that is not there; the message says which there are."""


@dataclass(frozen=True)
class Reporting:
    """One reporting period of an award, in whole months."""

    number: int
    period: Period
    due: date | None


@dataclass(frozen=True)
class Grant:
    grant_id: str
    funder: str
    program: str
    listing: str
    amount: float | None
    start: date
    end: date
    periods: tuple[Reporting, ...]


@dataclass(frozen=True)
class Measure:
    """A measure with its target, and its answer for the period and for the award so far (None where there is none)."""

    measure_id: str
    text: str
    source: str
    exact: bool | None
    baseline: float | None
    target: float | None
    actual: Answer | None
    to_date: Answer | None
    why_none: str = ""

    @property
    def percent_of_target(self) -> float | None:
        """Actual over target in percent; None without either, or with a target of zero."""
        if self.actual is None or not self.actual.total.shown or not self.target:
            return None
        return 100 * self.actual.total.value / self.target


def has_grants(desk: Desk) -> bool:
    return set(TABLES) <= set(desk.facts.present)


def grants(desk: Desk) -> tuple[Grant, ...]:
    """Every award of the export, in order of its id; none where the export has no grants."""
    if not has_grants(desk):
        return ()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in _rows(desk, "grants"):
        found.setdefault(row[0], []).append(row)
    return tuple(_grant(rows) for rows in found.values())


def find_grant(desk: Desk, text: str) -> Grant:
    """The award of that id.

    Raises GrantError naming the awards that there are.
    """
    every = grants(desk)
    for grant in every:
        if grant.grant_id.casefold() == text.strip().casefold():
            return grant
    there_are = ", ".join(grant.grant_id for grant in every)
    raise GrantError(
        f"There is no grant {text!r}; use one of {there_are}."
        if there_are
        else "This export has no grants. Load grants, grant_periods, grant_measures and grant_targets."
    )


def last_period(grant: Grant, through: date) -> Period:
    """The last reporting period that is over; the first one while none is.

    Raises GrantError when the award has no reporting periods.
    """
    if not grant.periods:
        raise GrantError(f"{grant.grant_id} has no reporting periods. Name a period, such as 2025-26-Q1.")
    over = [one.period for one in grant.periods if one.period.end <= through]
    return over[-1] if over else grant.periods[0].period


def measures(desk: Desk, grant: Grant, period: Period, audience: str = "public") -> tuple[Measure, ...]:
    """What the award asks for in a period, and what the program answers."""
    covered = [one.number for one in grant.periods if period.start <= one.period.start and one.period.end <= period.end]
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for row in _rows(desk, "grant_measures", grant_id=grant.grant_id):
        rows.setdefault(row[0], []).append(row)
    return tuple(_measure(desk, grant, period, audience, of_one, covered) for of_one in rows.values())


def _measure(
    desk: Desk, grant: Grant, period: Period, audience: str, rows: Sequence[tuple[Any, ...]], covered: Sequence[int]
) -> Measure:
    measure_id, text, source, metric, aggregation, exact, *_ = rows[0]
    inside = [row for row in rows if row[6] in covered]
    baselines = [float(row[7]) for row in inside if row[7] is not None]
    targets = [float(row[8]) for row in inside if row[8] is not None]
    target = (sum(targets) if aggregation == "sum" else targets[-1]) if targets else None
    actual, why = _answer(desk, metric, period, audience)
    to_date, until = None, min(period.end, grant.end)
    if grant.start <= until:
        to_date, _ = _answer(desk, metric, calendar.span(grant.start, until), audience)
    return Measure(
        measure_id, text, source or "", exact, baselines[-1] if baselines else None, target, actual, to_date, why
    )


def _answer(desk: Desk, metric: str | None, period: Period, audience: str) -> tuple[Answer | None, str]:
    if not metric:
        return None, "No metric is named for this measure."
    try:
        answer = desk.ask(Question(metric, period.key, audience=audience))
    except (CatalogueError, QuestionError):
        return None, f"This program has no metric {metric}; enter the number from its own record."
    except PeriodError as error:
        return None, str(error)
    return answer, "" if answer.total.shown else wording.nothing_finding(answer) or wording.total_finding(answer)


def _grant(rows: Sequence[tuple[Any, ...]]) -> Grant:
    grant_id, funder, program, listing, amount, start, end, *_ = rows[0]
    periods = tuple(Reporting(row[7], calendar.span(row[8], row[9]), row[10]) for row in rows if row[7] is not None)
    return Grant(grant_id, funder, program or "", listing or "", amount, start, end, periods)


def _rows(desk: Desk, file: str, **parameters: Any) -> list[tuple[Any, ...]]:
    sql = (desk.settings.folders.queries / "screens" / f"{file}.sql").read_text(encoding="utf-8")
    return desk.vintage.cursor().execute(sql, parameters).fetchall()
