"""Training, drills, what law and policy ask for, and safety advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sro.calendar import school_year_start, year
from sro.demo.county import BY_ID, OFFICERS, SUBSTITUTE, Officer, served_from
from sro.demo.draws import Roll, Scene, mix, whole
from sro.demo.staffing import Shift
from sro.demo.terms import Day

Row = dict[str, Any]
BASIC_HOURS = 40
# Officers who took the basic course after they had started; the substitute has not taken it.
BASIC_LATE = {"SRO-09": date(2021, 11, 19), "SRO-15": date(2025, 7, 18)}


@dataclass(frozen=True)
class Course:
    """A course offered once a year: the day, its length, the years it holds, and the share of those due who come."""

    topic: str
    month: int
    day: int
    hours: float
    provider: str
    years: int | None = None
    taken: float = 0.85


COURSES = (
    Course("crisis_intervention", 7, 15, 16, "County mental health department", 3),
    Course("legal_update", 8, 25, 4, "Office of the District Attorney", 1, 0.95),
    Course("active_threat", 8, 26, 8, "County emergency services", 1, 0.95),
    Course("firearms", 8, 27, 8, "County range", 1, 0.97),
    Course("ferpa_privacy", 8, 28, 2, "Regional information center", 2, 0.9),
    Course("first_aid", 10, 20, 4, "Regional ambulance service", 2, 0.8),
    Course("conflict_resolution_deescalation", 11, 8, 8, "State training division", 2),
    Course("adolescent_mh", 1, 24, 8, "County mental health department", 3, 0.6),
    Course("youth_engagement", 3, 15, 8, "National training association", 2),
    Course("threat_assessment", 5, 10, 8, "State training division", 3, 0.6),
    Course("implicit_bias", 6, 27, 4, "Community college", 3, 0.7),
    Course("special_ed", 6, 28, 3, "Learning center", 3, 0.6),
)
INSTRUCTOR, TAUGHT_BY_INSTRUCTOR = "SRO-01", "active_threat"


def training(scene: Scene) -> Iterator[Row]:
    """Each officer's courses: again when a certificate has run out, not always in time."""
    for officer in OFFICERS:
        basic = BASIC_LATE.get(officer.officer_id, officer.hired - timedelta(days=10))
        if officer.officer_id != SUBSTITUTE and basic <= scene.through:
            yield {
                "training_id": f"TR-{basic:%y%m}-basic_sro",
                "officer_id": officer.officer_id,
                "completed_on": basic,
                "hours": BASIC_HOURS,
                "topic": "basic_sro",
                "provider": "National training association",
                "role": "attendee",
            }
        for course in COURSES:
            yield from _course(scene, officer, course)


def _course(scene: Scene, officer: Officer, course: Course) -> Iterator[Row]:
    roll = scene.dice("course", officer.officer_id, course.topic)
    expires = date.min
    for opening in range(2021, scene.through.year + 1):
        day = date(opening, course.month, course.day)
        teaches = officer.officer_id == INSTRUCTOR and course.topic == TAUGHT_BY_INSTRUCTOR
        comes = roll() < course.taken * (0.4 if officer.officer_id == SUBSTITUTE else 1)
        in_service = officer.hired <= day + timedelta(days=7) and (officer.left is None or day <= officer.left)
        needed = expires < day + timedelta(days=45)
        if not (comes and in_service and needed and date(2021, 7, 1) <= day <= scene.through):
            continue
        expires = date(day.year + course.years, day.month, day.day) if course.years else date.max
        yield {
            "training_id": f"TR-{day:%y%m}-{course.topic}",
            "officer_id": officer.officer_id,
            "completed_on": day,
            "hours": course.hours,
            "topic": course.topic,
            "provider": course.provider,
            "certificate_expires": expires if course.years and not teaches else None,
            "role": "instructor" if teaches else "attendee",
        }


DRILL_PLAN = (
    ("evacuation", 9, 3),
    ("evacuation_secondary", 10, 3),
    ("lockdown", 11, 2),
    ("evacuation", 3, 1),
    ("evacuation_secondary", 4, 1),
    ("lockdown", 2, 2),
)
DRILL_MISSED = 0.035
NOTICE_SINCE = 2024
HOLD_SINCE = 2025


