"""What was dropped is looked at, confirmed once, and known from then on."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from sro.intake import look, put_aside, remember, vocabulary
from sro.mapping import MappingError
from sro.recognition import Proposal, match_code
from sro.vintages import VintageError, current
from tests.office import LOGGED, load_office, write

LOG = "Entry No.;Date of Service;School Name;Type of Activity;Minutes\n7;9/8/2025;Alder School;Class;40\n"
COLUMNS = {
    "activity_id": "{Entry No.}",
    "school_id": "{School Name}",
    "date": "{Date of Service}",
    "activity_type": "{Type of Activity}",
    "duration_min": "{Minutes}",
}


def dropped(settings, **files):
    return put_aside(
        [(name.replace("_", "."), content) for name, content in files.items()], settings.folders.data / "in"
    )


def book(**sheets):
    made, content = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(content)
    return content.getvalue()


def test_each_sheet_is_recognized_by_itself(settings):
    rows = [line.split(";") for line in LOG.splitlines()]
    log = book(September=rows, schools=[["school_id", "name"], ["A", "Alder"]], Invoices=[["Vendor", "Paid"], ["X", 1]])
    sheets, problems = look(dropped(settings, log_xlsx=log), settings, vocabulary(settings, None))
    assert not problems
    assert [(sheet.known, [one.table.name for one in sheet.likely[:1]]) for sheet in sheets] == [
        ("", ["activities"]),
        ("Schools", []),
        ("", []),
    ]
    assert sheets[0].texts["Type of Activity"] == ("Class",)


def test_a_zip_is_looked_into(settings):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("schools.csv", LOGGED["schools.csv"])
    sheets, _ = look(dropped(settings, all_zip=content.getvalue()), settings, vocabulary(settings, None))
    assert [sheet.known for sheet in sheets] == ["Schools"]


def test_a_school_is_found_by_its_name_once_schools_are_served(settings, tmp_path):
    load_office(write(tmp_path / "export"), settings)
    words = vocabulary(settings, current(settings))
    (sheet,), _ = look(dropped(settings, log_csv=LOG.encode()), settings, words)
    table = sheet.likely[0].table
    assert match_code("ALDER SCHOOL", words.codes_of(table, table.field("school_id"))) == "A"


def test_what_was_confirmed_is_known_next_time_and_loads(settings, tmp_path):
    export = write(tmp_path / "export", {"activities.csv": ""})
    (export / "activities.csv").unlink()
    (export / "log.csv").write_text(LOG, encoding="utf-8")
    words = vocabulary(settings, None)
    sheet = next(sheet for sheet in look(export, settings, words)[0] if not sheet.known)
    codes = {"school_id": {"Alder School": "A"}, "activity_type": {"Class": "classroom_lesson"}}
    remember(sheet, [Proposal("activities", COLUMNS, codes)], settings)
    assert {sheet.label: sheet.known for sheet in look(export, settings, words)[0]}["log.csv"] == "log"
    report = load_office(export, settings)
    assert report.is_good, report.lines()
    assert report.rows["activities"] == 1


def test_a_proposal_without_a_needed_column_is_refused_and_not_kept(settings):
    (sheet,), _ = look(dropped(settings, log_csv=LOG.encode()), settings, vocabulary(settings, None))
    with pytest.raises(MappingError, match="activity_type"):
        remember(
            sheet, [Proposal("activities", {"activity_id": "{Entry No.}", "school_id": "A", "date": "x"})], settings
        )
    assert not settings.folders.own_mappings.exists()


def test_a_dropped_file_cannot_leave_its_folder(settings):
    folder = put_aside([("../../etc/passwd.csv", b"x")], settings.folders.data / "in")
    assert [file.name for file in folder.iterdir()] == ["passwd.csv"]


def test_what_somebody_else_dropped_stays(settings):
    first = put_aside([("log.csv", b"one")], settings.folders.data / "in")
    second = put_aside([("log.csv", b"another")], settings.folders.data / "in")
    assert (first / "log.csv").read_bytes() == b"one"
    assert (second / "log.csv").read_bytes() == b"another"
    assert put_aside([("log.csv", b"one")], settings.folders.data / "in") == first
    assert sorted(path.name for path in first.parent.iterdir()) == sorted([first.name, second.name])


def test_two_files_of_one_name_are_refused_before_one_replaces_the_other(settings):
    with pytest.raises(VintageError, match=r"Two of the files are named log\.xlsx"):
        put_aside([("log.xlsx", b"Smith"), ("log.xlsx", b"Jones")], settings.folders.data / "in")
