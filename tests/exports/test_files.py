"""Workbooks, Parquet, folders and zips: which files are read, which are left, and which are refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sro.exports import recognized
from sro.problems import WARNING

CSV = "id,name\nA,Alder\n"
ROWS = [(2, "A", "Alder")]


def workbook(*sheets, hidden=()) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def zipped(contents, method=zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return content.getvalue()


# Workbooks -----------------------------------------------------------------------------------------------------------


def test_cells_of_a_workbook_are_spelled_as_the_contract_does(read):
    cells = ["012", 12, 12.5, True, dt.date(2025, 9, 30), dt.datetime(2025, 9, 30, 8, 5), dt.time(8, 5), None]
    (row,) = read(workbook(("t", [[f"h{place}" for place in range(8)], cells])), "t.xlsx").only.rows
    assert row == (2, "012", "12", "12.5", "true", "2025-09-30", "2025-09-30T08:05:00", "08:05:00", None)


def test_every_visible_sheet_is_read(read):
    sheets = ("schools", [["id"], ["A"]]), ("notes", [["x"], ["1"]]), ("districts", [["id"], ["D"]])
    names = [sheet.name for sheet in read(workbook(*sheets, hidden=["notes"]), "all.xlsx").sheets]
    assert names == ["all.xlsx [schools]", "all.xlsx [districts]"]


def test_a_sheet_may_begin_below_its_first_row(read):
    sheet = read(workbook(("t", [[], [], ["id", "name"], [], ["A", "Alder"]])), "t.xlsx").only
    assert (sheet.headers, sheet.rows) == (("id", "name"), [(5, "A", "Alder")])


@pytest.mark.parametrize("content", [b"PK\x03\x04junk", CSV.encode(), workbook(("t", [["a"]]))[:900]])
def test_a_workbook_that_is_none_is_refused(content, read):
    assert read(content, "t.xlsx").refusal.remedy


def test_a_workbook_without_anything_on_it_is_refused(read):
    assert "no visible sheet" in read(workbook(("t", [])), "t.xlsx").refusal.message


def test_a_workbook_that_unpacks_to_a_bomb_is_refused(read):
    bomb = zipped({"xl/worksheets/sheet1.xml": b"0" * (60 << 20)})
    assert "would unpack to more than" in read(bomb, "t.xlsx").refusal.message


# Parquet -------------------------------------------------------------------------------------------------------------


def parquet(columns) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


def test_parquet_gives_the_same_text_as_csv(read):
    columns = {"id": ["A"], "n": [12], "when": [dt.date(2025, 9, 30)], "yes": [True], "none": pa.array([None], "int64")}
    sheet = read(parquet(columns), "t.parquet").only
    assert sheet.headers == ("id", "n", "when", "yes", "none")
    assert sheet.rows == [(2, "A", "12", "2025-09-30", "true", None)]


@pytest.mark.parametrize(
    "content", [b"PAR1", b"PAR1" + b"\xff" * 200 + b"PAR1", parquet({"a": ["1"]})[:-6], CSV.encode()]
)
def test_parquet_that_is_none_is_refused(content, read):
    assert read(content, "t.parquet").refusal.message


# Folders and zips ----------------------------------------------------------------------------------------------------


def test_a_folder_is_read_by_name_and_below(read, tmp_path):
    folder = tmp_path / "export"
    (folder / "more").mkdir(parents=True)
    (folder / "b.csv").write_text(CSV)
    (folder / "more" / "a.csv").write_text(CSV)
    assert read(folder).files == ["b.csv", "more/a.csv"]


def test_what_people_and_systems_leave_lying_about_is_no_matter(read, tmp_path):
    for name in (".DS_Store", "~$schools.xlsx", "Thumbs.db", "README.txt", "notes.md", "report.pdf", "load.log"):
        (tmp_path / "export").mkdir(exist_ok=True)
        (tmp_path / "export" / name).write_bytes(b"x")
    (tmp_path / "export" / "schools.csv").write_text(CSV)
    found = read(tmp_path / "export")
    assert (found.files, found.problems) == (["schools.csv"], [])


@pytest.mark.parametrize("name", ["schools.xls", "schools.ods", "data.json", "inner.zip", "photo.jpg", "schools"])
def test_a_file_of_another_kind_is_named_with_what_to_do_instead(name, read, tmp_path):
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / name).write_bytes(b"x")
    (tmp_path / "export" / "schools.csv").write_text(CSV)
    (problem,) = read(tmp_path / "export").problems
    assert (problem.severity, problem.rule, problem.file) == (WARNING, "file_not_used", name)
    assert problem.remedy


@pytest.mark.parametrize("kind", ["nothing there", "an empty folder", "an empty zip"])
def test_nothing_to_read_is_told(kind, read, tmp_path):
    path = tmp_path / ("sent.zip" if kind == "an empty zip" else "sent")
    if kind == "an empty folder":
        path.mkdir()
    elif kind == "an empty zip":
        path.write_bytes(zipped({}))
    assert read(path).refusal.rule == "no_file"


def test_a_zip_is_read_like_the_folder_it_was_made_of(read):
    found = read(
        zipped({"export/schools.csv": CSV, "__MACOSX/export/._schools.csv": "x", "export/.DS_Store": "x"}), "e.zip"
    )
    assert (found.files, found.only.rows) == (["export/schools.csv"], ROWS)


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/../../x.csv", "/tmp/x.csv", "C:/x.csv", "c:x.csv", "..\\x.csv", "\\\\host\\x.csv"]
)
def test_a_zip_whose_names_lead_outside_is_refused_whole(name, read, tmp_path):
    content = zipped({"schools.csv": CSV, name: CSV})
    assert "unsafe name" in read(content, "sent.zip").refusal.message
    assert list(tmp_path.rglob("*")) == [tmp_path / "sent.zip"]


def test_a_zip_bomb_is_refused_by_its_directory(read):
    assert "would unpack to more than" in read(zipped({"schools.csv": b"0" * (60 << 20)}), "bomb.zip").refusal.message


def test_a_zip_that_lies_about_its_size_is_refused_while_it_unpacks(read):
    honest = zipped({"schools.csv": b"0" * (60 << 20)})
    size = (60 << 20).to_bytes(4, "little")
    assert read(honest.replace(size, (1000).to_bytes(4, "little")), "liar.zip").refusal.rule == "archive"


def test_too_many_files_are_refused(read):
    assert "holds 21 files" in read(zipped({f"{n}.csv": CSV for n in range(21)}), "many.zip").refusal.message


def test_a_zip_in_a_zip_is_refused(read):
    assert "holds another archive" in read(zipped({"inner.zip": zipped({"a.csv": CSV})}), "outer.zip").refusal.message


def test_a_zip_with_a_password_is_refused(read):
    content = bytearray(zipped({"schools.csv": CSV}))
    content[6] |= 1  # the flag in front of the file …
    content[content.index(b"PK\x01\x02") + 8] |= 1  # … and in the directory
    assert "password" in read(bytes(content), "locked.zip").refusal.message


@pytest.mark.parametrize("cut", [10, 60, -10])
def test_a_zip_that_was_cut_short_is_refused(cut, read):
    assert "damaged" in read(zipped({"schools.csv": CSV})[:cut], "cut.zip").refusal.message


def test_a_zip_whose_content_was_changed_is_refused(read):
    content = zipped({"schools.csv": CSV}, zipfile.ZIP_STORED).replace(b"Alder", b"Adler")
    assert "damaged" in read(content, "changed.zip").refusal.message


# Names ---------------------------------------------------------------------------------------------------------------

TABLES = ("schools", "activities", "incidents", "shifts", "incident_categories")


@pytest.mark.parametrize(
    "name, table",
    [
        ("schools.csv", "schools"),
        ("Schools.CSV", "schools"),
        ("folder/shifts.parquet", "shifts"),
        ("Shifts 2025.csv", "shifts"),
        ("shift.xlsx", "shifts"),
        ("activity_2025_09.csv", "activities"),
        ("export_shifts_v2.csv", "shifts"),
        ("SRO Incidents (final).csv", "incidents"),
        ("incident categories.csv", "incident_categories"),
        ("incidents_by_hand.csv", None),
        ("my_schools.csv", None),
        ("2025.csv", None),
        ("", None),
    ],
)
def test_the_table_that_a_file_name_means(name, table):
    assert recognized(name, TABLES) == table
