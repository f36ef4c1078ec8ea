"""The small workbook behind a native chart: its categories, its series, how far each interval reaches; nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from sro.publish.plot import Plot, Series

EVENTS = "Events"
SHEET = "Sheet1"


def workbook_of(plot: Plot) -> bytes:
    """What stands behind the chart: its categories, its series, and how far each interval reaches."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(SHEET)
    columns: list[tuple[str, Sequence[float | None]]] = [(series.name, series.values) for series in plot.series]
    if plot.events:
        columns.append((EVENTS, [plot.top if n in plot.events else None for n in range(len(plot.categories))]))
    for series in plot.series:
        if series.has_limits:
            down, up = reaches(series)
            columns += [(f"{series.name}: interval below", down), (f"{series.name}: interval above", up)]
    for row, name in enumerate(plot.categories, 1):
        sheet.write_string(row, 0, name)
    for column, (name, values) in enumerate(columns, 1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    sheet.set_column(0, 0, 32)
    book.close()
    return out.getvalue()


def reaches(series: Series) -> tuple[list[float | None], list[float | None]]:
    """How far the interval reaches below and above each value."""
    down: list[float | None] = []
    up: list[float | None] = []
    for value, low, high in zip(series.values, series.low, series.high, strict=True):
        known = value is not None and low is not None and high is not None
        down.append(round(value - low, 4) if known else None)  # type: ignore[operator]
        up.append(round(high - value, 4) if known else None)  # type: ignore[operator]
    return down, up


def limit_column(plot: Plot, place: int) -> int:
    """The column, from zero, in which the limits of a series begin."""
    before = sum(series.has_limits for series in plot.series[:place])
    return 1 + len(plot.series) + bool(plot.events) + 2 * before
