"""Shifts of the fictional program: who was due where, who came, who was away and why, who stood in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sro.demo.county import (
    BY_ID,
    CEDAR_HIGH,
    FLOAT,
    GRAYLAG_HIGH,
    LONG_LEAVE,
    OFFICERS,
    POSTS,
    SUBSTITUTE,
    VACANT_FROM,
    VACANT_TO,
    Post,
    is_split_day,
)
from sro.demo.draws import Roll, Scene, mix, near, whole
from sro.demo.terms import Day

BEFORE_BELL, AFTER_BELL = 20, 15
PARTIAL_SHARE = 0.035
LATE_SHARE = 0.04
FLOAT_TAKES, SUBSTITUTE_TAKES = 0.55, 0.25
FLOAT_WEEKDAY = 2
EVENT_SHARE = 0.42
EVENING = (18 * 60, 21 * 60 + 15)

REASONS = mix("sick 35, leave 25, training 15, court 13, reassigned 8, other 4")
PARTIAL_REASONS = mix("court 30, sick 25, leave 25, training 12, reassigned 8")
LONGEST = {"sick": 3, "leave": 4, "training": 2}
MEAN_SPELL = 1.8
# Colds in winter, days off before recesses; 1 is an ordinary month.
ABSENCE_BY_MONTH = {9: 0.5, 10: 0.9, 11: 1.0, 12: 1.3, 1: 1.3, 2: 1.4, 3: 1.1, 4: 1.0, 5: 0.9, 6: 0.7}
PLANTED = (
    ("SRO-04", CEDAR_HIGH, date(2022, 2, 21)),
    ("SRO-10", GRAYLAG_HIGH, date(2023, 10, 9)),
    ("SRO-01", "990201060001", date(2025, 11, 11)),
)


class Shift(NamedTuple):
    """One row of shifts, its id apart; times are minutes after midnight."""

    day: date
    officer_id: str
    school_id: str
    sched_start: int | None
    sched_end: int | None
    actual_start: int | None
    actual_end: int | None
    status: str
    absence_reason: str | None = None
    is_backfill: bool = False
    for_officer_id: str | None = None
    duty_type: str = "school"

    @property
    def is_on_site(self) -> bool:
        return self.actual_start is not None

    def is_there(self, minute: int | None) -> bool:
        """Whether the officer was there at a minute; at a time that nobody noted, whether on that day."""
        if self.actual_start is None or self.actual_end is None:
            return False
        return minute is None or self.actual_start <= minute <= self.actual_end


def shifts(scene: Scene, calendars: Mapping[str, list[Day]]) -> list[Shift]:
    """Every shift through the data date, in order of day and officer."""
    due = [
        shift
        for post in POSTS
        if post.role != "float" and post.school_id in calendars
        for shift in _post(scene, post, calendars[post.school_id])
    ]
    rows = [*due, *_stand_ins(scene, due, calendars), *_evenings(scene, due), *_planted()]
    return sorted((row for row in rows if row.day <= scene.through), key=lambda row: row[:4])


def presence(rows: list[Shift]) -> dict[tuple[str, date], list[Shift]]:
    """The shifts in which an officer was at a school, by school and day."""
    there: dict[tuple[str, date], list[Shift]] = defaultdict(list)
    for row in rows:
        if row.is_on_site:
            there[row.school_id, row.day].append(row)
    return dict(there)


def _post(scene: Scene, post: Post, calendar: list[Day]) -> Iterator[Shift]:
    """The shifts of one assignment, absences among them."""
    officer = next(officer for officer in OFFICERS if officer.officer_id == post.officer_id)
    roll = scene.dice("shifts", post.officer_id, post.school_id)
    away, reason = 0, ""
    for day in calendar:
        if not (day.is_instructional and post.holds(day.day)):
            continue
        start, end = _scheduled(day)
        if not is_split_day(post, day.day):
            if post.role == "substitute":
                yield Shift(day.day, post.officer_id, post.school_id, start, end, None, None, "cancelled", "vacancy")
            continue
        if away == 0 and roll() < officer.absence * ABSENCE_BY_MONTH[day.day.month] / MEAN_SPELL:
            reason = REASONS.at(roll())
            away = whole(roll, 1, LONGEST.get(reason, 1))
        on_leave = post.officer_id == LONG_LEAVE[0] and LONG_LEAVE[1] <= day.day <= LONG_LEAVE[2]
        if away or on_leave:
            away = max(away - 1, 0)
            yield Shift(
                day.day,
                post.officer_id,
                post.school_id,
                start,
                end,
                None,
                None,
                "absent",
                "leave" if on_leave else reason,
            )
        else:
            yield _worked(roll, day.day, post.officer_id, post.school_id, start, end)


def _scheduled(day: Day) -> tuple[int, int]:
    assert day.bell_start is not None and day.bell_end is not None
    return day.bell_start - BEFORE_BELL, day.bell_end + AFTER_BELL


def _worked(roll: Roll, day: date, officer_id: str, school_id: str, start: int, end: int) -> Shift:
    """A shift that the officer came to: on time, late, or cut short."""
    arrived = start + round(4 * near(roll)) + (whole(roll, 12, 40) if roll() < LATE_SHARE else 0)
    left = end + round(4 * near(roll))
    if roll() >= PARTIAL_SHARE:
        return Shift(day, officer_id, school_id, start, end, arrived, left, "completed")
    missing = 15 * whole(roll, 5, 14)
    missing = min(missing, (end - start) // 2)
    if roll() < 0.5:
        arrived += missing
    else:
        left -= missing
    return Shift(day, officer_id, school_id, start, end, arrived, left, "partial", PARTIAL_REASONS.at(roll()))


def _stand_ins(scene: Scene, due: list[Shift], calendars: Mapping[str, list[Day]]) -> Iterator[Shift]:
    """Backfill for some absences, by float and substitute; a float that nobody needs doubles at a large school."""
    absent: dict[date, list[Shift]] = defaultdict(list)
    for shift in due:
        if shift.status == "absent":
            absent[shift.day].append(shift)
    schools = [post.school_id for post in POSTS if post.role == "float"]
    school_days = {school_id: {day.day: day for day in calendars[school_id]} for school_id in schools}
    hired = {officer.officer_id: officer.hired for officer in OFFICERS}

    for day in sorted({day.day for calendar in calendars.values() for day in calendar if day.is_instructional}):
        roll = scene.dice("stand-in", day)
        missed = sorted(absent.get(day, ()), key=lambda shift: (shift.duty_type, shift.officer_id))
        start_at = whole(roll, 0, len(missed) - 1) if missed else 0
        missed = missed[start_at:] + missed[:start_at]
        if missed and roll() < FLOAT_TAKES:
            yield _backfill(roll, FLOAT, missed.pop(0))
        elif day.weekday() == FLOAT_WEEKDAY:
            school_id = schools[day.isocalendar().week % len(schools)]
            own = school_days[school_id].get(day)
            if own and own.is_instructional:
                yield _worked(roll, day, FLOAT, school_id, *_scheduled(own))
        is_free = day >= hired[SUBSTITUTE] and not VACANT_FROM <= day <= VACANT_TO
        if missed and is_free and roll() < SUBSTITUTE_TAKES:
            yield _backfill(roll, SUBSTITUTE, missed.pop(0))


def _backfill(roll: Roll, officer_id: str, missed: Shift) -> Shift:
    assert missed.sched_start is not None and missed.sched_end is not None
    worked = _worked(roll, missed.day, officer_id, missed.school_id, missed.sched_start, missed.sched_end)
    return worked._replace(is_backfill=True, for_officer_id=missed.officer_id)


def _evenings(scene: Scene, due: list[Shift]) -> Iterator[Shift]:
    """Games, concerts and dances on some Fridays, at schools with grades 9 to 12."""
    for shift in due:
        wanted = shift.day.weekday() == 4 and BY_ID[shift.school_id].level in ("high", "combined")
        if wanted and shift.status == "completed":
            roll = scene.dice("evening", shift.school_id, shift.day)
            if roll() < EVENT_SHARE:
                start, end = EVENING
                arrived, left = start + round(4 * near(roll)), end + round(8 * near(roll))
                yield shift._replace(
                    sched_start=start, sched_end=end, actual_start=arrived, actual_end=left, duty_type="event"
                )


def _planted() -> Iterator[Shift]:
    """Shifts on holidays, for the check that looks for them (truth.PLANTED_WARNINGS)."""
    for officer_id, school_id, day in PLANTED:
        yield Shift(day, officer_id, school_id, None, None, 8 * 60, 12 * 60, "unscheduled")
