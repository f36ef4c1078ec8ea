"""Every sentence rule, one test each."""

from dataclasses import replace
from datetime import date
from math import nan

import pytest

from sro.figures import draw, wording
from sro.figures.findings import trend_finding
from sro.gates import withdrawn
from tests.figures.answers import CALLS, COVERAGE, HANDLED, LESSONS, MIX, RATE, answer, compared, nothing


def title(now, before=None, form="trend", **parts):
    return draw(compared(now, before) if before else now, form, **parts).title


# Numbers


@pytest.mark.parametrize(
    ("value", "card", "text"),
    [
        (91.4, COVERAGE, "91%"),
        (9.44, COVERAGE, "9.4%"),
        (9.96, COVERAGE, "10%"),
        (0, COVERAGE, "0%"),
        (100, COVERAGE, "100%"),
        (99.7, COVERAGE, "99.7%"),
        (99.99, COVERAGE, "over 99.9%"),
        (0.01, COVERAGE, "under 0.1%"),
        (12.345, RATE, "12.3"),
        (0.01, RATE, "under 0.1"),
        (1234.5, RATE, "1,234.5"),
        (1204, LESSONS, "1,204"),
        (12.5, LESSONS, "12.5"),
        (1204.5, LESSONS, "1,204"),
        (nan, LESSONS, "–"),
    ],
)
def test_values_are_written_by_their_unit(value, card, text):
    assert wording.value_text(value, card) == text


def test_one_of_a_unit_is_singular():
    assert wording.with_unit(1, LESSONS) == "1 lesson"
    assert wording.with_unit(1, replace(LESSONS, unit="activities")) == "1 activity"
    assert wording.with_unit(1, replace(LESSONS, unit="instructional days in a row")) == "1 instructional day in a row"
    assert wording.with_unit(2, LESSONS) == "2 lessons"


def test_differences_of_percentages_are_points():
    assert wording.gap_text(-3.0, COVERAGE) == "3 points"
    assert wording.gap_text(1.04, COVERAGE) == "1 point"
    assert wording.gap_text(0.02, COVERAGE) == "under 0.1 points"
    assert wording.gap_text(14.2, COVERAGE) == "14 points"


# Findings


def test_a_total_alone_is_said_with_its_period():
    assert title(answer(COVERAGE, (91, 100))) == "On-site coverage was 91% in 2025–26"


def test_a_period_that_is_not_over_is_so_far():
    assert title(answer(COVERAGE, (91, 100), through=date(2026, 3, 3))).endswith("in 2025–26 so far")


def test_a_complete_count_that_rose_says_by_how_much():
    found = title(answer(COVERAGE, (91, 100)), answer(COVERAGE, (88, 100), period="2024-25"))
    assert found == "On-site coverage was 91% in 2025–26, 3 points above 2024–25"


def test_a_complete_count_that_stayed_is_the_same():
    found = title(answer(COVERAGE, (91, 100)), answer(COVERAGE, (91, 100), period="2024-25"))
    assert found == "On-site coverage was 91% in 2025–26, the same as in 2024–25"


def test_a_change_whose_interval_includes_none_is_no_change_beyond_chance():
    found = title(answer(RATE, (62, 500000)), answer(RATE, (59, 500000), period="2024-25"))
    assert found == (
        "No change beyond chance in Incident rate: 12.4 per 1,000 students per 100 instructional days in 2025–26, "
        "11.8 in 2024–25"
    )


def test_a_change_beyond_chance_is_said_without_a_cause():
    found = title(answer(LESSONS, (400, 1)), answer(LESSONS, (300, 1), period="2024-25"))
    assert found == "Classroom lessons: 400 in 2025–26, 100 more than in 2024–25 (+33%)"


def test_a_fall_is_fewer():
    found = title(answer(LESSONS, (200, 1)), answer(LESSONS, (300, 1), period="2024-25"))
    assert "100 fewer than in 2024–25 (−33%)" in found


def test_counts_under_ten_are_too_few_to_compare():
    found = title(answer(LESSONS, (5, 1)), answer(LESSONS, (3, 1), period="2024-25"))
    assert found == "Too few to compare (3 → 5): Classroom lessons, 2025–26"


def test_no_percent_change_where_either_side_is_under_ten():
    days = replace(LESSONS, interval="none", title="Uncovered days", unit="instructional days")
    found = title(answer(days, (30, 1)), answer(days, (4, 1), period="2024-25"))
    assert found == "Uncovered days: 30 instructional days in 2025–26, 26 more than in 2024–25"


def test_no_percent_change_of_a_percentage():
    both = compared(answer(HANDLED, (90, 100)), answer(HANDLED, (40, 100), period="2024-25"))
    assert both.change is not None
    assert wording.percent_change(both.change, HANDLED) == ""


