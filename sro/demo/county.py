"""Tamarack County, which does not exist: its districts, schools, positions and officers.

District codes begin with 99, a county number that New York does not use. Names were made up and are those of no
school in New York's roster.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sro.demo.draws import given
from sro.demo.truth import SYNTHETIC_FIRST_DAY

COUNTY = "Tamarack"
LEARNING_CENTER = "site:tamarack-learning-center"


@dataclass(frozen=True)
class Stretch:
    """From `first` on, until the next stretch, one agency provides the school's officer."""

    agency: str
    first: date = SYNTHETIC_FIRST_DAY


@dataclass(frozen=True)
class District:
    code: str
    name: str
    sector: str = "public"
    joined: date | None = None

    @property
    def district_id(self) -> str:
        return f"{self.code}000000"


@dataclass(frozen=True)
class School:
    """`students` is the enrollment of 2021-22, or of the first year; `growth` a share a year."""

    school_id: str
    district_id: str
    name: str
    level: str
    grades: tuple[str, str]
    students: int
    growth: float
    providers: tuple[Stretch, ...]

    @property
    def short_name(self) -> str:
        short = self.name
        for long, brief in SHORTER:
            short = short.replace(long, brief)
        return short

    @property
    def is_program_site(self) -> bool:
        return self.school_id.startswith("site:")

    @property
    def opened_on(self) -> date | None:
        return date(2024, 9, 3) if self.is_program_site else None

    def exists_on(self, day: date) -> bool:
        return self.opened_on is None or self.opened_on <= day

    def provider(self, day: date) -> str:
        return next(stretch.agency for stretch in reversed(self.providers) if stretch.first <= day)


SHORTER = (
    ("Junior-Senior High School", "JSHS"),
    ("High School", "HS"),
    ("Middle School", "MS"),
    ("Elementary School", "ES"),
    ("Primary School", "Primary"),
    ("Central School", "Central"),
    ("Graylag Valley", "Graylag"),
)


@dataclass(frozen=True)
class Post:
    """An officer's assignment to a school. `weekdays` are those on which the officer is due there (0 is Monday)."""

    officer_id: str
    school_id: str
    first: date
    last: date | None = None
    role: str = "primary"
    share: float = 1.0
    contract_days: int | None = 180
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Officer:
    officer_id: str
    position_id: str | None
    hired: date
    left: date | None = None
    employment: str = "part_time_retired"
    prior_years: int = 24
    absence: float = 0.075


@dataclass(frozen=True)
class Position:
    position_id: str
    first: date
    funding: str = "district_contract"
    vacated: date | None = None
    filled: date | None = None


START = date(2021, 9, 1)
FEBRUARY_2024 = date(2024, 2, 5)

DISTRICTS = (
    District("990101", "Alder Falls City School District"),
    District("990201", "Brindle Creek Central School District", joined=START),
    District("990301", "Cedar Notch Central School District", joined=START),
    District("990401", "Dunmarrow Central School District", joined=START),
    District("990501", "Ember Lake Central School District", joined=START),
    District("990601", "Farrowfield Central School District"),
    District("990701", "Graylag Valley Central School District", joined=date(2022, 9, 1)),
    District("990801", "Hollin Ridge Central School District", joined=FEBRUARY_2024),
    District("990901", "Ironmoor Central School District", joined=START),
    District("991001", "Juniper Bend Central School District", joined=date(2023, 9, 1)),
    District("991101", "Kettle Pond Central School District"),
    District("991201", "Larkspur Central School District"),
    District("990000", "Tamarack Cooperative Educational Services", "boces", joined=date(2024, 9, 3)),
)


def _school(row: dict[str, str]) -> School:
    """A row of schools.csv; providers are written `none; da 2021-09-01`."""
    stretches = [stretch.split() for stretch in row["providers"].split("; ")]
    return School(
        school_id=row["school_id"],
        district_id=next(one.district_id for one in DISTRICTS if one.district_id[:6] == row["district_code"]),
        name=row["name"],
        level=row["level"],
        grades=(row["grade_low"], row["grade_high"]),
        students=int(row["students"]),
        growth=float(row["growth"]),
        providers=tuple(Stretch(agency, *map(date.fromisoformat, first)) for agency, *first in stretches),
    )


SCHOOLS = tuple(_school(row) for row in given("schools"))
BY_ID = {school.school_id: school for school in SCHOOLS}

BRINDLE_HIGH, BRINDLE_MIDDLE, GRISTMILL, SORREL_ROAD = (f"99020106000{number}" for number in (1, 2, 3, 4))
CEDAR_HIGH, CEDAR_MIDDLE = "990301060001", "990301060002"
DUNMARROW_HIGH, DUNMARROW_MIDDLE = "990401060001", "990401060002"
EMBER_LAKE, GRAYLAG_HIGH = "990501060001", "990701060001"
HOLLIN_HIGH, HOLLIN_MIDDLE = "990801060001", "990801060002"
IRONMOOR, JUNIPER_BEND = "990901060001", "991001060001"
LATE_SCHOOL = IRONMOOR

VACANT_FROM, VACANT_TO = date(2024, 11, 18), date(2025, 1, 31)
LONG_LEAVE = ("SRO-08", date(2023, 2, 27), date(2023, 3, 24))
FLOAT, SUBSTITUTE = "SRO-11", "SRO-18"

