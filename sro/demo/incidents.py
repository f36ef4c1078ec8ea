"""The incident log of the fictional county: when, what, who called, who dealt with it, how it ended, what was done.

What a call becomes is drawn in the order in which it happens: category, level of offense, handler, outcome, actions. So
the funnel adds up row by row, and only an officer or another agency diverts or charges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from sro.demo.activities import level_like
from sro.demo.county import BY_ID, LATE_SCHOOL, School, posts, served_from
from sro.demo.draws import Mix, Roll, Scene, around, given, mix, near, whole
from sro.demo.enrollment import students_in
from sro.demo.reporting import LATE_DAYS, is_received
from sro.demo.staffing import Shift
from sro.demo.terms import Day
from sro.demo.truth import TRUTH

# Incidents a year per 1,000 students before any change, and how much schools of one level differ.
YEARLY_RATE = {"high": 92.0, "middle": 108.0, "elementary": 34.0, "combined": 84.0, "alternative": 420.0}
SCHOOL_SPREAD = 0.16
SCHOOL_DAYS = 181
BY_MONTH = {9: 0.72, 10: 1.08, 11: 1.1, 12: 0.98, 1: 1.05, 2: 1.12, 3: 1.18, 4: 1.06, 5: 1.12, 6: 0.5}
BY_WEEKDAY = (0.95, 1.0, 1.02, 1.0, 1.08)
# From first bell to last, in sevenths: lunch and the last hour are busy.
BY_SEVENTH = mix("0 8, 1 9, 2 10, 3 15.5, 4 14, 5 10, 6 12")
TIME_UNKNOWN, BEFORE_SCHOOL, AFTER_SCHOOL, EVENING = 0.04, 0.035, 0.055, 0.02
LONGEST_PENDING = 45


SCHOOL_RULE, MISDEMEANOR, FELONY = "school_rule", "misdemeanor", "felony"
LEVELS = ("high", "middle", "elementary", "alternative")


@dataclass(frozen=True)
class Kind:
    """A category: its weight at each of LEVELS, and what tends to become of it (incident_kinds.csv).

    `officer` is the chance that it is not left to the school; `charged` to `served` are chances from there on.
    """

    weights: tuple[float, ...]
    offense_level: Mix
    officer: float
    charged: float
    diverted: float
    crisis: float
    unfounded: float
    mediated: float
    served: float
    urgent: float
    emergency: float
    students: tuple[int, int]
    offender: str
    weapon: Mix
    place: str
    crdc: str | None


def _kind(row: dict[str, str]) -> Kind:
    return Kind(
        weights=tuple(float(row[level]) for level in LEVELS),
        offense_level=mix(row["offense_level"]),
        officer=float(row["officer"]),
        charged=float(row["charged"]),
        diverted=float(row["diverted"]),
        crisis=float(row["crisis"]),
        unfounded=float(row["unfounded"]),
        mediated=float(row["mediated"]),
        served=float(row["served"]),
        urgent=float(row["urgent"]),
        emergency=float(row["emergency"]),
        students=(int(row["students_min"]), int(row["students_max"])),
        offender=row["offender"],
        weapon=mix(row["weapon"]),
        place=row["place"],
        crdc=row["crdc_offn"] or None,
    )


KINDS = {row["category"]: _kind(row) for row in given("incident_kinds")}
PLACES = {
    "inside": mix(
        "hall 30, classroom 26, cafeteria 18, gymnasium 6, staircase 4, bathroom 5, locker_room_pool 3, auditorium 2, "
        "laboratory 1, bus 4, unknown 3"
    ),
    "outside": mix("grounds_other 52, playground_field 20, bus 8, hall 12, off_grounds_function 4, unknown 4"),
    "hidden": mix("bathroom 62, locker_room_pool 10, grounds_other 10, classroom 8, bus 4, hall 6"),
    "away": mix("off_property 42, classroom 22, hall 18, grounds_other 12, unknown 6"),
    "online": mix("online 82, classroom 10, off_property 8"),
}
INITIATORS = mix("administrator 42, teacher_staff 24, student 9, parent 8, sro 9, outside 5, tip 3")
OFFENDERS = {
    "student": mix("student 96, unknown 3, other 1"),
    "intruder": mix("visitor 40, student_intruder 35, unknown 25"),
    "unknown": mix("unknown 60, student 25, visitor 15"),
    "other": mix("other 55, visitor 25, student 20"),
    "none": mix("none 1"),
}
BY_SCHOOL = mix("resolved 70, mediated 17, referred_service 10, unfounded 3")
ARRESTED = mix("arrest_paper 45, arrest_physical 27, appearance_ticket 23, citation 5")
FORUMS = {
    "middle": mix("family_court_jd 94, unknown 6"),
    "high": mix("family_court_jd 68, adult_18plus 22, unknown 10"),
}
FELONY_FORUM = mix("youth_part_ao_jo 60, family_court_jd 25, adult_18plus 15")
DETECTION = 0.88


class Incident(NamedTuple):
    """One row of incidents, its id apart; `category` is ssec: or local: and the code."""

    entered_at: datetime
    school_id: str
    day: date
    minute: int | None
    reported_at: datetime | None
    location: str
    in_school_hours: bool | None
    incident_class: str
    category: str
    crdc: str | None
    offense_level: str
    weapon: str
    bias: bool
    drug: bool
    gang: bool
    initiated_by: str
    on_site: bool
    responded: bool
    response_minutes: float | None
    offender_type: str
    n_students: int
    n_injured: int
    handled_by: str
    outcome: str
    policy_basis: str
    in_series: bool
    actions: tuple[Action, ...]


class Action(NamedTuple):
    """One row of le_actions, incident and sequence apart."""

    action: str
    n_students: int
    forum: str
    by_agency: str
    level: str


Presence = Mapping[tuple[str, date], list[Shift]]


def happened(scene: Scene, calendars: Mapping[str, list[Day]], presence: Presence) -> list[Incident]:
    """Everything that an officer's log would hold by the end of the school year, entered or not."""
    return [
        row
        for school_id, calendar in calendars.items()
        if served_from(school_id)
        for row in _school(scene, BY_ID[school_id], calendar, presence)
    ]


