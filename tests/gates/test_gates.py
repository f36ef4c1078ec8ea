"""Which months may be compared, on answers made by hand."""

from dataclasses import replace
from datetime import date

import pytest

from sro.ask import Facts, School
from sro.gates import Break, Context, breaks_of, compared, gate
from sro.surroundings import Dated, LegalBreak
from tests.figures.answers import CALLS, COVERAGE, HANDLED, RATE, answer
from tests.figures.answers import compared as beside

SCHOOLS = tuple(
    School(name, f"School {name}", name, district, f"District {district}", "middle", "da", date(2024, 9, 5))
    for name, district in (("A", "D1"), ("B", "D1"), ("C", "D2"))
)
NEEDS_ENROLLMENT = replace(RATE, needs="incidents, calendar, enrollment")


def context(*events, lag=10.0, through=date(2026, 6, 30), legal=()):
    facts = Facts(SCHOOLS, frozenset(), date(2021, 7, 1), through, True, ())
    return Context(facts, events, legal, lag)


def event(day, kind="form_change", scope="program", scope_id="", label="New form"):
    return Dated(day, scope, scope_id, kind, label)


def test_whole_reported_months_are_all_kept_and_nothing_is_said():
    seen = gate(answer(COVERAGE, grain="month"), context(lag=0))
    assert len(seen.kept) == 12 and seen.left_out == () and seen.sentence == ""


def test_a_month_without_a_log_is_left_out_by_name():
    asked = answer(RATE, lambda unit, part, slice_: "not_received" if part == 3 else (40, 1000), grain="month")
    seen = gate(asked, context(lag=0))
    assert len(seen.kept) == 11
    assert seen.sentence == "Left out: Oct 2025 (no log received)."


def test_a_count_over_schools_with_a_missing_log_is_left_out_but_a_rate_is_kept():
    count, rate = (answer(card, (40, 1000), grain="month", received=(9, 10)) for card in (CALLS, RATE))
    assert gate(count, context(lag=0)).kept.empty
    assert len(gate(rate, context(lag=0)).kept) == 12


def test_a_rate_is_left_out_too_when_over_a_fifth_of_the_logs_are_missing():
    seen = gate(answer(RATE, (40, 1000), grain="month", received=(7, 10)), context(lag=0))
    assert seen.kept.empty and "some logs missing" in seen.sentence


def test_a_month_that_is_not_over_is_left_out():
    through = date(2026, 3, 15)
    seen = gate(answer(COVERAGE, grain="month", through=through), context(through=through))
    assert seen.sentence == "Left out: Mar 2026 (not over)."


def test_a_month_whose_entries_still_come_in_is_left_out_as_long_as_the_lag_says():
    asked = answer(RATE, (40, 1000), grain="month", period="2025-07..2026-05", through=date(2026, 6, 9))
    slow, fast = (gate(asked, context(lag=lag, through=date(2026, 6, 9))) for lag in (10, 9))
    assert [cell.label for cell in slow.left_out] == ["May 2026"] and not fast.left_out
    assert slow.sentence == "Left out: May 2026 (entries still come in: 95% are there after 10 days)."


def test_minutes_of_shifts_do_not_wait_for_the_log():
    asked = answer(COVERAGE, grain="month", period="2025-07..2026-05", through=date(2026, 6, 1))
    assert not gate(asked, context(lag=30, through=date(2026, 6, 1))).left_out


def test_months_without_an_enrollment_count_are_named_as_such():
    asked = answer(NEEDS_ENROLLMENT, lambda *place: "not_applicable" if place[1] < 2 else (40, 1000), grain="month")
    asked.cells.loc[:1, ["received", "expected"]] = 10
    assert gate(asked, context(lag=0)).sentence == "Left out: Jul 2025, Aug 2025 (no enrollment count)."


def test_summer_is_not_left_out_as_there_is_nothing_to_compare():
    asked = answer(NEEDS_ENROLLMENT, lambda *place: "not_applicable" if place[1] < 2 else (40, 1000), grain="month")
    seen = gate(asked, context(lag=0))
    assert len(seen.kept) == 10 and seen.sentence == ""


def test_hidden_months_are_left_out_as_hidden():
    seen = gate(answer(HANDLED, "suppressed", grain="month"), context(lag=0))
    assert seen.kept.empty and "hidden to protect persons" in seen.sentence


