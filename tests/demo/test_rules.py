"""No row breaks a rule that refuses a load; the few oddities are those planted on purpose."""

from sro.demo import PLANTED_WARNINGS

PLANTED = {warning.name: warning for warning in PLANTED_WARNINGS}


def test_no_officer_is_at_two_places_at_once(county):
    overlaps = """
        SELECT count(*) FROM shifts AS a JOIN shifts AS b
        ON a.officer_id = b.officer_id AND a.date = b.date AND a.shift_id < b.shift_id
        AND coalesce(a.actual_start, a.sched_start) < coalesce(b.actual_end, b.sched_end)
        AND coalesce(b.actual_start, b.sched_start) < coalesce(a.actual_end, a.sched_end)
    """
    assert county.number(overlaps) == 0


def test_a_shift_ends_after_it_began_and_within_sixteen_hours(county):
    length = "epoch(actual_end) - epoch(actual_start)"
    assert county.number(f"SELECT count(*) FROM shifts WHERE {length} <= 0 OR {length} > 16 * 3600") == 0


def test_an_absent_officer_has_no_hours_and_a_reason(county):
    away = "status IN ('absent', 'cancelled')"
    assert county.number(f"SELECT count(*) FROM shifts WHERE {away} AND actual_start IS NOT NULL") == 0
    assert county.number(f"SELECT count(*) FROM shifts WHERE {away} AND absence_reason IS NULL") == 0


def test_no_officer_is_shared_out_beyond_the_whole(county):
    shares = """
        SELECT officer_id, day, sum(share) FROM assignments
        JOIN (SELECT DISTINCT day FROM school_day) AS days
        ON day BETWEEN start_date AND coalesce(end_date, DATE '9999-12-31')
        GROUP BY ALL HAVING sum(share) > 1.0001
    """
    assert county.ask(shares) == []


def test_nothing_happens_before_the_first_day_or_after_the_last(county):
    for table, day in (
        ("calendar", "date"),
        ("shifts", "date"),
        ("activities", "date"),
        ("incidents", "occurred_on"),
        ("incidents", "entered_at::DATE"),
        ("training", "completed_on"),
        ("drills", "date"),
        ("safety_consultations", "date"),
        ("surveys", "administered_to"),
        ("complaints", "received_on"),
        ("complaints", "closed_on"),
        ("log_submissions", "submitted_at::DATE"),
        ("annotations", "date"),
    ):
        outside = f"SELECT count(*) FROM {table} WHERE {day} NOT BETWEEN DATE '2021-07-01' AND DATE '2025-12-12'"
        if table == "training":
            outside += " AND topic <> 'basic_sro'"  # taken before hiring
        assert county.number(outside) == 0, (table, day)


def test_officers_work_and_log_only_while_they_are_in_the_program(county):
    for table in ("shifts", "activities"):
        outside = f"""
            SELECT count(*) FROM {table} JOIN officers USING (officer_id)
            WHERE date < hire_date OR date > coalesce(end_date, DATE '9999-12-31')
        """
        assert county.number(outside) == 0


def test_the_funnel_adds_up(county):
    calls, school, officer, other = county.ask("""
        SELECT count(*), count(*) FILTER (handled_by = 'school'), count(*) FILTER (handled_by = 'officer'),
               count(*) FILTER (handled_by = 'other_agency')
        FROM incidents WHERE sro_responded
    """)[0]
    assert calls == school + officer + other
    assert county.number("SELECT count(*) FROM incidents WHERE outcome IS NULL OR handled_by IS NULL") == 0


def test_an_incident_has_a_state_code_or_a_local_category_and_never_both(county):
    assert county.number("SELECT count(*) FROM incidents WHERE (ssec_code IS NULL) = (local_category IS NULL)") == 0
    assert county.number("SELECT count(*) FROM incidents WHERE (ssec_code IS NULL) <> (category_scheme = 'local')") == 0


def test_schools_neither_divert_nor_charge(county):
    by_school = "SELECT count(*) FROM incidents WHERE handled_by = 'school' AND outcome IN ('diversion', 'charged')"
    assert county.number(by_school) == 0


def test_actions_concern_no_more_students_than_their_incident(county):
    more = """
        SELECT count(*) FROM le_actions JOIN incidents USING (incident_id)
        WHERE n_students > n_students_involved OR n_students < 1
    """
    assert county.number(more) == 0


