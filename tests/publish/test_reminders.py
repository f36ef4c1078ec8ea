"""The workbook for schools whose logs are missing."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from sro.publish.reminders import reminders


def test_each_school_has_a_sheet_with_its_months_to_fill_in(desk):
    owed = {"Aspen HS": ("Oct 2025", "Nov 2025"), "=Birch/MS": ("May 2026",)}
    book = load_workbook(io.BytesIO(reminders(owed, desk)))
    assert book.sheetnames == ["Aspen HS", "=Birch MS"]
    aspen, birch = book.worksheets
    assert [row[0].value for row in aspen.iter_rows(min_row=5)] == ["Oct 2025", "Nov 2025"]
    assert "2 months are missing" in aspen["A2"].value and "1 month is missing" in birch["A2"].value
    (choice,) = aspen.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("B5:C6", '"yes,no"')
    assert birch["A1"].data_type == "s"


def test_schools_of_the_same_long_name_have_sheets_of_their_own(desk):
    name = "The Very Long Central Elementary School of"
    book = load_workbook(io.BytesIO(reminders({f"{name} A": ("Oct 2025",), f"{name} B": ("Oct 2025",)}, desk)))
    assert len(set(book.sheetnames)) == 2


def test_fictional_data_is_marked(desk, monkeypatch):
    monkeypatch.setattr(desk.context.facts, "synthetic", True, raising=False)
    book = load_workbook(io.BytesIO(reminders({"Aspen HS": ("Oct 2025",)}, desk)))
    assert book.worksheets[0]["A2"].value.startswith("SYNTHETIC")
