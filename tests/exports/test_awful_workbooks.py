"""Workbooks as people really keep them: loaded right, or refused with row and column named; never silently wrong."""

from __future__ import annotations

import re
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from sro.vintages import check, current
from sro.workbooks import formulas_without_result
from tests.office import TODAY, load_office, settings_in, write

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


def spacer(book, sheet):
    sheet.insert_cols(3)


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
        ([HEADER, FIRST, SECOND], spacer),
    ],
    ids=[
        "mixed dates and commas",
        "a hidden sheet",
        "a merged title",
        "titles and blank rows",
        "empty columns",
        "an empty column between others",
    ],
)
def test_it_is_loaded_as_it_was_meant(rows, prepare, loaded):
    report = loaded(rows, prepare)
    assert report.is_good, report.lines()
    assert report.rows["activities"] == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["ACT-3", "A", date(2025, 9, 9), "2 hrs", "classroom_lesson", 3], "duration_min"),
        (["ACT-3", "A", date(2025, 9, 9), 40, "classroom_lesson", "three"], "students_reached"),
        (["ACT-3", "A", "9/9/25", 40, "classroom_lesson", 3], "date"),
        (["ACT-3", "A", 45909, 40, "classroom_lesson", 3], "date"),
        (["Total", "", "", 80, "", 48], "school_id"),
        (["Note: two officers were ill."], "school_id"),
        (HEADER, "activity_id"),
        (["incident_id", "school_id", "occurred_on", "local_category"], "activity_id"),
        (["ACT-3", "A", date(2025, 9, 9), "=20+20", "classroom_lesson", 3], "duration_min"),
    ],
    ids=[
        "2 hrs",
        "a word for a number",
        "a short year",
        "a serial",
        "a totals row",
        "a note below",
        "the header again",
        "another table below",
        "a formula that nobody calculated",
    ],
)
def test_it_is_refused_with_its_row_and_column(row, column, loaded):
    report = loaded([HEADER, FIRST, SECOND, row])
    assert not report.is_good
    assert (4, column) in {(problem.row, problem.column) for problem in report.problems}


def test_a_table_beside_another_is_refused_with_its_cell(loaded):
    beside = ["", "district_id", "name"]
    report = loaded([[*HEADER, *beside], [*FIRST, "", "D1", "Alder Valley"], SECOND])
    (problem,) = [problem for problem in report.problems if problem.severity == "error"]
    assert (problem.file, problem.row, problem.column) == ("activities.xlsx [activities]", 1, "district_id")
    assert "from cell H1 on" in problem.message


def test_a_table_of_texts_below_another_is_never_taken_for_its_rows(tmp_path):
    """Without a number or a date in them, names of columns would be a district like any other."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["district_id", "name"], ["D1", "Alder Valley"], [], ["School ID", "Name"], ["A", "Alder School"]):
        sheet.append(row)
    export = write(tmp_path / "export")
    (export / "districts.csv").unlink()
    book.save(export / "districts.xlsx")
    report = load_office(export, settings_in(tmp_path / "home"))
    assert [(p.rule, p.row) for p in report.problems if p.severity == "error"] == [("second_table", 4)]


def test_a_formula_with_a_result_is_its_result_even_an_empty_text(tmp_path):
    cells = '<c r="A1" t="str"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1" s="1"/>'
    path = tmp_path / "book.xlsx"
    Workbook().save(path)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for more, found in (("", {}), ('<c r="AB1"><f>2+2</f><v></v></c>', {"Sheet": [(1, 27)]})):
        row = f'<sheetData><row r="1">{cells}{more}</row></sheetData>'.encode()
        written = re.sub(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", row, parts["xl/worksheets/sheet1.xml"])
        with zipfile.ZipFile(path, "w") as book:
            for name, part in {**parts, "xl/worksheets/sheet1.xml": written}.items():
                book.writestr(name, part)
        assert formulas_without_result(path) == found


def test_sixty_thousand_rows_are_loaded_and_the_wrong_one_is_named(tmp_path):
    def report(last):
        book = Workbook(write_only=True)
        sheet = book.create_sheet("activities")
        sheet.append(HEADER)
        for number in range(59_999):
            sheet.append([f"ACT-{number}", "AB"[number % 2], date(2025, 9, 8 + number % 2), 40, "classroom_lesson", 24])
        sheet.append(last)
        export = write(tmp_path / "export")
        (export / "activities.csv").unlink()
        book.save(export / "activities.xlsx")
        return check(export, settings_in(tmp_path / "home"), today=lambda: TODAY)

    assert report(["ACT-L", "A", date(2025, 9, 8), 40, "classroom_lesson", 24]).rows["activities"] == 60_000
    wrong = report(["ACT-L", "A", date(2025, 9, 8), "2 hrs", "classroom_lesson", 24])
    assert [(p.row, p.column, p.value) for p in wrong.problems] == [(60_001, "duration_min", "2 hrs")]


def test_a_text_file_of_windows_keeps_its_letters(tmp_path):
    schools = "school_id;district_id;name;level\nA;D1;École Aldér – Nord;middle\nB;D1;Birch School;high\n"
    settings = settings_in(tmp_path / "home")
    report = load_office(write(tmp_path / "export", {"schools.csv": schools.encode("cp1252")}), settings)
    assert report.is_good, report.lines()
    names = current(settings).cursor().execute("SELECT name FROM export.schools ORDER BY school_id").fetchall()
    assert names[0] == ("École Aldér – Nord",)
