"""Claims about the fictional county: what is true of it may be said, what only seems so may not."""

from dataclasses import replace

import pytest

from sro.claims import Claim, judge
from sro.cli import main
from sro.demo import TRUTH
from sro.question import Question

RATE = TRUTH.true_improvement.metric
DUNMARROW = ("990401000000",)
GRAYLAG = TRUTH.false_improvement.school_ids
NAMES = {"990401000000": "Dunmarrow Central School District"}


def said(county, kind, metric, period, *, by=None, before="", since_start=False, target=None, **filters):
    question = Question(metric, period, **filters)
    claim = Claim(kind, question, by=by, before=before, since_start=since_start, target=target)
    return judge(claim, county.vintage, county.settings, NAMES)


def test_the_true_improvement_may_be_said_with_its_interval(county_2025):
    verdict = said(county_2025, "fell", RATE, "2025-01..2025-06", districts=DUNMARROW)
    assert verdict.verdict == "supported"
    assert verdict.sentence.startswith("Dunmarrow Central School District: ") and "ratio" in verdict.sentence
    assert verdict.footnote.endswith("Audience: public.")


@pytest.mark.parametrize(("size", "verdict"), [(50, "supported with caution"), (10, "not supported")])
def test_its_size_may_be_said_as_far_as_the_interval_goes(county_2025, size, verdict):
    assert said(county_2025, "fell", RATE, "2025-01..2025-06", by=size, districts=DUNMARROW).verdict == verdict


@pytest.mark.parametrize("metric", ["incidents_logged", RATE])
def test_the_false_improvement_may_not_be_said(county_2025, metric):
    verdict = said(county_2025, "fell", metric, "2024-25", schools=GRAYLAG)
    assert verdict.verdict == "not supported"
    assert "4 of 10 logs missing for 2024–25. Missing is not zero." in verdict.reasons


def test_no_change_is_claimed_across_the_new_form_but_one_year_later_it_can_be_asked(county_2025):
    across = said(county_2025, "rose", RATE, "2023-24")
    assert across.objections[0].rule == "the_series_must_not_break"
    later = said(county_2025, "rose", RATE, "2024-25")
    assert "the_series_must_not_break" not in [objection.rule for objection in later.objections]


def test_a_hidden_number_is_not_told_in_a_claim(county_2025):
    verdict = said(county_2025, "rose", "officer_outcomes", "2024-11", schools=("990401060001",))
    assert verdict.verdict == "not supported" and "hidden to protect persons" in verdict.sentence


def test_every_number_of_a_claim_can_be_asked_again(county_2025):
    verdict = said(county_2025, "fell", RATE, "2025-01..2025-06", districts=DUNMARROW)
    assert [question.period for question in verdict.questions] == ["2024-25-S2", "2023-24-S2"]


def test_a_target_is_judged(county_2025):
    assert said(county_2025, "met", "coverage_rate", "2024-25", target=80).verdict == "supported"
    assert said(county_2025, "met", "coverage_rate", "2024-25", target=99).verdict == "not supported"


@pytest.mark.parametrize(
    ("arguments", "code", "first"),
    [
        (["I02", "fell", "--period", "2025-01..2025-06", "--district", "Dunmarrow"], 0, "Supported"),
        (["I02", "rose", "--period", "2024-25"], 1, "Not supported"),
        (["coverage_rate", "met", "--period", "2024-25", "--target", "80"], 0, "Supported"),
    ],
)
def test_the_command_line_answers_and_ends_with_a_code(county_2025, monkeypatch, capsys, arguments, code, first):
    monkeypatch.setenv("SRO_DATA", str(county_2025.settings.folders.data))
    assert main(["claim", *arguments]) == code
    out = capsys.readouterr().out
    assert out.splitlines()[0] == first and "What the data supports:" in out


def test_a_claim_that_lacks_its_target_is_told_in_a_sentence(county_2025, monkeypatch, capsys):
    monkeypatch.setenv("SRO_DATA", str(county_2025.settings.folders.data))
    assert main(["claim", "coverage_rate", "met"]) == 2
    assert capsys.readouterr().err.startswith("Which target? Give the number that was to be reached;")


def test_a_target_of_the_office_need_not_be_told_again(county_2025, monkeypatch, capsys):
    monkeypatch.setenv("SRO_DATA", str(county_2025.settings.folders.data))
    assert main(["claim", "reporting_completeness", "met", "--period", "2024-25"]) == 1
    assert "; target 100%." in capsys.readouterr().out


def test_no_school_stands_on_both_sides(county_2025):
    everybody = Question("I02", "2024-25")
    claim = Claim("higher", everybody, other=replace(everybody, districts=("990401000000",)))
    verdict = judge(claim, county_2025.vintage, county_2025.settings)
    assert verdict.verdict == "not supported"
    assert any(reason.startswith("Compare what is apart: ") for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("period", "says"),
    [("2027-28", "the data ends on Dec 12, 2025, before 2027–28"), ("2025-07", "does not apply in Jul 2025")],
)
def test_a_period_without_a_number_says_why(county_2025, period, says):
    verdict = said(county_2025, "rose", "coverage_rate", period)
    assert verdict.verdict == "not supported" and says in verdict.sentence
