"""Annual totals: what districts certified to the state, who was concerned by actions, threat assessments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sro.calendar import school_year_start, year
from sro.demo.county import SCHOOLS, School, served_from
from sro.demo.draws import Scene
from sro.demo.enrollment import FIRST_COUNT, students
from sro.demo.incidents import KINDS, YEARLY_RATE, Incident, categories, expected_factor, level_like

Row = dict[str, Any]
SCHEME, EARLIER_SCHEME = "ssec_2021", "ssec_2017"
CODES = ("1", "2.1", "2.2", "4", "7", "17.1", "17.2", "10", "10.2", "14", "15", "18", "19", "21")
FELONIES = ("1", "2.1", "2.2", "4", "7")
CERTIFIED_MONTH, CERTIFIED_DAY = 8, 15
NOT_REPORTED = (("991101060002", 2022), ("991201060003", 2024))
COUNTED_ELSEWHERE = (("991001060002", 2024), ("991001060002", 2025))
LEFT_OUT, ADDED = 0.09, 0.05
EARLIER_SOURCE = "New York State Education Department, SSEC categories 2017-18 to 2020-21"
# The scheme of 2017 counted more: no felony and no report to the police were needed. The year was half at home.
EARLIER_CATEGORIES: Mapping[str, tuple[str, float]] = {
    "1": ("Homicide", 0.0),
    "2a": ("Forcible sexual offense", 0.1),
    "2b": ("Other sexual offense", 0.9),
    "3a": ("Assault with physical injury", 5.2),
    "3b": ("Assault with serious physical injury", 0.4),
    "4a": ("Weapon found by routine check", 0.2),
    "4b": ("Weapon found otherwise", 1.3),
    "5a": ("Discrimination, harassment, bullying", 4.2),
    "5b": ("Cyberbullying", 2.4),
    "6": ("Bomb threat", 0.05),
    "7": ("False alarm", 0.3),
    "8": ("Drugs: use, possession or sale", 1.9),
    "9": ("Alcohol: use, possession or sale", 0.4),
}
LEVEL_SHARE = {"high": 1.0, "middle": 0.9, "elementary": 0.15, "combined": 0.9, "alternative": 3.0}


def official_incidents(scene: Scene, happened: list[Incident]) -> Iterator[Row]:
    """Certified totals of years that are over: near the log where officers serve, drawn from usual rates elsewhere."""
    seen = Counter((row.school_id, school_year_start(row.day), row.category) for row in happened)
    for opening in (FIRST_COUNT, *scene.years):
        if date(opening + 1, CERTIFIED_MONTH, CERTIFIED_DAY) > scene.through:
            continue
        for school in SCHOOLS:
            if school.opened_on is not None and opening < school.opened_on.year:
                continue
            counts = _earlier(scene, school) if opening == FIRST_COUNT else _later(scene, school, opening, seen)
            key = (school.school_id, opening)
            reported = (
                "not_reported"
                if key in NOT_REPORTED
                else "counted_elsewhere"
                if key in COUNTED_ELSEWHERE
                else "reported"
            )
            for code, n in counts.items():
                yield {
                    "school_id": school.school_id,
                    "school_year": year(opening).key,
                    "category_scheme": EARLIER_SCHEME if opening == FIRST_COUNT else SCHEME,
                    "category": code,
                    "n": n if reported == "reported" else None,
                    "reported": reported,
                    "felony_n": (n if code in FELONIES else 0)
                    if reported == "reported" and opening != FIRST_COUNT
                    else None,
                    "certified": reported == "reported",
                }


def incident_categories() -> Iterator[Row]:
    """Names of the earlier scheme's categories, as an export may bring them along."""
    for place, (code, (title, _)) in enumerate(EARLIER_CATEGORIES.items(), start=1):
        yield {
            "category_scheme": EARLIER_SCHEME,
            "category": code,
            "title": title,
            "sort_order": place,
            "source": EARLIER_SOURCE,
        }


