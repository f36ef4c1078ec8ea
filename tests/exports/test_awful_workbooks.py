"""Workbooks as people really keep them: loaded right, or refused with row and column named; never silently wrong."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook

from tests.office import load_office, settings_in, write

HEADER = ["activity_id", "school_id", "date", "duration_min", "activity_type", "students_reached"]
FIRST = ["ACT-1", "A", date(2025, 9, 8), 40, "classroom_lesson", 24]
SECOND = ["ACT-2", "B", "9/9/2025", "40", "Classroom_Lesson", "1,204"]


@pytest.fixture
def loaded(tmp_path):
    """`loaded(rows, prepare)` loads an office whose activities are such a sheet; gives the report."""

    def load(rows, prepare=lambda book, sheet: None):
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "activities"
        for row in rows:
            sheet.append(row)
        prepare(book, sheet)
        export = write(tmp_path / "export")
        (export / "activities.csv").unlink()
        book.save(export / "activities.xlsx")
        return load_office(export, settings_in(tmp_path / "home"))

    return load


def hidden(book, sheet):
    other = book.create_sheet("activities old")
    other.append(HEADER)
    other.append(["ACT-9", "A", "never", 1, "nothing", 1])
    other.sheet_state = "hidden"


def merged(book, sheet):
    sheet.merge_cells("A1:F1")


@pytest.mark.parametrize(
    ("rows", "prepare"),
    [
        ([HEADER, FIRST, SECOND], lambda book, sheet: None),
        ([HEADER, FIRST, SECOND], hidden),
        ([["Officer log"], [], HEADER, FIRST, SECOND], merged),
        ([["Officer log"], ["September"], HEADER, FIRST, [], SECOND, [], []], lambda book, sheet: None),
        ([[*HEADER, "", ""], [*FIRST, "", ""], SECOND], lambda book, sheet: None),
    ],
    ids=["mixed dates and commas", "a hidden sheet", "a merged title", "titles and blank rows", "empty columns"],
)
def test_it_is_loaded_as_it_was_meant(rows, prepare, loaded):
    report = loaded(rows, prepare)
    assert report.is_good, report.lines()
    assert report.rows["activities"] == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["ACT-3", "A", date(2025, 9, 9), "2 hrs", "classroom_lesson", 3], "duration_min"),
        (["ACT-3", "A", date(2025, 9, 9), "=20+20", "classroom_lesson", "three"], "students_reached"),
        (["ACT-3", "A", "9/9/25", 40, "classroom_lesson", 3], "date"),
        (["ACT-3", "A", 45909, 40, "classroom_lesson", 3], "date"),
        (["Total", "", "", 80, "", 48], "school_id"),
        (["Note: two officers were ill."], "school_id"),
        (HEADER, "date"),
    ],
    ids=["2 hrs", "a word for a number", "a short year", "a serial", "a totals row", "a note below", "a second table"],
)
def test_it_is_refused_with_its_row_and_column(row, column, loaded):
    report = loaded([HEADER, FIRST, SECOND, row])
    assert not report.is_good
    assert (4, column) in {(problem.row, problem.column) for problem in report.problems}
