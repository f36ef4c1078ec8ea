"""What is wrong, shown where it is: a copy of a person's file as XLSX, cells marked, comments saying what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sro import exports
from sro.contract import normalized
from sro.findings import COLUMNS, as_problem
from sro.mapping import ForeignFile, find_mapping
from sro.problems import ERROR, Problem
from sro.raw import RawTable, Source
from sro.workbooks import MOST_TITLES

MOST_MARKS = 5_000
MOST_ROWS = 1_048_576
LIST = "What to do"
FILLS = {True: PatternFill("solid", fgColor="F8CBAD"), False: PatternFill("solid", fgColor="FFF2CC")}
ENDING = "-marked.xlsx"


def write_marked(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    scratch: Path,
    mappings: Sequence[ForeignFile],
    limits: Mapping[str, int],
    folder: Path,
) -> list[Path]:
    """A marked copy of every file in which something was found; `raw.finding` says what. Gives their paths."""
    written = []
    for source in sources:
        if problems := _problems(connection, source):
            raws, _ = exports.read(connection, source, scratch, limits)
            book = _marked(connection, source, raws, problems, mappings)
            path = folder / f"{source.name.replace('/', '-')}{ENDING}"
            folder.mkdir(parents=True, exist_ok=True)
            book.save(path)
            written.append(path)
    return written


def _problems(connection: duckdb.DuckDBPyConnection, source: Source) -> list[Problem]:
    """What was found in a file or one of its sheets, errors first."""
    found = connection.execute(
        f"SELECT {COLUMNS} FROM raw.finding WHERE file = $name OR starts_with(file, $name || ' [') "
        f"ORDER BY severity, file, row_number NULLS FIRST, column_name, rule LIMIT {MOST_MARKS}",
        {"name": source.name},
    ).fetchall()
    return [as_problem(row) for row in found]


def _marked(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    raws: Sequence[RawTable],
    problems: Sequence[Problem],
    mappings: Sequence[ForeignFile],
) -> Workbook:
    book = _copy(connection, source, raws)
    listed = book.create_sheet(LIST, 0)
    _fill_row(listed, 1, ("Sheet", "Cell", "Severity", "What is wrong", "Found", "What to do"))
    sheets = {raw.label: raw for raw in raws}
    for place, problem in enumerate(problems, start=2):
        raw = sheets.get(problem.file)
        cells = _cells(book, raw, problem, mappings) if raw else _unread(book, problem)
        for cell in cells:
            _mark(cell, problem)
        where = ", ".join(cell.coordinate for cell in cells)
        sheet = cells[0].parent.title if cells else ""
        said = (sheet, where, problem.severity, problem.message, problem.value or "", problem.remedy)
        _fill_row(listed, place, said)
        if cells:
            listed.cell(place, 2).hyperlink = f"#'{sheet}'!{cells[0].coordinate}"
    for column, width in zip("ABCDEF", (18, 10, 10, 60, 30, 70), strict=True):
        listed.column_dimensions[column].width = width
    for cell in listed[1]:
        cell.font = Font(bold=True)
    listed.freeze_panes = "A2"
    book.active = 0
    return book


def _copy(connection: duckdb.DuckDBPyConnection, source: Source, raws: Sequence[RawTable]) -> Workbook:
    """The workbook itself; a text file, and a workbook that only calamine can open, as what was read of it."""
    if source.suffix == ".xlsx":
        try:
            return load_workbook(source.path)
        except Exception:  # openpyxl raises nearly anything on what other programs wrote
            pass
    book = Workbook()
    book.remove(book.worksheets[0])
    for raw in raws:
        sheet = book.create_sheet(raw.sheet or "Data")
        _fill_row(sheet, raw.header_row, raw.headers)
        cells = ", ".join(f"c{place}" for place in range(len(raw.headers)))
        rows = connection.execute(f"SELECT {raw.row}, {cells} FROM {raw.relation} WHERE {raw.row} <= {MOST_ROWS}")
        for number, *values in rows.fetchall():
            _fill_row(sheet, number, values)
    return book


def _fill_row(sheet: Worksheet, row: int, values: Iterable[str | None]) -> None:
    """Texts as they are: nothing in them runs as a formula."""
    for place, value in enumerate(values, start=1):
        if value:
            cell = sheet.cell(row, place, ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = "s"


def _cells(book: Workbook, raw: RawTable, problem: Problem, mappings: Sequence[ForeignFile]) -> list[Cell]:
    """The cells that a problem speaks of; the header's where it has no row, the row's first where it has no column."""
    sheet = book[raw.sheet] if raw.sheet else book.worksheets[-1]
    row = problem.row or raw.header_row
    columns = _columns(raw, problem, mappings) or [1]
    found = [_own(sheet, row, column) for column in columns]
    return list({cell.coordinate: cell for cell in found}.values())


def _unread(book: Workbook, problem: Problem) -> list[Cell]:
    """A cell of a sheet that was refused as a whole, found by the name of its column among the first rows."""
    name = problem.file.rpartition(" [")[2].removesuffix("]")
    if name not in book.sheetnames or not problem.row:
        return []
    rows = book[name].iter_rows(max_row=min(problem.row, MOST_TITLES + 1))
    named = (cell.column for row in rows for cell in row if problem.column and cell.value == problem.column)
    return [_own(book[name], problem.row, next(named, None) or 1)]


def _own(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell, or the upper left one of those that it is merged with."""
    place = f"{get_column_letter(column)}{row}"
    merged = next((area for area in sheet.merged_cells.ranges if place in area), None)
    cell = sheet.cell(merged.min_row, merged.min_col) if merged else sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _columns(raw: RawTable, problem: Problem, mappings: Sequence[ForeignFile]) -> list[int]:
    """Where the columns of a problem stand in the sheet; through a mapping, the columns that they are made of."""
    headers = [normalized(header) for header in raw.headers]
    named = [normalized(name) for name in problem.column.split(",")]
    if foreign := find_mapping(raw, mappings):
        named = [normalized(name) for name in foreign.made_of(problem.table, named)]
    return [headers.index(name) + 1 for name in named if name in headers]


def _mark(cell: Cell, problem: Problem) -> None:
    """Color and comment; a second problem of a cell is added to the first."""
    said = f"{problem.message} {problem.remedy}"
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    cell.comment = Comment(f"{before}{said}", "SRO Program Dashboard", width=320, height=120)
    if not before or problem.severity == ERROR:
        cell.fill = FILLS[problem.severity == ERROR]
