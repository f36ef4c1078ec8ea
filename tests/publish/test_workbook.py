"""A workbook holds the Answer's numbers as numbers, its definition, its notes and its passport; nothing runs."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sro.figures.tables import drawn
from sro.publish import passport, stamps, workbook
from sro.question import Question
from tests.publish.conftest import MONTHLY

BY_SCHOOL = Question("incident_rate", "2025-26", by="school")


@pytest.fixture
def book(exhibit, settings):
    return workbook.xlsx(exhibit.figure, passport.issue([exhibit.figure], settings))


@pytest.fixture
def by_school(desk):
    return desk.exhibit([BY_SCHOOL], "schools")


def sheet(book: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()


def test_it_has_the_four_sheets_in_reading_order(book):
    names = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert names == ["Data", "Definition", "Notes", "Passport"]


def test_every_number_of_the_sheet_is_the_answers(book, exhibit):
    head, *rows = sheet(book, "Data")
    column = head.index("On-site coverage (percent of instructional minutes)")
    assert [row[column] for row in rows] == [drawn(value) for value in exhibit.answers[0].cells["value"]]
    assert [row[head.index("Numerator")] for row in rows] == exhibit.answers[0].cells["numerator"].tolist()


def test_a_school_without_a_report_has_an_empty_cell_not_a_zero(by_school, settings):
    _, *rows = sheet(workbook.xlsx(by_school.figure, passport.issue([by_school.figure], settings)), "Data")
    cedar = next(row for row in rows if row[0] == "=Cedar ES")
    assert cedar[2] == "" and "No report received" in cedar


def test_a_name_that_looks_like_a_formula_is_a_text(by_school, settings):
    data = workbook.xlsx(by_school.figure, passport.issue([by_school.figure], settings))
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data))["Data"].iter_rows() for cell in row]
    assert "=Cedar ES" in [cell.value for cell in cells]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_the_header_row_stays_in_sight_and_is_a_tables(book):
    for page in openpyxl.load_workbook(io.BytesIO(book)):
        assert page.freeze_panes == "A2"
        (table,) = page.tables.values()
        assert table.ref.startswith("A1:") and table.headerRowCount == 1


def test_definition_notes_and_source_go_along(book, exhibit):
    words = [row[1] for row in sheet(book, "Notes")]
    for text in (exhibit.figure.title, exhibit.figure.subtitle, exhibit.figure.footer, *exhibit.figure.footnotes):
        assert text in words
    assert {row[0]: row[1] for row in sheet(book, "Definition")[1:]} == dict(exhibit.figure.definitions)


def test_the_passport_sheet_says_the_question_in_words(book):
    assert ["Asked", "metric=coverage_rate&period=2025-26&grain=month"] in sheet(book, "Passport")


def test_saving_the_workbook_again_leaves_it_genuine(book):
    again = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(book)).save(again)
    assert stamps.content_of(again.getvalue()) == stamps.content_of(book)
    assert stamps.text_in(again.getvalue()) == stamps.text_in(book)


def test_a_csv_carries_its_passport_above_the_rows_and_the_same_rows_below(exhibit, settings):
    data = workbook.csv(exhibit.figure, passport.issue([exhibit.figure], settings))
    lines = data.decode("utf-8-sig").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert head[-1].startswith("# SRO-Passport: {") and lines[: len(head)] == head
    rows = list(csv.DictReader(lines[len(head) :]))
    assert [float(row["Numerator"]) for row in rows] == exhibit.answers[0].cells["numerator"].tolist()


def test_the_sentence_to_copy_has_number_interval_and_source(by_school, desk):
    said = workbook.as_text(by_school.figure, by_school.answers[0])
    assert "65.7" in said and "(interval 48.1 to 87.7)" in said and "Source: School Resource Officer Program" in said


def test_a_complete_count_is_copied_without_an_interval(desk):
    shown = desk.exhibit([MONTHLY], "trend")
    assert "interval" not in workbook.as_text(shown.figure, shown.answers[0])
