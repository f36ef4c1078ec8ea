"""CSV as people and programs write it: delimiters, encodings, blank lines, ragged rows, quotation marks."""

import pytest

from sro.texts import HEAD, MOST_ROWS_NAMED

LINES = "id,name\nA,Alder\nB,Birch\n"
ROWS = [(2, "A", "Alder"), (3, "B", "Birch")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_common_delimiter(delimiter, read):
    assert read(LINES.replace(",", delimiter)).only.rows == ROWS


def test_a_delimiter_inside_quotation_marks_is_text(read):
    assert read('id;name\nA;"Alder, the first"\nB;"x;y"\n').only.rows == [(2, "A", "Alder, the first"), (3, "B", "x;y")]


def test_a_file_with_one_column_has_one(read):
    assert read("id\nA\nB\n").only.rows == [(2, "A"), (3, "B")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_beyond_english_in_every_encoding_that_programs_write(encoding, read):
    sheet = read("id,näme\nA,École\n".encode(encoding)).only
    assert (sheet.headers, sheet.rows) == (("id", "näme"), [(2, "A", "École")])


def test_utf16_in_either_order_of_bytes(read):
    assert read(b"\xfe\xff" + LINES.encode("utf-16-be")).only.rows == ROWS
    assert read(b"\xff\xfe" + LINES.encode("utf-16-le")).only.rows == ROWS


@pytest.mark.parametrize(
    "content", [b"\0\1\2", LINES.encode("utf-16-le"), b"id\n\x81\x8d\n", b"\xff\xfea", b"a\x1b[2J,b\n"]
)
def test_bytes_that_are_no_text_are_refused(content, read):
    problem = read(content).refusal
    assert (problem.file, problem.message) == ("schools.csv", "The file is not text.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end, read):
    assert read(LINES.replace("\n", end)).only.rows == ROWS


def test_mixed_line_ends(read):
    assert read("id,name\r\nA,Alder\nB,Birch\r\n").only.rows == ROWS


def test_a_last_line_without_its_end(read):
    assert read(LINES.rstrip()).only.rows == ROWS


@pytest.mark.parametrize("blank", ["\n", "\r\n", "  \n", ",\n", " , \n"])
def test_a_blank_line_is_no_row_and_moves_no_number(blank, read):
    first, *rest = LINES.splitlines(keepends=True)
    assert read(f"{first}{blank}{''.join(rest)}").only.rows == [(3, "A", "Alder"), (4, "B", "Birch")]


def test_blank_lines_at_the_end_are_nothing(read):
    assert read(f"{LINES}\n\n\n").only.rows == ROWS


def test_a_line_break_inside_a_cell_stays_in_it(read):
    assert read('id,name\nA,"Alder\nSchool"\nB,Birch\n').only.rows[0] == (2, "A", "Alder\nSchool")


def test_a_doubled_quotation_mark_is_one(read):
    assert read('id,name\nA,"the ""old"" school"\n').only.rows == [(2, "A", 'the "old" school')]


@pytest.mark.parametrize("row, says", [("A", "1 cells, fewer than the header's 2"), ("A,b,c", "3 cells, more than")])
def test_a_ragged_row_is_named(row, says, read):
    problem = read(f"id,name\nB,Birch\n{row}\nC,Cedar\n").refusal
    assert problem.row == 3 and says in problem.message and problem.remedy


def test_many_ragged_rows_are_counted_and_the_first_are_named(read):
    broken = read("id,name\n" + "A\n" * (MOST_ROWS_NAMED + 7))
    assert len(broken.problems) == MOST_ROWS_NAMED + 1
    assert broken.problems[-1].message == "7 more rows cannot be read."


@pytest.mark.parametrize("text", ['id,name\nA,"Alder\nB,Birch\n', 'id,name\nA,"Alder" School\n'])
def test_a_quotation_mark_that_is_not_closed_is_refused(text, read):
    problem = read(text).refusal
    assert "quotation mark" in problem.message and problem.row is not None


def test_an_open_quotation_mark_in_the_header_is_refused(read):
    assert read('id,"name\nA,b\n').refusal.row in (1, 2)


@pytest.mark.parametrize("content", [b"", b"\n\n", b" ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_refused(content, read):
    assert read(content).refusal.message == "The file is empty."


@pytest.mark.parametrize("header", [",,", "id,id", "id,ID ", "School Id,school_id"])
def test_a_header_without_names_or_with_a_name_twice_is_refused(header, read):
    width = header.count(",")
    assert read(f"{header}\n{'x,' * width}x\n").refusal.row == 1


def test_empty_columns_at_the_right_edge_are_left_out(read):
    sheet = read("id,name,,\nA,Alder,,\n").only
    assert (sheet.headers, sheet.rows) == (("id", "name"), [(2, "A", "Alder")])


def test_a_cell_of_a_million_characters_is_read_whole(read):
    assert len(read(f"id,name\nA,{'x' * 10**6}\n").only.rows[0][2]) == 10**6


def test_a_letter_that_falls_on_the_edge_of_a_block_is_whole(read):
    """Files are decoded in blocks; é has two bytes."""
    filler = "x" * (HEAD - len("id,name\nA,") - 1)
    assert read(f"id,name\nA,{filler}é\n").only.rows[0][2] == f"{filler}é"
