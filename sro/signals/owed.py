"""Monthly logs that were due and have not come, by school."""

from __future__ import annotations

from collections.abc import Mapping

from sro.answer import Answer


def logs_owed(answer: Answer) -> Mapping[str, tuple[str, ...]]:
    """School → the months that are missing, in order. `answer` is of reporting completeness by school and month."""
    cells = answer.cells[answer.cells["denominator"] > answer.cells["numerator"].fillna(0)]
    return {str(name): tuple(rows["period_label"]) for name, rows in cells.groupby("unit_name", sort=False)}
