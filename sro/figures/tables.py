"""What people see as "data": one row a mark, statuses in words, and the same as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sro.answer import NUMBERS, STATUSES, Answer, Row

PLACES = 4  # decimals that are kept of a drawn number; the chart and the table round alike
PLACE_NAMES = {"program": "Where", "district": "District", "school": "School", "level": "Level", "provider": "Provider"}
NOT_SHOWN = dict.fromkeys(NUMBERS, math.nan)
# A spreadsheet runs a cell that begins with one of these.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def drawn(value: object) -> float | None:
    """A number as charts and tables carry it: rounded, whole where it is whole, None where there is none."""
    if value is None or value is pd.NA or not math.isfinite(value):  # type: ignore[arg-type]
        return None
    number = round(float(value), PLACES)  # type: ignore[arg-type]
    return int(number) if number == int(number) else number


def rows_of(cells: pd.DataFrame) -> list[dict[str, Any]]:
    """The cells one by one, each by column name."""
    names = cells.columns.tolist()  # walking through the index itself is slow
    columns = [cells[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def answer_table(answer: Answer) -> pd.DataFrame:
    """All cells of an answer, and of the one it is compared with, under names that people read."""
    return row_table([*answer.rows, *(answer.comparison.rows if answer.comparison is not None else ())], answer)


def row_table(rows: Sequence[Row], answer: Answer) -> pd.DataFrame:
    """Rows under names that people read. Number columns are Float64, empty where nothing may or can be said."""
    card = answer.card
    columns: dict[str, pd.Series] = {
        PLACE_NAMES[answer.question.by]: texts(row.unit_name for row in rows),
        "Period": texts(f"{row.period_label} (part)" if row.partial else row.period_label for row in rows),
    }
    if any(row.slice_title for row in rows):
        columns["Category"] = texts(row.slice_title for row in rows)
    # A number that may not be shown is not here, whatever the cells hold.
    shown = [row if row.shown else row._replace(**NOT_SHOWN) for row in rows]
    columns[value_name(answer)] = numbers([row.value for row in shown])
    if card.interval != "none":
        columns["Interval from"] = numbers([row.low for row in shown])
        columns["Interval to"] = numbers([row.high for row in shown])
    if not card.is_count:
        columns["Numerator"] = numbers([row.numerator for row in shown])
        columns["Denominator"] = numbers([row.denominator for row in shown])
    columns["Status"] = texts(STATUSES[row.status] for row in rows)
    if any(row.expected > 0 for row in rows):
        columns["Reports received"] = texts(f"{int(row.received):,} of {int(row.expected):,}" for row in rows)
    return pd.DataFrame(columns)


def texts(values: Iterable[str]) -> pd.Series:
    """A column of texts."""
    return pd.Series(list(values), dtype=str)


def table_with_whole(answer: Answer, name: str) -> pd.DataFrame:
    """All cells of an answer, and below them the whole that they are drawn beside."""
    whole = answer.rows[-1]._replace(unit_name=name, partial=False, **vars(answer.total))
    return row_table([*answer.rows, whole], answer)


def value_name(answer: Answer) -> str:
    """The heading of the value column: the measure, and its unit where the name does not say it."""
    title, unit = answer.card.title, answer.card.unit
    return title if unit.lower() in title.lower() else f"{title} ({unit})"


def numbers(values: Iterable[object]) -> pd.Series:
    """A column of drawn numbers; missing ones are <NA>, never a zero and never a word."""
    index = values.index if isinstance(values, pd.Series) else None
    filled = [math.nan if number is None else number for number in map(drawn, values)]
    return pd.Series(filled, index=index, dtype=float).astype("Float64")


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
