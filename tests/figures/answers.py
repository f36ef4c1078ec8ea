"""Answers built by hand: any units, periods, categories and statuses, without a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import nan

import numpy as np
import pandas as pd

from sro import calendar
from sro.answer import CELL_COLUMNS, SHOWN, Answer, Cell, Provenance, Row
from sro.calendar import Period
from sro.change import change_between
from sro.metrics import Card
from sro.question import Question
from sro.stats import rates

COVERAGE = Card(
    name="coverage_rate",
    id="C04",
    title="On-site coverage",
    asks="Of the time students were in school, for how much was an SRO on site?",
    unit="percent of instructional minutes",
    numerator="minutes with an SRO on site",
    denominator="instructional minutes",
    aggregate="ratio",
    scale="100",
    interval="none",
    direction="up",
    persons="no",
    grain="day",
    stream="shifts",
    slice="none",
    needs="shifts, calendar",
    level="school",
    defined_by="this program",
    caution="Says where officers were, not what they did.",
    version="1",
    daily="yes",
    sql="SELECT 1",
)
LESSONS = replace(
    COVERAGE,
    name="lessons",
    id="E03",
    title="Classroom lessons",
    unit="lessons",
    aggregate="sum",
    scale="1",
    interval="poisson",
    stream="log",
    needs="activities",
    slice="activity_type",
    numerator="lessons",
    denominator="none",
)
RATE = replace(
    COVERAGE,
    name="incident_rate",
    id="I02",
    title="Incident rate",
    unit="per 1,000 students per 100 instructional days",
    aggregate="rate",
    scale="100000",
    interval="poisson",
    direction="neutral",
    stream="log",
    needs="incidents",
    slice="category",
    numerator="incidents",
    denominator="student-days",
)
HANDLED = replace(
    COVERAGE,
    name="handled_by_school",
    id="R01",
    title="Handled by school",
    unit="percent of calls",
    aggregate="ratio",
    interval="wilson",
    direction="neutral",
    stream="log",
    needs="incidents",
    numerator="calls handled by the school",
    denominator="calls for service",
)
MIX = replace(
    COVERAGE,
    name="time_mix",
    id="E02",
    title="Triad time mix",
    unit="percent of logged minutes",
    aggregate="share",
    direction="neutral",
    stream="log",
    needs="activities",
    slice="triad",
)
CALLS = replace(
    LESSONS, name="calls", id="I03", title="Calls for service", unit="calls", direction="neutral", slice="x"
)

Numbers = tuple[float, float]  # numerator, denominator
By = Callable[[int, int, int], Numbers | str]  # place of unit, period, slice → numbers, or the status of a gap


def answer(
    card: Card = COVERAGE,
    numbers: By | Numbers | str = (90, 100),
    *,
    period: str = "2025-26",
    grain: str = "total",
    by: str = "program",
    units: Mapping[str, str] | None = None,
    slices: Sequence[str] = (),
    total: Numbers | str | None = None,
    through: date = date(2026, 6, 30),
    synthetic: bool = True,
    notes: tuple[str, ...] = (),
    sources: tuple[str, ...] = ("shifts.csv", "calendar.csv", "schools.csv"),
    received: tuple[int, int] = (10, 10),
    **question: object,
) -> Answer:
    """An answer whose cells come from `numbers`; a text among them is the status of a cell that shows nothing."""
    asked = Question(card.name, period, grain=grain, by=by, sliced=bool(slices), **question)  # type: ignore[arg-type]
    names = dict(units or {"program": "Program"})
    titles = list(slices) or [""]
    made = numbers if callable(numbers) else lambda unit, part, slice_: numbers
    rows = []
    for u, (unit, name) in enumerate(names.items()):
        for p, part in enumerate(parts_of(asked, through)):
            for s, title in enumerate(titles):
                cell = cell_of(made(u, p, s), card, received)
                rows.append(
                    Row(unit, name, part.key, part.label, part.start, part.end, part.start <= through < part.end,
                        title.lower().replace(" ", "_") or None, title, cell.numerator, cell.denominator, cell.value,
                        cell.low, cell.high, cell.status, cell.received, cell.expected)
                )  # fmt: skip
    whole = (
        cell_of(total, card, received)
        if total is not None
        else total_of(pd.DataFrame(rows, columns=list(CELL_COLUMNS)), card, received)
    )
    provenance = Provenance(
        vintage="3fa9c2d1",
        data_from=date(2021, 7, 1),
        data_through=through,
        synthetic=synthetic,
        definition=f"{card.id} v{card.version}",
        audience=asked.audience,
        program="School Resource Officer Program",
        sources=sources,
    )
    return Answer(asked, card, tuple(rows), whole, provenance, notes)


def parts_of(question: Question, through: date) -> list[Period]:
    if question.grain != "day":
        return [part for part in calendar.periods_within(question.span, question.grain) if part.start <= through]
    count = (min(question.span.end, through) - question.span.start).days + 1
    days = [question.span.start + timedelta(place) for place in range(count)]
    return [Period(day, day, day.isoformat(), calendar.day_label(day)) for day in days]


def cell_of(numbers: Numbers | str, card: Card, received: tuple[int, int] = (10, 10)) -> Cell:
    if isinstance(numbers, str):
        got, expected = {"not_received": (0, received[1]), "not_applicable": (0, 0)}.get(numbers, received)
        return Cell(nan, nan, nan, nan, nan, numbers, got, expected)
    top, bottom = numbers
    over = not card.is_count
    value = (top / bottom if over else top) * card.factor
    low = high = nan
    if card.interval == "poisson":
        limits = rates.poisson_interval(top)
        low, high = (float(limit) * card.factor / (bottom if over else 1) for limit in limits)
    if card.interval == "wilson":
        low, high = (float(limit) * card.factor for limit in rates.wilson_interval(top, bottom))
    shaky = card.interval == "poisson" and over and 0 < top < 20
    status = "zero" if top == 0 else "unstable" if shaky else "value"
    return Cell(float(top), float(bottom), value, low, high, status, *received)


def total_of(cells: pd.DataFrame, card: Card, received: tuple[int, int]) -> Cell:
    seen = cells[cells["status"].isin(SHOWN)]
    if seen.empty:
        return cell_of(str(cells["status"].iloc[0]) if len(cells) else "not_applicable", card)
    top = float(np.nansum(seen["numerator"]))
    if card.aggregate in ("rate", "share"):
        bottom = float(seen.drop_duplicates(["unit", "period"])["denominator"].sum())
    else:
        bottom = float(np.nansum(seen["denominator"]))
    return cell_of((top, bottom), card, received)


def compared(now: Answer, before: Answer) -> Answer:
    """The answer beside an earlier one, with the change that `ask` would find."""
    return replace(now, comparison=before, change=change_between(before, now))


def nothing(card: Card = COVERAGE, *notes: str) -> Answer:
    """An answer of a table that the export lacks: not one cell."""
    full = answer(card)
    return replace(full, rows=(), total=cell_of("not_applicable", card), notes=notes)
