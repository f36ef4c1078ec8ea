"""Costs, grants, youth programs, figures from elsewhere, and the events that charts show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sro.calendar import add_months, month_end, year
from sro.demo.county import (
    BRINDLE_HIGH,
    BY_ID,
    CEDAR_MIDDLE,
    DISTRICTS,
    DUNMARROW_HIGH,
    EMBER_LAKE,
    LEARNING_CENTER,
    LONG_LEAVE,
    POSTS,
    VACANT_FROM,
    District,
    Post,
)
from sro.demo.draws import Scene, near, whole
from sro.demo.truth import TRUTH

Row = dict[str, Any]
SALARY, RAISE, FRINGE = 38_400, 1.03, 0.0765
EQUIPMENT, TRAINING = 1_150, 640


def paid_posts(district: District) -> list[Post]:
    return [post for post in POSTS if post.contract_days and BY_ID[post.school_id].district_id == district.district_id]


def costs(scene: Scene) -> Iterator[Row]:
    """Money spent by district, school year and kind; of the year under way, what its months so far have cost."""
    for opening in scene.years:
        for district in DISTRICTS:
            officers = sum(_years_worked(post, opening, scene.through) for post in paid_posts(district))
            if officers <= 0:
                continue
            wobble = 1 + 0.02 * near(scene.dice("costs", district.code, opening))
            salary = SALARY * RAISE ** (opening - 2021) * officers * wobble
            source = "grant:G-STOP" if district.sector == "boces" else "district_contract"
            for cost_type, amount, funding in (
                ("salary", salary, source),
                ("fringe", salary * FRINGE, source),
                ("equipment", EQUIPMENT * officers * wobble, "county"),
                ("training", TRAINING * officers * wobble, "county"),
            ):
                yield {
                    "school_year": year(opening).key,
                    "district_id": district.district_id,
                    "cost_type": cost_type,
                    "amount": round(amount, 2),
                    "funding_source": funding,
                }


def _years_worked(post: Post, opening: int, through: date) -> float:
    """The part of a year's ten school months for which a post was held, weighted by the days that it is paid for."""
    first, last = date(opening, 9, 1), min(date(opening + 1, 6, 30), through)
    begins, ends = max(first, post.first), min(last, post.last or last)
    return max(0, (ends - begins).days + 1) / 303 * (post.contract_days or 0) / 180


@dataclass(frozen=True)
class Measure:
    """What a funder asks for, in its words; `target` is for one period."""

    measure_id: str
    text: str
    metric_id: str
    aggregation: str
    exact_match: bool
    baseline: float
    target: float


@dataclass(frozen=True)
class Grant:
    """An award of `months`, reported on every `each` months."""

    grant_id: str
    funder: str
    program: str
    listing: str
    amount: int
    first: date
    months: int
    each: int
    match: int
    measures_source: str
    measures: tuple[Measure, ...]


GRANTS = (
    Grant(
        "G-STOP",
        "Bureau of Justice Assistance",
        "STOP School Violence (fictional award)",
        "16.839",
        420_000,
        date(2023, 10, 1),
        36,
        3,
        0,
        "Assistance Listing 16.839",
        (
            Measure("STOP-PM1", "Number of school staff trained", "T06", "sum", False, 0, 220),
            Measure("STOP-PM2", "Number of technology solutions implemented", "D05t", "sum", False, 0, 1),
        ),
    ),
    Grant(
        "G-TITLE2",
        "Office of Juvenile Justice and Delinquency Prevention",
        "Title II Formula Grants, School Programs (fictional award)",
        "16.540",
        150_000,
        date(2024, 10, 1),
        36,
        6,
        0,
        "OJJDP performance measures, program area 17",
        (
            Measure("PA17-05", "Number and percent of program staff trained", "T04", "last", True, 80, 95),
            Measure("PA17-09", "Number of program youth served", "E07", "distinct", True, 30, 40),
            Measure("PA17-10", "Number of service hours completed", "E08", "sum", True, 200, 260),
        ),
    ),
)


def awarded(scene: Scene) -> list[Grant]:
    return [grant for grant in GRANTS if grant.first <= scene.through]


def grants(scene: Scene) -> Iterator[Row]:
    for grant in awarded(scene):
        yield {
            "grant_id": grant.grant_id,
            "funder": grant.funder,
            "program": grant.program,
            "assistance_listing": grant.listing,
            "award_amount": grant.amount,
            "start": grant.first,
            "end": month_end(add_months(grant.first, grant.months - 1)),
            "match_pct": grant.match,
        }


