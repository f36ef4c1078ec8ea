"""What officers do with and for schools: the activity log, by level, season and role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sro.demo.county import BY_ID, LATE_SCHOOL, School
from sro.demo.draws import Mix, Roll, Scene, around, given, mix, near, whole
from sro.demo.reporting import LATE_DAYS, is_received
from sro.demo.staffing import Shift

A_DAY = 3.1


LEVELS = ("high", "middle", "elementary", "alternative")


@dataclass(frozen=True)
class Kind:
    """A kind of activity (activity_kinds.csv): weights at each of LEVELS, how long, for whom, in which season."""

    weights: tuple[float, ...]
    minutes: float
    spread: float
    audience: str
    season: str


KINDS = {
    row["activity_type"]: Kind(
        weights=tuple(float(row[level]) for level in LEVELS),
        minutes=float(row["minutes"]),
        spread=float(row["spread"]),
        audience=row["audience"],
        season=row["season"],
    )
    for row in given("activity_kinds")
}
# How much of each month's usual mix a season adds or takes; 1 is an ordinary month.
SEASONS = {
    "even": dict.fromkeys(range(1, 13), 1.0),
    "lessons": {9: 0.6, 10: 1.5, 11: 1.2, 12: 0.8, 1: 1.0, 2: 1.2, 3: 1.3, 4: 1.1, 5: 0.9, 6: 0.25},
    "growing": {9: 0.75, 10: 0.95, 11: 1.0, 12: 0.95, 1: 1.0, 2: 1.05, 3: 1.1, 4: 1.05, 5: 1.1, 6: 0.7},
    "autumn": {9: 2.2, 10: 1.7, 11: 1.1, 12: 0.7, 1: 0.8, 2: 0.7, 3: 0.8, 4: 0.8, 5: 0.7, 6: 0.4},
}
TOPICS = {
    "high": mix(
        "law_rights 18, driving 16, vaping 12, drug_alcohol 15, dating_violence 12, cyber_safety 9, career 10, "
        "mental_health 8"
    ),
    "middle": mix(
        "vaping 20, cyber_safety 20, bullying 18, drug_alcohol 12, conflict_resolution 15, law_rights 8, gangs 2, "
        "mental_health 5"
    ),
    "elementary": mix("bullying 30, conflict_resolution 20, cyber_safety 14, gun_safety 8, career 12, other 16"),
    "alternative": mix(
        "conflict_resolution 25, law_rights 20, drug_alcohol 15, vaping 15, career 15, mental_health 10"
    ),
}
BANDS = {
    "high": mix("9_12 1"),
    "middle": mix("6_8 1"),
    "elementary": mix("pk2 40, 3_5 50, mixed 10"),
    "alternative": mix("9_12 70, 6_8 30"),
    "combined": mix("6_8 40, 9_12 50, mixed 10"),
}
TAUGHT = ("classroom_lesson", "assembly", "staff_training", "parent_presentation", "small_group")
COUNTED = ("mentoring_1to1", "informal_check_in", "small_group")
# Officers without a shift that day, for the check that looks for them (truth.PLANTED_WARNINGS); Saturdays.
PLANTED = (
    ("SRO-04", "990301060001", date(2022, 5, 14)),
    ("SRO-07", "990401060002", date(2023, 10, 21)),
    ("SRO-12", "990201060002", date(2024, 12, 7)),
    ("SRO-14", "990801060001", date(2025, 9, 20)),
)


class Activity(NamedTuple):
    """One row of activities, its id apart; `start` is minutes after midnight."""

    school_id: str
    day: date
    start: int
    officer_id: str
    minutes: int
    activity_type: str
    topic: str | None
    audience: str
    grade_band: str | None
    students: int | None
    adults: int | None
    sessions: int
    contacts: int | None
    program_id: str | None


def activities(scene: Scene, shifts: list[Shift]) -> list[Activity]:
    """Every logged activity that has reached the log by the data date, in order of school, day and time."""
    mixes = {(level, month): _mix(level, month) for level in LEVELS for month in SEASONS["lessons"]}
    rows = [row for shift in shifts if shift.is_on_site for row in _shift(scene, shift, mixes)]
    rows += [
        Activity(
            school_id, day, 9 * 60, officer_id, 120, "youth_activity", None, "students", None, 20, 4, 1, None, None
        )
        for officer_id, school_id, day in PLANTED
    ]
    return sorted((row for row in rows if _has_come(scene, row)), key=lambda row: row[:6])


def _has_come(scene: Scene, row: Activity) -> bool:
    lag = LATE_DAYS if row.school_id == LATE_SCHOOL else 0
    return row.day + timedelta(days=lag) <= scene.through and is_received(row.school_id, row.day)


def level_like(school: School) -> str:
    """Schools of several levels log what high schools log, but for the smallest children's."""
    return "high" if school.level == "combined" else school.level


