"""From sums to the cells of an answer: values, intervals and statuses, as far as the audience may see them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from sro import disclosure
from sro.answer import NOTHING, Cell, Row
from sro.ask.asker import Asker
from sro.ask.facts import all_schools, facts_of
from sro.ask.parts import parts_of
from sro.ask.slices import slices_of
from sro.ask.sums import EVERY, Frame, reports_of, sums_of
from sro.ask.units import chosen_by, filters_of, unit_names
from sro.metrics import Card
from sro.question import Question
from sro.settings import Settings
from sro.stats import rates
from sro.suppression.permission import Permission, permission_of


def cells_of(question: Question, card: Card, asker: Asker) -> tuple[Row, ...]:
    """The cells of a question that fits its metric, as the audience may see them."""
    facts = facts_of(asker)
    chosen = chosen_by(filters_of(question), card, asker)
    parts = parts_of(question, card, facts)
    slices = slices_of(question, card, parts, asker) if parts and chosen else ()
    if not slices:
        return ()
    if card.level == "program":
        frame = Frame(["program"], parts, slices, {EVERY: "program"})
    else:
        names = unit_names(filters_of(question), asker)
        order = {unit: place for place, unit in enumerate(names)}
        units = sorted(sorted(set(chosen.values())), key=lambda unit: order.get(unit, len(order)))
        frame = Frame(units, parts, slices, chosen)
    top, bottom = sums_of(question, card, frame, asker)
    expected, received = reports_of(question, card, frame, asker)
    judged = _judged(top, bottom, expected, received, card, asker.settings)
    rows = _rows(frame, [*judged, received, expected], question, asker)
    if disclosure.is_open(card, question):
        return rows
    made_of: dict[str, set[str]] = {}
    for school, unit in chosen.items():
        made_of.setdefault(unit, set()).add(school)
    schools = {unit: frozenset(members) for unit, members in made_of.items()}
    return tuple(disclosure.protect(rows, card, question, permission(asker, card.name, question.audience), schools))


def whole_of(rows: tuple[Row, ...]) -> Cell:
    """The one cell of a whole; of a mix of shares, its base."""
    return rows[0].cell if rows else NOTHING


def _rows(frame: Frame, numbers: list[np.ndarray], question: Question, asker: Asker) -> tuple[Row, ...]:
    """A row for every cell there is to say something about: units × parts × slices."""
    names, through = unit_names(filters_of(question), asker), facts_of(asker).data_through
    columns = zip(*(column.tolist() for column in numbers), strict=True)
    heads = (
        (unit, names.get(unit, unit), part.key, part.label, part.start, part.end, part.start <= through < part.end)
        for unit in frame.units
        for part in frame.parts
    )
    return tuple(Row(*head, *slice_, *next(columns)) for head in heads for slice_ in frame.slices)


def _judged(
    top: np.ndarray, bottom: np.ndarray, expected: np.ndarray, received: np.ndarray, card: Card, settings: Settings
) -> list[np.ndarray]:
    """Numerator, denominator, value, interval and status of every cell from its sums and its reports."""
    has_stream = card.stream != "none"
    over = card.aggregate in ("ratio", "rate", "share")
    if not over and has_stream:
        top = np.where(np.isnan(top) & (received > 0), 0.0, top)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = (np.where(bottom > 0, top / bottom, np.nan) if over else top) * card.factor
    low, high = _interval(top, bottom, card, settings.confidence)
    known = ~np.isnan(value)
    status = np.where(known, np.where(top == 0, "zero", "value"), "not_applicable").astype(object)
    if card.interval == "poisson" and over:
        status[known & rates.is_unstable(top, settings.stable_events)] = "unstable"
    if card.interval == "wilson":
        status[known & (bottom < settings.stable_events)] = "unstable"
    missing = has_stream & (expected > 0) & (received == 0)
    status[missing] = "not_received"
    idle = has_stream & (expected == 0) & ~(top > 0)
    status[idle] = "not_applicable"
    nothing = ~known | missing | idle
    return [*(np.where(nothing, np.nan, number) for number in (top, bottom, value, low, high)), status]


def _interval(top: np.ndarray, bottom: np.ndarray, card: Card, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    if card.interval == "poisson":
        low, high = rates.poisson_interval(top, confidence)
        if card.aggregate in ("rate", "ratio"):
            with np.errstate(invalid="ignore", divide="ignore"):
                low, high = low / bottom, high / bottom
        return low * card.factor, high * card.factor
    if card.interval == "wilson":
        low, high = rates.wilson_interval(top, bottom, confidence)
        return low * card.factor, high * card.factor
    return np.full_like(top, np.nan), np.full_like(top, np.nan)


@lru_cache(maxsize=256)
def permission(asker: Asker, metric: str, audience: str) -> Permission:
    """What an audience may see of a metric; nothing, where the vintage carries no decision."""
    ((has_decision,),) = asker.rows("has_decision")
    rows = asker.rows("permission", metric=metric, audience=audience) if has_decision else []
    known = [
        (school.school_id, school.district_id if school.district_id != "unknown" else None)
        for school in all_schools(asker)  # all of them: what may show was decided over the whole program
    ]
    geography = pd.DataFrame(known, columns=["school_id", "district_id"])
    columns = ["unit_kind", "unit", "period_kind", "period_start", "slice", "shown"]
    return permission_of(pd.DataFrame(rows, columns=columns), geography)