def logged(scene: Scene, rows: list[Incident]) -> list[Incident]:
    """The incidents that have reached the office by the data date, in order of entry."""
    rows = [row for row in rows if row.entered_at.date() <= scene.through and is_received(row.school_id, row.day)]
    rows += _planted(rows)
    return sorted(rows, key=lambda row: (row.entered_at, row.school_id, row.day, row.minute or 0, row.category))


def expected_factor(school_id: str, day: date) -> float:
    """By how much the true improvement changes a school's rate on a day."""
    change = TRUTH.true_improvement
    return change.factor if school_id in change.school_ids and day >= change.first_day else 1.0


@cache
def categories(level: str, after_form_change: bool) -> Mix:
    """The categories of a level; the form change multiplies one weight and leaves the others as they were."""
    column = LEVELS.index(level)
    change = TRUTH.form_change
    return mix(
        {
            name: kind.weights[column] * (change.factor if after_form_change and name == change.category else 1)
            for name, kind in KINDS.items()
        }
    )


def recorded_share(level: str, day: date) -> float:
    """How many rows the log's form of that day makes of what the first form made one."""
    if day < TRUTH.form_change.first_day:
        return 1.0
    return categories(level, True).cumulative[-1] / categories(level, False).cumulative[-1]


def _school(scene: Scene, school: School, calendar: list[Day], presence: Presence) -> Iterator[Incident]:
    """A school's incidents: a Poisson number each day, from the rate, the season, the students and the truths."""
    level = level_like(school)
    nature = around(scene.dice("school", school.school_id), YEARLY_RATE[school.level], SCHOOL_SPREAD)
    days = [day for day in calendar if day.is_instructional and posts(school.school_id, day.day)]
    means = [
        nature
        * (students_in(scene, school, day.day) / 1000 / SCHOOL_DAYS)
        * BY_MONTH[day.day.month]
        * BY_WEEKDAY[day.day.weekday()]
        * expected_factor(school.school_id, day.day)
        * recorded_share(level, day.day)
        for day in days
    ]
    numbers = scene.stream("incidents", school.school_id).poisson(means)
    for day, number in zip(days, numbers.tolist(), strict=True):
        if number:
            roll = scene.dice("incident", school.school_id, day.day)
            for _ in range(number):
                yield _incident(scene, roll, school, level, day, presence)


