"""One planted leak of each kind: the auditor finds it, names the cell, and says what gives it away."""

import numpy as np
import pandas as pd
import pytest

from sro.audit import AuditError, Knowledge, Tie, audit

KINDS = {"arrests": frozenset({"x", "y"}), "outcomes": frozenset({"x", "y"})}
SCHOOLS = Knowledge({"A": "D1", "B": "D1", "C": "D2", "E": "D2"}, slices=KINDS)
YEAR = ("2024-07-01", "2025-06-30")
FIRST_HALF = ("2024-07-01", "2024-12-31")
SECOND_HALF = ("2025-01-01", "2025-06-30")
QUARTERS = (("2024-07-01", "2024-09-30"), ("2024-10-01", "2024-12-31"))
HIDDEN = np.nan


def said(unit, number, period=YEAR, slice_="all", metric="arrests", **more):
    kind = "program" if unit == "program" else "district" if unit.startswith("D") else "school"
    if "+" in unit:
        kind = "schools"
    return {
        "metric": metric, "unit_kind": kind, "unit": unit, "period_start": period[0], "period_end": period[1],
        "slice": slice_, "numerator": number, **more,
    }  # fmt: skip


def leaks(*rows, knowledge=SCHOOLS, threshold=10):
    return audit(pd.DataFrame(rows), knowledge, threshold)


def test_nothing_hidden_nothing_leaks():
    assert not leaks(said("D1", 12), said("A", 12), said("B", 0))


def test_two_hidden_with_room_between_them_do_not_leak():
    assert not leaks(said("D1", 20), said("A", HIDDEN), said("B", HIDDEN))


def test_the_one_hidden_beside_its_total():
    (leak,) = leaks(said("D1", 20), said("A", 17), said("B", HIDDEN))
    assert (leak.low, leak.high, leak.kind) == (3, 3, "hidden")
    assert "B" in leak.cell
    assert any("D1" in cell for cell in leak.given_away_by)
    assert "is 3" in str(leak)


def test_two_hidden_that_fill_a_small_total():
    found = leaks(said("D1", 10), said("A", HIDDEN), said("B", HIDDEN))
    assert [(leak.low, leak.high) for leak in found] == [(1, 9), (1, 9)]


def test_where_zeros_are_hidden_too_a_small_total_of_two_leaves_room():
    zeros = Knowledge(SCHOOLS.district_of, hides_zeros=frozenset({"arrests"}))
    assert not leaks(said("D1", 10), said("A", HIDDEN), said("B", HIDDEN), knowledge=zeros)


def test_a_one_school_district_gives_its_school_away():
    alone = Knowledge({"A": "D1", "B": "D2", "C": "D2"})
    (leak,) = leaks(said("D1", 4), said("A", HIDDEN), knowledge=alone)
    assert leak.low == leak.high == 4


def test_schools_under_the_program_through_their_districts():
    rows = [said("program", 40), said("D1", 25), said("D2", HIDDEN), said("C", HIDDEN), said("E", 11)]
    assert {leak.low for leak in leaks(*rows)} == {4}


def test_categories_of_a_total():
    assert leaks(said("A", 20), said("A", 14, slice_="x"), said("A", HIDDEN, slice_="y"))


def test_a_total_is_no_sum_of_those_categories_that_happen_to_be_stated():
    unknown = Knowledge(SCHOOLS.district_of)
    assert not leaks(said("A", 30), said("A", 14, slice_="x"), knowledge=unknown)
    (leak,) = leaks(said("A", 20), said("A", 14, slice_="x"), knowledge=unknown)
    assert (leak.kind, leak.low, leak.high) == ("unprinted", 6, 6)
    assert leak.cell.endswith("all others")


def test_a_category_that_nobody_printed_is_still_among_the_total():
    (leak,) = leaks(said("A", 20), said("A", 14, slice_="x"))
    assert (leak.kind, leak.low, leak.high) == ("unprinted", 6, 6)
    assert leak.cell.endswith("y")


def test_a_hidden_category_lies_below_what_the_stated_ones_leave_of_the_total():
    unknown = Knowledge(SCHOOLS.district_of)
    found = leaks(said("A", 20), said("A", 14, slice_="x"), said("A", HIDDEN, slice_="y"), knowledge=unknown)
    assert any(leak.kind == "hidden" and (leak.low, leak.high) == (1, 6) for leak in found)


def test_halves_of_a_year():
    assert leaks(said("A", 20), said("A", 14, FIRST_HALF), said("A", HIDDEN, SECOND_HALF))


