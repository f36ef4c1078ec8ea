"""For every rule of queries/checks: rows that break it, what a person is then told, and rows that keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.contract.rows import Rows

Row = dict[str, Any]
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Rule:
    """`says` is the message for the one problem that `breaks` has; `row` is where it stands (the header is row 1)."""

    name: str
    breaks: Rows
    says: str
    keeps: Rows
    column: str
    row: int | None = 2


def shift(**cells: Any) -> Row:
    row: Row = {"shift_id": "s1", "officer_id": "O1", "school_id": "A", "date": "2025-09-08", "status": "completed"}
    return row | {"duty_type": "school", "actual_start": "08:00", "actual_end": "14:00"} | cells


def activity(**cells: Any) -> Row:
    row = {"activity_id": "a1", "officer_id": "O1", "school_id": "A", "date": "2025-09-08"}
    return row | {"activity_type": "patrol"} | cells


def incident(**cells: Any) -> Row:
    return {"incident_id": "i1", "school_id": "A", "occurred_on": "2025-09-08"} | cells


def incidents(count: int, **cells: Any) -> list[Row]:
    return [incident(incident_id=f"{cells.get('occurred_on', '')}/{n}", **cells) for n in range(count)]


def assignment(**cells: Any) -> Row:
    row = {"assignment_id": "as1", "officer_id": "O1", "school_id": "A", "start_date": "2025-09-01"}
    return row | cells


def day(**cells: Any) -> Row:
    row = {"school_id": "A", "date": "2025-09-08", "day_type": "instructional"}
    return row | {"bell_start": "08:00", "bell_end": "14:30"} | cells


def days(first: str, count: int) -> list[Row]:
    start = date.fromisoformat(first)
    return [day(date=start + timedelta(days=n)) for n in range(count)]


def log(month: str = "2025-09", **cells: Any) -> Row:
    return {"school_id": "A", "month": f"{month}-01", "submitted": True} | cells


def logs_of_a_year(**cells: Any) -> list[Row]:
    months = ["2024-09", "2024-10", "2024-11", "2024-12", *(f"2025-0{n}" for n in range(1, 7))]
    return [log(month, **cells) for month in months]


def students(n: int, year: str = "2025-26", **cells: Any) -> Row:
    row = {"school_id": "A", "school_year": year, "basis": "beds_day", "n": n}
    return row | {"subgroup_dim": "all", "subgroup": "all"} | cells


def certified(**cells: Any) -> Row:
    row = {"school_id": "A", "school_year": "2024-25", "category_scheme": "ssec_2021", "category": "14", "n": 2}
    return row | {"reported": "reported"} | cells


def survey(**cells: Any) -> Row:
    row = {"survey_id": "SV", "school_id": "A", "respondent": "student", "item_id": "feel_safe", "response": "safe"}
    return row | {"administered_to": "2025-04-24", "n": 6} | cells


def youth(**cells: Any) -> Row:
    row = {"program_id": "YP", "school_id": "A", "period": "2025-26-Q1", "carried_over": 4, "new_admissions": 2}
    return row | {"exited": 3, "completed": 1} | cells


def about(table: str, **cells: Any) -> Row:
    return {"table_name": table, "period_start": "2025-07-01", "period_end": "2026-02-28"} | cells


SCHOOL: Row = {"school_id": "A", "name": "Alder", "district_id": "D"}
PROVIDER: Row = {"school_id": "A", "from_date": "2025-07-01", "provider_agency": "sheriff"}

RULES = (
    Rule(
        "shift_ends_before_it_begins",
        {"shifts": [shift(actual_start="14:00", actual_end="08:00")]},
        "The actual shift ends at 8:00, which is not after its start at 14:00.",
        {"shifts": [shift(), shift(shift_id="s2", actual_end=None), shift(shift_id="s3", sched_end="14:00")]},
        column="actual_end",
    ),
    Rule(
        "shift_over_sixteen_hours",
        {"shifts": [shift(), shift(shift_id="s2", sched_start="04:00", sched_end="20:30")]},
        "The shift lasts 16.5 hours.",
        {"shifts": [shift(actual_start="04:00", actual_end="20:00")]},
        column="sched_end",
        row=3,
    ),
    Rule(
        "officer_at_two_schools",
        {"shifts": [shift(), shift(shift_id="s2", school_id="B", actual_start="13:30", actual_end="16:00")]},
        "O1 arrives at B at 13:30 on 2025-09-08, but stays at A until 14:00 (row 2 of shifts.csv).",
        {
            "shifts": [
                shift(),
                shift(shift_id="s2", school_id="B", actual_start="14:00", actual_end="16:00"),
                shift(shift_id="s3", school_id="B", officer_id="O2"),
                shift(shift_id="s4", school_id="B", date="2025-09-09"),
                shift(shift_id="s5", school_id="B", status="absent"),
            ]
        },
        column="actual_start",
        row=3,
    ),
    Rule(
        "officer_twice_at_one_school",
        {"shifts": [shift(), shift(shift_id="s2", duty_type="event", actual_start="13:30", actual_end="16:00")]},
        "O1 already works at A on 2025-09-08 until 14:00 (row 2 of shifts.csv); these hours are delivered twice.",
        {"shifts": [shift(), shift(shift_id="s2", duty_type="event", actual_start="14:00", actual_end="16:00")]},
        column="actual_start",
        row=3,
    ),
    Rule(
        "date_outside_period",
        {"manifest": [about("shifts")], "shifts": [shift(), shift(shift_id="s2", date="2025-06-30")]},
        "The day lies outside the period of shifts in the manifest, 2025-07-01 to 2026-02-28.",
        {
            "manifest": [about("shifts"), about("training"), about("log_submissions", period_start="2025-09-08")],
            "shifts": [shift(date="2025-07-01"), shift(shift_id="s2", date="2026-02-28")],
            "training": [{"training_id": "t", "completed_on": "2019-08-20"}],  # an officer brings it along
            "log_submissions": [log("2025-09")],
            "incidents": [incident(occurred_on="2020-01-01")],  # the manifest does not speak of incidents
        },
        column="date",
        row=3,
    ),
    Rule(
        "date_in_the_future",
        {"incidents": [incident(occurred_on="2026-03-03")]},
        "The day has not come yet.",
        {
            "incidents": [incident(occurred_on=TODAY)],
            "calendar": [day(date="2026-06-25")],
            "manifest": [about("shifts"), about("calendar", period_end="2026-06-30")],
        },
        column="occurred_on",
    ),
    Rule(
        "officer_shared_beyond_the_whole",
        {"assignments": [assignment(share=0.6), assignment(school_id="B", start_date="2025-10-01", share=0.5)]},
        "From 2025-10-01 on the shares of O1 add up to 1.1.",
        {
            "assignments": [
                assignment(share=0.34),
                assignment(school_id="B", share=0.33),
                assignment(school_id="C", share=0.33, end_date="2025-09-30"),
                assignment(school_id="D", share=0.33, start_date="2025-10-01"),
                assignment(school_id="E", share=None),
            ]
        },
        column="share",
        row=3,
    ),
    Rule(
        "call_without_handler",
        {"incidents": [incident(sro_responded=True, handled_by="school"), incident(sro_responded=True)]},
        "An officer responded, but the row does not say who handled it, so that calls do not add up.",
        {
            "incidents": [
                incident(sro_responded=True, handled_by="school"),
                incident(sro_responded=False),
                incident(sro_responded=True, duplicate_of="i1"),
            ]
        },
        column="handled_by",
        row=3,
    ),
    Rule(
        "call_without_outcome",
        {
            "incidents": [
                incident(sro_responded=True, handled_by="officer", outcome="resolved"),
                incident(sro_responded=True, handled_by="officer"),
            ]
        },
        "An officer handled the call, but the row does not say how it ended, so that outcomes do not add up.",
        {
            "incidents": [
                incident(sro_responded=True, handled_by="officer", outcome="pending"),
                incident(sro_responded=True, handled_by="school"),
            ]
        },
        column="outcome",
        row=3,
    ),
    Rule(
        "incident_with_two_categories",
        {"incidents": [incident(category_scheme="ssec_2021", ssec_code="10", local_category="harassment_minor")]},
        "The incident has two categories: SSEC 10 and harassment_minor.",
        {"incidents": [incident(ssec_code="10"), incident(local_category="theft")]},
        column="local_category",
    ),
    Rule(
        "incident_without_category",
        {"incidents": [incident(local_category="theft"), incident()]},
        "The incident has neither an SSEC code nor a local category; it counts as “not stated”.",
        {"incidents": [incident(), incident()]},  # categories were not collected at all
        column="local_category",
        row=3,
    ),
    Rule(
        "category_without_its_scheme",
        {"incidents": [incident(ssec_code="10", category_scheme="local")]},
        "SSEC code 10 stands with the scheme local.",
        {
            "incidents": [
                incident(ssec_code="10", category_scheme="ssec_2021"),
                incident(local_category="theft", category_scheme="local"),
                incident(local_category="theft"),
            ]
        },
        column="category_scheme",
    ),
    Rule(
        "school_cannot_charge",
        {"incidents": [incident(handled_by="school", outcome="charged")]},
        "The row says that the school handled an incident which ended in diversion or a charge.",
        {
            "incidents": [
                incident(handled_by="school", outcome="mediated"),
                incident(handled_by="other_agency", outcome="charged"),
            ]
        },
        column="handled_by",
    ),
    Rule(
        "bell_ends_before_it_begins",
        {"calendar": [day(bell_end="02:30")]},
        "Instruction at A on 2025-09-08 ends at 2:30, which is not after its start at 8:00.",
        {"calendar": [day(), day(bell_start=None)]},
        column="bell_end",
    ),
    Rule(
        "ends_before_it_begins",
        {"assignments": [assignment(end_date="2025-08-31")]},
        "It ends on 2025-08-31, before it begins on 2025-09-01.",
        {
            "assignments": [assignment(end_date="2025-09-01"), assignment(end_date=None)],
            "grants": [{"grant_id": "G", "start": "2024-10-01", "end": "2027-09-30"}],
        },
        column="end_date",
    ),
    Rule(
        "duplicate_of_nothing",
        {"incidents": [incident(duplicate_of="i7")]},
        "The row repeats i7, which is not in the export; the incident would not be counted at all.",
        {"incidents": [incident(), incident(incident_id="i2", duplicate_of="i1")]},
        column="duplicate_of",
    ),
    Rule(
        "month_not_its_first_day",
        {"log_submissions": [log() | {"month": "2025-09-30"}]},
        "The month is written as 2025-09-30.",
        {"log_submissions": [log()]},
        column="month",
    ),
    Rule(
        "school_year_not_one_year",
        {"enrollment": [students(400, "2025-27")]},
        "2025-27 is not a school year.",
        {"enrollment": [students(400, "2025-26"), students(400, "1999-00")]},
        column="school_year",
    ),
    Rule(
        "row_count_differs",
        {"manifest": [about("shifts", row_count=2)], "shifts": [shift()]},
        "The manifest counts 2 rows of shifts; the file holds 1.",
        {"manifest": [about("shifts", row_count=1), about("drills", row_count=0)], "shifts": [shift()]},
        column="row_count",
    ),
    Rule(
        "survey_school_unknown",
        {"schools": [SCHOOL], "surveys": [survey(school_id="B")]},
        "There is no school B.",
        {"schools": [SCHOOL], "surveys": [survey(), survey(school_id="ALL")]},
        column="school_id",
    ),
    Rule(
        "more_felonies_than_incidents",
        {"official_incidents": [certified(n=2, felony_n=3)]},
        "More incidents are felonies than there are incidents.",
        {"official_incidents": [certified(n=2, felony_n=2), certified(n=None, felony_n=None)]},
        column="felony_n",
    ),
    Rule(
        "non_instructional_day",
        {
            "calendar": [day(), day(date="2025-09-09", day_type="holiday")],
            "shifts": [shift(), shift(date="2025-09-09")],
        },
        "O1 worked at A on 2025-09-09, a day of type holiday; the shift counts as hours, not as coverage.",
        {
            "calendar": [day(day_type="half_day"), day(date="2025-09-09", day_type="holiday")],
            "shifts": [
                shift(),
                shift(date="2025-09-09", duty_type="event"),
                shift(date="2025-09-09", status="cancelled"),
                shift(date="2025-12-01"),  # the calendar does not reach that far
            ],
        },
        column="date",
        row=3,
    ),
    Rule(
        "no_shift_that_day",
        {
            "shifts": [shift(), shift(date="2025-09-09", status="absent"), shift(date="2025-09-10")],
            "activities": [activity(), activity(date="2025-09-09")],
        },
        "O1 logged an activity on 2025-09-09 without a worked shift that day.",
        {
            "shifts": [shift(), shift(date="2025-09-10")],
            # Nobody said who; and before the first shift of the export none was recorded.
            "activities": [activity(), activity(date="2025-09-09", officer_id=None), activity(date="2025-07-01")],
        },
        column="date",
        row=3,
    ),
    Rule(
        "no_officer_provided",
        {"schools": [SCHOOL | {"provider_agency": "none"}], "incidents": [incident()]},
        "The export says that nobody provided an officer for A on 2025-09-08.",
        {
            "schools": [
                SCHOOL | {"provider_agency": "none"},
                SCHOOL | {"school_id": "B", "provider_agency": "none"},
                SCHOOL | {"school_id": "C"},
            ],
            "school_provider_history": [PROVIDER],
            "assignments": [assignment(school_id="B")],
            "incidents": [incident(), incident(school_id="B"), incident(school_id="C")],
        },
        column="school_id",
    ),
    Rule(
        "enrollment_jump",
        {"enrollment": [students(400, "2024-25"), students(501, "2025-26")]},
        "A has 501 students in 2025-26, after 400 the year before.",
        {
            "enrollment": [
                students(400, "2024-25"),
                students(500, "2025-26"),
                students(100, "2025-26", basis="adm"),
                students(100, "2023-24", subgroup_dim="sex", subgroup="f"),
            ]
        },
        column="n",
        row=3,
    ),
    Rule(
        "more_students_than_involved",
        {
            "incidents": [incident(n_students_involved=1)],
            "le_actions": [{"incident_id": "i1", "action": "report", "seq": 1, "n_students": 2}],
        },
        "The action concerns more students than were involved in its incident.",
        {
            "incidents": [incident(n_students_involved=2), incident(incident_id="i2")],
            "le_actions": [
                {"incident_id": "i1", "action": "report", "seq": 1, "n_students": 2},
                {"incident_id": "i2", "action": "report", "seq": 1, "n_students": 2},
            ],
        },
        column="n_students",
    ),
    Rule(
        "year_without_incident",
        {"schools": [SCHOOL], "log_submissions": logs_of_a_year(), "incidents": [incident(occurred_on="2025-07-01")]},
        "Every log of A for 2024-25 came in, and none holds an incident.",
        {
            "schools": [SCHOOL, SCHOOL | {"school_id": "B"}],
            "log_submissions": [*logs_of_a_year(), *logs_of_a_year(school_id="B")[:9]],
            "incidents": [incident(occurred_on="2025-06-30")],
        },
        column="school_id",
    ),
    Rule(
        "many_unknown",
        {"incidents": [*incidents(17, location="hall"), *incidents(2, location="unknown"), incident()]},
        "3 of 20 incidents do not say location.",
        {"incidents": [*incidents(18, location="hall"), incident(location="unknown"), incident()]},
        column="location",
        row=None,
    ),
    Rule(
        "scheme_out_of_its_time",
        {"official_incidents": [certified(school_year="2020-21")]},
        "ssec_2021 was in force from 2021-07-01 to now, not on 2020-07-01.",
        {
            "official_incidents": [certified(school_year="2021-22"), certified(category_scheme="nypd_class")],
            "incidents": [incident(occurred_on="2021-06-30", category_scheme="ssec_2017", ssec_code="14")],
        },
        column="category_scheme",
    ),
    Rule(
        "sudden_fall",
        {
            "calendar": [*days("2025-09-01", 20), *days("2025-10-01", 20)],
            "incidents": [*incidents(20, occurred_on="2025-09-08"), *incidents(9, occurred_on="2025-10-30")],
        },
        "A logged 9 incidents on 20 school days of October 2025, after 20 on 20 in September 2025.",
        {
            # Half the incidents on half the days; then a month whose log did not come in.
            "calendar": [*days("2025-09-01", 20), *days("2025-10-01", 10), *days("2025-11-01", 10)],
            "incidents": [
                *incidents(42, occurred_on="2025-09-08"),
                *incidents(20, occurred_on="2025-10-08"),
                *incidents(1, occurred_on="2025-11-29"),
            ],
            "log_submissions": [log("2025-11", submitted=False)],
        },
        column="occurred_on",
        row=None,
    ),
    Rule(
        "repeated_incident",
        {
            "incidents": [
                incident(occurred_time="11:40", ssec_code="10"),
                incident(incident_id="i2", occurred_time="11:40", ssec_code="10"),
            ]
        },
        "Row 2 of incidents.csv has the same school, day, time and category.",
        {
            "incidents": [
                incident(occurred_time="11:40", ssec_code="10"),
                incident(incident_id="i2", occurred_time="11:40", ssec_code="10", duplicate_of="i1"),
                incident(incident_id="i3", occurred_time="11:40", ssec_code="18"),
                incident(incident_id="i4", ssec_code="10"),
                incident(incident_id="i5", ssec_code="10"),
            ]
        },
        column="incident_id",
        row=3,
    ),
    Rule(
        "shift_without_hours",
        {"shifts": [shift(actual_end=None)]},
        "The shift is completed, but does not say when the officer came and left; it counts as no time at all.",
        {"shifts": [shift(), shift(status="absent", actual_start=None, actual_end=None)]},
        column="actual_end",
    ),
    Rule(
        "absent_with_hours",
        {"shifts": [shift(status="absent")]},
        "The shift is absent, but says when the officer came or left; the time is not counted.",
        {"shifts": [shift(), shift(status="absent", actual_start=None, actual_end=None)]},
        column="status",
    ),
    Rule(
        "absence_without_reason",
        {"shifts": [shift(status="absent", absence_reason="sick"), shift(status="absent")]},
        "The shift is absent without a reason; its school day counts as uncovered, “not stated”.",
        {"shifts": [shift(), shift(status="absent")]},  # reasons were not collected at all
        column="absence_reason",
        row=3,
    ),
    Rule(
        "shift_without_assignment",
        {"shifts": [shift()], "assignments": [assignment(end_date="2025-09-07")]},
        "O1 worked at A on 2025-09-08 without an assignment there, and stands in for nobody.",
        {
            "shifts": [shift(), shift(officer_id="O2", is_backfill=True), shift(officer_id="O3", duty_type="event")],
            "assignments": [assignment()],
        },
        column="school_id",
    ),
    Rule(
        "officer_not_in_program",
        {"officers": [{"officer_id": "O1", "end_date": "2025-09-05"}], "activities": [activity()]},
        "O1 was not in the program on 2025-09-08: hired on a day not given, left on 2025-09-05.",
        {
            "officers": [{"officer_id": "O1", "hire_date": "2025-09-08", "end_date": "2025-09-08"}],
            "activities": [activity(), activity(officer_id=None)],
            "shifts": [shift()],
        },
        column="date",
    ),
    Rule(
        "two_providers_at_once",
        {
            "school_provider_history": [
                PROVIDER,
                PROVIDER | {"from_date": "2025-10-01", "provider_agency": "da"},
            ]
        },
        "A already has sheriff from 2025-07-01 on, until further notice.",
        {
            "school_provider_history": [
                PROVIDER | {"to_date": "2025-09-30"},
                PROVIDER | {"from_date": "2025-10-01", "provider_agency": "da"},
            ]
        },
        column="from_date",
        row=3,
    ),
    Rule(
        "entered_before_it_happened",
        {"incidents": [incident(entered_at="2025-09-07 23:59:00")]},
        "The incident of 2025-09-08 was entered on 2025-09-07.",
        {"incidents": [incident(entered_at="2025-09-08 00:01:00", reported_at=None)]},
        column="entered_at",
    ),
    Rule(
        "incident_in_an_empty_log",
        {
            "log_submissions": [log(nothing_to_report=True)],
            "incidents": [incident(), incident(occurred_on="2025-09-30")],
        },
        "A had nothing to report in September 2025, but 2 incidents are logged.",
        {
            "log_submissions": [log(nothing_to_report=True), log("2025-10", nothing_to_report=False)],
            "incidents": [incident(occurred_on="2025-10-01"), incident(school_id="B")],
        },
        column="nothing_to_report",
    ),
    Rule(
        "rows_of_a_missing_log",
        {"log_submissions": [log(submitted=False)], "activities": [activity(), activity(date="2025-09-30")]},
        "2 rows of September 2025 at A, whose log of that month is marked as not submitted; they are not counted.",
        {"log_submissions": [log("2025-10", submitted=False), log()], "incidents": [incident()]},
        column="date",
    ),
    Rule(
        "groups_exceed_all",
        {
            "enrollment": [
                students(400),
                students(201, subgroup_dim="sex", subgroup="f"),
                students(200, subgroup_dim="sex", subgroup="m"),
            ]
        },
        "Groups by sex at A in 2025-26 add up to 401, more than all 400 students.",
        {
            "enrollment": [
                students(400),
                students(201, subgroup_dim="sex", subgroup="f"),
                students(300, subgroup_dim="race_eth", subgroup="white"),
            ]
        },
        column="n",
        row=3,
    ),
    Rule(
        "school_without_calendar",
        {"calendar": [day(date="2024-09-09")], "shifts": [shift(), shift(date="2026-06-30")]},
        "A has 2 shifts in 2025-26, but no calendar day; its coverage cannot be measured.",
        {"calendar": [day(date="2026-06-30")], "shifts": [shift(), shift(school_id="B", duty_type="training")]},
        column="school_id",
    ),
    Rule(
        "school_day_without_bells",
        {"calendar": [day(), day(date="2025-09-09", bell_end=None), day(date="2025-09-10", bell_start=None)]},
        "2 school days at A have no bell times; coverage leaves them out.",
        {"calendar": [day(), day(date="2025-09-09", day_type="holiday", bell_start=None, bell_end=None)]},
        column="bell_start",
        row=3,
    ),
    Rule(
        "number_and_report_disagree",
        {"official_incidents": [certified(n=None)]},
        "The total is marked reported, but its number is missing.",
        {
            "official_incidents": [
                certified(n=0),
                certified(n=None, reported="not_reported"),
                certified(n=None, reported=None),
            ]
        },
        column="reported",
    ),
    Rule(
        "closed_more_than_made",
        {"safety_consultations": [{"consult_id": "c", "recommendations_n": 2, "closed_n": 3}]},
        "3 recommendations are closed, of 2 that were made.",
        {"safety_consultations": [{"consult_id": "c", "recommendations_n": 2, "closed_n": 2}]},
        column="closed_n",
    ),
    Rule(
        "more_left_than_were_there",
        {"youth_program_periods": [youth(exited=7)]},
        "More youth left the program than were carried over and admitted.",
        {"youth_program_periods": [youth(), youth(exited=6, completed=6), youth(carried_over=None)]},
        column="exited",
    ),
    Rule(
        "partly_synthetic",
        {"manifest": [about("shifts", synthetic=True), about("drills")]},
        "Another table is marked synthetic, but drills is not; every screen will say SYNTHETIC.",
        {"manifest": [about("shifts", synthetic=False), about("drills")]},
        column="synthetic",
        row=3,
    ),
    Rule(
        "target_without_period",
        {
            "grant_periods": [{"grant_id": "G", "period_no": 1}],
            "grant_targets": [{"grant_id": "G", "measure_id": "PM1", "period_no": 2}],
        },
        "Grant G has no period 2.",
        {
            "grant_periods": [{"grant_id": "G", "period_no": 1}],
            "grant_targets": [{"grant_id": "G", "measure_id": "PM1", "period_no": 1}],
        },
        column="period_no",
    ),
    Rule(
        "annotation_of_nobody",
        {"schools": [SCHOOL], "annotations": [{"annotation_id": "an", "scope": "school", "scope_id": "B"}]},
        "There is no school B; the event cannot be drawn.",
        {
            "schools": [SCHOOL],
            "annotations": [
                {"annotation_id": "an", "scope": "school", "scope_id": "A"},
                {"annotation_id": "an2", "scope": "district", "scope_id": "D"},
                {"annotation_id": "an3", "scope": "program"},
            ],
        },
        column="scope_id",
    ),
    Rule(
        "more_answers_than_invited",
        {"surveys": [survey(n=6, n_invited=10), survey(response="unsafe", n=5, n_invited=10)]},
        "Item feel_safe of SV at A has 11 answers of students; 10 were asked.",
        {"surveys": [survey(n=6, n_invited=10), survey(response="unsafe", n=4, n_invited=10), survey(item_id="x")]},
        column="n_invited",
    ),
)