def _incident(scene: Scene, roll: Roll, school: School, level: str, day: Day, presence: Presence) -> Incident:
    category = categories(level, day.day >= TRUTH.form_change.first_day).at(roll())
    kind = KINDS[category]
    minute = _minute(roll, day, school)
    officers = presence.get((school.school_id, day.day), [])
    there = any(shift.is_there(minute) for shift in officers)
    offense = kind.offense_level.at(roll())
    if level == "elementary" and offense == FELONY:
        offense = MISDEMEANOR
    n_students = whole(roll, *kind.students)
    handled_by, responded = _handler(roll, kind, offense, there)
    outcome = _outcome(roll, kind, level, handled_by, n_students)
    entered_at = _entered(roll, school, day)
    settled = day.day + timedelta(days=5 + int(LONGEST_PENDING * roll() ** 2))
    actions = _actions(roll, level, offense, handled_by, outcome, n_students, category)
    if outcome in ("charged", "diversion") and settled > scene.through:
        outcome, actions = "pending", actions[:1]
    chance = roll()
    incident_class = (
        "emergency"
        if chance < kind.emergency
        else "urgent"
        if chance < kind.emergency + kind.urgent
        else "information"
        if chance > 0.93
        else "routine"
    )
    weapon = kind.weapon.at(roll())
    bullying = category in ("ssec:10", "ssec:10.2")
    return Incident(
        entered_at=entered_at,
        school_id=school.school_id,
        day=day.day,
        minute=minute,
        reported_at=None if minute is None else _at(day.day, min(minute + whole(roll, 0, 12), 23 * 60)),
        location=PLACES[kind.place].at(roll()),
        in_school_hours=None if minute is None else day.is_within_bells(minute),
        incident_class=incident_class,
        category=category,
        crdc="C0334" if kind.crdc == "C0338" and weapon != "none" else kind.crdc,
        offense_level=offense,
        weapon=weapon,
        bias=bullying and roll() < 0.24,
        drug=category == "ssec:18" or (category == "local:vaping_tobacco" and roll() < 0.2),
        gang=category in ("local:fight_no_injury", "ssec:7") and roll() < 0.02,
        initiated_by=INITIATORS.at(roll()),
        on_site=there,
        responded=responded,
        response_minutes=_response(roll, there, incident_class) if responded else None,
        offender_type="student" if outcome in ("charged", "diversion") else OFFENDERS[kind.offender].at(roll()),
        n_students=n_students,
        n_injured=_injured(roll, category),
        handled_by=handled_by,
        outcome=outcome,
        policy_basis=_basis(roll, incident_class, offense),
        in_series=roll() < 0.015,
        actions=actions,
    )


def _minute(roll: Roll, day: Day, school: School) -> int | None:
    """Minutes after midnight, to five minutes as people write them; None where nobody noted it."""
    assert day.bell_start is not None and day.bell_end is not None
    chance = roll()
    if chance < TIME_UNKNOWN:
        return None
    chance -= TIME_UNKNOWN
    if chance < BEFORE_SCHOOL:
        minute = day.bell_start - 1 - int(roll() * 35)
    elif chance < BEFORE_SCHOOL + AFTER_SCHOOL:
        minute = day.bell_end + 1 + int(roll() * 60)
    elif chance < BEFORE_SCHOOL + AFTER_SCHOOL + EVENING and school.level != "elementary":
        minute = 18 * 60 + int(roll() * 200)
    else:
        seventh = int(BY_SEVENTH.at(roll()))
        minute = day.bell_start + int((seventh + roll()) * (day.bell_end - day.bell_start) / 7)
    return minute - minute % 5 if roll() < 0.8 else minute


def _handler(roll: Roll, kind: Kind, offense: str, there: bool) -> tuple[str, bool]:
    """Who dealt with it, and whether an officer came. Discipline is the school's, but for a few slips."""
    officer = 0.03 if offense == SCHOOL_RULE else kind.officer
    chance = roll()
    other = 0.03 if there else 0.25
    if chance < officer * (1 - other):
        return "officer", True
    if chance < officer:
        return "other_agency", roll() < 0.8
    return "school", roll() < (DETECTION if there else 0.55)


