"""A figure that lacks what makes it honest cannot exist."""

from dataclasses import replace

import pytest

from sro.figures import FORMS, FigureError, draw
from sro.figures.figure import LONGEST_ALT
from tests.figures.answers import COVERAGE, LESSONS, MIX, answer, nothing

GOOD = draw(answer(grain="month"), "trend")


@pytest.mark.parametrize("part", ["title", "subtitle", "footer", "alt"])
def test_a_figure_without_its_words_is_refused(part):
    with pytest.raises(FigureError, match=f"needs a {part}"):
        replace(GOOD, **{part: "  "})


def test_an_alternative_text_over_220_characters_is_refused():
    assert len(replace(GOOD, alt="x" * LONGEST_ALT).alt) == 220
    with pytest.raises(FigureError, match="221 characters"):
        replace(GOOD, alt="x" * (LONGEST_ALT + 1))


def test_an_alternative_text_that_repeats_the_title_is_refused():
    with pytest.raises(FigureError, match="repeats the title"):
        replace(GOOD, alt=GOOD.title)


def test_a_synthetic_figure_whose_footer_does_not_say_so_is_refused():
    with pytest.raises(FigureError, match="SYNTHETIC"):
        replace(GOOD, footer="Source: Program")


def test_the_footer_of_synthetic_data_begins_with_synthetic():
    assert draw(answer(), "trend").footer.startswith("SYNTHETIC · Source")


def test_the_footer_of_real_data_does_not_say_synthetic():
    assert "SYNTHETIC" not in draw(answer(synthetic=False), "trend").footer


def test_the_footer_names_source_data_date_vintage_definition_and_audience():
    footer = draw(answer(synthetic=False, sources=("log.csv",)), "trend").footer
    assert footer == (
        "Source: School Resource Officer Program, log.csv · Data through Jun 30, 2026 · Vintage 3fa9c2d1 · "
        "Definition C04 v1 · Audience: public"
    )


def test_the_same_question_and_form_have_the_same_id():
    assert draw(answer(), "trend").id == draw(answer(), "trend").id


def test_another_question_has_another_id():
    assert draw(answer(), "trend").id != draw(answer(period="2024-25"), "trend").id


def test_another_form_has_another_id():
    monthly = answer(grain="month")
    assert draw(monthly, "trend").id != draw(monthly, "completeness").id


def test_the_chart_carries_the_id_of_its_figure():
    assert GOOD.chart["layout"]["meta"] == {"figure": GOOD.id}


def test_a_figure_remembers_what_was_asked():
    asked = answer(grain="month")
    assert draw(asked, "trend").questions == (asked.question,)


def test_an_unknown_form_is_refused_with_the_known_ones():
    with pytest.raises(FigureError, match="slices"):
        draw(answer(), "pie")


def test_an_unknown_look_is_refused():
    with pytest.raises(FigureError, match="light or dark"):
        draw(answer(), "trend", mode="sepia")


@pytest.mark.parametrize("form", FORMS)
def test_a_metric_whose_table_is_absent_still_makes_a_figure_that_says_so(form):
    figure = draw(nothing(COVERAGE, "Not in this export: shifts."), form)
    assert figure.title == "On-site coverage: not in this export"
    assert figure.table.empty
    assert "Not in this export: shifts." in figure.footnotes


@pytest.mark.parametrize(
    ("form", "asked", "remedy"),
    [
        ("schools", answer(), "by school or district"),
        ("schools", answer(grain="month", by="school"), "total of the period"),
        ("slices", answer(LESSONS), "by its categories"),
        ("stack", answer(LESSONS, slices=["A", "B"], grain="month"), "as slices"),
        ("stack", answer(MIX, slices=["A", "B"]), "by month"),
        ("calendar", answer(grain="month"), "at grain day"),
        ("calendar", answer(grain="day", by="school", units={"A": "Alder", "B": "Birch"}), "one school"),
        ("completeness", answer(by="school"), "at grain month"),
        ("small_multiples", answer(by="school"), "ask by month"),
        ("delivered", answer(LESSONS), "has no whole"),
        ("trend", answer(grain="day", period="2025-09"), "as a calendar"),
    ],
)
def test_a_form_that_does_not_suit_its_answer_says_how_to_ask(form, asked, remedy):
    with pytest.raises(FigureError, match=remedy):
        draw(asked, form)
