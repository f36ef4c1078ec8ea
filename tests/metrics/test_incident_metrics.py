"""Incidents and what became of them, counted by hand."""

import pytest

from tests.model.tiny import TinyExport, by_slice, members, sums

DAY, SATURDAY = "2025-09-02", "2025-09-06"


def served() -> TinyExport:
    return TinyExport().days(DAY, "2025-09-03").assign().students(500)


def whole_year(**dates: str) -> TinyExport:
    """Two months of school in a year that is over, every log received."""
    export = TinyExport(**dates).days(DAY, "2025-10-02").assign().students(500)
    return export.log("2025-09", "2025-10")


def test_incidents_are_counted_by_category():
    export = TinyExport().incident(DAY).incident(DAY).incident(DAY, category_scheme="ssec_2021", ssec_code="14")
    assert by_slice(export, "incidents_logged") == {"local:disorderly": 2, "ssec_2021:14": 1}


def test_a_repeated_incident_counts_once():
    assert sums(TinyExport().incident(DAY).incident(DAY, duplicate_of="x001"), "incidents_logged") == (1, None)


def test_the_yearly_rate_has_the_students_once():
    assert sums(whole_year().incident(DAY).incident(SATURDAY), "incident_rate") == (2, 500)


def test_a_year_that_is_not_over_has_no_yearly_rate():
    assert sums(whole_year(data_through="2026-06-29").incident(DAY), "incident_rate") == (None, None)


def test_a_school_that_joined_during_the_year_has_no_yearly_rate():
    export = TinyExport().days(DAY, "2025-10-02").assign(start="2025-10-01").students(500)
    assert sums(export.incident("2025-10-02"), "incident_rate") == (None, None)


def test_a_school_with_a_missing_log_has_no_yearly_rate():
    assert sums(whole_year().days("2025-11-03").incident(DAY), "incident_rate") == (None, None)


def test_exposure_is_students_times_service_days():
    assert sums(served().incident(DAY), "exposure_adjusted_incident_rate") == (1, 1000)


def test_an_incident_on_a_day_without_exposure_is_left_out_of_the_rate():
    assert sums(served().incident(SATURDAY), "exposure_adjusted_incident_rate") == (None, 1000)


def test_exposure_has_no_category_so_that_all_categories_share_it():
    export = served().incident(DAY)
    assert sums(export, "exposure_adjusted_incident_rate", "slice IS NULL") == (None, 1000)


def test_a_call_is_an_incident_to_which_an_officer_responded():
    export = TinyExport().incident(DAY).incident(DAY, sro_responded=False).incident(DAY, sro_responded=None)
    assert sums(export, "calls_for_service") == (1, None)


def test_state_categories_before_and_after_2021_are_apart():
    export = TinyExport("2020-07-01").incident("2021-05-03", category_scheme="ssec_2017", ssec_code="14")
    export.incident(DAY, category_scheme="ssec_2021", ssec_code="14").incident(DAY)
    assert by_slice(export, "incidents_by_ssec_category") == {"ssec_2017:14": 1, "ssec_2021:14": 1}


def test_a_call_whose_beginning_was_not_noted_is_part_of_the_mix():
    export = TinyExport().incident(DAY, initiated_by="student").incident(DAY)
    assert by_slice(export, "initiator_mix") == {"student": 1, "unknown": 1}


def test_the_officer_on_site_counts_among_incidents_in_school_hours():
    export = served().incident(DAY, in_school_hours=True, sro_on_site=True)
    export.incident(DAY, in_school_hours=True, sro_on_site=False)
    export.incident(DAY, in_school_hours=False, sro_on_site=True)
    assert sums(export, "officer_on_site_at_incident") == (1, 2)


def test_an_incident_where_presence_was_not_noted_is_left_out():
    assert sums(served().incident(DAY, in_school_hours=True), "officer_on_site_at_incident") == (None, None)


