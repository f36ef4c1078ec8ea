"""Which cells an audience may see. Counts of persons only; everything else passes unchanged.

The vintage carries the decision (`disclosure_cell`), made once over one cube: a cell of it shows as decided, any other
total only if all of its parts show. What the decision does not know is hidden, and so is all of a vintage without one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sro.metrics import BY_MEMBER, Card
from sro.question import Question
from sro.suppression.permission import Permission

NUMBERS = ["numerator", "denominator", "value", "low", "high"]
NOTE = (
    "Counts of persons show where they are not small and give no small one away: by whole months for the program, "
    "by whole halves or years for a district or school."
)


def is_open(card: Card, question: Question) -> bool:
    """Whether the question's audience may see every number of the metric."""
    return not card.counts_persons or question.audience == "restricted"


def protect(
    cells: pd.DataFrame,
    card: Card,
    question: Question,
    allowed: Permission,
    schools: Mapping[str, frozenset[str]],
) -> pd.DataFrame:
    """The cells as the question's audience may see them: hidden ones lose every number and say `suppressed`.

    schools: unit → the schools that it is made of here. Whether a hidden cell is a zero, or has no cases, is hidden
    too; only whether reports were expected and received stays, as that is no secret.
    """
    if is_open(card, question) or cells.empty:
        return cells
    shows = np.array(
        [
            permits(allowed, card, schools[unit], start, end, slice_)
            for unit, start, end, slice_ in zip(
                cells["unit"], cells["period_start"], cells["period_end"], cells["slice"], strict=True
            )
        ]
    )
    return hide(cells, ~shows, card.stream != "none")


def permits(allowed: Permission, card: Card, schools: frozenset[str], start, end, slice_: str | None) -> bool:
    """Whether one number may show: itself, and what it is a share of."""
    if card.aggregate in BY_MEMBER and (end.year, end.month) != (start.year + 1, start.month - 1):
        return False  # a person of two years counts once, so their total is not made of the years
    whole_too = card.aggregate != "share" or allowed.permits(schools, start, end, None)
    return whole_too and allowed.permits(schools, start, end, slice_)


def hide(cells: pd.DataFrame, rows: np.ndarray, has_reports: bool) -> pd.DataFrame:
    """The cells with the numbers of `rows` (a mask) taken out."""
    if not rows.any():
        return cells
    hidden = cells.copy()
    hidden.loc[rows, NUMBERS] = np.nan
    expected, received = cells["expected"].to_numpy(), cells["received"].to_numpy()
    status = np.full(len(cells), "suppressed", dtype=object)
    if has_reports:
        status[received == 0] = np.where(expected[received == 0] > 0, "not_received", "not_applicable")
    hidden.loc[rows, "status"] = status[rows]
    return hidden
