"""Which cells an audience may see. Person-related counts only; everything else passes unchanged.

The rule is coarse on purpose: outside `restricted`, person-related metrics show only for the whole program and whole
school years, so that no two answers can be subtracted for a school or a month.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sro.calendar import FIRST_MONTH
from sro.metrics import Card
from sro.question import Question

NUMBERS = ["numerator", "denominator", "value", "low", "high"]


def protect(cells: pd.DataFrame, card: Card, question: Question, thresholds: Mapping[str, int]) -> pd.DataFrame:
    """The cells as the question's audience may see them: hidden ones lose every number and say `suppressed`."""
    if not card.counts_persons or question.audience == "restricted" or cells.empty:
        return cells
    least = thresholds[question.audience]
    present = cells["status"].isin(["value", "zero", "unstable"]).to_numpy()
    if question.by != "program" or question.is_filtered or question.grain not in ("total", "year"):
        return hide(cells, present)
    whole = np.array(
        [
            start.month == FIRST_MONTH and end.month == FIRST_MONTH - 1
            for start, end in zip(cells["period_start"], cells["period_end"], strict=True)
        ]
    )
    small = np.zeros(len(cells), dtype=bool)
    for _, line in cells.groupby("period_start"):
        rows = line.index.to_numpy()
        small[rows] = _hidden_in_line(line, present[rows], least)
    hidden = present & (~whole | small)
    if question.span.months > 12 and question.grain == "total":
        hidden = present  # a total over years would give a hidden year away
    return hide(cells, hidden)


def hide(cells: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """The cells with the numbers of `rows` (a mask) taken out."""
    if not rows.any():
        return cells
    hidden = cells.copy()
    hidden.loc[rows, NUMBERS] = np.nan
    hidden.loc[rows, "status"] = "suppressed"
    return hidden


def _hidden_in_line(line: pd.DataFrame, present: np.ndarray, least: int) -> np.ndarray:
    """Small counts and complements; then the next smallest, until subtraction cannot tell what is hidden."""
    count = line["numerator"].to_numpy(dtype=float)
    rest = line["denominator"].to_numpy(dtype=float) - count
    hidden = present & (((count > 0) & (count < least)) | ((rest > 0) & (rest < least)))
    if len(line) > 1 and hidden.any():
        for place in np.argsort(np.where(present & ~hidden, count, np.inf)):
            if hidden.sum() >= 2 and np.nansum(count[hidden]) >= least:
                break
            hidden[place] = present[place]
    return hidden
