"""Positions, response, safety advice, surveys and money, counted by hand."""

import pytest

from tests.model.tiny import TinyExport, by_slice, members, rolled_up, rows, sums

DAY = "2025-09-02"


def test_a_missed_shift_counts_as_worked_when_a_stand_in_was_there():
    export = TinyExport().days(DAY, "2025-09-03").absent(DAY).absent("2025-09-03")
    export.shift(DAY, officer_id="O9", is_backfill=True, for_officer_id="O1")
    assert sums(export, "backfill_rate") == (1, 2)


def test_a_stand_in_for_somebody_else_does_not_count():
    export = TinyExport().days(DAY).absent(DAY).shift(DAY, officer_id="O9", is_backfill=True, for_officer_id="O2")
    assert sums(export, "backfill_rate") == (0, 1)


def test_a_position_is_filled_while_its_officer_is_active():
    export = TinyExport(data_through="2025-09-15").days(DAY)
    export.add("positions", {"position_id": "P1", "authorized_from": "2025-08-01"})
    export.add("officers", {"officer_id": "O1", "position_id": "P1", "hire_date": "2025-09-01"})
    assert sums(export, "positions_filled") == (1, 2)


def test_a_vacancy_lasts_from_leaving_to_filling():
    export = TinyExport().add("positions", {"position_id": "P1", "vacated_on": "2025-07-01", "filled_on": DAY})
    assert list(members(export, "days_to_fill").values()) == [63]


def test_students_per_officer_is_students_over_full_time_days():
    export = TinyExport().days(DAY).assign().students(500).shift(DAY, planned="08:00-12:00")
    assert sums(export, "students_per_officer") == (500, 0.5)


def test_a_planned_event_without_an_officer_is_not_staffed():
    export = TinyExport().days(DAY, "2025-09-03").shift(DAY, duty_type="event")
    assert sums(export.absent("2025-09-03", duty_type="event"), "events_staffed") == (1, 2)


@pytest.mark.parametrize(("period", "month"), [("2025-26-Q1", "2025-07-01"), ("2025-26-Q4", "2026-04-01")])
def test_hours_of_a_quarter_stand_in_its_first_month(period, month):
    export = TinyExport()
    export.add("youth_program_periods", {"program_id": "y", "school_id": "A", "period": period, "service_hours": 12})
    answer = "SELECT month, numerator FROM metric_month WHERE metric = 'service_hours'"
    assert rows(rolled_up(export), answer) == [(month, 12)]


def test_meetings_family_contacts_and_engagement_count_their_own_kinds():
    export = TinyExport().activity(DAY, "safety_team").activity(DAY, "home_visit", contacts=2)
    export.activity(DAY, sessions=3).activity(DAY, "mediation").activity(DAY, "staff_training", sessions=2)
    wanted = {"coordination_meetings": 1, "family_contacts": 2, "engagement_contacts": 4, "staff_sessions": 2}
    assert {metric: sums(export, metric)[0] for metric in wanted} == wanted


def test_time_on_discipline_is_a_share_of_logged_time():
    export = TinyExport().activity(DAY, "discipline_support", duration_min=15).activity(DAY, duration_min=45)
    assert sums(export, "discipline_time") == (15, 60)


def test_a_band_is_reached_by_one_lesson():
    export = TinyExport().days(DAY).assign().activity(DAY, grade_band="6_8")
    for band in ("6_8", "9_12"):
        row = {"school_id": "A", "school_year": "2025-26", "basis": "beds_day", "n": 9}
        export.add("enrollment", row | {"subgroup_dim": "grade_band", "subgroup": band})
    assert sums(export, "reach_breadth") == (1, 2)


def test_the_violence_index_takes_felonies_of_certified_totals_only():
    export = TinyExport().days(DAY).students(500)
    for category, n, felonies in (("7", 3, 2), ("17.1", 1, None), ("10", 40, None)):
        export.add("official_incidents", {"school_id": "A", "school_year": "2025-26", "category_scheme": "ssec_2021",
                                          "category": category, "n": n, "felony_n": felonies})  # fmt: skip
    assert sums(export, "violence_index") == (3, 500)


def test_weapons_hours_weekdays_and_places_are_those_of_the_log():
    export = TinyExport().incident(DAY, weapon="knife", occurred_time="09:40", location="hall")
    export.incident(DAY, weapon="none")
    assert by_slice(export, "weapon_incidents") == {"knife": 1}
    assert by_slice(export, "incidents_by_hour") == {"09": 1, "unknown": 1}
    assert by_slice(export, "incidents_by_weekday") == {"2": 2}
    assert by_slice(export, "incidents_by_location") == {"hall": 1, "unknown": 1}


def test_response_times_are_those_of_urgent_calls():
    export = TinyExport().incident(DAY, incident_class="urgent", response_minutes=4)
    export.incident(DAY, incident_class="routine", response_minutes=30)
    assert list(members(export, "response_time").values()) == [4]
    assert list(members(export, "response_time_nine_in_ten").values()) == [4]


def test_a_false_alarm_is_a_threat_and_a_theft_is_not():
    export = TinyExport().incident(DAY, category_scheme="ssec_2021", ssec_code="15").incident(DAY)
    assert sums(export, "threat_incidents") == (1, None)


def test_complaints_are_told_by_their_finding():
    export = TinyExport().add("complaints", {"complaint_id": "a", "received_on": DAY, "kind": "commendation"})
    export.add("complaints", {"complaint_id": "b", "received_on": DAY, "kind": "complaint", "outcome": "sustained"})
    assert by_slice(export, "complaints_commendations") == {"commendation": 1, "sustained": 1}


