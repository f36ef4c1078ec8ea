"""What a person may rely on when a question is answered."""

import numpy as np
import pytest

from sro.metrics import CatalogueError
from sro.question import Question, QuestionError


def test_a_ratio_is_of_sums_and_never_a_mean_of_ratios(tiny):
    tiny.report("A", "2025-09")
    tiny.report("B", "2025-09")
    tiny.month("share", "A", "2025-09", 1, 2)
    tiny.month("share", "B", "2025-09", 0, 98)
    assert tiny.ask("share").total.value == pytest.approx(1.0)


def test_a_month_without_a_log_is_not_a_zero(tiny):
    tiny.report("A", "2025-09", received=False)
    cell = tiny.cell("lessons", schools=("A",), period="2025-09")
    assert cell["status"] == "not_received"
    assert np.isnan(cell["value"])


def test_a_month_with_a_log_and_nothing_in_it_is_a_zero(tiny):
    tiny.report("A", "2025-09")
    cell = tiny.cell("lessons", schools=("A",), period="2025-09")
    assert (cell["status"], cell["value"]) == ("zero", 0)


def test_a_school_from_which_nothing_is_expected_is_not_applicable(tiny):
    assert tiny.cell("lessons", schools=("A",))["status"] == "not_applicable"


def test_a_month_without_a_log_leaves_numerator_and_exposure(tiny):
    tiny.report("A", "2025-09")
    tiny.report("A", "2025-10", received=False)
    tiny.month("rate", "A", "2025-09", 30, None, "a")
    tiny.month("rate", "A", "2025-09", None, 1000)
    tiny.month("rate", "A", "2025-10", 5, None, "a")
    tiny.month("rate", "A", "2025-10", None, 1000)
    total = tiny.ask("rate").total
    assert (total.numerator, total.denominator, total.value) == (30, 1000, 30)
    assert (total.received, total.expected) == (1, 2)


def test_what_is_left_out_is_said(tiny):
    tiny.report("A", "2025-09")
    tiny.report("A", "2025-10", received=False)
    assert "1 of 2 school-months" in tiny.ask("lessons").notes[0]


def test_every_category_of_a_rate_has_the_whole_exposure(tiny):
    tiny.report("A", "2025-09")
    tiny.month("rate", "A", "2025-09", 30, None, "a")
    tiny.month("rate", "A", "2025-09", 10, None, "b")
    tiny.month("rate", "A", "2025-09", None, 1000)
    cells = tiny.ask("rate", sliced=True).cells
    assert cells["slice_title"].tolist() == ["First", "Second"]
    assert cells["value"].tolist() == [30, 10]


def test_a_category_in_which_nothing_happened_is_a_zero_beside_the_others(tiny):
    tiny.report("A", "2025-09")
    tiny.report("B", "2025-09")
    tiny.month("lessons", "A", "2025-09", 4)
    cells = tiny.ask("lessons", by="school", districts=("D1",)).cells.set_index("unit")
    assert cells.loc["A", "value"] == 4
    assert cells.loc["B", "status"] == "zero"


def test_shares_of_a_mix_add_to_a_hundred(tiny):
    tiny.report("A", "2025-09")
    tiny.month("mix", "A", "2025-09", 30, None, "a")
    tiny.month("mix", "A", "2025-09", 10, None, "b")
    assert tiny.ask("mix").cells["value"].tolist() == [75, 25]


def test_a_rate_on_few_events_is_marked_unstable_and_keeps_its_interval(tiny):
    tiny.report("A", "2025-09")
    tiny.month("rate", "A", "2025-09", 3, None, "a")
    tiny.month("rate", "A", "2025-09", None, 1000)
    cell = tiny.cell("rate")
    assert cell["status"] == "unstable"
    assert (cell["low"], cell["high"]) == pytest.approx((0.6187, 8.7673), abs=1e-3)


def test_one_person_in_two_schools_is_one_person(tiny):
    tiny.report("A", "2025-09")
    tiny.report("B", "2025-09")
    tiny.member("people", "A", "2025-09", "x")
    tiny.member("people", "B", "2025-09", "x")
    tiny.member("people", "B", "2025-09", "y")
    assert tiny.ask("people").total.value == 2


def test_the_longest_gap_of_a_district_is_that_of_one_school_not_of_two_in_turn(tiny):
    for day, out in [(1, 1), (2, 1), (3, 0), (4, 1)]:
        tiny.day("gap", "A", f"2025-09-0{day}", out, 1)
    for day, out in [(1, 0), (2, 0), (3, 1), (4, 0)]:
        tiny.day("gap", "B", f"2025-09-0{day}", out, 1)
    assert tiny.ask("gap", districts=("D1",)).total.value == 2


def test_a_day_has_the_report_of_its_month(tiny):
    tiny.report("A", "2025-09")
    tiny.report("A", "2025-10", received=False)
    for day in ("2025-09-03", "2025-10-03"):
        tiny.day("patrols", "A", day, 0, 400)
    cells = tiny.ask("patrols", "2025-09..2025-10", grain="day", schools=("A",)).cells.set_index("period")["status"]
    assert (cells["2025-09-03"], cells["2025-10-03"]) == ("zero", "not_received")


def test_what_the_log_says_of_a_day_has_no_categories(tiny):
    with pytest.raises(QuestionError, match="ask by month"):
        tiny.ask("patrols", "2025-09", grain="day", sliced=True)


