"""Metrics that count persons: rules by hand, and what named staff are told against other SQL on the files."""

from __future__ import annotations

import pytest

from sro import vintages
from sro.ask import ask, vintage_facts
from sro.question import Question
from tests import demo_vintage
from tests.metrics.files import exported
from tests.model.tiny import TinyExport, by_slice, rolled_up, rows, sums

DAY = "2025-09-02"
IN_YEAR = "occurred_on BETWEEN DATE '2025-07-01' AND DATE '2026-06-30'"
# Every action of the log's incidents in 2025-26 whose month's log was handed in, repeats left out.
TAKEN = f"""
    (
        SELECT le_actions.*, incidents.* EXCLUDE (incident_id) FROM le_actions JOIN incidents USING (incident_id)
        WHERE {IN_YEAR} AND duplicate_of IS NULL AND (school_id, date_trunc('month', occurred_on)) NOT IN (
            SELECT (school_id, month) FROM log_submissions WHERE NOT (submitted OR coalesce(nothing_to_report, false))
        )
    )
"""
ARREST = "action IN ('arrest_physical', 'arrest_paper')"
BY_HAND = {
    "arrests": f"SELECT sum(n_students) FROM {TAKEN} WHERE {ARREST}",
    "arrests_by_level": f"SELECT sum(n_students) FROM {TAKEN} WHERE {ARREST}",
    "referrals": f"""
        SELECT sum(most) FROM (
            SELECT greatest(
                coalesce(sum(n_students) FILTER (WHERE {ARREST}), 0),
                max(n_students) FILTER (
                    WHERE action IN ('report', 'citation', 'appearance_ticket', 'petition_referral')
                )
            ) AS most
            FROM {TAKEN} GROUP BY incident_id
        )
    """,
    "force_used": f"SELECT count(DISTINCT incident_id) FROM {TAKEN} WHERE action = 'use_of_force'",
    "handcuffed": f"SELECT sum(n_students) FROM {TAKEN} WHERE action = 'handcuff_no_arrest'",
    "searched": f"SELECT sum(n_students) FROM {TAKEN} WHERE action = 'search'",
    "arrests_by_race": f"""
        SELECT sum(n) FROM le_action_demographics
        WHERE {ARREST} AND subgroup_dim = 'all' AND school_year = '2025-26'
    """,
    "arrests_by_disability": f"""
        SELECT sum(n) FROM le_action_demographics
        WHERE {ARREST} AND subgroup_dim = 'all' AND school_year = '2025-26'
    """,
    "reported_by_race": """
        SELECT sum(n) FROM le_action_demographics
        WHERE action = 'report' AND subgroup_dim = 'all' AND school_year = '2025-26'
    """,
    "reported_by_disability": """
        SELECT sum(n) FROM le_action_demographics
        WHERE action = 'report' AND subgroup_dim = 'all' AND school_year = '2025-26'
    """,
    "diversion_by_race": f"""
        SELECT 100.0 * sum(n) FILTER (WHERE action = 'diversion_referral') / sum(n) FROM le_action_demographics
        WHERE ({ARREST} OR action = 'diversion_referral') AND subgroup_dim = 'all' AND school_year = '2025-26'
    """,
    "threats_supported": "SELECT sum(n_le_involved) FROM threat_assessments WHERE school_year = '2025-26'",
    "youth_served": """
        SELECT sum(new_admissions) + sum(carried_over) FILTER (WHERE period = '2025-26-Q1') FROM youth_program_periods
        WHERE period LIKE '2025-26%'
    """,
}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return demo_vintage.served(tmp_path_factory)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return exported(tmp_path_factory)


def told(metric, county, **asked):
    return ask(Question(metric, "2025-26", audience="restricted", **asked), vintages.current(county), county)


@pytest.mark.parametrize("metric", BY_HAND)
def test_a_number_of_persons_is_the_number_in_the_files(metric, county, files):
    ((wanted,),) = files.execute(BY_HAND[metric]).fetchall()
    assert wanted > 0
    assert told(metric, county).total.value == pytest.approx(wanted, rel=1e-9)


def test_the_share_of_calls_that_went_to_court_is_that_of_the_files(county, files):
    went = "'citation', 'appearance_ticket', 'petition_referral', 'arrest_physical', 'arrest_paper'"
    ((count,),) = files.execute(
        f"SELECT count(DISTINCT incident_id) FROM {TAKEN} WHERE sro_responded AND action IN ({went})"
    ).fetchall()
    total = told("referral_share", county).total
    assert (total.numerator, total.denominator) == (count, told("calls_for_service", county).total.value)


def test_the_rate_of_arrests_has_the_exposure_of_the_rate_of_incidents(county):
    rate, exposure = (
        told("arrest_rate", county).total,
        told("exposure_adjusted_incident_rate", county).total.denominator,
    )
    assert rate.numerator == told("arrests", county).total.value
    assert rate.value == pytest.approx(rate.numerator / exposure * 180_000)


