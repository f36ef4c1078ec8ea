"""The rules of claims one by one, on evidence made by hand: what each refuses, cautions or lets pass."""

from dataclasses import replace
from datetime import date

import pytest

from sro.change import change_between
from sro.claims import RULES, Claim, ClaimError, Evidence, rules
from sro.claims.claim import CAREFUL
from sro.claims.judge import verdict_on
from sro.gates import Break, LeftOut
from sro.question import Question
from tests.figures.answers import CALLS, COVERAGE, HANDLED, MIX, RATE, answer


def claimed(kind="rose", **parts):
    return Claim(kind, Question("rate", "2025-26"), **parts)


def evidence(card=RATE, now=(60, 1000), before=(30, 1000), claim=None, *, period="2025-26", earlier="2024-25", **parts):
    after = answer(card, now, period=period, received=parts.pop("received", (10, 10)))
    beside = None if before is None else answer(card, before, period=earlier)
    change = careful = None
    if beside is not None:
        change, careful = change_between(beside, after), change_between(beside, after, CAREFUL)
        after = replace(after, comparison=beside, change=change)
    made = {"left_out": (), "breaks": (), "spread": 0.0, "schools": 40, **parts}
    return Evidence(claim or claimed(), after, beside, change, careful, **made)


def left_out(reason):
    return (LeftOut("program", "Program", date(2026, 6, 1), "Jun 2026", reason),)


def level(rule, seen):
    found = rule(seen)
    return found.level if found else "passes"


def test_a_plain_doubling_passes_every_rule():
    said = verdict_on(evidence(), {})
    assert said.verdict == "supported" and said.objections == ()
    assert said.sentence.startswith("Incident rate was 6,000.0") and "(ratio 1.29 to 3.09)" in said.sentence


def test_every_rule_of_the_module_is_in_the_list():
    named = {
        thing
        for thing in vars(rules).values()
        if getattr(thing, "__annotations__", {}).get("return") == "Objection | None"
    }
    assert named == set(RULES)


def test_a_hidden_number_supports_nothing():
    assert level(rules.a_number_must_show, evidence(now="suppressed")) == "no"
    assert level(rules.a_number_must_show, evidence(before="not_received")) == "no"
    assert level(rules.a_number_must_show, evidence(before=None, why_not="Nothing earlier.")) == "no"
    assert level(rules.a_number_must_show, evidence()) == "passes"


def test_a_mix_supports_no_single_number():
    assert level(rules.a_mix_has_no_single_number, evidence(MIX)) == "no"


def test_a_break_of_the_series_refuses_and_is_named_in_the_sentence():
    seen = evidence(breaks=(Break(date(2025, 9, 1), "New form", ""),))
    assert level(rules.the_series_must_not_break, seen) == "no"
    assert "not comparable with 2024–25 (New form)" in verdict_on(seen, {}).sentence


def test_counts_of_unequal_periods_are_refused_and_rates_cautioned():
    parts = {"period": "2025-26-S1", "earlier": "2024-25"}
    assert level(rules.like_months_with_like, evidence(CALLS, (40, 1), (90, 1), **parts)) == "no"
    assert level(rules.like_months_with_like, evidence(RATE, **parts)) == "caution"
    assert level(rules.like_months_with_like, evidence(RATE, period="2025-26-S1", earlier="2024-25-S2")) == "caution"
    assert level(rules.like_months_with_like, evidence(RATE)) == "passes"


def test_a_period_that_is_not_over_refuses_a_count_and_cautions_a_rate():
    assert level(rules.the_period_must_be_over, evidence(CALLS, left_out=left_out("partial"))) == "no"
    assert level(rules.the_period_must_be_over, evidence(RATE, left_out=left_out("partial"))) == "caution"


def test_missing_logs_refuse_a_count_and_caution_a_rate_until_a_fifth_is_missing():
    assert level(rules.logs_must_be_there, evidence(CALLS, (40, 1), (90, 1), received=(9, 10))) == "no"
    assert level(rules.logs_must_be_there, evidence(RATE, received=(9, 10))) == "caution"
    assert level(rules.logs_must_be_there, evidence(RATE, received=(7, 10))) == "no"
    assert level(rules.logs_must_be_there, evidence(RATE)) == "passes"


def test_the_sentence_beside_missing_logs_compares_nothing():
    said = verdict_on(evidence(CALLS, (40, 1), (90, 1), claimed("fell"), received=(6, 10)), {})
    assert said.verdict == "not supported"
    assert "not comparable. 4 of 10 logs missing for 2025–26" in said.sentence and "fewer" not in said.sentence


def test_entries_that_still_come_in_are_a_caution():
    assert level(rules.entries_must_be_in, evidence(left_out=left_out("filling"))) == "caution"


@pytest.mark.parametrize(("events", "expected"), [(9, "no"), (10, "caution"), (19, "caution"), (20, "passes")])
def test_under_ten_events_nothing_is_compared_and_under_twenty_with_caution(events, expected):
    assert level(rules.enough_events, evidence(now=(events, 1000), before=(40, 1000))) == expected


def test_a_difference_within_chance_is_refused():
    seen = evidence(now=(35, 1000), before=(30, 1000))
    assert level(rules.beyond_chance, seen) == "no"
    assert verdict_on(seen, {}).sentence.startswith("No change beyond chance in Incident rate")


def test_complete_counts_are_cautioned_where_months_vary_as_much():
    seen = evidence(COVERAGE, (90, 100), (88, 100), spread=3.0)
    assert level(rules.beyond_chance, seen) == "caution"
    assert level(rules.beyond_chance, replace(seen, spread=1.0)) == "passes"


