"""The expected range that a trend is drawn with: from all months of the export, shown for those asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from sro import calendar
from sro.answer import Answer
from sro.ask import Asker, OpenVintage, ask
from sro.figures import Limits
from sro.gates import Gated, context_of, gate
from sro.question import Question
from sro.settings import Settings
from sro.signals.rare import Gaps, gaps_of
from sro.signals.series import SeriesChart, measure_of, signals_of

SCHOOL_DAYS = "exposure_adjusted_incident_rate"  # has a denominator on every school day


def series_behind(question: Question, vintage: OpenVintage, settings: Settings) -> SeriesChart | None:
    """The control chart of the whole series that a question's period ends; None where nothing can be charted."""
    return _series(replace(question, grain="month", compare="none"), Asker(vintage, settings))


def limits_of(question: Question, vintage: OpenVintage, settings: Settings) -> Limits | None:
    """The limits of one series by month, or why it has none; None of several series and of what is never charted."""
    if question.grain != "month" or question.by != "program" or question.sliced:
        return None
    series = series_behind(question, vintage, settings)
    if series is None:
        return None
    if series.chart.status == "none":
        return Limits({}, {}, series.note)
    chart = series.chart
    numbers = zip(series.months, chart.lower, chart.center, chart.upper, strict=True)
    ranges = {month: (float(low), float(center), float(up)) for month, low, center, up in numbers if center == center}
    signals = {series.months[signal.point]: signal.side for signal in chart.signals}
    limits = Limits(ranges, signals, series.note).within(question.span.start, question.span.end)
    return limits if np.isfinite(limits.top) else None


@lru_cache(maxsize=512)
def _series(question: Question, asker: Asker) -> SeriesChart | None:
    context = context_of(asker.vintage, asker.settings)
    end = min(question.span.end, context.facts.data_through)
    if question.sliced or question.by != "program" or end < context.facts.data_from:
        return None
    history = replace(question, period=calendar.span(context.facts.data_from, end).key)
    answer = ask(history, asker.vintage, asker.settings)
    if answer.is_empty or answer.question.grain != "month":
        return None
    gated = gate(answer, context)
    series = next(iter(signals_of(answer, context, asker.settings.targets.get(question.metric), gated)), None)
    gaps = _gaps(series, answer, gated, asker) if series else None
    return series.with_gaps(gaps, answer.card.direction) if series and gaps else series


def _gaps(series: SeriesChart, answer: Answer, gated: Gated, asker: Asker) -> Gaps | None:
    """What lies between the events of a rare series; None of any other, and of one that is not kept by day."""
    card = answer.card
    if measure_of(card) != "events" or card.daily != "yes" or series.cells.empty or not series.is_rare:
        return None
    daily = replace(answer.question, grain="day")
    school_days = ask(replace(daily, metric=SCHOOL_DAYS), asker.vintage, asker.settings)
    has_days = bool((school_days.cells["denominator"] > 0).any())
    starts = [series.months[place] for place in gated.starts(series.unit)]
    events = ask(daily, asker.vintage, asker.settings)
    return gaps_of(events, school_days if has_days else None, set(series.months), starts)