def test_the_enrollment_beside_a_group_is_that_of_the_schools_served(county, files):
    served = [school.school_id for school in _served(county)]
    cells = told("reported_by_race", county, sliced=True).cells.set_index("slice")
    ((black,),) = files.execute(
        "SELECT sum(n) FROM enrollment JOIN schools USING (school_id) WHERE school_year = '2025-26' "
        "AND subgroup_dim = 'race_eth' AND subgroup = 'black' AND school_id IN ? "
        "AND basis = if(coalesce(is_program_site, false), 'adm', 'beds_day') "
        "AND coalesce(count_in_program_total, true)",
        [served],
    ).fetchall()
    assert cells.loc["black", "denominator"] == black


def _served(county):
    """The schools with days covered or uncovered in the year."""
    vintage = vintages.current(county)
    cells = ask(Question("coverage_rate", "2025-26", by="school"), vintage, county).cells
    names = set(cells.loc[cells["expected"] > 0, "unit"])
    return [school for school in vintage_facts(vintage, county).schools if school.school_id in names]


# Rules by hand -------------------------------------------------------------------------------------------------------


def acted(*actions, **incident):
    """An export with one incident and its actions: (action, students)."""
    export = TinyExport().incident(DAY, incident_id="i", **incident)
    for number, (action, students) in enumerate(actions, start=1):
        export.add("le_actions", {"incident_id": "i", "action": action, "seq": number, "n_students": students})
    return export


def test_a_student_is_referred_once_an_incident():
    export = acted(("report", 3), ("arrest_paper", 1), ("arrest_physical", 1), ("petition_referral", 2))
    assert sums(export, "referrals") == (3, None)
    assert sums(export, "arrests") == (2, None)


def test_all_arrests_of_an_incident_are_among_its_referrals():
    assert sums(acted(("report", 1), ("arrest_paper", 2), ("arrest_physical", 2)), "referrals") == (4, None)


def test_an_action_without_a_number_concerned_one():
    assert sums(acted(("search", None)), "searched") == (1, None)


def test_an_action_that_concerned_nobody_is_no_use_of_force():
    assert sums(acted(("use_of_force", 0)), "force_used") == (None, None)


@pytest.mark.parametrize(
    ("incident", "related"),
    [
        ({"location": "hall"}, "at_school"),
        ({"location": "bus"}, "at_school"),
        ({"location": "off_property"}, "elsewhere"),
        ({"location": "off_property", "initiated_by": "administrator"}, "at_school"),
        ({"location": "unknown", "initiated_by": "parent"}, "elsewhere"),
        ({}, "elsewhere"),
    ],
)
def test_an_arrest_is_related_to_school_as_the_log_can_tell(incident, related):
    assert by_slice(acted(("arrest_paper", 1), **incident), "arrests") == {related: 1}


def test_a_level_is_that_of_the_arrest_then_that_of_the_incident():
    export = acted(("arrest_paper", 1), offense_level="felony")
    assert by_slice(export, "arrests_by_level") == {"felony": 1}
    assert by_slice(acted(("arrest_paper", 1)), "arrests_by_level") == {"unknown": 1}


def test_a_report_alone_sends_no_call_to_court():
    assert sums(acted(("report", 1)), "referral_share") == (0, 1)
    assert sums(acted(("report", 1), ("citation", 1)), "referral_share") == (1, 1)


def test_youth_carried_over_count_in_the_first_quarter_of_a_year_only():
    export = TinyExport()
    for period, carried, new in (("2025-26-Q1", 4, 3), ("2025-26-Q2", 5, 2), ("2025-26-Q3", 6, 0)):
        export.add("youth_program_periods", {"program_id": "y", "school_id": "A", "period": period,
                                             "carried_over": carried, "new_admissions": new})  # fmt: skip
    assert sums(export, "youth_served") == (9, None)


def groups(*counts, data_through="2026-06-30"):
    """Reported students by group, beside 10 enrolled of each of two groups."""
    export = TinyExport(data_through=data_through).days(DAY).assign().students(20)
    for group in ("white", "black"):
        export.add("enrollment", {"school_id": "A", "school_year": "2025-26", "basis": "beds_day",
                                  "subgroup_dim": "race_eth", "subgroup": group, "n": 10})  # fmt: skip
    for group, n in counts:
        export.add("le_action_demographics", {"school_year": "2025-26", "action": "report",
                                              "subgroup_dim": "race_eth", "subgroup": group, "n": n})  # fmt: skip
    return export


def test_a_group_of_which_nobody_was_reported_has_a_zero_and_its_students():
    assert by_slice(groups(("white", 3)), "reported_by_race") == {"white": 3, "black": 0}
    assert sums(groups(("white", 3)), "reported_by_race") == (3, 20)


def test_a_group_without_an_enrollment_count_has_none_of_another_s():
    found = rows(rolled_up(groups(("unknown", 2))), "SELECT slice, denominator FROM metric_month WHERE numerator = 2")
    assert found == [("unknown", 0)]


def test_a_year_without_counts_by_group_and_one_that_is_not_over_have_no_rows():
    assert sums(groups(), "reported_by_race") == (None, None)
    assert sums(groups(("white", 3), data_through="2026-06-29"), "reported_by_race") == (None, None)