def drills(
    scene: Scene, calendars: Mapping[str, list[Day]], presence: Mapping[tuple[str, date], list[Shift]]
) -> Iterator[Row]:
    """The drills of served schools: eight evacuations and four lockdowns a year, two thirds of them before January."""
    for school_id, calendar in calendars.items():
        first = served_from(school_id)
        for opening in scene.years:
            if first is None or opening < school_year_start(first):
                continue
            roll = scene.dice("drills", school_id, opening)
            days = [
                day for day in calendar if school_year_start(day.day) == opening and day.day_type == "instructional"
            ]
            extra = (("early_dismissal", 10, 1), *((("hold", 5, 1),) if opening >= HOLD_SINCE else ()))
            number = 0
            for drill_type, month, times in (*DRILL_PLAN, *extra):
                for _ in range(times):
                    number += 1
                    around = month + (1 if times > 2 and roll() < 0.5 else 0)
                    fitting = [day for day in days if day.day.month == around]
                    chosen = fitting[whole(roll, 0, len(fitting) - 1)]
                    row = _drill(roll, school_id, chosen, drill_type, presence)
                    if roll() >= DRILL_MISSED and chosen.day <= scene.through:
                        yield {"drill_id": f"DR-{opening % 100}-{_short(school_id)}-{number:02d}", **row}


def _drill(
    roll: Roll, school_id: str, day: Day, drill_type: str, presence: Mapping[tuple[str, date], list[Shift]]
) -> Row:
    assert day.bell_start is not None and day.bell_end is not None
    minute = day.bell_start + 30 + int(roll() * (day.bell_end - day.bell_start - 60))
    there = any(shift.is_there(minute) for shift in presence.get((school_id, day.day), ()))
    notice = day.day - timedelta(days=whole(roll, 4, 10))
    has_notice = (
        not drill_type.startswith("evacuation") and school_year_start(day.day) >= NOTICE_SINCE and roll() < 0.92
    )
    return {
        "school_id": school_id,
        "date": day.day,
        "time": clock(minute),
        "drill_type": drill_type,
        "sro_present": there,
        "parents_notified_on": notice if has_notice else None,
        "duration_min": whole(roll, 5, 14) if drill_type != "lockdown" else whole(roll, 10, 25),
        "issues_found": max(0, whole(roll, -3, 3)),
        "summer_session": False,
    }


def requirements(scene: Scene) -> Iterator[Row]:
    """What each school year asks for, with its source."""
    for opening in scene.years:
        last_day = date(opening + 1, 6, 30)
        for name, scope, value, due_by, citation in (
            ("drill_evacuation", "school", 8, last_day, "Educ. Law 807"),
            ("drill_lockdown", "school", 4, last_day, "Educ. Law 807"),
            ("drills_by_december", "school", 8, date(opening, 12, 31), "Educ. Law 807"),
            ("training_hours", "officer", 20, last_day, "Program policy (fictional)"),
        ):
            yield {
                "school_year": year(opening).key,
                "requirement": name,
                "scope": scope,
                "value": value,
                "due_by": due_by,
                "citation": citation,
            }


CONSULTED = mix(
    "site_assessment 26, plan_review 34, cpted 8, technology_solution 9, event_plan 12, reunification 5, "
    "training_exercise 6"
)
TECHNOLOGY = mix("anonymous reporting system 35, emergency alert app 30, panic button 20, camera access 15")


def safety_consultations(scene: Scene) -> Iterator[Row]:
    """Advice to served schools; recommendations close over a year or two."""
    for school_id in BY_ID:
        first = served_from(school_id)
        for opening in scene.years:
            if first is None or opening < school_year_start(first):
                continue
            roll = scene.dice("consultations", school_id, opening)
            for number in range(whole(roll, 1, 3)):
                day = date(opening, 8, 10) + timedelta(days=whole(roll, 0, 280))
                kind = CONSULTED.at(roll())
                made = whole(roll, 2, 9) if kind in ("site_assessment", "plan_review", "cpted") else whole(roll, 0, 3)
                pace = 150 + 700 * roll()
                technology = TECHNOLOGY.at(roll())
                day -= timedelta(days=max(0, day.weekday() - 4))
                if first <= day <= scene.through:
                    yield {
                        "consult_id": f"SC-{opening % 100}-{_short(school_id)}-{number + 1}",
                        "school_id": school_id,
                        "date": day,
                        "kind": kind,
                        "recommendations_n": made,
                        "closed_n": min(made, int(made * (scene.through - day).days / pace)),
                        "technology_kind": technology if kind == "technology_solution" else None,
                    }


def clock(minute: int | None) -> str | None:
    """Minutes after midnight as 07:45."""
    return None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"


def _short(school_id: str) -> str:
    """A short mark of a school, for ids of its rows."""
    return "LC" if school_id.startswith("site:") else school_id[2:4] + school_id[-1]