@pytest.mark.parametrize(
    ("kind", "expected"), [("rose", "passes"), ("fell", "no"), ("higher", "passes"), ("lower", "no")]
)
def test_the_direction_must_be_that_of_the_numbers(kind, expected):
    other = Question("rate", "2025-26", schools=("B",))
    seen = evidence(claim=claimed(kind, other=other if kind in ("higher", "lower") else None))
    assert level(rules.the_direction_must_be_right, seen) == expected


@pytest.mark.parametrize("kind", ["rose", "fell"])
def test_a_number_that_stayed_the_same_neither_rose_nor_fell(kind):
    assert level(rules.the_direction_must_be_right, evidence(COVERAGE, (90, 100), (90, 100), claimed(kind))) == "no"


@pytest.mark.parametrize(("size", "expected"), [(100, "caution"), (30, "caution"), (20, "no"), (300, "no")])
def test_a_claimed_size_must_lie_in_the_interval(size, expected):
    # 60 against 30: ratio 2, limits 1.29 to 3.09, so between 29 and 210 percent more.
    assert level(rules.the_size_must_fit, evidence(claim=claimed(by=size))) == expected


def test_the_size_of_a_share_is_in_points():
    seen = evidence(HANDLED, (700, 1000), (600, 1000), claimed(by=10))
    found = rules.the_size_must_fit(seen)
    assert found and found.words == "The size is known from +6 to +14 points only."


def test_a_complete_count_has_its_exact_size():
    assert level(rules.the_size_must_fit, evidence(COVERAGE, (90, 100), (80, 100), claimed(by=10))) == "passes"
    assert level(rules.the_size_must_fit, evidence(COVERAGE, (90, 100), (80, 100), claimed(by=12))) == "no"


def test_one_school_of_many_needs_more_than_a_chance_of_one_in_twenty():
    one = Claim("rose", Question("rate", "2025-26", schools=("A",)))
    assert level(rules.one_of_many_schools, evidence(now=(50, 1000), claim=one)) == "caution"
    assert level(rules.one_of_many_schools, evidence(now=(90, 1000), claim=one)) == "passes"
    assert level(rules.one_of_many_schools, evidence(now=(50, 1000))) == "passes"


def test_schools_are_compared_with_caution_only():
    other = Question("rate", "2025-26", schools=("B",))
    said = verdict_on(evidence(claim=claimed("higher", other=other)), {})
    assert said.verdict == "supported with caution" and "ratio 1.29 to 3.09" in said.sentence


@pytest.mark.parametrize(
    ("card", "value", "target", "expected"),
    [
        (COVERAGE, (90, 100), 85, "passes"),
        (COVERAGE, (90, 100), 95, "no"),
        (replace(HANDLED, direction="up"), (90, 100), 85, "caution"),
        (replace(HANDLED, direction="up"), (950, 1000), 85, "passes"),
        (replace(HANDLED, direction="down"), (10, 1000), 5, "passes"),
        (replace(HANDLED, direction="down"), (90, 1000), 5, "no"),
        (HANDLED, (90, 100), 85, "no"),
    ],
)
def test_a_target_is_met_by_the_metrics_direction_and_its_interval(card, value, target, expected):
    seen = evidence(card, value, None, claimed("met", target=target))
    assert level(rules.the_target_must_be_reached, seen) == expected


def test_since_the_program_began_says_when_and_not_why():
    said = verdict_on(evidence(claim=claimed(since_start=True)), {})
    assert said.verdict == "supported with caution"
    assert said.sentence.endswith("Association in time; not evidence that the program caused the change.")
    assert "The log began with the program" in said.footnote


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"kind": "doubled"}, "A claim is one of rose, fell"),
        ({"kind": "met"}, "Which target"),
        ({"kind": "higher"}, "Higher or lower than which schools"),
        ({"kind": "fell", "by": -30}, "without a sign: fell by 30"),
        ({"before": "2026-27"}, "2026-27 begins after 2025-26"),
    ],
)
def test_a_claim_that_lacks_a_part_says_which(parts, says):
    with pytest.raises(ClaimError, match=says):
        claimed(**parts)


def test_the_two_sides_share_neither_months_nor_schools():
    higher = claimed("higher", other=Question("rate", "2025-26"))
    assert level(rules.the_sides_must_be_apart, evidence(earlier="2025-10")) == "no"
    assert level(rules.the_sides_must_be_apart, evidence(claim=higher, shared=("Alder",))) == "no"
    assert level(rules.the_sides_must_be_apart, evidence()) == "passes"


@pytest.mark.parametrize(("target", "expected"), [(50, "caution"), (70, "no")])
def test_a_count_that_has_reached_its_target_keeps_it_though_logs_are_missing(target, expected):
    card = replace(CALLS, direction="up")
    seen = evidence(card, (60, 1), None, claimed("met", target=target), received=(9, 10), left_out=left_out("partial"))
    assert level(rules.logs_must_be_there, seen) == expected == level(rules.the_period_must_be_over, seen)


def test_a_share_written_as_a_fraction_is_questioned():
    said = verdict_on(evidence(COVERAGE, (90, 100), None, claimed("met", target=0.8)), {})
    assert said.reasons == ("The target is read as 0.8%; a share of 0.8 is written 80.",)


def test_the_footnote_names_where_the_numbers_come_from():
    assert "Vintage 3fa9c2d1" in verdict_on(evidence(), {}).footnote
