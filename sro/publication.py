"""Everything that an audience can be told of persons, asked cell by cell and written down as an attacker would.

This is where the auditor's knowledge comes from: answers of `ask`, the list of schools, and the links between metrics
that are no secret. Nothing here looks at the decision.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from sro import calendar
from sro.answer import SHOWN, Answer
from sro.ask import Facts, OpenVintage, ask, catalogue_of, units_of, vintage_facts
from sro.audit import Knowledge, Tie
from sro.metrics import Card, available
from sro.people import EVERYTHING
from sro.question import Question
from sro.settings import Settings
from sro.suppression.permission import DEMOGRAPHIC

PART = {"counted": "numerator", "both": "denominator", "rest": "rest"}
# By what persons are counted for each kind of unit; anything finer, and categories of anything but the program, must be
# hidden, and is written down if it is not.
OFFERED: Mapping[str, tuple[str, ...]] = {
    "program": ("year", "semester", "quarter", "month"),
    "district": ("year", "semester"),
    "school": ("year", "semester"),
}
GRAINS = OFFERED["program"]


def person_cards(vintage: OpenVintage, settings: Settings) -> list[Card]:
    """The metrics of persons that a vintage can answer."""
    present = vintage_facts(vintage, settings).present
    cards = catalogue_of(settings.folders.queries / "metrics").cards.values()
    return [card for card in cards if card.counts_persons and available(card, present)]


def school_years(facts: Facts) -> list[calendar.Period]:
    """Every school year that the data touch."""
    return [
        year
        for year in calendar.periods_within(calendar.span(facts.data_from, facts.data_through), "year")
        if year.end >= facts.data_from
    ]


def told(vintage: OpenVintage, settings: Settings, audience: str, year: calendar.Period) -> pd.DataFrame:
    """The statements that answers to `audience` make about the persons of one school year, as `audit` takes them.

    Besides metrics of persons: the public totals that they are among.
    """
    cards = person_cards(vintage, settings)
    rows: list[dict[str, Any]] = []
    for card in cards:
        for kind in OFFERED:
            for grain in GRAINS:
                for sliced in (False, True) if card.is_sliced else (False,):
                    question = Question(
                        metric=card.name, period=year.key, grain=grain, by=kind, sliced=sliced, audience=audience
                    )
                    rows += _statements(ask(question, vintage, settings), kind)
    for metric, slice_ in sorted(set(_public_totals(settings).values())):
        for kind, offered in OFFERED.items():
            for grain in offered:
                question = Question(
                    metric=metric, period=year.key, grain=grain, by=kind, sliced=True, audience=audience
                )
                rows += [row for row in _statements(ask(question, vintage, settings), kind) if row["slice"] == slice_]
    return pd.DataFrame(rows).drop_duplicates() if rows else pd.DataFrame()


def _statements(answer: Answer, kind: str) -> list[dict[str, Any]]:
    """What every cell says; a school without a log counts nothing, and says so.

    What is hidden because it was never offered, such as a school's month or a year that is not over, may be a zero, and
    says nothing.
    """
    card, question = answer.card, answer.question
    of_program = question.by == "program" and not question.is_filtered
    is_never_offered = question.sliced and not of_program
    periods = () if is_never_offered else OFFERED["program" if of_program else "school"]
    whole = card.aggregate in ("ratio", "rate", "share")
    rows = []
    for cell in answer.cells.itertuples(index=False):
        is_shown = cell.status in SHOWN
        is_nothing = cell.status in ("not_received", "not_applicable")
        if not is_shown and not _is_one_of(periods, cell):
            continue
        row = {
            "metric": card.name,
            "unit_kind": "program" if cell.unit == "program" else kind,
            "unit": cell.unit,
            "period_start": cell.period_start,
            "period_end": cell.period_end,
            "slice": cell.slice or "all",
            "numerator": 0.0 if is_nothing else cell.numerator,
        }
        if whole:
            row |= {"denominator": 0.0 if is_nothing else cell.denominator}
        rows.append(row)
    return rows


def _is_one_of(grains: tuple[str, ...], cell: Any) -> bool:
    """Whether a cell is of one whole year, half, quarter or month, whichever of these are named."""
    opening = calendar.school_year_start(cell.period_start)
    return (cell.period_start, cell.period_end) in _whole_periods(opening, grains)


@cache
def _whole_periods(opening: int, grains: tuple[str, ...]) -> frozenset[tuple[date, date]]:
    year = calendar.year(opening)
    return frozenset((part.start, part.end) for grain in grains for part in calendar.periods_within(year, grain))


def stated(answers: Sequence[Answer], vintage: OpenVintage, settings: Settings) -> pd.DataFrame:
    """The statements that some answers make about persons, the public totals that those are among included."""
    concerned = {card.name for card in person_cards(vintage, settings)}
    concerned |= {metric for metric, _ in _public_totals(settings).values()}
    facts = vintage_facts(vintage, settings)
    rows: list[dict[str, Any]] = []
    for answer in answers:
        if answer.card.name in concerned:
            rows += [_of_chosen(row, answer, facts) for row in _statements(answer, answer.question.by)]
    return pd.DataFrame(rows).drop_duplicates() if rows else pd.DataFrame()


def _of_chosen(row: dict[str, Any], answer: Answer, facts: Facts) -> dict[str, Any]:
    """A statement on all the schools that a question chose names those."""
    if row["unit_kind"] != "program" or not answer.question.is_filtered:
        return row
    return row | {"unit_kind": "schools", "unit": "+".join(sorted(units_of(answer.question, facts)))}


def knowledge_of(vintage: OpenVintage, settings: Settings) -> Knowledge:
    """What everybody knows beside the answers: schools, which metrics share persons, which totals are public."""
    facts = vintage_facts(vintage, settings)
    cards = person_cards(vintage, settings)
    links = _links(settings)
    public = {(one["metric"], one.get("slice", "all"), PART[one.get("part", "counted")]) for one in links["public"]}
    among = _public_totals(settings)
    slices = _categories(vintage, settings, [card.name for card in cards] + [metric for metric, _ in among.values()])
    by_name = {card.name: card for card in cards}
    linked = [one for one in (*links["sum"], *links["within"]) if all(name in by_name for name in _metrics(one))]
    ties = [tie for one in linked for tie in _ties(one, slices, _borne_out(one, by_name, vintage, settings))]
    ties += [
        Tie("equals", one["metric"], one.get("slice", "all"), one["same_as"]["metric"], one["same_as"]["slice"],
            PART[one.get("part", "counted")])
        for one in links["public"] if "same_as" in one
    ]  # fmt: skip
    return Knowledge(
        {school.school_id: school.district_id if school.district_id != "unknown" else None for school in facts.schools},
        slices=slices,
        proportions=frozenset(card.name for card in cards if card.aggregate == "ratio" and card.interval == "wilson"),
        hides_zeros=frozenset(among) | {card.name for card in cards if card.slice in DEMOGRAPHIC},
        ties=tuple(ties),
        public=frozenset(public) | {(metric, slice_, "numerator") for metric, slice_ in among.values()},
        among=among,
    )


def _metrics(link: Mapping[str, Any]) -> list[str]:
    """The metrics of a link: the whole and its parts."""
    parts = link["parts"] if "parts" in link else [link["part"]]
    return [part["metric"] for part in (link.get("total") or link["whole"], *parts)]


def _ties(
    link: Mapping[str, Any], slices: Mapping[str, frozenset[str]], only: frozenset[frozenset[int]] | None
) -> Iterator[Tie]:
    """A link as the attacker writes it down; of `each` category one."""
    if "part" in link:
        part, whole = link["part"], link["whole"]
        yield Tie("of", part["metric"], part.get("slice", "all"), whole["metric"], whole.get("slice", "all"), only=only)
        return
    total, parts = link["total"], link["parts"]
    each = total.get("slice") == "each"
    for slice_ in ("all", *sorted(slices.get(total["metric"], ()))) if each else (total.get("slice", "all"),):
        others = slice_ if each else "+".join(part.get("slice", "all") for part in parts)
        own = PART[total.get("part", "counted")]
        yield Tie("equals", total["metric"], slice_, parts[0]["metric"], others, own, only)


def _borne_out(
    link: Mapping[str, Any], cards: Mapping[str, Card], vintage: OpenVintage, settings: Settings
) -> frozenset[frozenset[int]] | None:
    """The months of the school years in which a link that is only supposed holds; None for one that always does."""
    if not link.get("supposed"):
        return None
    everything = replace(settings, reach=EVERYTHING)
    whole, *parts = _metrics(link)
    found = set()
    for year in school_years(vintage_facts(vintage, everything)):
        asked = [Question(metric, year.key, audience="restricted") for metric in (whole, *parts)]
        total, *others = [ask(question, vintage, everything).total.numerator for question in asked]
        if total == sum(others) if "total" in link else total >= sum(others):
            first = year.start.year * 12 + year.start.month - 1
            found.add(frozenset(range(first, first + 12)))
    return frozenset(found)


def _categories(vintage: OpenVintage, settings: Settings, metrics: Sequence[str]) -> dict[str, frozenset[str]]:
    """Metric → all of its categories: an answer by category names each, whether it shows or not."""
    year = school_years(vintage_facts(vintage, settings))[-1].key
    found = {}
    for metric in metrics:
        answer = ask(Question(metric, year, sliced=True, audience="public"), vintage, settings)
        if named := frozenset(answer.cells["slice"].dropna()):
            found[metric] = named
    return found


def _public_totals(settings: Settings) -> dict[str, tuple[str, str]]:
    """Metric of persons → the public (metric, category) that its persons are among, directly or through a link."""
    links = _links(settings)
    among = {
        one["metric"]: (one["same_as"]["metric"], one["same_as"]["slice"])
        for one in links["public"]
        if "same_as" in one
    }
    for one in links["sum"]:
        source = one["parts"][0]["metric"]
        if source in among:
            among.setdefault(one["total"]["metric"], among[source])
    return among


def _links(settings: Settings) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    path: Path = settings.folders.queries / "disclosure" / "links.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
