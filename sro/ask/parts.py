"""The parts of a period that an export can speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sro import calendar, disclosure
from sro.ask.facts import Facts
from sro.calendar import Period
from sro.metrics import Card
from sro.question import Question


def parts_of(question: Question, card: Card, facts: Facts) -> list[Period]:
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


def last_whole_month(facts: Facts) -> date:
    """The end of the last month that is over."""
    return calendar.add_months(facts.data_through + timedelta(days=1), 0) - timedelta(days=1)


def _whole_months(parts: Sequence[Period], facts: Facts) -> list[Period]:
    """The parts up to the last month that is over, as the next vintage would give the rest of the month away."""
    last = last_whole_month(facts)
    return [replace(part, end=min(part.end, last)) for part in parts if part.start <= last]
