"""What has to be said beside an answer."""

from __future__ import annotations

from collections.abc import Sequence

from sro import calendar, disclosure
from sro.answer import Cell, Row
from sro.ask.facts import Facts
from sro.ask.parts import last_whole_month
from sro.metrics import Card
from sro.question import Question


def completeness_notes(card: Card, total: Cell) -> tuple[str, ...]:
    if card.stream == "none" or total.expected == 0 or total.received >= total.expected:
        return ()
    what = {"log": "Logs", "shifts": "Shift records", "official": "Official totals"}.get(card.stream, "Reports")
    unit = "school-years" if card.stream == "official" else "school-months"
    received = f"{what} received for {total.received:,} of {total.expected:,} {unit}"
    return (f"{received}; the others are left out, not counted as zero.",)


def disclosure_notes(question: Question, card: Card, rows: Sequence[Row], total: Cell, facts: Facts) -> list[str]:
    """What is offered of persons, where something is hidden; and how far an unfinished period is counted."""
    if disclosure.is_open(card, question):
        return []
    hides = total.status == "suppressed" or any(row.status == "suppressed" for row in rows)
    notes = [disclosure.NOTE] if hides else []
    last = last_whole_month(facts)
    if last != facts.data_through and question.span.start <= last < question.span.end:
        notes.append(f"Counted up to the end of {calendar.month_label(last)}, the last whole month.")
    return notes
