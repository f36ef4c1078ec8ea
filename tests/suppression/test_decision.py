"""Which cells are hidden, on tables that can be checked by hand."""

from datetime import date

import pandas as pd
import pytest

from sro.suppression import CubeError, Same, Spec, Within, build, decide
from tests.suppression.tables import YEAR, hidden, schools, table

YEARS = Spec("arrests", grains={kind: ("year",) for kind in ("program", "district", "school")})
ONE = schools(D1="A B C")


def test_a_small_count_beside_its_total_takes_another_one_with_it(decided):
    cells = decided(table([("A", "2024-09", "x", 3), ("B", "2024-09", "x", 12), ("C", "2024-09", "x", 40)]), ONE, YEARS)
    assert hidden(cells, unit_kind="school", slice="all") == {("A", "all"), ("B", "all")}
    assert not hidden(cells, unit_kind="program")


def test_the_one_hidden_besides_is_the_one_that_costs_least(decided):
    cells = decided(table([("A", "2024-09", "x", 3), ("B", "2024-09", "x", 90), ("C", "2024-09", "x", 30)]), ONE, YEARS)
    assert hidden(cells, unit_kind="school", slice="all") == {("A", "all"), ("C", "all")}


def test_two_hidden_in_a_row_do_not_stand_alone_in_their_columns(decided):
    rows = [("A", "x", 3), ("A", "y", 20), ("A", "z", 30), ("B", "x", 25), ("B", "y", 15), ("B", "z", 50)]
    atoms = table([(school, "2024-09", slice_, count) for school, slice_, count in rows])
    cells = decided(atoms, schools(D1="A", D2="B"), YEARS)
    assert hidden(cells, unit_kind="school") == {("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")}


def test_a_one_school_district_is_hidden_with_its_school(decided):
    atoms = table([("A", "2024-09", "x", 4), ("B", "2024-09", "x", 30), ("C", "2024-09", "x", 50)])
    cells = decided(atoms, schools(D1="A", D2="B", D3="C"), YEARS)
    assert hidden(cells, slice="all", unit_kind="district") == {("D1", "all"), ("D2", "all")}
    assert hidden(cells, slice="all", unit_kind="school") == {("A", "all"), ("B", "all")}


def test_small_counts_that_fill_their_total_hide_it_too(decided):
    atoms = table([("A", "2024-09", "x", 3), ("B", "2024-09", "x", 3), ("C", "2024-09", "x", 4)])
    cells = decided(atoms, ONE, YEARS)
    assert ("program", "all") in hidden(cells)


def test_months_of_the_program_and_halves_of_schools_share_the_program_s_halves(decided):
    first_half = [("A", "2024-09", "x", 7), ("A", "2024-10", "x", 30), ("B", "2024-11", "x", 25)]
    second_half = [("B", "2025-02", "x", 40), ("A", "2025-03", "x", 22)]
    atoms = table([*first_half, *second_half])
    cells = decided(atoms, schools(D1="A", D2="B"), Spec("arrests"))
    months = cells[(cells["unit_kind"] == "program") & (cells["period_kind"] == "month") & (cells["slice"] == "all")]
    assert set(months.loc[~months["shown"], "period_start"]) > {date(2024, 9, 1)}
    assert len(months.loc[~months["shown"]]) == 2


def test_zeros_show_where_they_are_no_secret(decided):
    cells = decided(table([("A", "2024-09", "x", 3), ("B", "2024-09", "x", 12)]), ONE, YEARS)
    assert cells.loc[cells["value"] == 0, "shown"].all()


def test_zeros_of_demographics_are_hidden_like_small_counts(decided):
    spec = Spec("arrests", grains={"program": ("year",)}, sliced=("program",), zeros_protected=True)
    atoms = table([("A", "2024-09", "x", 0), ("B", "2024-09", "y", 30), ("B", "2024-09", "z", 60)])
    cells = decided(atoms, ONE, spec, hides_zeros=frozenset({"arrests"}))
    assert hidden(cells) == {("program", "x"), ("program", "y")}