def grant_periods(scene: Scene) -> Iterator[Row]:
    for grant in awarded(scene):
        for number in range(grant.months // grant.each):
            last = month_end(add_months(grant.first, grant.each * (number + 1) - 1))
            yield {
                "grant_id": grant.grant_id,
                "period_no": number + 1,
                "start": add_months(grant.first, grant.each * number),
                "end": last,
                "due": month_end(add_months(last, 1)),
            }


def grant_measures(scene: Scene) -> Iterator[Row]:
    for grant in awarded(scene):
        for measure in grant.measures:
            yield {
                "grant_id": grant.grant_id,
                "measure_id": measure.measure_id,
                "verbatim_text": measure.text,
                "source": grant.measures_source,
                "metric_id": measure.metric_id,
                "aggregation": measure.aggregation,
                "exact_match": measure.exact_match,
            }


def grant_targets(scene: Scene) -> Iterator[Row]:
    for grant in awarded(scene):
        for measure in grant.measures:
            for number in range(grant.months // grant.each):
                yield {
                    "grant_id": grant.grant_id,
                    "measure_id": measure.measure_id,
                    "period_no": number + 1,
                    "baseline": measure.baseline,
                    "target": measure.target,
                }


# Program, name, kind, school, first quarter, places, summer only.
YOUTH_PROGRAMS = (
    ("YP-1", "Notch Mentors", "mentoring", CEDAR_MIDDLE, (2021, 2), 16, False),
    ("YP-2", "Second Step Diversion", "diversion", DUNMARROW_HIGH, (2022, 2), 12, False),
    ("YP-3", "Learning Center Mentors", "mentoring", LEARNING_CENTER, (2024, 1), 14, False),
    ("YP-4", "Youth Police Club", "club", BRINDLE_HIGH, (2022, 2), 24, False),
    ("YP-5", "Summer Trail Camp", "camp", DUNMARROW_HIGH, (2022, 1), 30, True),
)


def youth_program_periods(scene: Scene) -> Iterator[Row]:
    """Youth programs quarter by quarter; who is carried over is who was there, came, and has not left."""
    for program_id, name, kind, school_id, begins, slots, summer_only in YOUTH_PROGRAMS:
        there = 0
        for opening in scene.years:
            for quarter in (1, 2, 3, 4):
                last = month_end(add_months(date(opening, 7, 1), 3 * quarter - 1))
                if (opening, quarter) < begins or last > scene.through or (summer_only and quarter > 1):
                    continue
                roll = scene.dice("youth", program_id, opening, quarter)
                admitted = slots - there if summer_only else min(slots - there, whole(roll, 1, 3 + slots // 4))
                ends_now = summer_only or quarter == 4
                exited = (
                    there + admitted if summer_only else min(there, whole(roll, 0, 2) + (slots // 2 if ends_now else 0))
                )
                stays = exited * (21 if summer_only else whole(roll, 80, 190))
                yield {
                    "program_id": program_id,
                    "school_id": school_id,
                    "period": f"{year(opening).key}-Q{quarter}",
                    "program_name": name,
                    "kind": kind,
                    "slots": slots,
                    "carried_over": there,
                    "new_admissions": admitted,
                    "exited": exited,
                    "completed": round(exited * (0.6 + 0.35 * roll())),
                    "service_hours": round((there + admitted) * (1.5 + 3 * roll()) * (2 if summer_only else 1), 1),
                    "stay_days_total": stays,
                    "offended_n": int(kind == "diversion" and roll() < 0.3),
                }
                there += admitted - exited


def benchmarks() -> Iterator[Row]:
    """Published figures of real programs, none of them quite comparable."""
    for metric_id, source, when, value, geography in (
        ("G01", "Montgomery County, Resolution 229 of 2019, price a day", "2019", 296.92, "Montgomery County, NY"),
        ("R05", "Elmira City School District arrests, from a records request", "2021-22", 5.2, "Elmira, NY"),
        ("R07", "Lincoln Public Schools, school resource officer report", "2021-22", 15.8, "Lincoln, NE"),
        ("T03", "Lincoln Public Schools, school resource officer report", "2021-22", 53, "Lincoln, NE"),
    ):
        yield {
            "metric_id": metric_id,
            "source": source,
            "year": when,
            "value": value,
            "geography": geography,
            "comparable": False,
        }


def marked_events(scene: Scene) -> Iterator[Row]:
    """What happened besides: breaks, starts, policies, staffing."""
    form, improvement = TRUTH.form_change, TRUTH.true_improvement
    dunmarrow = BY_ID[improvement.school_ids[0]].district_id
    events = [
        (date(2021, 7, 1), "program", None, "series_break", "New state incident categories"),
        (date(2022, 3, 2), "program", None, "pandemic", "Last pandemic rules in schools end"),
        (form.first_day, "program", None, "form_change", "New log form with a box for vaping"),
        (date(2025, 7, 1), "program", None, "policy", "New state terms for drills"),
        (improvement.first_day, "district", dunmarrow, "policy", "Restorative conferences begin"),
        (LONG_LEAVE[1], "school", EMBER_LAKE, "staffing", "Officer on leave for four weeks"),
        (VACANT_FROM, "school", CEDAR_MIDDLE, "staffing", "Post vacant until February 2025"),
    ]
    events += [
        (district.joined, "district", district.district_id, "program_start", "District joins the program")
        for district in DISTRICTS
        if district.joined is not None
    ]
    for number, (day, scope, scope_id, kind, label) in enumerate(
        sorted(events, key=lambda event: (event[0], event[2] or "")), start=1
    ):
        if day <= scene.through:
            yield {
                "annotation_id": f"AN-{number:02d}",
                "date": day,
                "scope": scope,
                "scope_id": scope_id,
                "kind": kind,
                "label": label,
            }