def test_months_of_the_program_against_halves_of_schools():
    months = [("2024-09-01", "2024-09-30"), ("2024-10-01", "2024-10-31")]
    rows = [
        said("A", 30, FIRST_HALF), said("B", 12, FIRST_HALF), said("C", 0, FIRST_HALF), said("E", 0, FIRST_HALF),
        said("program", 39, months[0]), said("program", HIDDEN, months[1]),
        said("program", 0, ("2024-07-01", "2024-08-31")),
        said("program", 0, ("2024-11-01", "2024-12-31")), said("program", HIDDEN, FIRST_HALF),
    ]  # fmt: skip
    assert any(leak.low == leak.high == 3 for leak in leaks(*rows))


def test_two_hidden_in_a_row_but_alone_in_their_columns():
    counts = {("A", "x"): HIDDEN, ("A", "y"): HIDDEN, ("B", "x"): 25, ("B", "y"): 15}
    rows = [said(unit, number, slice_=slice_) for (unit, slice_), number in counts.items()]
    rows += [said("D1", 28, slice_="x"), said("D1", 35, slice_="y"), said("A", 23), said("B", 40), said("D1", 63)]
    assert any(leak.low == leak.high == 3 for leak in leaks(*rows))


def test_a_free_total_of_some_schools():
    rows = [said("A", HIDDEN), said("B", HIDDEN), said("C", 30), said("A+C", 34)]
    assert any(leak.low == leak.high == 4 for leak in leaks(*rows))


def test_a_free_span_of_months():
    rows = [said("A", HIDDEN, SECOND_HALF), said("A", 21, FIRST_HALF), said("A", 24)]
    assert leaks(*rows)
    overlapping = [said("A", 12, ("2024-09-01", "2025-01-31")), said("A", 14, ("2024-10-01", "2025-02-28"))]
    assert not leaks(*overlapping)


def test_what_was_left_out_instead_of_hidden():
    (leak,) = leaks(said("D1", 20), said("A", 17))
    assert (leak.kind, leak.low, leak.high) == ("unprinted", 3, 3)


def test_a_large_remainder_is_no_secret():
    assert not leaks(said("D1", 60), said("A", 17))


def test_a_percentage_beside_its_denominator():
    rows = [said("A", HIDDEN, denominator=57, value=7.0, decimals=0, scale=100)]
    (leak,) = leaks(*rows)
    assert leak.low == pytest.approx(0.065 * 57, abs=0.01)
    assert leak.high == pytest.approx(0.075 * 57, abs=0.01)


def test_a_percentage_of_a_great_many_tells_little():
    assert not leaks(said("A", HIDDEN, denominator=5700, value=0.0, decimals=0, scale=100))


def test_a_rate_beside_the_students_it_is_a_rate_of():
    (leak,) = leaks(said("A", HIDDEN, denominator=812, value=4.9, decimals=1, scale=1000))
    assert round(leak.low) == round(leak.high) == 4


def test_few_others():
    others = Knowledge(SCHOOLS.district_of, proportions=frozenset({"diverted"}))
    (leak,) = leaks(said("A", 47, metric="diverted", denominator=50), knowledge=others)
    assert (leak.low, leak.high) == (3, 3)


def test_a_proportion_and_its_percentage_without_either_number():
    others = Knowledge(SCHOOLS.district_of, proportions=frozenset({"diverted"}))
    row = said("A", HIDDEN, metric="diverted", value=50.0, decimals=0, scale=100)
    assert not leaks(row, knowledge=others)


def test_two_metrics_that_are_one_number():
    tie = Tie("equals", "outcomes", "all", "calls", "officer")
    known = Knowledge(SCHOOLS.district_of, ties=(tie,))
    rows = [said("A", HIDDEN, slice_="officer", metric="calls"), said("A", 6, metric="outcomes")]
    assert leaks(*rows, knowledge=known)
    assert not leaks(*rows)


def test_a_part_and_its_whole():
    known = Knowledge(SCHOOLS.district_of, ties=(Tie("of", "arrests", "all", "referrals", "all"),))
    (leak,) = leaks(said("A", 30), said("A", 33, metric="referrals"), knowledge=known)
    assert (leak.kind, leak.low) == ("unprinted", 3)


def test_what_an_earlier_release_printed():
    (leak,) = leaks(said("A", 7, release="2025-01"), said("A", HIDDEN, release="2025-02"))
    assert (leak.kind, leak.low) == ("earlier", 7)


