"""Every table of the export, as rows of the contract's columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from sro.calendar import month_end, school_year_start
from sro.demo import incidents as log
from sro.demo.activities import Activity, activities
from sro.demo.county import COUNTY, DISTRICTS, OFFICERS, POSITIONS, POSTS, SCHOOLS, posts
from sro.demo.draws import Scene
from sro.demo.enrollment import enrollment
from sro.demo.incidents import Incident
from sro.demo.land import places
from sro.demo.money import (
    benchmarks,
    costs,
    grant_measures,
    grant_periods,
    grant_targets,
    grants,
    marked_events,
    paid_posts,
    youth_program_periods,
)
from sro.demo.official import incident_categories, le_action_demographics, official_incidents, threat_assessments
from sro.demo.perception import complaints, surveys
from sro.demo.readiness import clock, drills, requirements, safety_consultations, training
from sro.demo.reporting import UNMENTIONED_LOGS, submitted_on
from sro.demo.staffing import Shift, presence, shifts
from sro.demo.terms import Day, calendars

Row = dict[str, Any]
HOURS_A_DAY = 7.25
PRICE_A_DAY = 224.0
FULL_TIME_HOURS = 40


def tables(scene: Scene) -> Iterator[tuple[str, Iterable[Row]]]:
    """Each table's name and rows, in the order in which they refer to each other; made when they are asked for."""
    yield "districts", _districts(scene)
    yield "schools", _schools(scene)
    yield "school_provider_history", _providers(scene)
    yield "enrollment", _enrollment(scene)
    days = calendars(scene)
    yield "calendar", _calendar(scene, days)
    yield "positions", _positions(scene)
    yield "officers", _officers(scene)
    yield "assignments", _assignments(scene)
    worked = shifts(scene, days)
    there = presence(worked)
    yield "shifts", _shifts(worked)
    yield "activities", _activities(activities(scene, worked))
    happened = log.happened(scene, days, there)
    logged = log.logged(scene, happened)
    numbered = list(_numbered(logged))
    yield "incidents", _incidents(numbered)
    yield "le_actions", _actions(numbered)
    yield "le_action_demographics", le_action_demographics(scene, logged)
    yield "official_incidents", official_incidents(scene, happened)
    yield "incident_categories", incident_categories()
    yield "log_submissions", _submissions(scene, days, logged)
    yield "training", training(scene)
    yield "drills", drills(scene, days, there)
    yield "requirements", requirements(scene)
    yield "safety_consultations", safety_consultations(scene)
    yield "threat_assessments", threat_assessments(scene)
    yield "youth_program_periods", youth_program_periods(scene)
    yield "surveys", surveys(scene)
    yield "complaints", complaints(scene)
    yield "costs", costs(scene)
    yield "grants", grants(scene)
    yield "grant_periods", grant_periods(scene)
    yield "grant_measures", grant_measures(scene)
    yield "grant_targets", grant_targets(scene)
    yield "annotations", marked_events(scene)
    yield "benchmarks", benchmarks()


def _known(day: date | None, scene: Scene) -> date | None:
    """A day that has come; what lies ahead is not in the export."""
    return day if day is not None and day <= scene.through else None


def _districts(scene: Scene) -> Iterator[Row]:
    for district in DISTRICTS:
        joined = _known(district.joined, scene)
        under_way = [post for post in paid_posts(district) if post.holds(scene.through)]
        contracted = sum(post.contract_days or 0 for post in under_way) if joined else None
        yield {
            "district_id": district.district_id,
            "name": district.name,
            "sector": district.sector,
            "county": COUNTY,
            "mou_effective_from": joined,
            "contract_days": contracted,
            "contract_hours": contracted * HOURS_A_DAY if contracted is not None else None,
            "contract_amount": contracted * PRICE_A_DAY if contracted is not None else None,
        }