def _mix(level: str, month: int) -> Mix:
    column = LEVELS.index(level)
    return mix({name: kind.weights[column] * SEASONS[kind.season][month] for name, kind in KINDS.items()})


def _shift(scene: Scene, shift: Shift, mixes: dict[tuple[str, int], Mix]) -> Iterator[Activity]:
    """The activities of one shift, one after the other."""
    if shift.status == "unscheduled" or shift.day.month not in SEASONS["lessons"]:
        return
    roll = scene.dice("activities", shift.officer_id, shift.day, shift.duty_type)
    school = BY_ID[shift.school_id]
    assert shift.actual_start is not None and shift.actual_end is not None
    if shift.duty_type == "event":
        length = shift.actual_end - shift.actual_start
        yield _row(roll, shift, school, "event_presence", shift.actual_start, length - length % 5)
        return
    present = shift.actual_end - shift.actual_start
    number = max(0, round(A_DAY * present / 420 + 1.2 * near(roll)))
    style = mixes[level_like(school), shift.day.month]
    for place in range(number):
        name = style.at(roll())
        room = present // number
        minutes = min(5 * max(1, round(around(roll, KINDS[name].minutes, KINDS[name].spread) / 5)), room - room % 5)
        start = shift.actual_start + place * room + int(roll() * (room - minutes))
        yield _row(roll, shift, school, name, start - start % 5, max(minutes, 5))


def _row(roll: Roll, shift: Shift, school: School, name: str, start: int, minutes: int) -> Activity:
    level = level_like(school)
    students = adults = contacts = None
    sessions = 1
    if name == "classroom_lesson":
        class_size = 8 if level == "alternative" else 21
        sessions = 1 if roll() < 0.8 else 2
        students = sessions * max(4, round(class_size + 4 * near(roll)))
    elif name == "assembly":
        students = round(school.students * (0.2 + 0.45 * roll()))
    elif name == "small_group":
        students = contacts = whole(roll, 3, 8)
    elif name == "mentoring_1to1":
        contacts = 1
    elif name == "informal_check_in":
        contacts = max(1, round(around(roll, 3, 0.6)))
    elif name == "staff_training":
        adults = max(6, round(school.students * 0.03 + 12 * roll()))
    elif name in ("parent_presentation", "home_visit", "family_contact"):
        adults = whole(roll, 8, 45) if name == "parent_presentation" else 1
    elif name in ("youth_activity", "mediation"):
        students = whole(roll, 8, 30) if name == "youth_activity" else whole(roll, 2, 4)
    with_students = name in (*TAUGHT[:2], "small_group", "mentoring_1to1", "informal_check_in", "youth_activity")
    return Activity(
        school_id=shift.school_id,
        day=shift.day,
        start=start,
        officer_id=shift.officer_id,
        minutes=minutes,
        activity_type=name,
        topic=TOPICS[level].at(roll()) if name in TAUGHT else None,
        audience=KINDS[name].audience,
        grade_band=BANDS[school.level].at(roll()) if with_students else None,
        students=students,
        adults=adults,
        sessions=sessions,
        contacts=contacts,
        program_id=PROGRAM_OF.get((shift.school_id, name)),
    )


# Youth programs whose sessions are logged as activities (records.YOUTH_PROGRAMS).
PROGRAM_OF = {
    ("990301060002", "mentoring_1to1"): "YP-1",
    ("site:tamarack-learning-center", "mentoring_1to1"): "YP-3",
    ("990201060001", "youth_activity"): "YP-4",
}