def test_what_an_earlier_release_printed_beside_it():
    earlier = [
        said("D1", 20, release="2025-01"),
        said("A", HIDDEN, release="2025-01"),
        said("B", HIDDEN, release="2025-01"),
    ]
    later = [
        said("D1", HIDDEN, release="2025-02"),
        said("A", HIDDEN, release="2025-02"),
        said("B", 16, release="2025-02"),
    ]
    assert not leaks(*earlier)
    assert any(leak.low == leak.high == 4 for leak in leaks(*earlier, *later))


def test_so_far_this_year_in_two_months_releases():
    january, february = ("2024-07-01", "2025-01-31"), ("2024-07-01", "2025-02-28")
    (leak,) = leaks(said("A", 12, january, release="2025-02"), said("A", 13, february, release="2025-03"))
    assert (leak.kind, leak.low, leak.high) == ("unprinted", 1, 1)
    assert "2025-02" in leak.cell


def test_a_revised_total_frees_what_it_contradicts_and_nothing_else():
    earlier = [said("D1", 20, release="1"), said("A", 16, release="1"), said("B", 4, release="1")]
    later = [said("D1", 21, release="2"), said("A", HIDDEN, release="2"), said("B", HIDDEN, release="2")]
    found = leaks(*earlier, *later)
    assert any("A" in leak.cell or "B" in leak.cell for leak in found)


def test_statements_that_contradict_each_other_are_refused():
    with pytest.raises(AuditError, match="contradict"):
        leaks(said("D1", 20), said("A", 12), said("B", 12))


def test_a_unit_that_nobody_knows_is_refused():
    with pytest.raises(AuditError, match="no school"):
        leaks(said("Z", 20))


def test_categories_of_one_metric_that_add_up_to_another_number():
    tie = Tie("equals", "diverted", "all", "outcomes", "diversion+charged", "denominator")
    known = Knowledge(SCHOOLS.district_of, proportions=frozenset({"diverted"}), ties=(tie,))
    rows = [
        said("A", HIDDEN, metric="diverted", denominator=24),
        said("A", 20, slice_="diversion", metric="outcomes"),
        said("A", HIDDEN, slice_="charged", metric="outcomes"),
    ]
    assert any(leak.low == leak.high == 4 for leak in leaks(*rows, knowledge=known))
    assert not leaks(*rows)


def test_a_link_holds_for_months_of_which_one_side_was_told_in_parts_only():
    """12 and 12 by quarter are 24 in the half, of which 20 were diverted: nobody printed the sum of both categories."""
    tie = Tie("equals", "diverted", "all", "outcomes", "diversion+charged", "denominator")
    known = Knowledge(SCHOOLS.district_of, proportions=frozenset({"diverted"}), ties=(tie,))
    rows = [said("A", HIDDEN, quarter, metric="diverted", denominator=12) for quarter in QUARTERS]
    rows += [
        said("A", 20, FIRST_HALF, slice_="diversion", metric="outcomes"),
        said("A", HIDDEN, FIRST_HALF, slice_="charged", metric="outcomes"),
    ]
    assert any("charged" in leak.cell and leak.low == leak.high == 4 for leak in leaks(*rows, knowledge=known))


def test_a_part_of_a_whole_that_was_told_for_other_months():
    known = Knowledge(SCHOOLS.district_of, ties=(Tie("of", "arrests", "all", "referrals", "all"),))
    rows = [said("A", 15, QUARTERS[0], metric="referrals"), said("A", 18, QUARTERS[1], metric="referrals")]
    found = leaks(said("A", 30, FIRST_HALF), *rows, knowledge=known)
    assert any("referrals without arrests" in leak.cell and leak.low == leak.high == 3 for leak in found)


def test_schools_by_half_under_their_districts_year():
    rows = [said("D1", 24), said("A", 10, FIRST_HALF), said("A", 0, SECOND_HALF), said("B", 10, FIRST_HALF)]
    (leak,) = leaks(*rows, said("B", HIDDEN, SECOND_HALF))
    assert leak.low == leak.high == 4


AMONG_CALLS = Knowledge(
    SCHOOLS.district_of,
    slices={**KINDS, "calls": frozenset({"officer", "others"})},
    hides_zeros=frozenset({"outcomes"}),
    ties=(Tie("equals", "outcomes", "all", "calls", "officer"),),
    public=frozenset({("outcomes", "all", "numerator"), ("calls", "officer", "numerator")}),
    among={"outcomes": ("calls", "officer")},
)


