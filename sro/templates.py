"""Blank workbooks to fill in: a table each, and the weekly log of an officer with several tables.

Behind the sheets to fill in stand "Examples" and "Data dictionary", which the loader passes over. The drop-down lists
of coded columns are ranges of the dictionary, so that a code, its title and the list cannot differ.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sro.cells import LONGEST_CELL
from sro.contract import Contract, Field, Table
from sro.recognition import code_titles
from sro.workbooks import DICTIONARY, EXAMPLES

WEEKLY_LOG = "weekly_officer_log"
LOGGED = ("shifts", "activities", "incidents")
NOT_FOR_OFFICERS = {  # what a coordinator, a district or the system of record adds
    "reported_at", "entered_at", "crdc_offn", "is_series_member", "duplicate_of", "program_id",
}  # fmt: skip
ROWS = 5000  # that lists and rules reach down
LONGEST_ID = 60
MOST = 1_000_000_000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
YES_OR_NO = ["yes", "no"]
MADE = datetime(2000, 1, 1)  # the same contract makes the same bytes
KINDS = {
    "string": ("text", "@"),
    "integer": ("whole number", "0"),
    "number": ("number", "General"),
    "boolean": ("yes or no", "@"),
    "date": ("date, such as 2025-09-30", "yyyy-mm-dd"),
    "time": ("time of day, such as 14:30", "hh:mm"),
    "datetime": ("date and time, such as 2025-09-30 14:30", "yyyy-mm-dd hh:mm"),
}
MONTH = ("month, such as 2025-09", "yyyy-mm")
HEADINGS = ("Table", "Column", "Needed", "Meaning", "Write", "Example", "Code", "Code means")
WIDTHS = (14, 22, 9, 44, 30, 24, 26, 34)
CODES = HEADINGS.index("Code")
NOT_LOADED = "Examples: nothing on this sheet is loaded. Fill in the sheet that has the table's name."


@dataclass(frozen=True)
class Formats:
    """The formats of one workbook; `cells` by how Excel shows a value."""

    title: Format
    needed: Format
    optional: Format
    example: Format
    text: Format
    first: Format
    cells: Mapping[str, Format]


def table_workbook(table: Table, reference: Path) -> bytes:
    """One contract table as a blank XLSX; `reference` is the folder with the titles of codes."""
    return _workbook([table], table.title, reference)


def weekly_log(contract: Contract, reference: Path) -> bytes:
    """Shifts, activities and incidents with the columns that an officer fills in, as one blank XLSX."""
    tables = [contract.tables[name] for name in LOGGED]
    return _workbook([_for_officers(table) for table in tables], "Weekly officer log", reference)


def every_table(contract: Contract, reference: Path) -> bytes:
    """A zip with the workbook of every table."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in contract.tables.values():
            archive.writestr(
                zipfile.ZipInfo(f"{table.name}.xlsx", MADE.timetuple()[:6]), table_workbook(table, reference)
            )
    return out.getvalue()


def _for_officers(table: Table) -> Table:
    return replace(table, fields=tuple(field for field in table.fields if field.name not in NOT_FOR_OFFICERS))


