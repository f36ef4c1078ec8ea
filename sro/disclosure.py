"""Which cells an audience may see. Counts of persons only; everything else passes unchanged.

The vintage carries the decision (`disclosure_cell`), made once over one cube: a cell of it shows as decided, any other
total only if all of its parts show. What the decision does not know is hidden, and so is all of a vintage without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

from sro.answer import NUMBERS, Row
from sro.metrics import BY_MEMBER, Card
from sro.question import Question
from sro.suppression.permission import Permission

NOTE = (
    "Counts of persons show where they are not small and give no small one away: by whole months for the program, "
    "by whole halves or years for a district or school."
)


def is_open(card: Card, question: Question) -> bool:
    """Whether the question's audience may see every number of the metric."""
    return not card.counts_persons or question.audience == "restricted"


def protect(
    rows: Sequence[Row], card: Card, question: Question, allowed: Permission, schools: Mapping[str, frozenset[str]]
) -> list[Row]:
    """The rows as the question's audience may see them: hidden ones lose every number and say `suppressed`.

    schools: unit → the schools that it is made of here. Whether a hidden cell is a zero, or has no cases, is hidden
    too; only whether reports were expected and received stays, as that is no secret.
    """
    if is_open(card, question):
        return list(rows)
    return [
        row
        if permits(allowed, card, schools[row.unit], row.period_start, row.period_end, row.slice)
        else hidden(row, card.stream != "none")
        for row in rows
    ]


def permits(allowed: Permission, card: Card, schools: frozenset[str], start, end, slice_: str | None) -> bool:
    """Whether one number may show: itself, and what it is a share of."""
    if card.aggregate in BY_MEMBER and (end.year, end.month) != (start.year + 1, start.month - 1):
        return False  # a person of two years counts once, so their total is not made of the years
    whole_too = card.aggregate != "share" or allowed.permits(schools, start, end, None)
    return whole_too and allowed.permits(schools, start, end, slice_)


def hidden(row: Row, has_reports: bool) -> Row:
    """The row without its numbers."""
    status = "suppressed"
    if has_reports and row.received == 0:
        status = "not_received" if row.expected > 0 else "not_applicable"
    return row._replace(status=status, **dict.fromkeys(NUMBERS, nan))
