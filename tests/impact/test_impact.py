"""Designs of change on the fictional county a year and a half after its one true improvement."""

from datetime import date

import pytest

from sro.demo import TRUTH
from sro.impact import ImpactError, impact_of, reach_of
from sro.question import Question
from sro.stats.impact import ASSOCIATION
from tests.conftest import county_through

RATE = TRUTH.true_improvement.metric
DUNMARROW = Question(RATE, "2025-26", districts=("990401000000",))


@pytest.fixture(scope="module")
def county_2026(tmp_path_factory):
    return county_through(date(2026, 6, 30), tmp_path_factory)


@pytest.fixture(scope="module")
def improved(county_2026):
    return impact_of(DUNMARROW, TRUTH.true_improvement.first_day, county_2026.vintage, county_2026.settings)


def test_the_true_improvement_shows_before_and_after_and_in_the_interrupted_series(improved):
    factor = TRUTH.true_improvement.factor
    assert improved.before_after.ratio.low < factor < improved.before_after.ratio.high < 1
    assert improved.interrupted.level.low < factor < improved.interrupted.level.high < 1
    assert improved.sentences[1].startswith("Allowing for trend and season, a change of level beyond chance: ratio 0.")


def test_the_series_begins_after_the_new_form_and_says_so(improved):
    assert improved.months[0] == date(2023, 9, 1)
    assert improved.months[improved.start] == date(2025, 1, 1)
    assert any("New log form" in sentence for sentence in improved.counter_evidence)


def test_the_other_schools_stand_beside_it_unchanged(improved):
    (elsewhere,) = [sentence for sentence in improved.counter_evidence if "other schools" in sentence]
    low, high = elsewhere.split("(")[1].rstrip(").").split(" to ")
    assert float(low) < 1 < float(high)


def test_other_events_and_what_presence_sees_are_counter_evidence(improved):
    said = " ".join(improved.counter_evidence)
    assert "Sep 2024, District joins the program" in said
    assert "Restorative conferences begin" not in said
    assert "more is seen and logged. On-site coverage was 9" in said


def test_the_sentence_on_association_is_always_there(improved, county_2026):
    assert improved.association == ASSOCIATION
    reach = reach_of(
        Question("official_incident_rate", "2025-26", grain="year"), county_2026.vintage, county_2026.settings
    )
    assert reach.association == ASSOCIATION


def test_where_months_are_too_few_nothing_is_shown_but_what_is_missing(county_2026):
    # January to May; entries of June still come in.
    late = impact_of(DUNMARROW, date(2026, 1, 5), county_2026.vintage, county_2026.settings)
    missing = "5 instructional months after the start; at least 12 are needed."
    assert late.sentences == (f"Before and after: {missing}", f"Interrupted time series: {missing}")


def test_schools_reached_stand_beside_schools_not_reached_yet(county_2026):
    asked = Question("official_incident_rate", "2025-26", grain="year")
    reach = reach_of(asked, county_2026.vintage, county_2026.settings)
    assert reach.schools > 40 and reach.periods[0] == "2021–22"
    assert reach.result.errors == "permutation" and {event.since for event in reach.result.event_study} >= {-1, 0, 1}
    assert reach.sentences[0].startswith("Schools reached, beside schools not reached yet: ")


def test_a_log_that_begins_with_the_program_has_no_schools_to_compare_with(county_2026):
    reach = reach_of(Question(RATE, "2025-26", grain="month"), county_2026.vintage, county_2026.settings)
    assert "are needed" in reach.sentences[0] and reach.result.effects == ()


def test_a_measure_of_minutes_has_no_such_design(county_2026):
    with pytest.raises(ImpactError, match="does not count events"):
        impact_of(Question("coverage_rate", "2025-26"), date(2025, 1, 6), county_2026.vintage, county_2026.settings)
