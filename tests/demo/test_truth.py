"""Whatever `TRUTH` says can be seen in a simple computation; where it says nothing, nothing changes."""

from datetime import date

import pytest

from sro.demo import TRUTH

IMPROVED = TRUTH.true_improvement.school_ids
LOST = TRUTH.false_improvement.school_ids


def rate(county, schools, first, last, where="true"):
    """Incidents per 1,000 students per 100 instructional days, of months whose log came."""
    chosen = ", ".join(f"'{school}'" for school in schools)
    return county.number(f"""
        WITH
            exposed AS (
                SELECT service_day.school_id, day, coalesce(own.n, earlier.n) AS students
                FROM service_day
                LEFT JOIN students AS own ON own.school_id = service_day.school_id AND own.opening = opening(day)
                LEFT JOIN students AS earlier
                    ON earlier.school_id = service_day.school_id AND earlier.opening = opening(day) - 1
                SEMI JOIN (SELECT * FROM log_submissions WHERE submitted) AS log
                    ON log.school_id = service_day.school_id AND log.month = date_trunc('month', day)
                WHERE service_day.school_id IN ({chosen}) AND day BETWEEN DATE '{first}' AND DATE '{last}'
            )
        SELECT 100000 * (
            SELECT count(*) FROM incidents SEMI JOIN exposed
            ON incidents.school_id = exposed.school_id AND occurred_on = day WHERE {where}
        ) / (SELECT sum(students) FROM exposed)
    """)


def served(county):
    return [school for (school,) in county.ask("SELECT DISTINCT school_id FROM service_day ORDER BY 1")]


def test_the_true_improvement_halves_the_rate(county):
    before = rate(county, IMPROVED, date(2023, 9, 1), date(2024, 12, 31))
    after = rate(county, IMPROVED, TRUTH.true_improvement.first_day, date(2025, 12, 12))
    assert after / before == pytest.approx(TRUTH.true_improvement.factor, abs=0.12)


def test_no_other_school_improves_when_the_true_one_does(county):
    others = [school for school in served(county) if school not in IMPROVED]
    before = rate(county, others, date(2023, 9, 1), date(2024, 12, 31))
    after = rate(county, others, TRUTH.true_improvement.first_day, date(2025, 12, 12))
    assert after / before == pytest.approx(1.0, abs=0.1)


def test_the_false_improvement_is_a_fall_of_the_count(county):
    counted = "SELECT count(*) FROM incidents WHERE school_id = '{}' AND opening(occurred_on) = {}"
    for school in LOST:
        assert county.number(counted.format(school, 2024)) < 0.75 * county.number(counted.format(school, 2023))


def test_the_false_improvement_is_no_fall_of_the_rate(county):
    year_before = rate(county, LOST, date(2023, 9, 1), date(2024, 6, 30))
    same_year = rate(county, LOST, date(2024, 9, 1), date(2025, 6, 30))
    assert same_year / year_before > 0.8


def test_the_logs_of_the_false_improvement_never_came(county):
    missing = county.ask("SELECT school_id, month FROM log_submissions WHERE NOT submitted")
    for school in LOST:
        assert {date(2025, month, 1) for month in (2, 3, 4, 5)} <= {month for one, month in missing if one == school}


def test_the_form_change_multiplies_one_category_at_all_schools(county):
    change = TRUTH.form_change
    this = f"local_category = '{change.category.removeprefix('local:')}'"
    quiet = [school for school in served(county) if school not in IMPROVED]
    before = rate(county, quiet, date(2021, 9, 1), date(2023, 8, 31), this)
    after = rate(county, quiet, change.first_day, date(2025, 12, 12), this)
    assert after / before == pytest.approx(change.factor, rel=0.25)


def test_the_form_change_leaves_every_other_category_as_it_was(county):
    other = f"coalesce(local_category, '') <> '{TRUTH.form_change.category.removeprefix('local:')}'"
    # Schools that were there before and after, so that newcomers with rates of their own do not blur the comparison.
    early = [school for (school,) in county.ask("SELECT school_id FROM assignments WHERE start_date < '2022-01-01'")]
    steady = sorted(set(early) - set(IMPROVED))
    before = rate(county, steady, date(2021, 9, 1), date(2023, 8, 31), other)
    after = rate(county, steady, date(2023, 9, 1), date(2025, 12, 12), other)
    assert after / before == pytest.approx(1.0, abs=0.12)


def test_every_truth_is_marked_by_an_event_or_a_missing_log(county):
    events = {day for (day,) in county.ask("SELECT date FROM annotations")}
    assert TRUTH.true_improvement.first_day in events
    assert TRUTH.form_change.first_day in events
