"""How many students each fictional school has, by year and group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from sro.calendar import school_year_start, year
from sro.demo.county import SCHOOLS, School
from sro.demo.draws import Scene, near
from sro.demo.reporting import months

FIRST_COUNT = 2020
BEDS_SOURCE = "BEDS day count (fictional)"
ROLL_SOURCE = "Program roll (fictional)"
# The learning center fills up: more than a quarter in its second year (truth.PLANTED_WARNINGS).
LEARNING_CENTER_ROLL = {2024: 62, 2025: 81, 2026: 84}
SHARES: Mapping[str, Mapping[str, float]] = {
    "race_eth": {
        "white": 0.71,
        "black": 0.09,
        "hispanic": 0.09,
        "asian": 0.03,
        "two_or_more": 0.07,
        "american_indian": 0.006,
        "pacific_islander": 0.004,
    },
    "sex": {"f": 0.487, "m": 0.511, "x": 0.002},
    "disability": {"idea": 0.16, "s504_only": 0.03, "none": 0.81},
    "ell": {"ell": 0.035, "not_ell": 0.965},
    "econ": {"econ_disadvantaged": 0.52, "not_econ_disadvantaged": 0.48},
}


def students_in(scene: Scene, school: School, day: date) -> int:
    return students(scene, school, school_year_start(day))


@cache
def students(scene: Scene, school: School, opening: int) -> int:
    """Students of a school in the year that opens in `opening`: a steady drift, and a little chance."""
    if school.is_program_site:
        return LEARNING_CENTER_ROLL[min(max(opening, 2024), 2026)]
    wobble = 0.012 * near(scene.dice("students", school.school_id, opening))
    return round(school.students * (1 + school.growth) ** (opening - 2021) * (1 + wobble))


def enrollment(scene: Scene) -> Iterator[tuple[str, str, str, str, str, int, str]]:
    """Rows of enrollment: school, school year, basis, dimension, group, students, source.

    A year's count is there from 15 October on, when schools have counted; a program site's roll month by month.
    """
    for school in SCHOOLS:
        for opening in (FIRST_COUNT, *scene.years):
            counted = date(opening, 10, 15) <= scene.through
            exists = school.opened_on is None or opening >= school.opened_on.year
            if not (counted and exists):
                continue
            total = students(scene, school, opening)
            basis, source = ("adm", ROLL_SOURCE) if school.is_program_site else ("beds_day", BEDS_SOURCE)
            label = year(opening).key
            yield school.school_id, label, basis, "all", "all", total, source
            for dimension, shares in SHARES.items():
                for group, n in _parts(scene, school, total, shares).items():
                    yield school.school_id, label, basis, dimension, group, n, source
            if school.is_program_site:
                for month in months(date(opening, 9, 1), min(date(opening + 1, 6, 1), scene.through)):
                    roll = round(total * (1 + 0.05 * near(scene.dice("roll", school.school_id, month))))
                    yield school.school_id, label, f"roll_month:{month:%Y-%m}", "all", "all", roll, source


def _parts(scene: Scene, school: School, total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers that add up to the total, near each group's share; a school keeps its leaning over the years."""
    roll = scene.dice("groups", school.school_id, *shares)
    leaning = {group: share * (1 + 0.25 * near(roll)) for group, share in shares.items()}
    whole = sum(leaning.values())
    exact = {group: total * lean / whole for group, lean in leaning.items()}
    parts = {group: int(amount) for group, amount in exact.items()}
    for group in sorted(exact, key=lambda group: parts[group] - exact[group])[: total - sum(parts.values())]:
        parts[group] += 1
    return parts
