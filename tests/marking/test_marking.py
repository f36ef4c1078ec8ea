"""What is wrong is marked in a copy of a person's own file, in the cell where it stands."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

from sro.marking import LIST
from sro.recognition import Proposal, mapping_toml
from sro.vintages import check
from tests.office import TODAY, settings_in, write

ACTIVITIES = (
    "activity_id,school_id,date,start_time,duration_min,activity_type,topic\n"
    "ACT-1,A,2025-09-08,09:00,2 hrs,classroom_lesson,\n"
    "ACT-2,A,2025-09-31,09:00,40,=classroom,\n"
)


@pytest.fixture
def marked(tmp_path):
    """`marked({file: content})` checks an export and opens the marked copies by the names of their files."""

    def open_copies(files, settings=None):
        export = write(tmp_path / "export", files)
        report = check(export, settings or settings_in(tmp_path / "home"), marked=tmp_path / "out", today=lambda: TODAY)
        assert not report.is_good
        return {path.name.removesuffix("-marked.xlsx"): load_workbook(path) for path in (tmp_path / "out").iterdir()}

    return open_copies


def saved(tmp_path, rows, merged=""):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "activities"
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(tmp_path / "book.xlsx")
    return (tmp_path / "book.xlsx").read_bytes()


def comments(sheet):
    return {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}


def test_a_csv_file_comes_back_as_a_workbook_with_its_cells_marked(marked):
    copies = marked({"activities.csv": ACTIVITIES})
    assert list(copies) == ["activities.csv"]
    sheet = copies["activities.csv"]["Data"]
    found = comments(sheet)
    assert "not a whole number" in found["E2"]
    assert "not a date" in found["C3"]
    assert sheet["E2"].fill.fgColor.rgb == "00F8CBAD"
    assert sheet["A2"].fill.fgColor.rgb == "00000000"


def test_a_text_that_looks_like_a_formula_stays_a_text(marked):
    sheet = marked({"activities.csv": ACTIVITIES})["activities.csv"]["Data"]
    assert sheet["F3"].data_type == "s"
    assert sheet["F3"].value == "=classroom"


def test_the_list_says_which_cell_and_what_to_do(marked):
    listed = marked({"activities.csv": ACTIVITIES})["activities.csv"][LIST]
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=2)]
    assert ["Data", "E2", "error"] in [row[:3] for row in rows]
    assert all(row[3] and row[5] for row in rows)


def test_their_own_workbook_keeps_its_other_sheets_and_its_title_rows(marked, tmp_path):
    header, *rows = [line.split(",") for line in ACTIVITIES.replace("=classroom", "classroom").splitlines()]
    book = saved(tmp_path, [["Officer log, September"], [], header, *rows], merged="A1:G1")
    copy = marked({"log.xlsx": book})["log.xlsx"]
    found = comments(copy["activities"])
    assert copy["activities"]["A1"].value == "Officer log, September"
    assert "not a whole number" in found["E4"]
    assert "not a date" in found["C5"]


def test_a_foreign_file_is_marked_in_its_own_columns(marked, tmp_path):
    settings = settings_in(tmp_path / "home")
    columns = {"activity_id": "{No}", "school_id": "{Where}", "date": "{Day of it}", "activity_type": "{Kind}"}
    settings.folders.own_mappings.mkdir(parents=True)
    text = mapping_toml("Log", ("No", "Day of it", "Where", "Kind"), [Proposal("activities", columns)])
    (settings.folders.own_mappings / "log.toml").write_text(text, encoding="utf-8")
    log = "No,Day of it,Where,Kind\n1,soon,A,classroom_lesson\n2,9/9/2025,Z,classroom_lesson\n"
    found = comments(marked({"theirs.csv": log}, settings)["theirs.csv"]["Data"])
    assert "not a date" in found["B2"]
    assert "no such row in schools" in found["C3"]


def test_a_file_that_cannot_be_read_at_all_still_gets_a_list(marked):
    listed = marked({"incidents.xlsx": b"no workbook"})["incidents.xlsx"][LIST]
    assert (listed["C2"].value, listed["F2"].value) == ("error", "Make it again, or send the files themselves.")


def test_files_without_a_problem_get_no_copy(marked):
    assert "districts.csv" not in marked({"activities.csv": ACTIVITIES})


def test_a_formula_without_a_result_is_marked_in_the_sheet_that_was_refused_for_it(marked, tmp_path):
    rows = [
        ["activity_id", "school_id", "date", "duration_min", "activity_type"],
        ["ACT-1", "A", "2025-09-08", "=20+20", "patrol"],
    ]
    (sheet,) = (
        book["activities"]
        for name, book in marked({"activities.xlsx": saved(tmp_path, rows)}).items()
        if name == "activities.xlsx"
    )
    assert "never calculated" in comments(sheet)["D2"]
