"""The data beside a figure, and the file that people download."""

import csv
import io

import pandas as pd
import pytest

from sro.figures import draw
from sro.figures.tables import csv_text, drawn, harmless
from tests.figures.answers import COVERAGE, LESSONS, answer


def rows_of(text):
    return list(csv.reader(line for line in io.StringIO(text) if not line.startswith("#")))


def test_the_csv_opens_with_title_subtitle_footer_and_footnotes():
    figure = draw(answer(LESSONS, lambda u, p, s: "not_received" if p else (4, 1), grain="month"), "trend")
    head = [line[2:] for line in figure.csv().splitlines() if line.startswith("#")]
    assert head[:3] == [figure.title, figure.subtitle, figure.footer]
    assert set(figure.footnotes) <= set(head)


def test_the_csv_gives_back_the_table():
    figure = draw(answer(COVERAGE, lambda u, p, s: "not_received" if p == 2 else (80 + p, 97), grain="month"), "trend")
    back = pd.read_csv(io.StringIO(figure.csv()), comment="#", dtype_backend="numpy_nullable")
    assert list(back.columns) == list(figure.table.columns)
    for column in figure.table.select_dtypes("number"):
        assert back[column].astype("Float64").equals(figure.table[column])


def test_what_is_missing_is_an_empty_field_and_not_a_word():
    figure = draw(answer(LESSONS, "not_received", grain="month"), "trend")
    row = rows_of(figure.csv())[1]
    assert row[2] == ""
    assert "nan" not in figure.csv().lower()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text):
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t"))


def test_a_school_name_that_is_a_formula_cannot_run():
    figure = draw(answer(by="school", units={"A": '=HYPERLINK("http://x")'}), "schools")
    assert rows_of(figure.csv())[1][0].startswith("'=HYPERLINK")


def test_a_name_with_hash_comma_and_line_break_stays_in_its_field():
    text = csv_text(pd.DataFrame({"School": ['#4, "Main"\nStreet'], "n": [1]}), ["a\nb"])
    assert text.splitlines()[0] == "# a b"
    assert text.splitlines()[2] == '"#4, ""Main"" Street",1'


def test_numbers_are_kept_as_they_are_drawn():
    assert drawn(2 / 3) == 0.6667
    assert drawn(3.0) == 3
    assert drawn(float("nan")) is None
    assert drawn(float("inf")) is None


def test_a_count_has_no_denominator_in_its_table():
    assert "Denominator" not in draw(answer(LESSONS, (4, 1)), "trend").table


def test_the_table_says_how_many_reports_were_received():
    assert draw(answer(received=(9, 10)), "trend").table["Reports received"].tolist() == ["9 of 10"]
