"""A figure's numbers to take along: an Excel workbook, a CSV file, and one sentence to copy."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sro.answer import Answer
from sro.figures import Figure, wording
from sro.figures.tables import drawn
from sro.publish import office, stamps
from sro.publish.passport import KEYWORD, Passport

WIDEST = 60  # characters of a column before its text wraps
LONGEST_CELL = 30_000  # characters; Excel takes 32,767
Row = Sequence[str | float | None]
Rows = list[Row]


def xlsx(figure: Figure, stamp: Passport) -> bytes:
    """Four sheets: Data (numbers as numbers), Definition, Notes, Passport. No cell can run as a formula."""
    sheets = {
        "Data": rows_of_table(figure.table),
        "Definition": [["Measure", "Definition"], *([name, text] for name, text in figure.definitions.items())],
        "Notes": [["What", "Text"], *notes_of(figure)],
    }
    return _workbook(sheets, stamp, figure.title, figure.alt)


def csv(figure: Figure, stamp: Passport) -> bytes:
    """The same numbers as CSV, below a heading of # lines that say what they are and carry the passport."""
    return stamps.stamp_csv(figure.csv(), stamp)


def as_text(figure: Figure, answer: Answer) -> str:
    """One sentence to copy: the finding, the interval of the total where it has one, and the source."""
    limits = wording.interval_text(answer.total.low, answer.total.high, answer.card) if answer.total.shown else ""
    return f"{figure.title}{f' (interval {limits})' if limits else ''}. {figure.footer}."


def rows_of_table(table: pd.DataFrame) -> Rows:
    """Headings and rows of a figure's table; None where nothing may or can be said."""
    rows: Rows = [[str(name) for name in table.columns]]
    rows += [
        [value if isinstance(value, str) else drawn(value) for value in row] for row in table.itertuples(index=False)
    ]
    return rows


def notes_of(figure: Figure) -> Rows:
    """Everything that stands around the chart, named."""
    said = [("Finding", figure.title), ("What is shown", figure.subtitle), ("In words", figure.alt)]
    said += [("Note", note) for note in figure.footnotes]
    return [[name, text] for name, text in [*said, ("Source", figure.footer)]]


def _workbook(sheets: dict[str, Rows], stamp: Passport, title: str, about: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": title, "comments": about, "author": stamp.program})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E3E3E3"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        _fill(sheet, rows, head, text, numbers=name == "Data")
    content = office.workbook_content(sheets.items())
    sealed = stamp.sealed(content)
    pieces = [sealed[start : start + LONGEST_CELL] for start in range(0, len(sealed), LONGEST_CELL)]
    words: Rows = [["What", "Text"], *passport_rows(stamp)]
    words += [[f"{KEYWORD} {number}", piece] for number, piece in enumerate(pieces, 1)]
    _fill(book.add_worksheet(office.SHEET), words, head, text, numbers=False)
    book.close()
    return out.getvalue()


def passport_rows(stamp: Passport) -> Rows:
    """The passport in words, one line a fact."""
    rows: Rows = [
        ["Program", stamp.program], ["Vintage", stamp.vintage], ["Data through", stamp.data_through],
        ["Audience", stamp.audience],
    ]  # fmt: skip
    for entry in stamp.entries:
        rows.append([f"Figure {entry.figure}", f"{entry.said} ({entry.definition}; digest {entry.digest[:8]})"])
        rows += [["Asked", "&".join(f"{k}={v}" for k, v in query.items())] for query in entry.questions]
    rows.append(["Ask again", "python -m sro verify FILE"])
    return rows


def _fill(sheet: Worksheet, rows: Rows, head: Format, text: Format, numbers: bool) -> None:
    """Rows below a header row that stays in sight, repeats in print, and is known to a screen reader as a table's."""
    headings, *body = rows
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value, head if row == 0 else text)
            elif value is not None:
                sheet.write_number(row, column, value)
    for column, width in enumerate(_widths(rows)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape() if numbers else sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    if body:
        sheet.add_table(
            0, 0, len(body), len(headings) - 1,
            {
                "columns": [{"header": name, "header_format": head} for name in headings],
                "style": None, "autofilter": numbers, "name": f"sheet_{str(sheet.get_name()).lower()}",
            },
        )  # fmt: skip


def _widths(rows: Sequence[Sequence[object]]) -> list[int]:
    return [
        min(WIDEST, max(8, *(len(str(value)) for value in column if value is not None)) + 2)
        for column in zip(*rows, strict=True)
    ]