def test_a_new_form_starts_a_series_of_the_log_anew_and_no_other():
    form = event(date(2026, 1, 6))
    logged, shifts = (gate(answer(card, (40, 1000), grain="month"), context(form, lag=0)) for card in (RATE, COVERAGE))
    assert logged.starts("program") == [6] and shifts.starts("program") == []
    assert logged.sentence == "The series starts anew in Jan 2026 (New form)."


def test_an_event_at_a_district_breaks_its_own_schools_only():
    asked = answer(RATE, (40, 1000), grain="month", by="school", units={"A": "Alder", "C": "Cedar"})
    seen = gate(asked, context(event(date(2026, 1, 6), scope="district", scope_id="D1"), lag=0))
    assert seen.starts("A") == [6] and seen.starts("C") == []


def test_a_school_that_joins_starts_a_count_of_the_program_anew_but_not_a_rate():
    joined = event(date(2025, 9, 3), "program_start", "district", "D2", "Cedar Falls joins")
    count, rate = (answer(card, (40, 1000), grain="month") for card in (CALLS, RATE))
    assert breaks_of(count, context(joined)) == (Break(date(2025, 9, 3), "Cedar Falls joins", ""),)
    assert breaks_of(rate, context(joined)) == ()
    elsewhere = answer(CALLS, (40, 1000), grain="month", districts=("D1",))
    assert breaks_of(elsewhere, context(joined)) == ()


@pytest.mark.parametrize(("stream", "breaks"), [("official", 1), ("log", 0)])
def test_certified_totals_break_where_the_state_changed_its_categories(stream, breaks):
    law = LegalBreak("official", "", date(2021, 7, 1), "State incident categories revised")
    card = replace(CALLS, stream=stream, grain="year")
    asked = answer(card, (40, 1), grain="year", period="2019-07..2023-06")
    assert len(breaks_of(asked, context(legal=(law,)))) == breaks


def two_years(card, grain="total"):
    return beside(answer(card, (60, 100), grain=grain), answer(card, (30, 100), period="2024-25", grain=grain))


@pytest.mark.parametrize("grain", ["total", "month"])
def test_a_comparison_over_a_break_is_withdrawn_by_name(grain):
    seen = compared(two_years(RATE, grain), context(event(date(2025, 7, 1))))
    assert seen.change is not None and not seen.change.comparable
    assert seen.change.reason == "Not compared with 2024–25: New form."


def test_a_new_form_breaks_what_is_taken_from_the_log_and_nothing_else():
    form = context(event(date(2025, 7, 1)))
    for card, comparable in ((RATE, False), (COVERAGE, True)):
        change = compared(two_years(card), form).change
        assert change is not None and change.comparable is comparable


def test_a_school_that_joined_in_between_forbids_to_compare_counts_but_not_rates():
    joined = context(event(date(2025, 9, 1), "program_start", "district", "D2", "District joins"))
    for card, comparable in ((CALLS, False), (RATE, True)):
        change = compared(two_years(card), joined).change
        assert change is not None and change.comparable is comparable


def test_a_law_that_changed_what_districts_certify_forbids_the_comparison():
    law = context(legal=(LegalBreak("log", "", date(2025, 7, 1), "New categories by law"),))
    change = compared(two_years(RATE), law).change
    assert change is not None and change.broken == "New categories by law"


@pytest.mark.parametrize("day", [date(2024, 7, 1), date(2026, 7, 1)])
def test_a_break_before_or_after_both_sides_leaves_the_comparison(day):
    change = compared(two_years(RATE), context(event(day))).change
    assert change is not None and change.comparable


def test_categories_of_a_month_are_one_month():
    asked = answer(RATE, (40, 1000), grain="month", through=date(2026, 6, 9), slices=("a", "b"))
    assert gate(asked, context(through=date(2026, 6, 9))).sentence.startswith("Left out: Jun 2026 (not over)")


def test_a_chart_is_told_only_what_its_marks_do_not_say():
    asked = answer(CALLS, (40, 1), grain="month", received=(9, 10), through=date(2026, 6, 9))
    seen = gate(asked, context(lag=0, through=date(2026, 6, 9)))
    assert "not over" in seen.sentence and "not over" not in seen.beside
    assert seen.beside.startswith("Drawn, but not compared: 11 months from Jul 2025 to May 2026 (some logs missing)")