def test_a_month_without_a_log_is_said_as_such():
    assert title(answer(LESSONS, "not_received")) == "No logs received for 2025–26"


def test_the_stream_names_what_did_not_come():
    assert title(answer(COVERAGE, "not_received")) == "No shift records received for 2025–26"


def test_a_hidden_answer_says_that_it_is_hidden():
    assert title(answer(LESSONS, "suppressed")) == "Classroom lessons: hidden for 2025–26 to protect persons"


def test_what_does_not_apply_says_so():
    assert title(answer(LESSONS, "not_applicable")) == "Classroom lessons: does not apply in 2025–26"


def test_a_count_of_nothing_is_none_reported():
    assert title(answer(LESSONS, (0, 1))) == "Classroom lessons: none reported in 2025–26"


def test_a_break_of_the_series_forbids_the_comparison():
    both = compared(
        answer(RATE, (600, 500000), grain="month"), answer(RATE, (300, 500000), period="2024-25", grain="month")
    )
    broken = withdrawn(both, "New state categories")
    assert trend_finding(broken).endswith("not comparable with 2024–25 (New state categories)")


def test_months_of_a_trend_are_said_as_a_range():
    monthly = answer(COVERAGE, lambda u, p, s: (80 + p, 100), grain="month")
    assert title(monthly) == "On-site coverage was 86% in 2025–26; months ranged from 80% to 91%"


def test_an_unfinished_month_is_left_out_of_the_range():
    monthly = answer(COVERAGE, lambda u, p, s: (5 if p == 8 else 80 + p, 100), grain="month", through=date(2026, 3, 3))
    assert "ranged from 80% to 87%" in title(monthly)


def test_schools_are_never_named_in_a_title():
    units = {"A": "Alder", "B": "Birch", "C": "Cedar"}
    asked = answer(RATE, lambda u, p, s: (30 + 60 * u, 500000), by="school", units=units)
    assert not any(name in title(asked, form="schools") for name in units.values())


def test_schools_whose_interval_excludes_the_whole_are_counted():
    asked = answer(
        RATE,
        lambda u, p, s: (200, 500000) if u == 2 else (60, 500000),
        by="school",
        units={"A": "Alder", "B": "Birch", "C": "Cedar"},
    )
    assert ": 3 of 3 schools differ from the whole (21.3 per" in title(asked, form="schools")


def test_schools_that_differ_by_chance_alone_are_none():
    asked = answer(RATE, (60, 500000), by="school", units={"A": "Alder", "B": "Birch"})
    assert ": none of 2 schools differ from the whole" in title(asked, form="schools")


def test_complete_counts_of_schools_are_said_as_a_range():
    asked = answer(COVERAGE, lambda u, p, s: (70 + 10 * u, 100), by="school", units={"A": "Alder", "B": "Birch"})
    assert title(asked, form="schools") == "On-site coverage was 75% in 2025–26; 2 schools ranged from 70% to 80%"


def test_the_largest_category_is_named_with_its_part_of_the_whole():
    asked = answer(LESSONS, lambda u, p, s: (30 + 10 * s, 1), slices=["Law", "Drugs"])
    assert title(asked, form="slices") == "Classroom lessons in 2025–26: Drugs is the largest of 2 categories, 40 of 70"


def test_beside_a_hidden_category_the_largest_is_only_the_largest_shown():
    asked = answer(LESSONS, lambda u, p, s: "suppressed" if s else (30, 1), slices=["Law", "Drugs"])
    assert "Law is the largest shown of 2 categories, 30 lessons" in title(asked, form="slices")


def test_level_categories_are_level():
    asked = answer(LESSONS, (30, 1), slices=["Law", "Drugs"])
    assert title(asked, form="slices").endswith("Law and Drugs are level at 30 lessons")


def test_the_mix_of_a_year_comes_from_sums_not_from_months():
    mix = answer(MIX, lambda u, p, s: ((90, 100), (10, 100))[s] if p == 0 else ((10, 1000), (990, 1000))[s],
                 grain="month", period="2025-09..2025-10", slices=["Teaching", "Patrol"])  # fmt: skip
    assert title(mix, form="stack").endswith("Patrol is the largest of 2 categories, 91%")


def test_a_mix_with_hidden_parts_claims_no_largest():
    mix = answer(MIX, lambda u, p, s: "suppressed" if s else (90, 100), grain="month", slices=["Teaching", "Patrol"])
    assert title(mix, form="stack") == "Triad time mix in 2025–26: 2 categories, some hidden to protect persons"


def test_the_table_that_the_export_lacks_is_said():
    assert title(nothing(COVERAGE, "Not in this export: shifts.")) == "On-site coverage: not in this export"


