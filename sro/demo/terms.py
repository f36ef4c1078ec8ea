"""School calendars of the fictional county: terms, recesses, exam weeks, half days, snow days, summer sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sro.demo.county import BRINDLE_HIGH, BRINDLE_MIDDLE, DUNMARROW_HIGH, LEARNING_CENTER, SCHOOLS, School
from sro.demo.draws import Scene, whole

INSTRUCTIONAL = frozenset(("instructional", "half_day", "exam"))
HALF_DAY_MINUTES = 195
SUMMER_BELLS = (8 * 60, 12 * 60)
SUMMER_SCHOOLS = (BRINDLE_HIGH, DUNMARROW_HIGH, LEARNING_CENTER, "990101060001")
# Bells by level, in minutes after midnight; each school moves its own by up to ten minutes.
BELLS = {
    "elementary": (8 * 60 + 40, 15 * 60 + 10),
    "middle": (7 * 60 + 50, 14 * 60 + 35),
    "high": (7 * 60 + 35, 14 * 60 + 20),
    "combined": (7 * 60 + 55, 14 * 60 + 45),
    "alternative": (8 * 60 + 15, 14 * 60),
}
# One-off days, as they happen: a wave of illness, a burst pipe, a power cut.
REMOTE_DAYS = {
    "990501": (date(2022, 1, 3), date(2022, 1, 4), date(2022, 1, 5)),
    "991201": (date(2022, 1, 3), date(2022, 1, 4)),
}
OTHER_CLOSURES = {
    "991101060003": (date(2023, 10, 19), date(2023, 10, 20)),
    BRINDLE_MIDDLE: (date(2025, 5, 14),),
}


class Day(NamedTuple):
    """A day of a school's calendar; bells are minutes after midnight, absent where no one is taught."""

    day: date
    day_type: str
    bell_start: int | None
    bell_end: int | None

    @property
    def is_instructional(self) -> bool:
        return self.day_type in INSTRUCTIONAL

    def is_within_bells(self, minute: int) -> bool:
        return self.bell_start is not None and self.bell_end is not None and self.bell_start <= minute <= self.bell_end


def calendars(scene: Scene) -> dict[str, list[Day]]:
    """Every school's days through June of the last school year, in order. Weekends and idle summer days have no row."""
    years = {opening: (_term(opening), _storms(scene, opening)) for opening in scene.years}
    return {
        school.school_id: [
            day
            for opening, (term, storms) in years.items()
            for day in _school_year(scene, school, opening, term, storms)
            if school.exists_on(day.day)
        ]
        for school in SCHOOLS
        if school.exists_on(scene.through)
    }


def _school_year(
    scene: Scene, school: School, opening: int, term: dict[date, str], storms: dict[date, float]
) -> Iterator[Day]:
    bells = _bells(scene, school)
    if school.school_id in SUMMER_SCHOOLS:
        for day in _weekdays(date(opening, 7, 8), date(opening, 8, 14)):
            if day.weekday() < 4:
                yield Day(day, "summer_session", *SUMMER_BELLS)
    district = school.district_id[:6]
    for day, usual in term.items():
        day_type = _at_school(usual, school, day)
        if day_type in INSTRUCTIONAL and day in storms and _closes(scene, district, day, storms[day]):
            day_type = "closure_weather"
        elif day in REMOTE_DAYS.get(district, ()):
            day_type = "remote"
        elif day in OTHER_CLOSURES.get(school.school_id, ()):
            day_type = "closure_other"
        if day_type == "half_day":
            yield Day(day, day_type, bells[0], bells[0] + HALF_DAY_MINUTES)
        elif day_type in INSTRUCTIONAL or day_type == "remote":
            yield Day(day, day_type, *bells)
        else:
            yield Day(day, day_type, None, None)


def _at_school(usual: str, school: School, day: date) -> str:
    """Exam weeks are those of schools with grades 9 to 12; parent conferences shorten a day at elementary schools."""
    if usual == "exam" and school.level in ("elementary", "middle"):
        return "instructional"
    if usual == "conference":
        return "half_day" if school.level == "elementary" else "instructional"
    return usual


def _bells(scene: Scene, school: School) -> tuple[int, int]:
    roll = scene.dice("bells", school.school_id)
    start, end = BELLS[school.level]
    shift = 5 * whole(roll, -2, 2)
    return start + shift, end + shift


def _closes(scene: Scene, district: str, day: date, strength: float) -> bool:
    return scene.dice("storm", district, day)() < strength


def _storms(scene: Scene, opening: int) -> dict[date, float]:
    """The winter's storms: day and the chance that a district closes for it."""
    roll = scene.dice("winter", opening)
    days = list(_weekdays(date(opening, 12, 5), date(opening + 1, 3, 20)))
    return {days[whole(roll, 0, len(days) - 1)]: 0.45 + 0.5 * roll() for _ in range(whole(roll, 3, 9))}


def _term(opening: int) -> dict[date, str]:
    """What every weekday from Labor Day to the last day in June is, in the county's common calendar."""
    labor_day = _nth(opening, 9, 0, 1)
    first_day = labor_day + timedelta(days=3)
    last_day = max(_weekdays(date(opening + 1, 6, 20), date(opening + 1, 6, 25)))
    days = dict.fromkeys(_weekdays(labor_day, last_day), "instructional")

    thanksgiving = _nth(opening, 11, 3, 4)
    january_exams = _nth(opening + 1, 1, 0, 4)
    named = {
        "exam": [
            *_weekdays(january_exams + timedelta(days=1), january_exams + timedelta(days=4)),
            *_weekdays(date(opening + 1, 6, 11), last_day - timedelta(days=1)),
        ],
        "conference": [_nth(opening, 12, 3, 2), _nth(opening + 1, 3, 3, 3)],
        "half_day": [thanksgiving - timedelta(days=2), last_day],
        "superintendent_conf": [
            labor_day + timedelta(days=1),
            labor_day + timedelta(days=2),
            _nth(opening, 11, 0, 1) + timedelta(days=1),
            _nth(opening + 1, 3, 4, 3),
        ],
        "holiday": [
            labor_day,
            _nth(opening, 10, 0, 2),
            date(opening, 11, 11),
            *_weekdays(thanksgiving - timedelta(days=1), thanksgiving + timedelta(days=1)),
            *_weekdays(date(opening, 12, 24), date(opening + 1, 1, 1)),
            _nth(opening + 1, 1, 0, 3),
            *_week(_nth(opening + 1, 2, 0, 3)),
            *_week(_nth(opening + 1, 4, 0, 1)),
            _last_monday_of_may(opening + 1),
            date(opening + 1, 6, 19),
        ],
    }
    for day_type, on in named.items():
        days |= {day: day_type for day in on if day in days}
    assert days[first_day] == "instructional"
    return days


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    """The nth Monday (0) … Sunday (6) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=number) for number in range(5)]


def _weekdays(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day
