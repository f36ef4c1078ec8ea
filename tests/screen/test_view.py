"""A view and its address."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro.ask import Facts, School
from sro.question import COMPARE
from sro.screen.view import View, all_years, last_twelve, last_whole_year, months_of, parts_of, view_of, years


def school(school_id: str, district: str) -> School:
    return School(school_id, school_id, school_id, district, district, "high", "da", None)


def facts(first: date = date(2021, 7, 1), through: date = date(2026, 10, 21)) -> Facts:
    schools = (school("A", "D1"), school("B", "D1"), school("C", "D2"))
    return Facts(schools, frozenset(), first, through, True, ())


periods = st.sampled_from(["2025-26", "2024-25-Q2", "2025-26-S1", "2025-09", "2024-11..2025-10", "2021-07..2026-06"])


@given(periods, st.sampled_from(COMPARE), st.sets(st.sampled_from("ABC")), st.sets(st.sampled_from(["D1", "D2"])))
def test_an_address_opens_the_view_that_wrote_it(period, compare, schools, districts):
    view = View(period, compare, tuple(sorted(districts)), tuple(sorted(schools)))
    assert view_of(view.to_query(), facts(), "public") == (view, ())


def test_a_view_asks_for_its_schools_and_period():
    question = View("2025-26", schools=("A",)).ask("coverage_rate", grain="month")
    assert (question.period, question.schools, question.grain, question.audience) == (
        "2025-26",
        ("A",),
        "month",
        "public",
    )


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"period": "last week"}, "is no period"),
        ({"schools": "A,Z"}, "school 'Z'"),
        ({"compare": "everything"}, "no comparison 'everything'"),
    ],
)
def test_what_an_address_gets_wrong_is_said_and_left_out(query, says):
    view, told = view_of(query, facts(), "public")
    assert says in told[0]
    assert "Z" not in view.schools
    assert view.compare == "same_months"


def test_an_address_cannot_ask_for_another_audience():
    assert view_of({"audience": "restricted"}, facts(), "public")[0].audience == "public"


def test_the_usual_period_is_twelve_whole_months():
    assert last_twelve(facts()).key == "2025-10..2026-09"


def test_a_month_that_ends_on_the_data_date_is_whole():
    assert last_twelve(facts(through=date(2026, 10, 31))).key == "2025-11..2026-10"


def test_twelve_months_that_are_a_school_year_are_called_so():
    assert last_twelve(facts(through=date(2026, 6, 30))).key == "2025-26"


def test_a_young_export_has_fewer_months():
    assert last_twelve(facts(first=date(2026, 9, 8))).key == "2026-09"


def test_years_come_newest_first_and_parts_only_once_they_have_begun():
    assert [year.key for year in years(facts())][:2] == ["2026-27", "2025-26"]
    assert [part.key for part in parts_of(years(facts())[0], facts())] == ["2026-27-S1", "2026-27-Q1", "2026-27-Q2"]


def test_months_are_those_of_the_export():
    months = months_of(facts(first=date(2026, 8, 5)))
    assert months == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]


def test_what_is_known_by_year_is_asked_for_years_that_are_over():
    view = View("2025-10..2026-09")
    assert last_whole_year(view, facts()).period == "2025-26"
    assert all_years(view, facts()).period == "2021-07..2026-06"


def test_the_first_year_has_nothing_before_it():
    assert last_whole_year(View("2021-22"), facts()).compare == "none"