def test_few_others_are_hidden_as_well_as_few(decided):
    spec = Spec("arrests", grains={"program": ("year",)}, sliced=(), proportion=True)
    cells = decided(table([("A", "2024-09", "all", 47, 50)]), ONE, spec, proportions=frozenset({"arrests"}))
    assert not cells.set_index("part")["shown"]["rest"]
    assert not cells.set_index("part")["shown"][["counted", "both"]].all()


def test_leadership_sees_more(decided):
    atoms = table([("A", "2024-09", "x", 7), ("B", "2024-09", "x", 12), ("C", "2024-09", "x", 40)])
    assert not hidden(decided(atoms, ONE, YEARS, threshold=5))
    assert hidden(decided(atoms, ONE, YEARS, threshold=10))


def test_without_time_the_decision_is_greedy_and_as_safe(decided):
    rows = [("A", "x", 3), ("A", "y", 20), ("A", "z", 30), ("B", "x", 25), ("B", "y", 15), ("B", "z", 50)]
    atoms = table([(school, "2024-09", slice_, count) for school, slice_, count in rows])
    cells = decided(atoms, schools(D1="A", D2="B"), YEARS, budget=0.0)
    assert hidden(cells, unit_kind="school") >= {("A", "x")}
    cubes = build(atoms, schools(D1="A", D2="B"), [YEARS], *YEAR)
    assert list(decide(cubes, 10, 0.0).blocks["method"]) == ["greedy"]
    exact = decide(cubes, 10, 20.0)
    assert list(exact.blocks["method"]) == ["optimal"]
    assert exact.ratio_to_bound == pytest.approx(1.0)


def test_an_unfinished_period_is_no_cell():
    atoms = table([("A", "2024-09", "x", 30), ("A", "2025-01", "x", 30)])
    (cube,) = build(atoms, ONE, [Spec("arrests")], date(2024, 7, 1), date(2025, 1, 31))
    kinds = cube.cells.groupby("unit_kind")["period_kind"].agg(set)
    assert kinds["school"] == {"semester"}
    assert kinds["program"] == {"semester", "quarter", "month"}
    assert cube.cells["period_start"].max() == date(2025, 1, 1)


def test_a_number_that_two_metrics_share_is_hidden_in_both():
    calls = table(
        [("A", "2024-09", "officer", 6), ("A", "2024-09", "school", 50), ("B", "2024-09", "school", 40)], "calls"
    )
    outcomes = table([("A", "2024-09", "charged", 6)], "outcomes")
    specs = [Spec("calls", grains=YEARS.grains), Spec("outcomes", grains=YEARS.grains)]
    cubes = build(
        pd.concat([calls, outcomes]),
        schools(D1="A", D2="B"),
        specs,
        *YEAR,
        [Same("outcomes", "all", "calls", "officer")],
    )
    assert len(cubes) == 1
    cells = decide(cubes, 10).cells
    assert ("program", "all") in hidden(cells, metric="outcomes")
    assert ("program", "officer") in hidden(cells, metric="calls")


def test_what_a_part_leaves_of_its_whole_is_a_count_of_persons():
    arrests, referrals = table([("A", "2024-09", "x", 30)]), table([("A", "2024-09", "x", 33)], "referrals")
    specs = [Spec("arrests", YEARS.grains, ()), Spec("referrals", YEARS.grains, ())]
    link = Within("arrests", "all", "referrals", "all")
    cells = decide(build(pd.concat([arrests, referrals]), ONE, specs, *YEAR, [link]), 10).cells
    assert hidden(cells)


@pytest.mark.parametrize("count", [2.5, -1, None])
def test_what_is_no_count_of_persons_is_refused(count):
    with pytest.raises(CubeError, match="no whole number"):
        build(table([("A", "2024-09", "x", count)]), ONE, [YEARS], *YEAR)


def test_a_school_may_not_show_what_its_district_does_not():
    with pytest.raises(CubeError, match="may show no period"):
        Spec("arrests", grains={"program": ("year",), "district": ("year",), "school": ("year", "semester")})