# Around the finding


def test_the_subtitle_says_measure_unit_schools_and_period():
    figure = draw(answer(grain="month"), "trend")
    assert figure.subtitle == "On-site coverage · percent of instructional minutes · all schools · 2025–26 by month"


def test_the_subtitle_of_an_unfinished_period_says_the_data_date():
    assert draw(answer(through=date(2026, 3, 3)), "trend").subtitle.endswith("2025–26, to Mar 3, 2026")


def test_chosen_schools_are_named_up_to_three_and_counted_above():
    names = {"A": "Alder", "B": "Birch"}
    assert " · Alder and Birch · " in draw(answer(schools=("A", "B")), "trend", names=names).subtitle
    assert " · 4 schools · " in draw(answer(schools=("A", "B", "C", "D")), "trend").subtitle


def test_a_comparison_sentence_carries_the_interval():
    both = compared(answer(LESSONS, (400, 1)), answer(LESSONS, (300, 1), period="2024-25"))
    assert wording.comparison_sentence(both) == "2024–25: 300. It rose beyond chance (ratio 1.15 to 1.55)."


def test_a_comparison_sentence_of_a_complete_count_has_no_interval():
    both = compared(answer(COVERAGE, (91, 100)), answer(COVERAGE, (88, 100), period="2024-25"))
    assert wording.comparison_sentence(both) == "2024–25: 88%. +3 points."


def test_a_comparison_that_cannot_be_made_says_why():
    both = compared(answer(LESSONS, (40, 1)), answer(LESSONS, "not_received", period="2024-25"))
    assert wording.comparison_sentence(both) == "No report was received in 2024–25."


@pytest.mark.parametrize(
    ("direction", "now", "tone"),
    [
        ("up", 400, "better"),
        ("down", 400, "worse"),
        ("neutral", 400, "changed"),
        ("up", 301, "same"),
        ("up", 200, "worse"),
    ],
)
def test_only_a_metric_with_a_direction_is_better_or_worse(direction, now, tone):
    card = replace(LESSONS, direction=direction)
    both = compared(answer(card, (now, 1)), answer(card, (300, 1), period="2024-25"))
    assert wording.tone(card, both.change) == tone


def test_no_sentence_praises_or_blames_a_neutral_metric():
    for now in (100, 300, 900):
        both = compared(answer(CALLS, (now, 1)), answer(CALLS, (300, 1), period="2024-25"))
        text = f"{draw(both, 'trend').title} {wording.comparison_sentence(both)}".lower()
        assert not any(word in text for word in ("better", "worse", "improv", "declin", "due to", "because", "thanks"))


def test_markup_in_a_name_is_only_text():
    assert wording.plain("<b>A & B</b>") == "&lt;b&gt;A &amp; B&lt;/b&gt;"


def test_a_long_name_is_wrapped_and_a_cut_is_shown():
    assert wording.wrapped("Cedar Falls Central Junior-Senior High School", 21) == [
        "Cedar Falls Central",
        "Junior-Senior High S…",
    ]


def test_the_interval_of_a_change_stands_beneath_the_figure():
    both = compared(answer(LESSONS, (400, 1)), answer(LESSONS, (300, 1), period="2024-25"))
    assert draw(both, "trend").footnotes[0] == (
        "2025–26 beside 2024–25: 300. It rose beyond chance (ratio 1.15 to 1.55)."
    )


def test_a_comparison_that_cannot_be_made_is_explained_beneath_the_figure():
    both = compared(answer(LESSONS, (40, 1)), answer(LESSONS, "not_received", period="2024-25"))
    assert draw(both, "trend").footnotes[0] == "Not compared. No report was received in 2024–25."


def test_a_broken_series_is_not_compared_beneath_the_figure_either():
    both = compared(answer(LESSONS, (400, 1)), answer(LESSONS, (300, 1), period="2024-25"))
    figure = draw(withdrawn(both, "New log form"), "trend")
    assert figure.footnotes[0] == "Not compared with 2024–25: New log form."
    assert not any("beyond chance" in note for note in (*figure.footnotes, figure.title))


def test_a_hidden_total_says_that_it_is_hidden():
    yearly = answer(LESSONS, (40, 1), grain="year", period="2024-07..2026-06", total="suppressed")
    assert title(yearly).startswith("Classroom lessons, Jul 2024 to Jun 2026: ")
    assert wording.total_finding(yearly).endswith("total hidden to protect persons")


def test_a_sign_is_a_sign_and_no_hyphen():
    assert [wording.signed(-4.43, 1), wording.signed(1.84, 1), wording.signed(-1234)] == ["−4.4", "+1.8", "−1,234"]