def _workbook(tables: Sequence[Table], title: str, reference: Path) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": MADE})
        formats = _formats(book)
        sheets = [book.add_worksheet(table.name) for table in tables]
        _write_examples(book.add_worksheet(EXAMPLES), tables, formats)
        lists = _write_dictionary(book.add_worksheet(DICTIONARY), tables, _titles(reference), formats)
        for sheet, table in zip(sheets, tables, strict=True):
            _write_blank(sheet, table, lists, formats)
    return out.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    head = {"bold": True, "border": 1, "border_color": "#B0B0B0", "valign": "vcenter", "num_format": "@"}
    text = {"text_wrap": True, "valign": "top", "num_format": "@"}
    shown = {form for _, form in [*KINDS.values(), MONTH]}
    return Formats(
        title=book.add_format({"bold": True, "font_size": 14}),
        needed=book.add_format({**head, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"}),
        optional=book.add_format({**head, "bg_color": "#E3E3E3"}),
        example=book.add_format({"bold": True, "italic": True, "font_color": "#8A4B08"}),
        text=book.add_format(text),
        first=book.add_format({**text, "top": 1, "top_color": "#B0B0B0"}),
        cells={form: book.add_format({"num_format": form, "align": "left"}) for form in sorted(shown)},
    )


def _kind(field: Field) -> tuple[str, str]:
    """What to write, in words, and how Excel shows it."""
    return MONTH if field.unit == "month" else KINDS[field.type]


# The sheet to fill in ------------------------------------------------------------------------------------------------


def _write_blank(sheet: Worksheet, table: Table, lists: Mapping[tuple[str, str], str], formats: Formats) -> None:
    """Column names that stay in sight and explain themselves; below them, only what the column takes."""
    _lay_out(sheet)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for place, field in enumerate(table.fields):
        sheet.set_column(place, place, _width(field), formats.cells[_kind(field)[1]])
        sheet.write_string(0, place, field.name, formats.needed if field.required else formats.optional)
        sheet.write_comment(0, place, _comment(field), {"x_scale": 2.2, "y_scale": 1.4, "author": "Data dictionary"})
        rule = _rule(field, lists.get((table.name, field.name)))
        says = {"error_title": field.title[:32], "error_message": _refusal(field)[:255]}
        sheet.data_validation(1, place, ROWS, place, {**rule, **says})


def _lay_out(sheet: Worksheet) -> None:
    sheet.set_row(0, 22)
    sheet.set_landscape()
    sheet.set_paper(1)


def _width(field: Field) -> int:
    return max(10, len(field.name) + 3, len(field.example) + 2, *(len(code) + 3 for code in field.enum or ("",)))


def _comment(field: Field) -> str:
    needed = "Required in every row." if field.required else "May stay empty: then it was not collected."
    return f"{field.title}\n{field.description}\n{needed}\nWrite: {_write_as(field)}."


def _write_as(field: Field) -> str:
    if field.enum:
        return "a code of the list"
    says = _kind(field)[0]
    return f"{says} ({field.unit})" if field.unit and field.unit != "month" else says


def _refusal(field: Field) -> str:
    if field.enum:
        return "Choose a code of the list; the sheet Data dictionary says what each means."
    low, high = _bounds(field)
    between = f" from {low:g} to {high:g}" if field.maximum is not None else f" from {low:g}" if low > -MOST else ""
    limits = between if field.type in ("integer", "number") else ""
    return f"{field.name} takes: {_kind(field)[0]}{limits}. An example: {_example_text(field)}"


def _bounds(field: Field) -> tuple[float, float]:
    return (
        -MOST if field.minimum is None else field.minimum,
        MOST if field.maximum is None else field.maximum,
    )


def _rule(field: Field, codes: str | None) -> dict[str, Any]:
    """What Excel lets into a cell of the column."""
    if codes:
        return {"validate": "list", "source": codes}
    low, high = _bounds(field)
    longest = LONGEST_ID if field.pattern else LONGEST_CELL
    return {
        "string": {"validate": "length", "criteria": "<=", "value": longest},
        "integer": {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high},
        "number": {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high},
        "boolean": {"validate": "list", "source": YES_OR_NO},
        "date": {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY},
        "time": {"validate": "time", "criteria": "between", "minimum": time(0), "maximum": time(23, 59, 59)},
        "datetime": {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY},
    }[field.type]


# Examples and dictionary ---------------------------------------------------------------------------------------------


def _write_examples(sheet: Worksheet, tables: Sequence[Table], formats: Formats) -> None:
    """One filled row of every table, marked as an example."""
    _lay_out(sheet)
    sheet.set_column(0, 0, 12)
    sheet.write_string(0, 0, NOT_LOADED, formats.title)
    for number, table in enumerate(tables):
        row = 2 + 4 * number
        sheet.write_string(row, 0, table.name, formats.title)
        sheet.write_string(row + 2, 0, "EXAMPLE", formats.example)
        for place, field in enumerate(table.fields, start=1):
            sheet.write_string(row + 1, place, field.name, formats.needed if field.required else formats.optional)
            _write_example(sheet, row + 2, place, field, formats.cells[_kind(field)[1]])
    for place in range(max(len(table.fields) for table in tables)):
        widest = max(_width(table.fields[place]) for table in tables if place < len(table.fields))
        sheet.set_column(place + 1, place + 1, widest)


def _write_example(sheet: Worksheet, row: int, column: int, field: Field, shown: Format) -> None:
    said = field.example
    if not said or field.type in ("string", "boolean"):
        sheet.write_string(row, column, _example_text(field), shown)
    elif field.type in ("integer", "number"):
        sheet.write_number(row, column, float(said), shown)
    else:
        read = {"date": date, "time": time, "datetime": datetime}[field.type]
        sheet.write_datetime(row, column, read.fromisoformat(said), shown)


def _example_text(field: Field) -> str:
    if field.type == "boolean":
        return {"true": "yes", "false": "no"}.get(field.example, field.example)
    if field.type == "datetime":
        return field.example.replace("T", " ")
    return field.example[:7] if field.unit == "month" else field.example


def _write_dictionary(
    sheet: Worksheet, tables: Sequence[Table], titles: Mapping[str, Mapping[str, str]], formats: Formats
) -> dict[tuple[str, str], str]:
    """A row a column, and a row a code; gives where the codes of each coded column stand, by table and column."""
    _lay_out(sheet)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, formats.needed)
    lists: dict[tuple[str, str], str] = {}
    row = 1
    for table in tables:
        for field in table.fields:
            needed = "yes" if field.required else ""
            said = (table.name, field.name, needed, field.description, _write_as(field), _example_text(field), "", "")
            for place, text in enumerate(said):
                sheet.write_string(row, place, text, formats.first)
            named = titles.get(f"{table.name}.{field.name}") or titles.get(field.name, {})
            for below, code in enumerate(field.enum):
                style = formats.text if below else formats.first
                sheet.write_string(row + below, CODES, code, style)
                sheet.write_string(row + below, CODES + 1, named.get(code, ""), style)
            last = row + max(1, len(field.enum))
            if field.enum:
                column = chr(ord("A") + CODES)
                lists[table.name, field.name] = f"='{DICTIONARY}'!${column}${row + 1}:${column}${last}"
            row = last
    return lists


def _titles(reference: Path) -> dict[str, dict[str, str]]:
    """Column, or table.column → code → its title; of incident categories, that of the newest list."""
    found: dict[str, dict[str, str]] = {}
    for name, code, title in code_titles(reference):
        found.setdefault(name, {}).setdefault(code, title)
    with (reference / "incident_categories.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            column = "local_category" if row["category_scheme"] == "local" else "ssec_code"
            found.setdefault(column, {}).setdefault(row["category"], row["title"])
    return found
