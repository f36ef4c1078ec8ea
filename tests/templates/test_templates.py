"""A blank workbook is filled in, loaded, and its rows arrive; what it offers is what the contract has."""

from __future__ import annotations

import io
import zipfile
from datetime import date, time
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from sro.contract import load_contract
from sro.settings import PROJECT
from sro.templates import LOGGED, NOT_FOR_OFFICERS, ROWS, every_table, table_workbook, weekly_log
from sro.vintages import current
from sro.workbooks import DICTIONARY, EXAMPLES
from tests.office import SERVED, load_office, settings_in, write

CONTRACT = load_contract(PROJECT / "data" / "contract")
REFERENCE = PROJECT / "data" / "reference"
WEEK = {
    "shifts": {
        "shift_id": "S-9", "officer_id": "O1", "school_id": "A", "date": date(2025, 9, 10), "status": "completed",
        "duty_type": "school", "sched_start": time(7, 45), "sched_end": time(14, 45), "actual_start": time(7, 50),
        "actual_end": time(14, 45), "is_backfill": "no",
    },
    "activities": {
        "activity_id": "ACT-9", "officer_id": "O1", "school_id": "B", "date": date(2025, 9, 10),
        "start_time": time(10, 15), "duration_min": 40, "activity_type": "classroom_lesson", "grade_band": "6_8",
        "students_reached": 24,
    },
    "incidents": {
        "incident_id": "INC-9", "school_id": "A", "occurred_on": date(2025, 9, 10), "occurred_time": time(11, 40),
        "category_scheme": "ssec_2021", "ssec_code": "10", "sro_on_site": "yes", "response_minutes": 2.5,
        "n_students_involved": 2, "handled_by": "school",
    },
}  # fmt: skip


def opened(content) -> Any:
    return load_workbook(io.BytesIO(content))


def offered(book, sheet):
    """Column → the texts of its drop-down list."""
    found = {}
    for rule in book[sheet].data_validations.dataValidation:
        if rule.type == "list":
            name = book[sheet].cell(1, range_boundaries(str(rule.sqref))[0]).value
            found[name] = _listed(book, rule.formula1)
    return found


def _listed(book, source):
    if source.startswith('"'):
        return source.strip('"').split(",")
    cells = book[DICTIONARY][source.split("!")[1].replace("$", "")]
    return [cell.value for (cell,) in cells]


def filled(content, rows):
    book = opened(content)
    for name, row in rows.items():
        columns = [cell.value for cell in book[name][1]]
        for column, value in row.items():
            book[name].cell(2, columns.index(column) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path / "home")


@pytest.mark.parametrize("table", CONTRACT.tables.values(), ids=CONTRACT.tables)
class TestEveryTable:
    def test_its_workbook_has_its_columns_and_no_row(self, table):
        book = opened(table_workbook(table, REFERENCE))
        assert book.sheetnames == [table.name, EXAMPLES, DICTIONARY]
        assert list(book[table.name].values) == [table.columns]
        assert book[table.name].freeze_panes == "A2"

    def test_no_cell_is_a_formula(self, table):
        book = opened(table_workbook(table, REFERENCE))
        assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]

    def test_its_lists_hold_the_codes_of_the_contract(self, table):
        book = opened(table_workbook(table, REFERENCE))
        yes_or_no = {field.name: ["yes", "no"] for field in table.fields if field.type == "boolean"}
        codes = {field.name: list(field.enum) for field in table.fields if field.enum}
        assert offered(book, table.name) == codes | yes_or_no

    def test_every_column_explains_itself_and_refuses_what_it_does_not_take(self, table):
        sheet = opened(table_workbook(table, REFERENCE))[table.name]
        for cell, field in zip(sheet[1], table.fields, strict=True):
            assert field.description in cell.comment.text
            assert ("Required" in cell.comment.text) == field.required
        rules = sheet.data_validations.dataValidation
        assert {str(rule.sqref) for rule in rules} == {
            f"{cell.column_letter}2:{cell.column_letter}{ROWS + 1}" for cell in sheet[1]
        }
        assert all(rule.showErrorMessage and rule.errorStyle in (None, "stop") for rule in rules)

    def test_its_example_is_marked_and_stands_apart(self, table):
        rows = list(opened(table_workbook(table, REFERENCE))[EXAMPLES].values)
        assert "nothing on this sheet is loaded" in rows[0][0]
        assert [row[0] for row in rows].count("EXAMPLE") == 1
        assert rows[3][1:] == table.columns


def test_a_weekly_log_that_is_filled_in_arrives(settings, tmp_path):
    export = write(tmp_path / "export", {name: text for name, text in SERVED.items() if name != "shifts.csv"})
    for name in ("activities.csv", "incidents.csv"):
        (export / name).unlink()
    (export / "week_37.xlsx").write_bytes(filled(weekly_log(CONTRACT, REFERENCE), WEEK))
    report = load_office(export, settings)
    assert report.is_good, report.problems
    assert not [problem for problem in report.problems if "week_37" in problem.file]
    for name, row in WEEK.items():
        columns = ", ".join(f'"{column}"' for column in row)
        read = current(settings).cursor().execute(f"SELECT {columns} FROM export.{name}").fetchall()
        expected = [{"yes": True, "no": False}.get(value, value) for value in row.values()]
        assert [list(values) for values in read] == [expected]


def test_a_months_column_and_a_moment_arrive(settings, tmp_path):
    row = {"school_id": "A", "month": date(2025, 9, 1), "submitted": "yes", "submitted_at": "2025-10-03 16:05"}
    export = write(tmp_path / "export")
    (export / "log_submissions.csv").unlink()
    content = filled(table_workbook(CONTRACT.tables["log_submissions"], REFERENCE), {"log_submissions": row})
    (export / "log_submissions.xlsx").write_bytes(content)
    assert load_office(export, settings).is_good
    read = current(settings).cursor().execute("SELECT school_id, month, submitted FROM export.log_submissions")
    assert read.fetchall() == [("A", date(2025, 9, 1), True)]


def test_the_weekly_log_has_what_an_officer_fills_in_and_all_that_is_required():
    book = opened(weekly_log(CONTRACT, REFERENCE))
    assert book.sheetnames == [*LOGGED, EXAMPLES, DICTIONARY]
    for name in LOGGED:
        columns = {cell.value for cell in book[name][1]}
        assert not columns & NOT_FOR_OFFICERS
        assert columns >= {field.name for field in CONTRACT.tables[name].fields if field.required}
    assert {column for name in LOGGED for column in CONTRACT.tables[name].columns} >= NOT_FOR_OFFICERS


def test_the_dictionary_says_what_a_code_means():
    listed = opened(weekly_log(CONTRACT, REFERENCE))[DICTIONARY].values
    rows = {code: title for *_, code, title in listed if code}
    assert rows["classroom_lesson"] == "Classroom lesson" and rows["2.1"] == "Sexual offenses (2.1)"
    assert all(rows.values()), [code for code, title in rows.items() if not title]


def test_every_table_is_in_the_zip_and_comes_out_the_same_twice():
    content = every_table(CONTRACT, REFERENCE)
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == [f"{name}.xlsx" for name in CONTRACT.tables]
    assert content == every_table(CONTRACT, REFERENCE)
