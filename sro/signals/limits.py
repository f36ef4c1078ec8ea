"""The expected range that a trend is drawn with: from all months of the export, shown for those asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from sro import calendar
from sro.ask import Asker, OpenVintage, ask
from sro.figures import Limits
from sro.gates import context_of
from sro.question import Question
from sro.settings import Settings
from sro.signals.series import SeriesChart, signals_of


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
    return next(iter(signals_of(answer, context, asker.settings.targets.get(question.metric))), None)