def _schools(scene: Scene) -> Iterator[Row]:
    at = places()
    for school in SCHOOLS:
        if not school.exists_on(scene.through):
            continue
        yield {
            "school_id": school.school_id,
            "district_id": school.district_id,
            "name": school.name,
            "short_name": school.short_name,
            "level": school.level,
            "grade_low": school.grades[0],
            "grade_high": school.grades[1],
            "is_program_site": school.is_program_site,
            "count_in_program_total": not school.is_program_site,
            "status": "open",
            "opened_on": school.opened_on,
            "lat": at[school.school_id][1],
            "lon": at[school.school_id][0],
            "provider_agency": school.provider(scene.through),
        }


def _providers(scene: Scene) -> Iterator[Row]:
    for school in SCHOOLS:
        stretches = [stretch for stretch in school.providers if stretch.first <= scene.through]
        for stretch, following in zip_longest(stretches, stretches[1:]):
            yield {
                "school_id": school.school_id,
                "from_date": stretch.first,
                "to_date": following.first - timedelta(days=1) if following else None,
                "provider_agency": stretch.agency,
            }


def _enrollment(scene: Scene) -> Iterator[Row]:
    columns = ("school_id", "school_year", "basis", "subgroup_dim", "subgroup", "n", "source")
    for row in enrollment(scene):
        yield dict(zip(columns, row, strict=True))


def _calendar(scene: Scene, days: Mapping[str, list[Day]]) -> Iterator[Row]:
    for school_id, calendar in days.items():
        for day in calendar:
            if day.day <= scene.through:
                yield {
                    "school_id": school_id,
                    "date": day.day,
                    "day_type": day.day_type,
                    "bell_start": clock(day.bell_start),
                    "bell_end": clock(day.bell_end),
                }


def _positions(scene: Scene) -> Iterator[Row]:
    for position in POSITIONS:
        if position.first <= scene.through:
            vacated = _known(position.vacated, scene)
            first_filled = next(officer.hired for officer in OFFICERS if officer.position_id == position.position_id)
            yield {
                "position_id": position.position_id,
                "authorized_from": position.first,
                "funding_source": position.funding,
                "vacated_on": vacated,
                "filled_on": _known(position.filled, scene) if vacated else _known(first_filled, scene),
            }


def _officers(scene: Scene) -> Iterator[Row]:
    for officer in OFFICERS:
        if officer.hired <= scene.through:
            yield {
                "officer_id": officer.officer_id,
                "position_id": officer.position_id,
                "hire_date": officer.hired,
                "end_date": _known(officer.left, scene),
                "employment": officer.employment,
                "sworn": True,
                "prior_le_years": officer.prior_years,
                "full_time_hours_per_week": FULL_TIME_HOURS,
            }


def _assignments(scene: Scene) -> Iterator[Row]:
    for number, post in enumerate(POSTS, start=1):
        if post.first <= scene.through:
            yield {
                "assignment_id": f"AS-{number:02d}",
                "officer_id": post.officer_id,
                "school_id": post.school_id,
                "start_date": post.first,
                "end_date": _known(post.last, scene),
                "role": post.role,
                "share": post.share,
                "contract_days": post.contract_days,
                "contract_hours": post.contract_days * HOURS_A_DAY if post.contract_days else None,
            }


def _shifts(worked: list[Shift]) -> Iterator[Row]:
    number: Counter[int] = Counter()
    for shift in worked:
        opening = school_year_start(shift.day)
        number[opening] += 1
        yield {
            "shift_id": f"S-{opening % 100}-{number[opening]:05d}",
            "officer_id": shift.officer_id,
            "school_id": shift.school_id,
            "date": shift.day,
            "sched_start": clock(shift.sched_start),
            "sched_end": clock(shift.sched_end),
            "actual_start": clock(shift.actual_start),
            "actual_end": clock(shift.actual_end),
            "status": shift.status,
            "absence_reason": shift.absence_reason,
            "is_backfill": shift.is_backfill,
            "for_officer_id": shift.for_officer_id,
            "duty_type": shift.duty_type,
        }