def test_a_public_total_beside_all_but_one_category():
    public = said("A", 6, slice_="officer", metric="calls")
    hidden = [said("A", HIDDEN, slice_=slice_, metric="outcomes") for slice_ in ("x", "y")]
    for totals in ([public], [public, said("A", 6, metric="outcomes")]):  # the same number, printed once or twice
        assert not leaks(*totals, *hidden, knowledge=AMONG_CALLS)  # each is one of 0 to 6, as everybody knew
        (leak,) = leaks(*totals, hidden[0], said("A", 0, slice_="y", metric="outcomes"), knowledge=AMONG_CALLS)
        assert leak.low == leak.high == 6


def test_a_public_total_of_more_months_bounds_what_is_among_it():
    """Calls are told up to the last day, outcomes up to the last whole month."""
    so_far = (YEAR[0], "2025-03-31")
    public = [
        said("A", 3, slice_="officer", metric="calls", period=YEAR),
        said("A", 3, metric="outcomes", period=so_far),
    ]
    hidden = [said("A", HIDDEN, slice_=slice_, metric="outcomes", period=so_far) for slice_ in ("x", "y")]
    assert not leaks(*public, *hidden, knowledge=AMONG_CALLS)
    y = said("A", 2, slice_="y", metric="outcomes", period=so_far)
    (leak,) = leaks(*public, hidden[0], y, knowledge=AMONG_CALLS)
    assert leak.low == leak.high == 1


# The links of the program's own metrics

RACE = {"by_race": frozenset({"x", "y"}), "diversion": frozenset({"x", "y"})}


def test_groups_beside_the_log_s_total_in_the_year_in_which_both_agree():
    """30 arrests in the log; of the groups, 26 show and nothing else: the hidden group has 4."""
    first = 2024 * 12 + 6
    agreeing = frozenset({frozenset(range(first, first + 12))})
    rows = [
        said("program", 30), said("program", HIDDEN, metric="by_race"),
        said("program", 26, slice_="x", metric="by_race"), said("program", HIDDEN, slice_="y", metric="by_race"),
    ]  # fmt: skip
    for only, leaking in ((agreeing, True), (frozenset(), False), (None, True)):
        tie = Tie("equals", "by_race", "all", "arrests", "all", only=only)
        known = Knowledge(SCHOOLS.district_of, RACE, hides_zeros=frozenset({"by_race"}), ties=(tie,))
        found = leaks(*rows, knowledge=known)
        assert any(leak.low == leak.high == 4 and leak.cell.endswith("y") for leak in found) is leaking


def test_a_group_s_arrests_are_what_its_diversion_leaves():
    ties = tuple(Tie("equals", "diversion", group, "by_race", group, "rest") for group in ("all", "x", "y"))
    known = Knowledge(
        SCHOOLS.district_of, RACE, frozenset({"diversion"}), frozenset({"by_race", "diversion"}), ties
    )  # fmt: skip
    rows = [
        said("program", 20, slice_="x", metric="diversion", denominator=24),
        said("program", HIDDEN, slice_="x", metric="by_race"),
    ]
    found = leaks(*rows, knowledge=known)
    assert any("by_race" in leak.cell and leak.low == leak.high == 4 for leak in found)
    assert not leaks(rows[1], knowledge=known)


def test_a_rate_of_arrests_gives_the_arrests_away():
    known = Knowledge(SCHOOLS.district_of, ties=(Tie("equals", "rate", "all", "arrests", "all"),))
    rows = [said("A", HIDDEN), said("A", 4, metric="rate", denominator=812)]
    assert any(leak.low == leak.high == 4 for leak in leaks(*rows, knowledge=known))


def test_a_school_that_had_no_call_sent_to_court_beside_few_calls():
    """Of 12 calls 11 went to court: the one that did not is as good as printed."""
    known = Knowledge(
        SCHOOLS.district_of, proportions=frozenset({"share"}), hides_zeros=frozenset({"share"}),
        ties=(Tie("equals", "share", "all", "calls", "all", "denominator"),),
        public=frozenset({("share", "all", "denominator"), ("calls", "all", "numerator")}),
        among={"share": ("calls", "all")},
    )  # fmt: skip
    (leak,) = leaks(said("program", 11, metric="share"), said("program", 12, metric="calls"), knowledge=known)
    assert leak.low == leak.high == 1
