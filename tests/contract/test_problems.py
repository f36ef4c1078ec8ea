"""A problem says where it is, what stands there and what to do, and its report is safe to open."""

import csv
import io

from sro.problems import ERROR, WARNING, Problem, errors, harmless, report_csv, shorten, summary


def problem(**parts) -> Problem:
    usual = {"severity": ERROR, "rule": "date", "message": "This is no date.", "remedy": "Write 2025-09-30."}
    return Problem(**{**usual, "table": "shifts", "file": "shifts.csv", **parts})


def test_a_problem_is_told_in_order_where_what_and_what_to_do():
    told = str(problem(row=1204, column="date", value="13/13/2025"))
    assert told == ("shifts.csv, row 1,204, column date: This is no date. Found: '13/13/2025'. Write 2025-09-30.")


def test_a_problem_without_a_file_is_told_by_its_table():
    assert problem(file="").place == "shifts"


def test_a_long_value_is_shortened_and_its_length_said():
    assert shorten("x" * 80) == "x" * 80
    assert shorten("x" * 1500) == "x" * 80 + "… (1,500 characters)"
    assert "(1,500 characters)" in str(problem(value="x" * 1500))


def test_a_summary_says_how_many_more_there_are():
    lines = summary([problem(row=row) for row in range(2, 10)], a_rule=3)
    assert len(lines) == 4
    assert lines[-1].strip() == "… and 5 more like it."


def test_a_summary_of_three_shows_three_and_counts_no_more():
    assert len(summary([problem(row=row) for row in range(2, 5)], a_rule=3)) == 3


def test_errors_stand_apart_from_warnings():
    assert errors([problem(), problem(severity=WARNING)]) == [problem()]


def test_the_report_holds_every_problem_and_runs_no_formula():
    text = report_csv([problem(value='=HYPERLINK("x")', row=2), problem(value=None), problem(value="a,b\nc")])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["value"] for row in rows] == ['\'=HYPERLINK("x")', "", "a,b\nc"]
    assert [row["row"] for row in rows] == ["2", "", ""]


def test_numbers_and_plain_text_stay_as_they_are():
    assert [harmless(cell) for cell in (-3, "", "a=b", "-3", "@x")] == [-3, "", "a=b", "'-3", "'@x"]
