"""Person-related counts before the disclosure cube: whole program, whole years, or nothing."""

import pytest

HIDDEN = ["numerator", "denominator", "value", "low", "high"]


@pytest.fixture
def arrests(tiny):
    tiny.report("A", "2024-09")
    tiny.report("B", "2024-09")
    tiny.month("arrests", "A", "2024-09", 14, None, "a")
    tiny.month("arrests", "B", "2024-09", 12, None, "b")
    return tiny


@pytest.mark.parametrize(
    "parts",
    [
        {"schools": ("A",)},
        {"by": "school"},
        {"by": "district"},
        {"grain": "month"},
        {"period": "2024-25-Q1"},
        {"period": "2024-25", "providers": ("da",)},
    ],
)
def test_person_counts_show_for_no_school_month_or_selection(arrests, parts):
    answer = arrests.ask("arrests", **{"period": "2024-25", **parts})
    assert not answer.cells["status"].isin(["value", "zero", "unstable"]).any()
    assert answer.cells[HIDDEN].isna().all(axis=None)


def test_person_counts_of_the_whole_program_and_year_show(arrests):
    assert arrests.ask("arrests", period="2024-25").total.value == 26


def test_a_small_count_is_hidden_and_so_is_the_one_that_would_give_it_away(tiny):
    tiny.report("A", "2024-09")
    for slice_, count in (("a", 3), ("b", 40), ("c", 12), ("d", 90)):
        tiny.month("arrests", "A", "2024-09", count, None, slice_)
    cells = tiny.ask("arrests", period="2024-25", sliced=True).cells.set_index("slice")
    assert set(cells.index[cells["status"] == "suppressed"]) == {"a", "c"}


def test_leadership_sees_smaller_counts_than_the_public(tiny):
    tiny.report("A", "2024-09")
    tiny.month("arrests", "A", "2024-09", 7, None, "a")
    assert tiny.ask("arrests", period="2024-25").total.status == "suppressed"
    assert tiny.ask("arrests", period="2024-25", audience="leadership").total.value == 7


def test_a_total_over_several_years_is_hidden_so_that_no_year_can_be_subtracted(arrests):
    assert arrests.ask("arrests", period="2024-07..2026-06").total.status == "suppressed"