def _activities(done: list[Activity]) -> Iterator[Row]:
    places = {school.school_id: place for place, school in enumerate(SCHOOLS, start=1)}
    number: Counter[str] = Counter()
    for row in done:
        series = f"A-{school_year_start(row.day) % 100}-{places[row.school_id]:02d}"
        number[series] += 1
        yield {
            "activity_id": f"{series}-{number[series]:04d}",
            "officer_id": row.officer_id,
            "school_id": row.school_id,
            "date": row.day,
            "start_time": clock(row.start),
            "duration_min": row.minutes,
            "activity_type": row.activity_type,
            "topic": row.topic,
            "audience": row.audience,
            "grade_band": row.grade_band,
            "students_reached": row.students,
            "adults_reached": row.adults,
            "sessions": row.sessions,
            "contacts": row.contacts,
            "program_id": row.program_id,
        }


def _numbered(logged: list[Incident]) -> Iterator[tuple[str, Incident]]:
    """Incidents with their numbers, given in the order in which they were entered."""
    number: Counter[int] = Counter()
    for row in logged:
        opening = school_year_start(row.entered_at.date())
        number[opening] += 1
        yield f"INC-{opening % 100}-{number[opening]:04d}", row


def _incidents(numbered: list[tuple[str, Incident]]) -> Iterator[Row]:
    for incident_id, row in numbered:
        scheme, _, code = row.category.partition(":")
        is_state = scheme == "ssec"
        yield {
            "incident_id": incident_id,
            "school_id": row.school_id,
            "occurred_on": row.day,
            "occurred_time": clock(row.minute),
            "reported_at": row.reported_at,
            "entered_at": row.entered_at,
            "location": row.location,
            "in_school_hours": row.in_school_hours,
            "incident_class": row.incident_class,
            "category_scheme": "ssec_2021" if is_state else "local",
            "ssec_code": code if is_state else None,
            "local_category": None if is_state else code,
            "crdc_offn": row.crdc,
            "offense_level": row.offense_level,
            "weapon": row.weapon,
            "bias_related": row.bias,
            "drug_related": row.drug,
            "gang_related": row.gang,
            "initiated_by": row.initiated_by,
            "sro_on_site": row.on_site,
            "sro_responded": row.responded,
            "response_minutes": row.response_minutes,
            "offender_type": row.offender_type,
            "n_students_involved": row.n_students,
            "n_injured": row.n_injured,
            "handled_by": row.handled_by,
            "outcome": row.outcome,
            "policy_basis": row.policy_basis,
            "is_series_member": row.in_series,
        }


def _actions(numbered: list[tuple[str, Incident]]) -> Iterator[Row]:
    for incident_id, row in numbered:
        number: Counter[str] = Counter()
        for action in row.actions:
            number[action.action] += 1
            yield {
                "incident_id": incident_id,
                "action": action.action,
                "seq": number[action.action],
                "n_students": action.n_students,
                "forum": action.forum,
                "by_agency": action.by_agency,
                "reason_offense_level": action.level,
            }


def _submissions(scene: Scene, days: Mapping[str, list[Day]], logged: list[Incident]) -> Iterator[Row]:
    """A row for every finished month of a served school, but for those that nobody mentions."""
    eventful = {(row.school_id, row.day.replace(day=1)) for row in logged}
    served = dict.fromkeys(
        (school_id, day.day.replace(day=1))
        for school_id, calendar in days.items()
        for day in calendar
        if day.is_instructional and posts(school_id, day.day)
    )
    for school_id, month in served:
        if month_end(month) > scene.through or (school_id, month) in UNMENTIONED_LOGS:
            continue
        came = _known(submitted_on(scene, school_id, month), scene)
        minute = 9 * 60 + int(scene.dice("minute", school_id, month)() * 420)
        yield {
            "school_id": school_id,
            "month": month,
            "submitted": came is not None,
            "nothing_to_report": came is not None and (school_id, month) not in eventful,
            "submitted_at": datetime.combine(came, time(minute // 60, minute % 60)) if came else None,
            "reviewed_by_role": "coordinator" if came else None,
        }
