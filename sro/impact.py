"""Did a rate change at a date, such as the start of the program? Three designs, and what speaks against them.

Every number comes from `ask`. Where a design lacks data it says what is missing and shows nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sro import calendar
from sro.answer import SHOWN, Answer
from sro.ask import OpenVintage, ask
from sro.figures import wording
from sro.gates import Context, Gated, context_of, gate
from sro.metrics import Card
from sro.question import Question
from sro.settings import Settings
from sro.signals.series import measure_of
from sro.stats.impact import (
    ASSOCIATION,
    BeforeAfter,
    Estimate,
    Interrupted,
    Staggered,
    before_after,
    interrupted,
    staggered,
)
from sro.stats.impact.staggered import NEVER

DETECTION = "More officer time on site can mean that more is seen and logged."


class ImpactError(ValueError):
    """A question that no design of change can answer; the message says which could."""


@dataclass(frozen=True, eq=False)
class Impact:
    """The designs for one date, each beside its sentence, and the counter-evidence.

    `months` are those of the series, `start` is the place of the first one after the date; rates are in the metric's
    unit. `association` belongs beside whatever is shown.
    """

    question: Question
    date: dt.date
    months: tuple[dt.date, ...]
    start: int
    before_after: BeforeAfter
    interrupted: Interrupted
    sentences: tuple[str, ...]
    counter_evidence: tuple[str, ...]
    association: str = ASSOCIATION


@dataclass(frozen=True, eq=False)
class Reach:
    """Schools by the period in which the program reached them, beside those it had not reached yet."""

    question: Question
    periods: tuple[str, ...]
    schools: int
    result: Staggered
    sentences: tuple[str, ...]
    association: str = ASSOCIATION


def impact_of(question: Question, date: dt.date, vintage: OpenVintage, settings: Settings) -> Impact:
    """Before and after `date` at the schools of the question, over the whole export, by month.

    Raises ImpactError for a metric that does not count events.
    """
    context = context_of(vintage, settings)
    history = calendar.span(context.facts.data_from, context.facts.data_through).key
    asked = replace(question, period=history, grain="month", by="program", sliced=False, compare="none")
    answer = ask(asked, vintage, settings)
    if measure_of(answer.card) != "events":
        raise ImpactError(f"{answer.card.title} does not count events; choose a metric that does, such as incidents.")
    gated = gate(answer, context)
    cells, start = _one_series(gated, date)
    over = answer.card.aggregate in ("rate", "ratio")
    counts = cells["numerator"].to_numpy(dtype=float)
    exposures = cells["denominator"].to_numpy(dtype=float) if over else np.ones(len(cells))
    clock = [month.year * 12 + month.month for month in cells["period_start"]]
    plain = before_after(counts, exposures, start, settings.confidence)
    series = interrupted(counts, exposures, start, clock, confidence=settings.confidence)
    return Impact(
        answer.question,
        date,
        tuple(cells["period_start"]),
        start,
        plain,
        series,
        (_plain_sentence(plain, answer.card), _series_sentence(series)),
        _counter_evidence(asked, answer, gated, date, context, vintage, settings),
    )


def reach_of(question: Question, vintage: OpenVintage, settings: Settings) -> Reach:
    """Schools that the program reached in different years or months, beside those not reached yet.

    The question's grain (month or year) sets the periods. Series that break are compared after the last break only.
    """
    context = context_of(vintage, settings)
    history = calendar.span(context.facts.data_from, context.facts.data_through).key
    asked = replace(question, period=history, by="school", sliced=False, compare="none")
    answer = ask(asked, vintage, settings)
    gated = gate(answer, context)
    starts = {school.school_id: school.program_start for school in context.facts.schools}
    breaks = [broken.date for broken in gated.breaks if not broken.unit]
    kept = gated.kept[gated.kept["period_end"] >= max(breaks)] if breaks else gated.kept
    periods = sorted(set(zip(kept["period_start"], kept["period_end"], kept["period_label"], strict=True)))
    schools = list(dict.fromkeys(kept["unit"]))
    outcomes = np.full((len(schools), len(periods)), np.nan)
    places = {first: place for place, (first, _, _) in enumerate(periods)}
    for unit, first, value in zip(kept["unit"], kept["period_start"], kept["value"], strict=True):
        outcomes[schools.index(unit), places[first]] = value
    ends = [end for _, end, _ in periods]
    treated = [_first_period(starts.get(school), ends) for school in schools]
    result = staggered(outcomes, treated, confidence=settings.confidence)
    said = (_reach_sentence(result, answer.card), *((gated.sentence,) if gated.sentence else ()))
    return Reach(answer.question, tuple(label for _, _, label in periods), len(schools), result, said)


def _first_period(start: dt.date | None, ends: Sequence[dt.date]) -> float:
    if start is None:
        return NEVER
    return float(next((place for place, end in enumerate(ends) if end >= start), NEVER))


def _one_series(gated: Gated, date: dt.date):
    """The comparable cells around a date, without a break in between, and the place of the first after it."""
    cells = gated.of("program")
    dates = sorted(broken.date for broken in gated.breaks)
    first = max((day for day in dates if day <= date), default=dt.date.min)
    last = min((day for day in dates if day > date), default=dt.date.max)
    inside = [
        first <= end and start < last for start, end in zip(cells["period_start"], cells["period_end"], strict=True)
    ]
    cells = cells[np.array(inside, dtype=bool)].reset_index(drop=True)
    return cells, sum(start < date.replace(day=1) for start in cells["period_start"])


# Words ----------------------------------------------------------------------------------------------------------------


def _plain_sentence(found: BeforeAfter, card: Card) -> str:
    if found.missing:
        return f"Before and after: {found.missing}"
    before, after = (wording.value_text(rate * card.factor, card) for rate in (found.before, found.after))
    points = f"{found.points[0]} and {found.points[1]} months"
    per = "" if card.aggregate in ("rate", "ratio") else " a month"
    return f"Before {before}{per}, after {after} ({points}); ratio {_limits(found.ratio)}."


def _series_sentence(found: Interrupted) -> str:
    if found.missing:
        return f"Interrupted time series: {found.missing}"
    moved = "no change of level beyond chance" if _holds_one(found.level) else "a change of level beyond chance"
    return (
        f"Allowing for trend and season, {moved}: ratio {_limits(found.level)} at the date, "
        f"and a trend of {_limits(found.slope)} a year beside the one before ({found.errors} errors)."
    )


def _reach_sentence(found: Staggered, card: Card) -> str:
    if found.missing:
        return f"Schools reached beside schools not reached yet: {found.missing}"
    places = 0 if wording.kind(card) == "count" else 1
    gap, low, high = (f"{n:+.{places}f}" for n in (found.overall.value, found.overall.low, found.overall.high))
    said = f"Schools reached, beside schools not reached yet: {gap} ({low} to {high})."
    apart = "went apart already" if found.parallel < 0.05 else "did not go apart beyond chance"
    test = f" Before the start they {apart} (p {found.parallel:.2f})." if found.parallel == found.parallel else ""
    return f"{said}{test}"


def _limits(estimate: Estimate) -> str:
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def _holds_one(estimate: Estimate) -> bool:
    return estimate.low <= 1 <= estimate.high


# What speaks against it -----------------------------------------------------------------------------------------------


def _counter_evidence(
    asked: Question,
    answer: Answer,
    gated: Gated,
    date: dt.date,
    context: Context,
    vintage: OpenVintage,
    settings: Settings,
) -> tuple[str, ...]:
    """Other events, schools elsewhere, changes of measurement, and whether more was there to be seen."""
    found = [_other_events(date, context), _elsewhere(asked, answer.card, date, context, vintage, settings)]
    found += [gated.sentence, _seen(asked, date, context, vintage, settings)]
    return tuple(sentence for sentence in found if sentence)


def _other_events(date: dt.date, context: Context) -> str:
    """Events within a year of the date, other than those of its day."""
    near = [event for event in context.events if event.date != date and abs((event.date - date).days) <= 366]
    listed = "; ".join(f"{calendar.month_label(event.date)}, {event.label}" for event in near)
    return f"Recorded within a year of the date: {listed}." if near else "No other event is recorded within a year."


def _elsewhere(
    asked: Question, card: Card, date: dt.date, context: Context, vintage: OpenVintage, settings: Settings
) -> str:
    """The same comparison at the schools that the question leaves out."""
    own = {
        school.school_id
        for school in context.facts.schools
        if school.school_id in asked.schools or school.district_id in asked.districts
    }
    served = [
        school.school_id for school in context.facts.schools if school.program_start and school.school_id not in own
    ]
    if not asked.is_filtered or not served:
        return "No other schools of the program to compare with."
    others = replace(asked, schools=tuple(served), districts=(), levels=(), providers=())
    cells, start = _one_series(gate(ask(others, vintage, settings), context), date)
    over = card.aggregate in ("rate", "ratio")
    exposures = cells["denominator"].to_numpy(dtype=float) if over else np.ones(len(cells))
    found = before_after(cells["numerator"], exposures, start, settings.confidence)
    where = wording.many(len(served), "other school")
    if found.missing:
        return f"At {where} of the program: {found.missing}"
    return f"Over the same months, the ratio at {where} of the program is {_limits(found.ratio)}."


def _seen(asked: Question, date: dt.date, context: Context, vintage: OpenVintage, settings: Settings) -> str:
    """On-site coverage in the year before and after the date, as more presence sees more."""
    month = date.replace(day=1)
    parts = []
    for first, last in ((-12, -1), (0, 11)):
        span = calendar.span(calendar.add_months(month, first), calendar.add_months(month, last))
        total = ask(replace(asked, metric="coverage_rate", period=span.key, grain="total"), vintage, settings).total
        if total.status in SHOWN:
            parts.append(f"{total.value:.0f}%")
    if len(parts) < 2:
        return DETECTION
    return (
        f"{DETECTION} On-site coverage was {parts[0]} in the year before the date and {parts[1]} in the year from it."
    )