def _earlier(scene: Scene, school: School) -> dict[str, int]:
    rng = scene.stream("certified", school.school_id, FIRST_COUNT)
    size = students(scene, school, FIRST_COUNT) / 1000 * LEVEL_SHARE[school.level]
    return {code: int(rng.poisson(rate * size)) for code, (_, rate) in EARLIER_CATEGORIES.items()}


def _later(scene: Scene, school: School, opening: int, seen: Mapping[tuple[str, int, str], int]) -> dict[str, int]:
    """A district counts by itself: it leaves out a few of the log's incidents and knows of a few others."""
    rng = scene.stream("certified", school.school_id, opening)
    first = served_from(school.school_id)
    counts = {}
    for code in CODES:
        category = f"ssec:{code}"
        if first is not None and first <= date(opening, 9, 3):
            n = rng.binomial(seen[school.school_id, opening, category], 1 - LEFT_OUT) + rng.poisson(ADDED)
        else:
            n = rng.poisson(_mean(scene, school, opening, category))
        counts[code] = int(n) if code != "1" else 0
    return counts


def _mean(scene: Scene, school: School, opening: int, category: str) -> float:
    if category not in KINDS:
        return 0.0
    weights = categories(level_like(school), False)
    place = weights.codes.index(category)
    below = weights.cumulative[place - 1] if place else 0.0
    share = (weights.cumulative[place] - below) / weights.cumulative[-1]
    factor = expected_factor(school.school_id, date(opening + 1, 1, 31))
    return YEARLY_RATE[school.level] * students(scene, school, opening) / 1000 * share * factor


# Shares of students concerned by an action, of all of them; groups are not equally concerned.
CONCERNED: Mapping[str, Mapping[str, float]] = {
    "race_eth": {
        "white": 0.585,
        "black": 0.17,
        "hispanic": 0.11,
        "asian": 0.01,
        "two_or_more": 0.11,
        "american_indian": 0.008,
        "pacific_islander": 0.002,
        "unknown": 0.005,
    },
    "sex": {"f": 0.34, "m": 0.655, "x": 0.005},
    "disability": {"idea": 0.27, "s504_only": 0.04, "none": 0.69},
}


def le_action_demographics(scene: Scene, logged: list[Incident]) -> Iterator[Row]:
    """Students concerned by each action, by group, for the whole program; each dimension adds up to `all`."""
    totals: Counter[tuple[int, str]] = Counter()
    for row in logged:
        for action in row.actions:
            totals[school_year_start(row.day), action.action] += action.n_students
    for (opening, action), total in sorted(totals.items()):
        common = {"school_year": year(opening).key, "action": action}
        yield common | {"subgroup_dim": "all", "subgroup": "all", "n": total}
        for dimension, shares in CONCERNED.items():
            rng = scene.stream("concerned", opening, action, dimension)
            parts = rng.multinomial(total, [share / sum(shares.values()) for share in shares.values()])
            for group, n in zip(shares, parts.tolist(), strict=True):
                yield common | {"subgroup_dim": dimension, "subgroup": group, "n": n}


RISKS = {"low": 9.0, "moderate": 5.0, "high": 1.6, "imminent": 0.25}
BANDS = {"elementary": 0.4, "middle": 1.2, "high": 1.3, "other": 0.4}


def threat_assessments(scene: Scene) -> Iterator[Row]:
    """Counts of years that are over, for the whole program."""
    for opening in scene.years:
        if date(opening + 1, 6, 30) > scene.through:
            continue
        for band, size in BANDS.items():
            for risk, usual in RISKS.items():
                rng = scene.stream("threats", opening, band, risk)
                referred = int(rng.poisson(usual * size))
                assessed = int(rng.binomial(referred, 0.93))
                yield {
                    "school_year": year(opening).key,
                    "level_band": band,
                    "risk_level": risk,
                    "n_referred": referred,
                    "n_assessed": assessed,
                    "n_safety_plans": int(rng.binomial(assessed, 0.2 if risk == "low" else 0.8)),
                    "n_le_involved": int(rng.binomial(assessed, 0.1 if risk == "low" else 0.5)),
                }
