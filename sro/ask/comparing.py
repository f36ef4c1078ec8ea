"""The two periods that a question compares."""

from __future__ import annotations

from datetime import date, timedelta

from sro import calendar
from sro.ask.facts import Facts
from sro.calendar import Period
from sro.question import Question


def both_periods(question: Question, facts: Facts) -> tuple[Period | None, Period | None, str]:
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
