"""Training, drills and the quality of reporting, counted by hand."""

import pytest

from tests.model.tiny import TinyExport, by_slice, sums

DAY = "2025-09-02"


def officers(*ids: str, **more) -> TinyExport:
    return TinyExport().add("officers", *({"officer_id": officer, **more} for officer in ids)).add("training")


def trained(
    export: TinyExport, officer: str, topic: str, hours: float = 40, on: str = "2025-08-20", **more
) -> TinyExport:
    row = {"training_id": f"{officer}{topic}{on}", "officer_id": officer, "topic": topic, "hours": hours}
    return export.add("training", row | {"completed_on": on} | more)


def test_officers_with_the_basic_course_are_counted_among_active_officers():
    export = trained(officers("O1", "O2"), "O1", "basic_sro", on="2019-08-20")
    assert sums(export, "basic_training_complete") == (1, 2)


def test_parts_of_the_basic_course_add_up():
    export = trained(officers("O1"), "O1", "basic_sro", 24, "2025-08-20")
    assert sums(trained(export, "O1", "basic_sro", 16, "2025-08-27"), "basic_training_complete") == (1, 1)


def test_thirty_nine_hours_are_not_the_basic_course():
    assert sums(trained(officers("O1"), "O1", "basic_sro", 39), "basic_training_complete") == (0, 1)


def test_teaching_the_basic_course_is_not_attending_it():
    assert sums(trained(officers("O1"), "O1", "basic_sro", role="instructor"), "basic_training_complete") == (0, 1)


def test_an_officer_who_left_before_the_year_is_not_active():
    assert sums(officers("O1", end_date="2025-06-30"), "basic_training_complete") == (None, None)


def test_an_officer_who_comes_after_the_data_date_is_not_active():
    assert sums(officers("O1", hire_date="2026-07-01"), "basic_training_complete") == (None, None)


def test_training_hours_are_those_of_the_school_year():
    export = trained(officers("O1", "O2"), "O1", "first_aid", 8)
    assert sums(trained(export, "O1", "firearms", 16, on="2025-06-30"), "training_hours_per_officer") == (8, 2)


def test_every_topic_has_every_active_officer():
    export = trained(officers("O1", "O2"), "O1", "youth_engagement")
    assert by_slice(export, "topics_current") == {
        "crisis_intervention": 0,
        "conflict_resolution_deescalation": 0,
        "youth_engagement": 1,
    }
    assert sums(export, "topics_current") == (1, 6)


@pytest.mark.parametrize(("expires", "current"), [("2026-06-30", 1), ("2026-06-29", 0), (None, 1)])
def test_an_expired_training_is_not_current(expires, current):
    export = trained(officers("O1"), "O1", "crisis_intervention", certificate_expires=expires)
    assert sums(export, "topics_current", "slice = 'crisis_intervention'") == (current, 1)


def test_the_same_topic_twice_is_one_officer():
    export = trained(officers("O1"), "O1", "crisis_intervention", on="2025-08-20")
    export = trained(export, "O1", "crisis_intervention", on="2025-08-27")
    assert sums(export, "topics_current", "slice = 'crisis_intervention'") == (1, 1)


def drills(*types: str, required: dict[str, int], **more) -> TinyExport:
    export = TinyExport().days(DAY).assign().add("drills").add("requirements")
    for place, kind in enumerate(types):
        export.add("drills", {"drill_id": f"d{place}", "school_id": "A", "date": DAY, "drill_type": kind, **more})
    for kind, value in required.items():
        row = {"school_year": "2025-26", "requirement": f"drill_{kind}", "scope": "school", "value": value}
        export.add("requirements", row)
    return export


def test_drills_held_stand_beside_those_required():
    export = drills("lockdown", "lockdown", "hold", required={"lockdown": 4, "evacuation": 8})
    assert sums(export, "drills_completed") == (2, 12)


def test_more_drills_of_one_kind_do_not_make_up_for_another():
    export = drills("lockdown", "lockdown", required={"lockdown": 1, "evacuation": 1})
    assert sums(export, "drills_completed") == (1, 2)


def test_an_evacuation_by_a_second_way_is_also_an_evacuation():
    export = drills("evacuation_secondary", required={"evacuation": 8, "evacuation_secondary": 4})
    assert by_slice(export, "drills_completed") == {"evacuation": 1, "evacuation_secondary": 1}


def test_a_drill_of_summer_school_does_not_count():
    assert sums(drills("lockdown", required={"lockdown": 4}, summer_session=True), "drills_completed") == (0, 4)


def test_a_school_that_is_not_served_owes_the_program_no_drill():
    assert sums(drills(required={"lockdown": 4}).school("B"), "drills_completed") == (0, 4)


def test_reporting_completeness_is_logs_received_over_logs_expected():
    export = TinyExport().days(DAY, "2025-10-02").assign().log("2025-09")
    assert sums(export, "reporting_completeness") == (1, 2)


def test_a_school_with_every_log_and_no_incident_is_on_the_list():
    export = TinyExport().days(DAY).assign().log("2025-09").add("incidents")
    assert sums(export, "zero_incident_schools") == (1, 1)


def test_a_school_with_an_incident_is_not_on_the_list():
    export = TinyExport().days(DAY).assign().log("2025-09").incident(DAY)
    assert sums(export, "zero_incident_schools") == (0, 1)


def test_a_school_with_a_missing_log_is_not_on_the_list():
    export = TinyExport().days(DAY, "2025-10-02").assign().log("2025-09").add("incidents")
    assert sums(export, "zero_incident_schools") == (None, None)


def test_technology_solutions_are_counted_apart_from_other_advice():
    row = {"school_id": "A", "date": DAY}
    export = TinyExport().add("safety_consultations", row | {"consult_id": "p", "kind": "plan_review"})
    export.add("safety_consultations", row | {"consult_id": "t", "kind": "technology_solution"})
    assert sums(export, "technology_solutions") == (1, None)
