"""What people see as "data": one row a mark, statuses in words, and the same as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sro.answer import SHOWN, STATUSES, Answer

PLACES = 4  # decimals that are kept of a drawn number; the chart and the table round alike
PLACE_NAMES = {"program": "Where", "district": "District", "school": "School", "level": "Level", "provider": "Provider"}
# A spreadsheet runs a cell that begins with one of these.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def drawn(value: object) -> float | None:
    """A number as charts and tables carry it: rounded, whole where it is whole, None where there is none."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    number = round(float(value), PLACES)  # type: ignore[arg-type]
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number


def rows_of(cells: pd.DataFrame) -> list[dict[str, Any]]:
    """The cells one by one, each by column name."""
    return cells.to_dict("records")  # type: ignore[return-value]


def answer_table(answer: Answer) -> pd.DataFrame:
    """All cells of an answer, and of the one it is compared with, under names that people read."""
    cells = answer.cells
    if answer.comparison is not None:
        cells = pd.concat([cells, answer.comparison.cells], ignore_index=True)
    return cell_table(cells, answer)


def cell_table(cells: pd.DataFrame, answer: Answer) -> pd.DataFrame:
    """Cells under names that people read. Number columns are Float64, empty where nothing may or can be said."""
    card = answer.card
    columns: dict[str, pd.Series] = {
        PLACE_NAMES[answer.question.by]: cells["unit_name"].astype(str),
        "Period": pd.Series(
            [
                f"{label} (part)" if partial else str(label)
                for label, partial in zip(cells["period_label"], cells["partial"], strict=True)
            ],
            index=cells.index,
            dtype=str,
        ),
    }
    if cells["slice_title"].astype(bool).any():
        columns["Category"] = cells["slice_title"].astype(str)
    open_ = cells["status"].isin(SHOWN)  # a number that may not be shown is not here, whatever the cells hold
    columns[value_name(answer)] = numbers(cells["value"].where(open_))
    if card.interval != "none":
        columns["Interval from"] = numbers(cells["low"].where(open_))
        columns["Interval to"] = numbers(cells["high"].where(open_))
    if not card.is_count:
        columns["Numerator"] = numbers(cells["numerator"].where(open_))
        columns["Denominator"] = numbers(cells["denominator"].where(open_))
    columns["Status"] = cells["status"].map(STATUSES).astype(str)
    if (cells["expected"] > 0).any():
        columns["Reports received"] = pd.Series(
            [
                f"{int(received):,} of {int(expected):,}"
                for received, expected in zip(cells["received"], cells["expected"], strict=True)
            ],
            index=cells.index,
            dtype=str,
        )
    return pd.DataFrame(columns).reset_index(drop=True)


def table_with_whole(answer: Answer, cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """Cells, and below them the whole that they are drawn beside."""
    last = cells.iloc[-1:].assign(unit_name=name, partial=False)
    for part in ("numerator", "denominator", "value", "low", "high", "status", "received", "expected"):
        last[part] = getattr(answer.total, part)
    return cell_table(pd.concat([cells, last], ignore_index=True), answer)


def value_name(answer: Answer) -> str:
    """The heading of the value column: the measure, and its unit where the name does not say it."""
    title, unit = answer.card.title, answer.card.unit
    return title if unit.lower() in title.lower() else f"{title} ({unit})"


def numbers(values: Iterable[object]) -> pd.Series:
    """A column of drawn numbers; missing ones are <NA>, never a zero and never a word."""
    kept = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
    return pd.Series([drawn(value) for value in kept], index=kept.index, dtype="Float64")


def csv_text(table: pd.DataFrame, heading: Sequence[str]) -> str:
    """The table as CSV below heading lines that begin with #. Texts are quoted and cannot run as formulas."""
    out = io.StringIO()
    for line in heading:
        out.write(f"# {' '.join(line.split())}\r\n")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(str(name)) for name in table.columns])
    for row in table.itertuples(index=False):
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text with a quote in front when a spreadsheet would run it."""
    text = " ".join(text.split()) if any(mark in text for mark in "\r\n\t") else text
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _cell(value: object) -> object:
    if isinstance(value, str):
        return harmless(value)
    return "" if pd.isna(value) else drawn(value)  # type: ignore[call-overload]