def test_whoever_was_arrested_was_charged(county):
    arrests = "SELECT count(*) FROM le_actions JOIN incidents USING (incident_id) WHERE action LIKE 'arrest%'"
    assert county.number(arrests) > 50
    assert county.number(f"{arrests} AND outcome <> 'charged'") == 0


def test_no_row_comes_from_a_log_that_did_not_come(county):
    for table, day in (("incidents", "occurred_on"), ("activities", "date")):
        months = f"""
            SELECT DISTINCT log.school_id, log.month FROM log_submissions AS log JOIN {table} AS rows
            ON log.school_id = rows.school_id AND log.month = date_trunc('month', rows.{day}) WHERE NOT log.submitted
        """
        # Of one month rows came in without its ever being closed; the late school's last finished month is on its way.
        assert {(school, str(month)) for school, month in county.ask(months)} <= {
            ("990801060001", "2025-10-01"),
            ("990901060001", "2025-11-01"),
        }


def test_nothing_to_report_means_no_incident(county):
    wrong = """
        SELECT count(*) FROM log_submissions AS log SEMI JOIN incidents
        ON log.school_id = incidents.school_id AND log.month = date_trunc('month', occurred_on) WHERE nothing_to_report
    """
    assert county.number(wrong) == 0
    assert county.number("SELECT count(*) FROM log_submissions WHERE nothing_to_report") > 10


def test_groups_of_students_add_up_to_all(county):
    assert (
        county.ask("""
        SELECT part.school_id, part.school_year, part.subgroup_dim
        FROM enrollment AS part JOIN enrollment AS whole USING (school_id, school_year, basis)
        WHERE part.subgroup_dim <> 'all' AND whole.subgroup_dim = 'all'
        GROUP BY ALL HAVING sum(part.n) <> any_value(whole.n)
    """)
        == []
    )


def test_demographics_of_actions_add_up_to_the_actions(county):
    assert (
        county.ask("""
        WITH done AS (
            SELECT opening(occurred_on) AS opening, action, sum(n_students) AS n
            FROM le_actions JOIN incidents USING (incident_id) GROUP BY ALL
        )
        SELECT school_year, action, subgroup_dim, sum(grouped.n), any_value(done.n)
        FROM le_action_demographics AS grouped
        FULL JOIN done USING (action) WHERE left(school_year, 4)::INT = opening
        GROUP BY ALL HAVING sum(grouped.n) <> any_value(done.n)
    """)
        == []
    )


def test_youth_are_carried_over_as_they_came_and_left(county):
    assert (
        county.ask("""
        SELECT program_id, period FROM (
            SELECT *, lag(carried_over + new_admissions - exited, 1, 0) OVER (
                PARTITION BY program_id, school_id ORDER BY period
            ) AS before
            FROM youth_program_periods
        ) WHERE carried_over <> before
    """)
        == []
    )


def test_shifts_without_school_are_the_planted_ones(county):
    without = (
        "SELECT count(*) FROM shifts ANTI JOIN school_day ON shifts.school_id = school_day.school_id AND date = day"
    )
    assert county.number(without) == PLANTED["non_instructional_day"].rows


def test_activities_without_a_shift_are_the_planted_ones(county):
    without = """
        SELECT count(*) FROM activities ANTI JOIN shifts
        ON activities.officer_id = shifts.officer_id AND activities.date = shifts.date AND actual_start IS NOT NULL
    """
    assert county.number(without) == PLANTED["no_shift_that_day"].rows


def test_repeated_incidents_are_the_planted_ones(county):
    repeated = """
        SELECT count(*) FROM incidents WHERE occurred_time IS NOT NULL
        GROUP BY school_id, occurred_on, occurred_time, ssec_code, local_category HAVING count(*) > 1
    """
    assert len(county.ask(repeated)) == PLANTED["repeated_incident"].rows


def test_only_the_learning_center_grows_by_more_than_a_quarter(county):
    jumps = """
        SELECT DISTINCT a.school_id FROM students AS a JOIN students AS b
        ON a.school_id = b.school_id AND a.opening = b.opening + 1 WHERE abs(a.n / b.n - 1) > 0.25
    """
    assert county.ask(jumps) == [("site:tamarack-learning-center",)]
