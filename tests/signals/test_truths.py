"""What is true of the fictional county is found; what only seems so is not."""

from datetime import date

from sro.demo import TRUTH
from sro.question import Question
from sro.signals import watch_schools, what_changed

RATE = TRUTH.true_improvement.metric


def watched(county_2025):
    return watch_schools(county_2025.ask(RATE, grain="month", by="school"), county_2025.context)


def test_the_true_improvement_is_found_at_both_schools_and_dated_to_its_month(county_2025):
    found = {signal.school_id: signal for signal in watched(county_2025).signals}
    assert set(TRUTH.true_improvement.school_ids) <= set(found)
    for school in TRUTH.true_improvement.school_ids:
        assert found[school].side == "low"
        assert found[school].since == date(2025, 1, 1)
        assert 0.3 < found[school].after / found[school].before < 0.75


def test_the_false_improvement_is_not_found(county_2025):
    assert not set(TRUTH.false_improvement.school_ids) & {signal.school_id for signal in watched(county_2025).signals}


def test_no_school_without_a_change_stands_out(county_2025):
    assert {signal.school_id for signal in watched(county_2025).signals} == set(TRUTH.true_improvement.school_ids)


def test_the_sentence_says_what_chance_would_give(county_2025):
    seen = watched(county_2025)
    assert seen.sentence == f"By chance, fewer than 1 of {seen.watch.units} schools would stand out in a year; 2 did."


def test_the_list_of_changes_names_the_true_improvement_with_its_numbers(county_2025):
    found = what_changed(county_2025.vintage, county_2025.settings, Question(RATE, "2025-26"))
    (rate,) = [f for f in found if f.question.metric == RATE and f.kind == "schools"]
    assert "Dunmarrow HS" in rate.sentence and "since Jan 2025" in rate.sentence
    assert not any("Graylag" in finding.sentence for finding in found if finding.kind != "logs")


def test_the_form_change_is_no_signal_but_a_new_beginning(county_2025):
    found = what_changed(county_2025.vintage, county_2025.settings, Question(RATE, "2023-24"))
    assert not any(f.kind in ("neutral", "concerning", "improving") and f.question.metric == RATE for f in found)