def funnel() -> TinyExport:
    """Seven calls: three handled by the school, one by another agency, three by an officer; one incident, no call."""
    export = TinyExport()
    for _ in range(3):
        export.incident(DAY, handled_by="school", outcome="resolved", offense_level="school_rule")
    export.incident(DAY, handled_by="other_agency", outcome="charged", offense_level="felony")
    export.incident(DAY, handled_by="officer", outcome="resolved", offense_level="school_rule")
    export.incident(DAY, handled_by="officer", outcome="diversion", offense_level="violation")
    export.incident(DAY, handled_by="officer", outcome="charged", offense_level="misdemeanor")
    return export.incident(DAY, handled_by="officer", outcome="resolved", sro_responded=False)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("calls_for_service", (7, None)),
        ("handled_by_school", (3, 7)),
        ("resolved_by_officer", (1, 3)),
        ("diverted", (1, 2)),
        ("discipline_only_by_officer", (1, 7)),
        ("funnel_gap", (0, 7)),
    ],
)
def test_the_funnel_counts(metric, expected):
    assert sums(funnel(), metric) == expected


def test_calls_are_the_sum_of_who_handled_them():
    assert by_slice(funnel(), "calls_by_handler") == {"school": 3, "other_agency": 1, "officer": 3}


def test_what_the_officer_handled_is_the_sum_of_its_outcomes():
    assert by_slice(funnel(), "officer_outcomes") == {"resolved": 1, "diversion": 1, "charged": 1}


@pytest.mark.parametrize("more", [{"outcome": "resolved"}, {"handled_by": "officer"}])
def test_a_call_that_the_funnel_loses_is_a_gap(more):
    assert sums(TinyExport().incident(DAY, **more), "funnel_gap") == (1, 1)


def test_a_call_that_the_school_handled_needs_no_outcome():
    assert sums(TinyExport().incident(DAY, handled_by="school"), "funnel_gap") == (0, 1)


def test_the_entry_lag_is_in_days_an_incident():
    export = TinyExport().incident(DAY, entered_at="2025-09-05 08:00:00").incident(DAY)
    assert members(export, "entry_lag") == {"x001": 3}


def official(**more) -> dict:
    row = {"school_id": "A", "school_year": "2024-25", "category_scheme": "ssec_2021", "category": "14"}
    return row | more


def test_official_totals_are_counted_by_category():
    export = TinyExport().add("official_incidents", official(n=3), official(category="10", n=0))
    assert by_slice(export, "official_incidents") == {"ssec_2021:14": 3, "ssec_2021:10": 0}


@pytest.mark.parametrize("reported", ["counted_elsewhere", "not_reported", None])
def test_a_total_that_was_not_reported_is_not_a_zero(reported):
    export = TinyExport().add("official_incidents", official(n=None, reported=reported))
    assert sums(export, "official_incidents") == (None, None)


def test_the_official_rate_has_the_students_of_a_school_once():
    export = TinyExport().add("official_incidents", official(n=3), official(category="10", n=4))
    assert sums(export.students(500, school_year="2024-25"), "official_incident_rate") == (7, 500)


def test_a_school_counted_elsewhere_adds_no_students():
    export = TinyExport().add("official_incidents", official(n=None, reported="counted_elsewhere"))
    assert sums(export.students(500, school_year="2024-25"), "official_incident_rate") == (None, None)


def test_a_school_of_unknown_size_adds_no_incidents_to_the_rate():
    export = TinyExport().add("official_incidents", official(n=3)).add("enrollment")
    assert sums(export, "official_incident_rate") == (None, None)


def test_a_category_that_is_part_of_others_stands_by_itself_and_is_in_no_total():
    named = {"category_scheme": "police", "title": "Violent", "category": "violent", "part_of_others": True}
    violent, other = (
        official(category_scheme="police", category=code, n=n) for code, n in (("violent", 2), ("all", 5))
    )
    export = TinyExport().add("incident_categories", named).add("official_incidents", violent, other)
    assert by_slice(export, "official_incidents") == {"police:all": 5}
    assert by_slice(export, "official_incidents_cut_another_way") == {"police:violent": 2}
    assert sums(export.students(500, school_year="2024-25"), "official_incident_rate") == (5, 500)
