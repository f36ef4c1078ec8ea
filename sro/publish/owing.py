"""What an award is owed: the next report and what its measures lack, and the money spent beside the time passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sro import calendar
from sro.answer import SHOWN
from sro.calendar import Period, PeriodError
from sro.metrics import CatalogueError
from sro.publish.desk import Desk
from sro.publish.grants import Grant, Measure, Reporting, measures
from sro.question import Question, QuestionError

NOUNS = {"log": "logs", "shifts": "shift records"}


def upcoming(awards: Iterable[Grant], through: date) -> list[tuple[Grant, Reporting]]:
    """Every report with a due date after `through`, by that date and then by award."""
    found = [(grant, one) for grant in awards for one in grant.periods if one.due and one.due > through]
    return sorted(found, key=lambda pair: (pair[1].due or date.max, pair[0].grant_id, pair[1].number))


def next_report(grant: Grant, through: date) -> Reporting | None:
    """The first report that falls due after a day; None where no due date lies ahead."""
    return next((report for _, report in upcoming([grant], through)), None)


@dataclass(frozen=True)
class Lack:
    """A measure of a report, and what it lacks before the report can be made; nothing where all is there."""

    measure: Measure
    missing: tuple[str, ...]


def lacks(desk: Desk, grant: Grant, reporting: Reporting, audience: str = "public") -> tuple[Lack, ...]:
    """Of every measure of the award, what the period's data lacks: months, reports, a metric, a target."""
    return tuple(
        Lack(one, _missing(desk, one, reporting.period, audience))
        for one in measures(desk, grant, reporting.period, audience)
    )


def _missing(desk: Desk, measure: Measure, period: Period, audience: str) -> tuple[str, ...]:
    found = [] if measure.target is not None else ["no target on file"]
    if measure.actual is None:
        return (*found, measure.why_none)
    card, through = measure.actual.card, desk.facts.data_through
    absent = [name.replace("_", " ") for name in card.tables if name not in desk.facts.present]
    if absent:
        return (*found, f"not in this export: {', '.join(absent)}")
    if card.grain == "year":
        if not period.is_whole_years:
            found.append("known by whole school years only")
    else:
        months = desk.ask(Question(measure.actual.question.metric, period.key, grain="month", audience=audience)).cells
        what = NOUNS.get(card.stream, "reports")
        found += [
            f"{month}: {int(expected - received)} of {int(expected)} {what}"
            for month, expected, received in zip(
                months["period_label"], months["expected"], months["received"], strict=True
            )
            if received < expected
        ]
    if period.end > through:
        begins = max(period.start, calendar.add_months(through + timedelta(days=1), 0))
        found.append(f"not over: {calendar.span(begins, period.end).label}")
    elif measure.actual.total.status == "suppressed":
        found.append("hidden from this audience to protect persons")
    elif not measure.actual.total.shown and not found:
        found.append(measure.why_none or "no number")
    return tuple(found)


@dataclass(frozen=True)
class SpendDown:
    """What of an award was spent up to the data date, beside the months of it that have passed."""

    spent: float
    award: float | None
    months_passed: int
    months: int

    @property
    def percent_spent(self) -> float | None:
        return 100 * self.spent / self.award if self.award else None

    @property
    def percent_passed(self) -> float:
        return 100 * self.months_passed / self.months


def spend_down(desk: Desk, grant: Grant, audience: str = "public") -> SpendDown | None:
    """Money booked on the award, over the school years that it touches; None where no cost names it.

    Costs name an award as their funding source, `grant:` and its id.
    """
    through = min(grant.end, desk.facts.data_through)
    if through < grant.start:
        return None
    years = calendar.span(calendar.school_year_of(grant.start).start, calendar.school_year_of(through).end)
    try:
        answer = desk.ask(Question("award_money_spent", years.key, sliced=True, audience=audience))
    except (CatalogueError, QuestionError, PeriodError):
        return None
    cells = answer.cells[(answer.cells["slice"] == grant.grant_id) & answer.cells["status"].isin(SHOWN)]
    if cells.empty or not float(cells["value"].iloc[0]):
        return None
    whole = calendar.span(grant.start, grant.end)
    passed = [one for one in calendar.periods_within(whole, "month") if one.end <= desk.facts.data_through]
    return SpendDown(float(cells["value"].iloc[0]), grant.amount, len(passed), whole.months)