def test_a_denominator_shared_by_all_schools_is_not_summed_over_them(tiny):
    tiny.month("full_time", "A", "2025-09", 40)
    tiny.month("full_time", "B", "2025-09", 80)
    tiny.month("full_time", "*", "2025-09", None, 160)
    assert tiny.ask("full_time").total.value == pytest.approx(0.75)
    assert tiny.ask("full_time", schools=("A",)).total.value == pytest.approx(0.25)


def test_a_metric_of_the_whole_program_ignores_a_school_filter_and_says_so(tiny):
    tiny.month("trained", "*", "2025-09", 3, 4)
    answer = tiny.ask("trained", schools=("A",))
    assert answer.total.value == 75
    assert "whole program" in answer.notes[0]


def test_the_month_of_the_data_date_is_marked_partial(tiny):
    tiny.report("A", "2026-02", "2026-03")
    cells = tiny.ask("lessons", period="2026-02..2026-03", grain="month", schools=("A",)).cells
    assert cells["partial"].tolist() == [False, True]


def test_months_after_the_data_date_are_no_cells(tiny):
    cells = tiny.ask("lessons", grain="month", schools=("A",)).cells
    assert cells["period"].iloc[-1] == "2026-03"


def test_annual_totals_have_no_months(tiny):
    tiny.report("A", "2024-07", stream="official")
    tiny.month("certified", "A", "2024-07", 12)
    answer = tiny.ask("certified", period="2024-25", grain="month", schools=("A",))
    assert answer.cells["value"].tolist() == [12]
    assert answer.question.grain == "year"


def test_annual_totals_are_not_shown_for_a_part_of_a_year(tiny):
    tiny.report("A", "2024-07", stream="official")
    tiny.month("certified", "A", "2024-07", 12)
    answer = tiny.ask("certified", period="2024-25-Q1", schools=("A",))
    assert answer.is_empty
    assert "whole school years" in " ".join(answer.notes)


def test_a_metric_whose_table_is_absent_says_so(tiny):
    answer = tiny.ask("absent")
    assert answer.is_empty
    assert answer.notes[0] == "Not in this export: drills."


def test_schools_are_listed_by_district_and_name_never_by_value(tiny):
    for school, count in (("A", 1), ("B", 9), ("C", 5)):
        tiny.report(school, "2025-09")
        tiny.month("lessons", school, "2025-09", count)
    assert tiny.ask("lessons", by="school").cells["unit"].tolist() == ["A", "B", "C"]


def test_an_unknown_school_is_refused_by_name(tiny):
    with pytest.raises(QuestionError, match="no school 'Q'"):
        tiny.ask("lessons", schools=("Q",))


def test_an_unknown_metric_is_refused_with_its_nearest_neighbours(tiny):
    with pytest.raises(CatalogueError, match="lessons"):
        tiny.ask("leson")


def test_a_question_survives_the_address_bar():
    question = Question(
        "lessons", "2025-26-Q1", grain="month", by="school", schools=("B", "A"), sliced=True, compare="prior_year"
    )
    assert Question.from_query(question.to_query()) == question


def test_the_same_months_of_last_year_leave_the_unfinished_month_out(tiny):
    for month, count in (("2024-09", 40), ("2025-03", 99), ("2025-09", 60), ("2026-03", 7)):
        tiny.report("A", month)
        tiny.month("lessons", "A", month, count)
    answer = tiny.ask("lessons", compare="same_months")
    assert answer.comparison is not None and answer.change is not None
    assert answer.comparison.question.period == "2024-07..2025-02"
    assert (answer.change.before.value, answer.change.after.value) == (40, 60)
    assert answer.change.direction == "rose"


def test_an_unfinished_year_is_not_compared_with_a_whole_one(tiny):
    answer = tiny.ask("lessons", compare="prior_year")
    assert answer.change is None
    assert "not over" in answer.notes[-1]


def test_nothing_is_compared_with_a_time_before_the_export(tiny):
    answer = tiny.ask("lessons", period="2024-25", compare="prior_year")
    assert answer.change is None
    assert "begins in Jul 2024" in answer.notes[-1]


def test_under_ten_there_is_no_percent_change(tiny):
    for month, count in (("2024-09", 3), ("2025-09", 5)):
        tiny.report("A", month)
        tiny.month("lessons", "A", month, count)
    change = tiny.ask("lessons", period="2025-09", compare="prior_year").change
    assert change.too_few and np.isnan(change.percent) and change.direction == "same"


def test_a_change_within_its_interval_is_no_change(tiny):
    for month, count in (("2024-09", 40), ("2025-09", 45)):
        tiny.report("A", month)
        tiny.month("lessons", "A", month, count)
    assert tiny.ask("lessons", period="2025-09", compare="prior_year").change.direction == "same"


def test_categories_of_a_scheme_that_was_not_in_use_are_not_zeros(tiny):
    tiny.report("A", "2024-09", "2025-09")
    tiny.month("rate", "A", "2024-09", 3, None, "old:1")
    tiny.month("rate", "A", "2025-09", 3, None, "new:1")
    tiny.month("rate", "A", "2025-09", None, 1000)
    assert tiny.ask("rate", sliced=True).cells["slice"].tolist() == ["new:1"]


def test_schools_are_called_by_their_short_names_unless_two_share_one(tiny):
    tiny.report("A", "2025-09")
    tiny.connection.execute("UPDATE school SET short_name = if(school_id = 'A', 'Alder ES', 'The MS')")
    names = tiny.ask("lessons", by="school").cells["unit_name"].tolist()
    assert names == ["Alder ES", "Birch", "Cedar"]
