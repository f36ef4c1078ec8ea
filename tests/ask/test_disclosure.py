"""Counts of persons, as each audience is answered: one test a rule, numbers to be added up by hand."""

import pytest

from sro.ask import Asker, facts_of

NUMBERS = ["numerator", "denominator", "value", "low", "high"]
SHOWN = ["value", "zero", "unstable"]
YEAR = "2024-25"


@pytest.fixture
def arrests(tiny):
    """September and February of 2024–25. A and B make district D1, C alone D2; category b only in B."""
    for month in ("2024-09", "2025-02"):
        for school, a, b in (("A", 3, 0), ("B", 20, 15), ("C", 40, 0)):
            tiny.report(school, month)
            tiny.month("arrests", school, month, a, None, "a")
            tiny.month("arrests", school, month, b, None, "b")
    return tiny.decide()


def shown(answer):
    """unit → value, of the cells that show."""
    cells = answer.cells[answer.cells["status"].isin(SHOWN)]
    return dict(zip(cells["unit"], cells["value"], strict=True))


def nothing(answer):
    is_empty = answer.cells[NUMBERS].isna().all(axis=None) and answer.total.status == "suppressed"
    return is_empty and set(answer.cells["status"]) == {"suppressed"}


def test_without_a_decision_everything_is_hidden(tiny):
    tiny.report("A", "2024-09")
    tiny.month("arrests", "A", "2024-09", 400, None, "a")
    assert nothing(tiny.ask("arrests", period=YEAR))
    assert tiny.ask("arrests", period=YEAR, audience="restricted").total.value == 400


def test_a_small_school_takes_another_with_it_that_would_give_it_away(arrests):
    assert shown(arrests.ask("arrests", period=YEAR, by="school")) == {"C": 80}
    assert shown(arrests.ask("arrests", period=YEAR, by="district")) == {"D1": 76, "D2": 80}
    assert arrests.ask("arrests", period=YEAR).total.value == 156


def test_the_restricted_see_every_number(arrests):
    assert shown(arrests.ask("arrests", period=YEAR, by="school", audience="restricted")) == {"A": 6, "B": 70, "C": 80}


def test_leadership_sees_smaller_counts_than_the_public(tiny):
    tiny.report("A", "2024-09")
    tiny.month("arrests", "A", "2024-09", 7, None, "a")
    tiny.decide()
    assert nothing(tiny.ask("arrests", period=YEAR))
    assert tiny.ask("arrests", period=YEAR, audience="leadership").total.value == 7


@pytest.mark.parametrize(
    "parts",
    [
        {"schools": ("A",)},
        {"schools": ("A", "C")},  # A = this − C
        {"schools": ("B", "C")},  # A = all − this
        {"districts": ("D2",), "period": "2024-09..2025-03"},  # neither half nor year
        {"schools": ("C",), "period": "2024-09"},  # a school shows no month
        {"schools": ("C",), "period": "2024-25-Q1"},
        {"districts": ("D2",), "grain": "month"},
    ],
)
def test_a_free_selection_shows_only_what_is_made_of_shown_cells(arrests, parts):
    answer = arrests.ask("arrests", **{"period": YEAR, **parts})
    assert not shown(answer)
    assert answer.cells[NUMBERS].isna().all(axis=None)


def test_a_free_selection_of_shown_cells_shows(arrests):
    assert arrests.ask("arrests", period=YEAR, schools=("A", "B")).total.value == 76  # all of D1
    assert arrests.ask("arrests", period=YEAR, districts=("D2",)).total.value == 80
    assert arrests.ask("arrests", period="2024-09..2025-03").total.value == 156  # the program, by whole months


def test_the_program_shows_whole_months(arrests):
    cells = arrests.ask("arrests", period=YEAR, grain="month").cells
    assert set(cells.loc[cells["value"] == 78, "period"]) == {"2024-09", "2025-02"}


def test_a_level_or_provider_shows_where_it_is_made_of_whole_shown_schools(arrests):
    assert shown(arrests.ask("arrests", period=YEAR, by="level")) == {"middle": 156}
    arrests.connection.execute("UPDATE school SET level = 'high' WHERE school_id = 'A'")
    facts_of.cache_clear()
    arrests.id += "-again"
    assert not shown(arrests.ask("arrests", period=YEAR, by="level"))


def test_an_unfinished_month_is_not_counted_and_that_is_said(tiny):
    tiny.report("A", "2026-02", "2026-03")
    for month, count in (("2026-02", 30), ("2026-03", 12)):
        tiny.month("arrests", "A", month, count, None, "a")
    answer = tiny.decide().ask("arrests", period="2025-26")
    assert answer.total.value == 30  # through February; the data end on 15 March
    assert "Counted up to the end of Feb 2026, the last whole month." in answer.notes


