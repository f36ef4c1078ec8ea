"""Reads XLSX (every visible sheet) and Parquet as text, in the spelling that the contract's types have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sro.archives import verify
from sro.problems import Problem
from sro.raw import RawTable, Source, count_rows, new_relation, read_headers, unreadable
from sro.texts import store

EXAMPLES, DICTIONARY = "Examples", "Data dictionary"  # what explains a template (templates.py)
WHOLE = 1e15
MOST_TITLES = 10
MOST_PARQUET_ROWS = 100_000_000


def read_workbook(
    connection: duckdb.DuckDBPyConnection, source: Source, limits: Mapping[str, int]
) -> tuple[list[RawTable], list[Problem]]:
    """One table of text for every visible sheet with something on it, but for those that explain a template."""
    if problem := verify(source.path, source.name, limits):
        return [], [problem]
    tables: list[RawTable] = []
    problems: list[Problem] = []
    try:
        workbook = CalamineWorkbook.from_path(str(source.path))
        sheets = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
            and sheet.typ == SheetTypeEnum.WorkSheet
            and sheet.name not in (EXAMPLES, DICTIONARY)
        ]
        for name in sheets:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found, wrong = _read_sheet(connection, source, name, rows)
            tables += found
            problems += wrong
    except (CalamineError, ValueError) as error:
        says = f"The workbook cannot be opened ({str(error)[:120]})."
        return [], [unreadable(source, says, "Save it again as XLSX, without a password.")]
    if not tables and not problems:
        problems = [unreadable(source, "The workbook has no visible sheet with data.", "Export it again.")]
    return tables, problems


def _read_sheet(
    connection: duckdb.DuckDBPyConnection, source: Source, sheet: str, rows: list[list[Any]]
) -> tuple[list[RawTable], list[Problem]]:
    """A sheet whose first row with something in it, below its titles, holds the column names."""
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    if not numbered:
        return [], []
    numbered = numbered[_titles([row for _, row in numbered[: MOST_TITLES + 1]]) :]
    (first, names), *below = numbered
    headers, problems = read_headers(source, [as_text(cell) or "" for cell in names], first)
    if problems:
        return [], problems
    cells = {
        f"c{place}": pa.array([as_text(row[place]) for _, row in below], pa.string()) for place in range(len(headers))
    }
    numbers = pa.array([number for number, _ in below], pa.int64())
    relation = store(connection, pa.table({**cells, "_row": numbers}))
    return [RawTable(source, sheet, relation, headers, "_row", len(below), first)], []


def _titles(rows: list[list[Any]]) -> int:
    """How many rows at the top are titles: a text by itself, above a row with several."""
    filled = [sum(cell != "" for cell in row) for row in rows]
    several = next((place for place, count in enumerate(filled) if count > 1), 0)
    return several if all(count == 1 for count in filled[:several]) else 0


def as_text(cell: Any) -> str | None:
    """A spreadsheet's cell as the contract's types are written: 12 and not 12.0, 2025-09-30, 08:05:00, true."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < WHOLE else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep="T")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        hours, rest = divmod(int(cell.total_seconds()), 3600)
        return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
    return str(cell)


def read_parquet(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[list[RawTable], list[Problem]]:
    """The file as one table of text; refuses a file that claims more rows than any program could have."""
    path = {"path": str(source.path)}
    claimed = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata($path)", path).fetchone()
    if claimed and (claimed[0] or 0) > MOST_PARQUET_ROWS:
        return [], [unreadable(source, f"The file claims {claimed[0]:,} rows.", "Export the period that is needed.")]
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet($path)", path).fetchall()
    headers, problems = read_headers(source, [name for name, *_ in described])
    if problems:
        return [], problems
    relation = new_relation(connection)
    quoted = (name.replace('"', '""') for name, *_ in described)
    cells = ", ".join(f'CAST("{name}" AS VARCHAR) AS c{place}' for place, name in enumerate(quoted))
    connection.execute(f"CREATE TABLE {relation} AS SELECT {cells} FROM read_parquet($path)", path)
    return [RawTable(source, "", relation, headers, "rowid + 2", count_rows(connection, relation))], []
