"""What students, staff and families said, and what came in as complaint or praise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sro.demo.county import BY_ID, School, served_from
from sro.demo.draws import Scene, mix, near, whole
from sro.demo.enrollment import students

Row = dict[str, Any]
SCALES = {
    "agree5": ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree"),
    "safe5": ("very_safe", "safe", "neither", "unsafe", "very_unsafe"),
    "yesnounsure": ("yes", "no", "unsure"),
    "days5": ("0", "1", "2_3", "4_5", "6_or_more"),
}
STUDENTS, STAFF, FAMILIES = "student", "staff", "family"
# Item, its text, its scale, who is asked, and the usual shares of the answers.
ITEMS = (
    ("feel_safe", "How safe do you feel at school?", "safe5", (STUDENTS, STAFF), (27, 36, 25, 8, 4)),
    (
        "report_comfort",
        "I would be comfortable reporting a problem to the school resource officer.",
        "agree5",
        (STUDENTS,),
        (19, 32, 28, 13, 8),
    ),
    ("knows_officer", "Do you know who your school resource officer is?", "yesnounsure", (STUDENTS,), (58, 20, 22)),
    (
        "days_missed_unsafe",
        "In the past 30 days, on how many days did you not go to school because you felt unsafe?",
        "days5",
        (STUDENTS,),
        (93, 4, 2, 0.6, 0.4),
    ),
    (
        "officer_helps",
        "The school resource officer helps our school.",
        "agree5",
        (STAFF, FAMILIES),
        (30, 37, 22, 7, 4),
    ),
)
# For each student of a school: students old enough to be asked, staff, families; and how many of those asked answer.
ASKED = {"student": 0.8, "staff": 0.11, "family": 0.7}
ANSWERED = {"student": 0.68, "staff": 0.61, "family": 0.06}


def surveys(scene: Scene) -> Iterator[Row]:
    """A survey every April at served schools, in counts of answers; rows of ALL add the schools up."""
    for opening in scene.years:
        first, last = date(opening + 1, 4, 18), date(opening + 1, 4, 29)
        if last > scene.through:
            continue
        together: Counter[tuple[str, str, str]] = Counter()
        invited: Counter[str] = Counter()
        for school in BY_ID.values():
            start = served_from(school.school_id)
            if start is None or start > first:
                continue
            for respondent in ASKED:
                invited[respondent] += asked(scene, school, opening, respondent)
            for row in _school(scene, school, opening):
                together[row["respondent"], row["item_id"], row["response"]] += row["n"]
                yield row | {"administered_from": first, "administered_to": last}
        for item, text, scale, respondents, _ in ITEMS:
            for respondent in respondents:
                for response in SCALES[scale]:
                    yield {
                        "survey_id": f"SV-{opening + 1}",
                        "school_id": "ALL",
                        "respondent": respondent,
                        "item_id": item,
                        "response": response,
                        "administered_from": first,
                        "administered_to": last,
                        "item_text": text,
                        "scale": scale,
                        "n": together[respondent, item, response],
                        "n_invited": invited[respondent],
                        "anonymous": True,
                    }


def asked(scene: Scene, school: School, opening: int, respondent: str) -> int:
    share = 0.35 if respondent == "student" and school.level == "elementary" else ASKED[respondent]
    return round(students(scene, school, opening) * share)


def _school(scene: Scene, school: School, opening: int) -> Iterator[Row]:
    leaning = 1 + 0.12 * near(scene.dice("leaning", school.school_id))
    for item, text, scale, respondents, usual in ITEMS:
        shares = [share * (leaning if place < 2 else 1) for place, share in enumerate(usual)]
        for respondent in respondents:
            rng = scene.stream("survey", school.school_id, opening, respondent, item)
            invited = asked(scene, school, opening, respondent)
            answered = int(rng.binomial(invited, ANSWERED[respondent]))
            counts = rng.multinomial(answered, [share / sum(shares) for share in shares])
            for response, n in zip(SCALES[scale], counts.tolist(), strict=True):
                yield {
                    "survey_id": f"SV-{opening + 1}",
                    "school_id": school.school_id,
                    "respondent": respondent,
                    "item_id": item,
                    "response": response,
                    "item_text": text,
                    "scale": scale,
                    "n": n,
                    "n_invited": invited,
                    "anonymous": True,
                }


CONDUCT = mix("courtesy 45, procedure 30, search 10, force 15")
PRAISE = mix("mentoring 40, crisis response 35, teaching 25")
FINDINGS = mix("unfounded 30, exonerated 30, not_sustained 22, sustained 6, warning 12")


def complaints(scene: Scene) -> Iterator[Row]:
    """A few complaints and about twice as many commendations a year; a complaint takes weeks to close."""
    for opening in scene.years:
        roll = scene.dice("complaints", opening)
        drawn = [("complaint", number) for number in range(whole(roll, 2, 6))]
        drawn += [("commendation", number) for number in range(whole(roll, 6, 12))]
        for kind, number in drawn:
            day = date(opening, 9, 8) + timedelta(days=whole(roll, 0, 285))
            closed = day + timedelta(days=whole(roll, 14, 75))
            category = CONDUCT.at(roll()) if kind == "complaint" else PRAISE.at(roll())
            finding = FINDINGS.at(roll())
            if day > scene.through:
                continue
            is_closed = closed <= scene.through
            yield {
                "complaint_id": f"{'CP' if kind == 'complaint' else 'CM'}-{opening % 100}-{number + 1:02d}",
                "received_on": day,
                "kind": kind,
                "category": category,
                "outcome": None if kind == "commendation" else finding if is_closed else "pending",
                "closed_on": closed if is_closed and kind == "complaint" else None,
            }