def test_few_others_hide_a_proportion_with_its_parts_and_interval(tiny):
    tiny.report("A", "2024-09")
    tiny.month("sent_on", "A", "2024-09", 97, 100)
    answer = tiny.decide().ask("sent_on", period=YEAR)
    assert nothing(answer)
    assert answer.notes[-1].startswith("Counts of persons show where")


def test_a_proportion_of_many_among_many_shows(tiny):
    tiny.report("A", "2024-09")
    tiny.month("sent_on", "A", "2024-09", 40, 100)
    assert tiny.decide().ask("sent_on", period=YEAR).total.value == 40


def test_distinct_persons_of_two_years_are_no_sum_of_them(tiny):
    for year in ("2024-09", "2025-09"):
        for number in range(30):
            tiny.member("students", "A", year, f"p{number}")
        tiny.report("A", year)
    tiny.connection.execute("UPDATE meta.fact SET value = '2026-06-30' WHERE name = 'data_through'")
    tiny.decide()
    cells = tiny.ask("students", period="2024-07..2026-06", grain="year").cells
    assert list(cells["value"]) == [30, 30]
    assert nothing(tiny.ask("students", period="2024-07..2026-06"))


def test_a_share_shows_only_beside_its_whole(arrests):
    for school, month, kind, count in (("A", "2024-09", "a", 40), ("B", "2024-09", "b", 4)):
        arrests.month("arrest_mix", school, month, count, None, kind)
    arrests.connection.execute("DROP TABLE disclosure_cell; DROP TABLE disclosure_block")
    cells = arrests.decide().ask("arrest_mix", period=YEAR).cells
    assert not cells["status"].isin(SHOWN).any()


def test_a_hidden_cell_does_not_tell_whether_it_is_a_zero(tiny):
    tiny.report("A", "2024-09")
    tiny.report("B", "2024-09")
    for school, count in (("A", 97), ("B", 0)):
        tiny.month("sent_on", school, "2024-09", count, 100)
    cells = tiny.decide().ask("sent_on", period="2024-09", by="school").cells.set_index("unit")
    assert cells["status"].to_dict() == {"A": "suppressed", "B": "suppressed", "C": "not_applicable"}


def test_what_was_not_received_is_said_even_where_it_would_be_hidden(arrests):
    arrests.report("C", "2025-10", received=False)
    cells = arrests.ask("arrests", period="2025-10", by="school").cells.set_index("unit")
    assert cells["status"]["C"] == "not_received"


def test_a_change_from_a_hidden_number_is_not_told(tiny):
    for month, count in (("2023-09", 4), ("2024-09", 40)):
        tiny.report("A", month)
        tiny.month("arrests", "A", month, count, None, "a")
    tiny.connection.execute("UPDATE meta.fact SET value = '2023-07-01' WHERE name = 'data_from'")
    answer = tiny.decide().ask("arrests", period=YEAR, compare="prior_year")
    assert answer.total.value == 40
    assert answer.change.reason == "Hidden in 2023–24 to protect persons."
    assert answer.change.difference != answer.change.difference


def test_the_list_of_categories_does_not_depend_on_what_happened(tiny):
    tiny.report("A", "2024-09")
    tiny.month("arrests", "A", "2024-09", 40, None, "a")
    tiny.decide()
    assert list(tiny.ask("arrests", period=YEAR, sliced=True).cells["slice"]) == ["a", "b"]
    assert list(tiny.ask("arrests", period=YEAR, sliced=True, audience="restricted").cells["slice"]) == ["a"]


def test_units_are_listed_by_name_whatever_is_hidden(arrests):
    assert list(arrests.ask("arrests", period=YEAR, by="school").cells["unit"]) == ["A", "B", "C"]


def test_the_same_counts_give_the_same_decision(arrests):
    def table():
        return arrests.connection.execute("FROM disclosure_cell ORDER BY ALL").fetchall()

    first = table()
    arrests.connection.execute("DROP TABLE disclosure_cell; DROP TABLE disclosure_block")
    arrests.decide()
    assert table() == first


def test_an_export_without_counts_of_persons_has_an_empty_decision(tiny):
    tiny.decide()
    assert tiny.connection.execute("SELECT count(*) FROM disclosure_cell").fetchone() == (0,)
    assert not Asker(tiny, tiny.settings).rows("permission", metric="arrests", audience="public")