OFFICERS = (
    Officer("SRO-01", "P-01", date(2021, 8, 30), prior_years=26, absence=0.08),
    Officer("SRO-02", "P-02", date(2021, 8, 30), date(2023, 6, 27), prior_years=31, absence=0.14),
    Officer("SRO-03", "P-03", date(2021, 8, 30), prior_years=22, absence=0.07),
    Officer("SRO-04", "P-04", date(2021, 8, 30), prior_years=24, absence=0.12),
    Officer("SRO-05", "P-05", date(2021, 8, 30), date(2024, 11, 15), prior_years=28, absence=0.17),
    Officer("SRO-06", "P-06", date(2021, 8, 30), prior_years=21, absence=0.09),
    Officer("SRO-07", "P-07", date(2021, 8, 30), prior_years=25, absence=0.11),
    Officer("SRO-08", "P-08", date(2021, 8, 30), prior_years=29, absence=0.1),
    Officer("SRO-09", "P-09", date(2021, 8, 30), prior_years=33, absence=0.19),
    Officer("SRO-10", "P-10", date(2022, 8, 29), prior_years=20, absence=0.08),
    Officer(FLOAT, "P-15", date(2021, 8, 30), prior_years=27, absence=0.05),
    Officer("SRO-12", "P-02", date(2023, 8, 28), prior_years=23, absence=0.07),
    Officer("SRO-13", "P-11", date(2023, 8, 28), prior_years=22, absence=0.15),
    Officer("SRO-14", "P-12", date(2024, 1, 29), prior_years=24, absence=0.1),
    Officer("SRO-15", "P-05", date(2025, 1, 27), prior_years=20, absence=0.08),
    Officer("SRO-16", "P-13", date(2024, 8, 26), prior_years=25, absence=0.09),
    Officer("SRO-17", "P-14", date(2024, 8, 26), prior_years=21, absence=0.13),
    Officer(SUBSTITUTE, None, date(2022, 1, 10), employment="per_diem", prior_years=30),
)

POSITIONS = (
    Position("P-01", START),
    Position("P-02", START, vacated=date(2023, 6, 27), filled=date(2023, 8, 28)),
    Position("P-03", START),
    Position("P-04", START),
    Position("P-05", START, vacated=date(2024, 11, 15), filled=date(2025, 1, 27)),
    Position("P-06", START),
    Position("P-07", START),
    Position("P-08", START),
    Position("P-09", START),
    Position("P-10", date(2022, 7, 1)),
    Position("P-11", date(2023, 7, 1)),
    Position("P-12", date(2024, 1, 1)),
    Position("P-13", date(2024, 7, 1)),
    Position("P-14", date(2024, 7, 1), "grant:G-STOP"),
    Position("P-15", START, "county"),
)

# The officer of the two elementary schools is at one on Monday, Wednesday and every other Friday, at the other else.
SPLIT_FRIDAY = 4
POSTS = (
    Post("SRO-01", BRINDLE_HIGH, START),
    Post("SRO-02", BRINDLE_MIDDLE, START, date(2023, 6, 27)),
    Post("SRO-12", BRINDLE_MIDDLE, date(2023, 9, 1)),
    Post("SRO-03", GRISTMILL, START, role="shared", share=0.5, contract_days=90, weekdays=(0, 2, SPLIT_FRIDAY)),
    Post("SRO-03", SORREL_ROAD, START, role="shared", share=0.5, contract_days=90, weekdays=(1, 3, SPLIT_FRIDAY)),
    Post("SRO-04", CEDAR_HIGH, START),
    Post("SRO-05", CEDAR_MIDDLE, START, date(2024, 11, 15)),
    Post(SUBSTITUTE, CEDAR_MIDDLE, VACANT_FROM, VACANT_TO, role="substitute", share=0.4, weekdays=(1, 3)),
    Post("SRO-15", CEDAR_MIDDLE, date(2025, 2, 3)),
    Post("SRO-06", DUNMARROW_HIGH, START),
    Post("SRO-07", DUNMARROW_MIDDLE, START),
    Post("SRO-08", EMBER_LAKE, START),
    Post("SRO-09", IRONMOOR, START),
    Post("SRO-10", GRAYLAG_HIGH, date(2022, 9, 1)),
    Post("SRO-13", JUNIPER_BEND, date(2023, 9, 1)),
    Post("SRO-14", HOLLIN_HIGH, FEBRUARY_2024),
    Post("SRO-16", HOLLIN_MIDDLE, date(2024, 9, 3)),
    Post("SRO-17", LEARNING_CENTER, date(2024, 9, 3)),
    Post(FLOAT, BRINDLE_HIGH, START, role="float", share=0.25, contract_days=None, weekdays=()),
    Post(FLOAT, CEDAR_HIGH, START, role="float", share=0.25, contract_days=None, weekdays=()),
    Post(FLOAT, DUNMARROW_HIGH, START, role="float", share=0.25, contract_days=None, weekdays=()),
    Post(FLOAT, DUNMARROW_MIDDLE, START, role="float", share=0.25, contract_days=None, weekdays=()),
)


def posts(school_id: str, day: date) -> list[Post]:
    """The posts of a school on a day, floats left out."""
    return [post for post in POSTS if post.school_id == school_id and post.role != "float" and post.holds(day)]


def served_from(school_id: str) -> date | None:
    """The day on which the program's first officer was assigned to a school."""
    return min((post.first for post in POSTS if post.school_id == school_id), default=None)


def is_split_day(post: Post, day: date) -> bool:
    """Whether an officer who splits the week is due at this school; Fridays alternate by week."""
    if day.weekday() not in post.weekdays:
        return False
    if post.role == "shared" and day.weekday() == SPLIT_FRIDAY:
        return (day.isocalendar().week % 2 == 0) == (post.school_id == GRISTMILL)
    return True