def _outcome(roll: Roll, kind: Kind, level: str, handled_by: str, n_students: int) -> str:
    """How it ended; schools and offenders other than students neither divert nor are charged here."""
    if handled_by == "school":
        return BY_SCHOOL.at(roll())
    charged = kind.charged if n_students and level != "elementary" else 0.0
    diverted = kind.diverted * (0.15 if level == "elementary" else 1.0) if n_students else 0.0
    steps = (
        ("charged", charged),
        ("diversion", diverted),
        ("transported_mh", kind.crisis if n_students else 0.0),
        ("unfounded", kind.unfounded),
        ("mediated", kind.mediated),
        ("referred_service", kind.served),
    )
    chance = roll()
    for outcome, share in steps:
        if chance < share:
            return outcome
        chance -= share
    return "resolved"


def _actions(
    roll: Roll, level: str, offense: str, handled_by: str, outcome: str, n_students: int, category: str
) -> tuple[Action, ...]:
    """What officers did, the report first; never for more students than the incident had."""
    if handled_by == "school" or not n_students:
        return ()
    agency = "da_sro" if handled_by == "officer" else "other_sro" if roll() < 0.3 else "patrol"
    some = whole(roll, 1, n_students)
    taken = []

    def act(action: str, number: int, forum: str = "none") -> None:
        taken.append(Action(action, number, forum, agency, offense))

    if outcome in ("charged", "diversion") or offense in (MISDEMEANOR, FELONY):
        act("report", n_students)
    if outcome == "charged":
        forums = FELONY_FORUM if offense == FELONY and level == "high" else FORUMS.get(level, FORUMS["high"])
        how = ARRESTED.at(roll())
        forum = forums.at(roll())
        act(how, 1 if roll() < 0.85 else some, forum)
        if forum == "family_court_jd" and roll() < 0.4:
            act("petition_referral", 1, forum)
    elif outcome == "diversion":
        act("diversion_referral", some, "under12_services" if level == "elementary" else "none")
    elif outcome == "transported_mh":
        act("mh_transport", 1)
    if category == "local:traffic" and roll() < 0.12:
        act("citation", 1, "adult_18plus")
    if offense in (MISDEMEANOR, FELONY) and roll() < 0.3:
        act("interview", some)
    if category in ("ssec:18", "ssec:19", "ssec:17.1", "ssec:17.2", "local:theft") and roll() < 0.22:
        act("search", 1)
    if category in ("local:fight_no_injury", "ssec:7", "ssec:4", "local:mental_health_crisis") and roll() < 0.04:
        act("use_of_force", 1)
    if category in ("local:mental_health_crisis", "local:fight_no_injury") and outcome != "charged" and roll() < 0.05:
        act("handcuff_no_arrest", 1)
    return tuple(taken)


def _entered(roll: Roll, school: School, day: Day) -> datetime:
    """When it was written into the log: two days later in the middle, three weeks at the late school."""
    late = school.school_id == LATE_SCHOOL
    lag = round(LATE_DAYS + 3 * near(roll)) if late else min(round(around(roll, 1.9, 0.75)), 30)
    return _at(day.day + timedelta(days=max(lag, 0)), 15 * 60 + whole(roll, 0, 150)) + timedelta(
        seconds=whole(roll, 0, 59)
    )


def _response(roll: Roll, there: bool, incident_class: str) -> float:
    median = (2.2 if there else 11.0) * (0.7 if incident_class == "emergency" else 1.0)
    return round(around(roll, median, 0.45), 1)


def _injured(roll: Roll, category: str) -> int:
    if category in ("ssec:7", "ssec:4"):
        return whole(roll, 1, 2)
    return int(category in ("local:medical", "ssec:2.1") and roll() < 0.5)


def _basis(roll: Roll, incident_class: str, offense: str) -> str:
    if incident_class == "emergency":
        return "emergency"
    if offense in (MISDEMEANOR, FELONY):
        return "criminal_investigation" if roll() < 0.6 else "mandatory_report"
    return "administrator_request"


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))


def _planted(rows: list[Incident]) -> list[Incident]:
    """Two incidents once more, entered again a minute later and not marked as repeats (truth.PLANTED_WARNINGS)."""
    candidates = sorted(
        (row for row in rows if row.minute is not None and row.day >= date(2022, 10, 3) and not row.actions),
        key=lambda row: (row.day, row.entered_at, row.school_id),
    )
    later = [row for row in candidates if row.day >= date(2024, 10, 7)]
    return [row._replace(entered_at=row.entered_at + timedelta(minutes=1)) for row in (*candidates[:1], *later[:1])]
