"""Reads XLSX (every visible sheet) and Parquet as text, in the spelling that the contract's types have."""

from __future__ import annotations

import functools
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sro.archives import verify
from sro.problems import ERROR, Problem
from sro.raw import RawTable, Source, count_rows, new_relation, read_headers, unreadable
from sro.texts import store

EXAMPLES, DICTIONARY = "Examples", "Data dictionary"  # what explains a template (templates.py)
WHOLE = 1e15
MOST_TITLES, MOST_NAMED = 10, 20
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CELL = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]+)"')
RESULT = re.compile(rb"<v>[^<]")
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
        uncalculated = formulas_without_result(source.path)
        for name in sheets:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found, wrong = _read_sheet(connection, source, name, rows, uncalculated.get(name, ()))
            tables += found
            problems += wrong
    except (CalamineError, ElementTree.ParseError, KeyError, zipfile.BadZipFile, ValueError) as error:
        says = f"The workbook cannot be opened ({str(error)[:120]})."
        return [], [unreadable(source, says, "Save it again as XLSX, without a password.")]
    if not tables and not problems:
        problems = [unreadable(source, "The workbook has no visible sheet with data.", "Export it again.")]
    return tables, problems


def _read_sheet(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    sheet: str,
    rows: list[list[Any]],
    uncalculated: Sequence[tuple[int, int]],
) -> tuple[list[RawTable], list[Problem]]:
    """A sheet whose first row with something in it, below its titles, holds the column names.

    `uncalculated` are row and column of formulas that nobody calculated: they look empty, and are not.
    """
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(cell != "" for cell in row)]
    if not numbered:
        return [], []
    numbered = numbered[_titles([row for _, row in numbered[: MOST_TITLES + 1]]) :]
    (first, names), *below = numbered
    if beside := _beside(names, below):
        says = f"A second table stands beside the first, from cell {_cell(first, beside)} on."
        remedy = "Put each table on a sheet of its own, or remove the empty column between the two."
        return [], [_wrong(source, sheet, says, remedy, first, as_text(names[beside]) or "")]
    headers, problems = read_headers(source, [as_text(cell) or "" for cell in names], first)
    missing = [(row, column) for row, column in uncalculated if row > first and column < len(headers)]
    for row, column in missing[:MOST_NAMED]:
        says = f"The formula in cell {_cell(row, column)} has no result; the workbook was never calculated."
        remedy = "Open it in Excel or LibreOffice and save it, or write the value itself."
        problems.append(_wrong(source, sheet, says, remedy, row, headers[column]))
    if problems:
        return [], problems
    cells = {
        f"c{place}": pa.array([as_text(row[place]) for _, row in below], pa.string()) for place in range(len(headers))
    }
    numbers = pa.array([number for number, _ in below], pa.int64())
    relation = store(connection, pa.table({**cells, "_row": numbers}))
    return [RawTable(source, sheet, relation, headers, "_row", len(below), first)], []


def _wrong(source: Source, sheet: str, says: str, remedy: str, row: int, column: str) -> Problem:
    label = f"{source.name} [{sheet}]"
    return Problem(ERROR, "unreadable_sheet", says, remedy, file=label, row=row, column=column[:60])


def _cell(row: int, column: int) -> str:
    """What a person calls a cell: row 4, column 27 is AB4."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row}"


def _beside(names: Sequence[Any], below: Sequence[tuple[int, list[Any]]]) -> int | None:
    """The column where a second table begins: behind an empty one, with rows that only one of the two sides has."""
    for gap in range(1, len(names)):
        named = [place for place in range(gap + 1, len(names)) if names[place] != ""]
        if names[gap] != "" or not named or any(row[gap] != "" for _, row in below):
            continue
        sides = ((row[:gap], row[gap + 1 :]) for _, row in below)
        if any(any(cell != "" for cell in one) != any(cell != "" for cell in other) for one, other in sides):
            return named[0]
    return None


def formulas_without_result(path: Path) -> dict[str, list[tuple[int, int]]]:
    """Sheet → (row, column from 0) of formulas that no program has calculated yet.

    A formula whose result is an empty text has one.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    with zipfile.ZipFile(path) as book:
        parts = set(book.namelist())
        if not {BOOK, LINKS} <= parts:
            return found
        targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(book.read(LINKS))}
        for sheet in ElementTree.fromstring(book.read(BOOK)).iter(f"{{{MAIN}}}sheet"):
            part = posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get(f"{{{LINKED}}}id"), ""))).lstrip("/")
            written = book.read(part) if part in parts else b""
            if b"<f" not in written:
                continue
            for attributes, body in CELL.findall(written):
                place = PLACE.search(attributes)
                if place and b"<f" in body and not RESULT.search(body) and b't="str"' not in attributes:
                    column = functools.reduce(lambda sum, letter: sum * 26 + letter - 64, place[1], 0) - 1
                    found.setdefault(sheet.get("name", ""), []).append((int(place[2]), column))
    return found


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