@pytest.mark.parametrize(("on", "trained"), [("2025-08-20", 1), ("2025-09-20", 0)])
def test_a_course_after_the_first_assignment_came_late(on, trained):
    export = TinyExport().assign(start="2025-09-01").add("officers", {"officer_id": "O1"})
    export.add("training", {"training_id": "t", "officer_id": "O1", "topic": "basic_sro", "hours": 40,
                            "completed_on": on})  # fmt: skip
    assert sums(export, "trained_before_assignment") == (trained, 1)
    assert sums(export, "officers_trained") == (1, 1)


def test_drills_after_december_come_too_late():
    export = TinyExport().days(DAY).assign()
    export.add("requirements", {"school_year": "2025-26", "requirement": "drills_by_december", "scope": "school",
                                "value": 8, "due_by": "2025-12-31"})  # fmt: skip
    for place, day in enumerate((DAY, "2025-12-31", "2026-01-02")):
        export.add("drills", {"drill_id": f"d{place}", "school_id": "A", "date": day, "drill_type": "lockdown"})
    assert sums(export, "drills_by_december") == (2, 8)


@pytest.mark.parametrize(("told", "kept"), [("2025-08-26", 1), ("2025-08-25", 0), ("2025-09-03", 0), (None, 0)])
def test_notice_of_a_drill_is_due_in_the_week_before(told, kept):
    export = TinyExport()
    export.add("drills", {"drill_id": "d", "school_id": "A", "date": DAY, "drill_type": "lockdown",
                          "parents_notified_on": told, "sro_present": True})  # fmt: skip
    assert sums(export, "drills_with_notice")[1] == 1
    assert (sums(export, "drills_with_notice")[0] or 0) == kept
    assert sums(export, "drills_with_officer") == (1, 1)


def test_recommendations_are_closed_of_those_made():
    row = {"consult_id": "s", "school_id": "A", "date": DAY, "kind": "plan_review"}
    export = TinyExport().add("safety_consultations", row | {"recommendations_n": 5, "closed_n": 2})
    assert sums(export, "recommendations_closed") == (2, 5)
    assert by_slice(export, "safety_consultations") == {"plan_review": 1}


def survey(item: str, answers: dict[str, int], school: str = "ALL", invited: int = 100) -> TinyExport:
    export = TinyExport()
    for response, n in answers.items():
        row = {"survey_id": "v", "school_id": school, "respondent": "student", "item_id": item, "response": response}
        export.add("surveys", row | {"administered_to": "2026-04-29", "n": n, "n_invited": invited})
    return export


def test_safe_and_unsafe_leave_the_middle_to_neither():
    export = survey("feel_safe", {"very_safe": 4, "safe": 6, "neither": 5, "unsafe": 3, "very_unsafe": 2})
    assert sums(export, "feel_safe") == (10, 20)
    assert sums(export, "feel_unsafe") == (5, 20)
    assert sums(export, "survey_response_rate") == (20, 100)


def test_the_unsure_stand_apart():
    export = survey("knows_officer", {"yes": 12, "no": 5, "unsure": 3})
    assert sums(export, "knows_officer") == (12, 20)
    assert sums(export, "unsure_of_officer") == (3, 20)


def test_under_ten_answers_nothing_is_told():
    assert sums(survey("report_comfort", {"agree": 5, "disagree": 4}), "comfortable_reporting") == (None, None)
    assert sums(survey("days_missed_unsafe", {"0": 9, "1": 1}), "missed_school_unsafe") == (1, 10)


def test_schools_stand_in_for_a_program_row_that_is_not_there():
    assert sums(survey("feel_safe", {"safe": 8, "unsafe": 4}, school="A"), "feel_safe") == (8, 12)


def test_money_is_divided_by_days_and_by_students():
    export = TinyExport().school("B", district_id="D").days(DAY, "2025-09-03", school="B").assign(school="B")
    export.students(500, school="B").shift(DAY, school_id="B")
    export.add("costs", {"school_year": "2025-26", "district_id": "D", "cost_type": "salary", "amount": 1000})
    assert sums(export, "cost_per_covered_day") == (1000, 1)
    assert sums(export, "cost_per_student") == (1000, 500)
    assert by_slice(export, "money_spent") == {"salary": 1000}


def test_money_counts_for_the_award_that_its_funding_source_names():
    cost = {"school_year": "2025-26", "district_id": "D", "cost_type": "salary"}
    export = TinyExport().days(DAY).add("grants", {"grant_id": "G-1", "funder": "F", "start": "2025-07-01"})
    export.add(
        "costs",
        cost | {"amount": 700, "funding_source": "grant:G-1"},
        cost | {"amount": 50, "funding_source": "grant:G-12"},
        cost | {"amount": 900, "funding_source": "county"},
    )
    assert by_slice(export, "award_money_spent") == {"G-1": 700}


def test_other_and_nothing_leave_a_field_open():
    export = TinyExport().incident(DAY, location="hall", weapon="other", offense_level="felony", initiated_by="tip")
    assert sums(export, "unknown_share") == (2, 5)


def test_reach_by_level_waits_for_the_end_of_the_year():
    export = TinyExport().school("B", level="high").days(DAY, school="B").assign("B").students(200, "B")
    export.activity(DAY, school_id="B", students_reached=30)
    assert by_slice(export, "reach_by_level") == {"high": 30}
    export.dates["data_through"] = "2026-06-29"
    assert by_slice(export, "reach_by_level") == {}
