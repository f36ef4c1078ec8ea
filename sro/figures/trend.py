"""Values over time: a line for each series, intervals in light, gaps left open and named."""

from __future__ import annotations

from collections.abc import Sequence

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.findings import MARKS, about, trend_finding
from sro.figures.limits import Limits, limit_notes, limit_traces
from sro.figures.lines import Axes, Series, cuts, earlier_traces, series_of, series_traces, time_axis
from sro.figures.multiples import small_multiples
from sro.figures.tables import answer_table
from sro.figures.theme import DASHES, SYMBOLS, Paint

MOST_SERIES = 6
PLOT_HEIGHT = 270


def trend(answer: Answer, look: Paint, events: Sequence[Event], limits: Limits | None = None) -> Drawing:
    """One to six series in one panel; more become small multiples."""
    parts = series_of(answer)
    if len(parts) > MOST_SERIES:
        return small_multiples(answer, look, events)
    if answer.question.grain == "day":
        raise FigureError("The form trend draws months and longer; ask by month, or draw days as a calendar.")
    card, cells = answer.card, answer.cells
    single = len(parts) == 1
    range_ = limits if single and limits and limits.ranges else None
    earlier = answer.comparison if single and not range_ else None  # the expected range takes its place
    frames = [cells, earlier.cells] if earlier is not None else [cells]
    top = marks.top_of(frames, wording.kind(card) == "percent")
    if range_:
        top = max(top, 1.04 * range_.top) if wording.kind(card) != "percent" else top
    all_series = [
        Series(
            "" if single and name == "Program" else name,
            unit,
            part,
            look.accent if single else look.category(place),
            DASHES[place],
            SYMBOLS[place],
            0.16 if single else 0.08,
        )
        for place, (name, unit, _, part) in enumerate(parts)
    ]
    traces: list[dict] = []
    ends: list[tuple[str, float, str]] = []
    breaks = cuts(events)
    if single:
        _, unit, slice_, _ = parts[0]
        grey, last = earlier_traces(answer, unit, slice_, breaks, look, Axes()) if earlier is not None else ([], None)
        traces += grey
        if last is not None and earlier is not None:
            ends.append((earlier.question.span.short_label, last, look.rule))
    if range_:
        traces += limit_traces(range_, cells, card, look)
    for series in all_series:
        traces += series_traces(series, card, breaks, look, Axes())
        seen = series.cells[marks.shown(series.cells)]
        if not seen.empty and (not single or ends):
            name = series.name or answer.question.span.short_label
            ends.append((name, float(seen["value"].iloc[-1]), series.color))
    alone = cells if single else cells[_nobody_reported(cells)].drop_duplicates("period")
    overlay = marks.hatched_periods(alone, look, "y2", {})
    dated = marks.event_marks(events, cells, look, PLOT_HEIGHT)
    labels, right = marks.end_labels(ends, PLOT_HEIGHT, top, look)
    layout = {
        "xaxis": {**time_axis(cells, answer.question.grain), "ticks": "outside", "showline": True},
        "yaxis": {"range": [0, top], "nticks": 5, "ticksuffix": "%" if wording.kind(card) == "percent" else ""},
        "shapes": dated.shapes,
        "annotations": dated.labels + labels,
        "margin": {"t": 14 + dated.room, "r": max(16, right if labels else 16)},
    }
    if overlay:
        layout["yaxis2"] = marks.overlay_axis("y", "x")
    return Drawing(
        traces=overlay[:1] + traces + overlay[1:],
        layout=layout,
        height=PLOT_HEIGHT + 46 + dated.room,
        table=answer_table(answer),
        finding=trend_finding(answer),
        about=about(answer, "A line chart"),
        footnotes=(
            *wording.status_notes(alone if not single else cells, answer, {"not_received": MARKS["not_received"]}),
            *wording.status_notes(
                cells, answer, {name: mark for name, mark in MARKS.items() if name != "not_received"}
            ),
            *(limit_notes(limits, cells) if single and limits else ()),
            *marks.cut_whiskers(cells, top),
            *dated.footnotes,
        ),
        form="trend",
    )


def _nobody_reported(cells):
    """Whether none of the series has a report in the cell's period."""
    reported = set(cells.loc[cells["status"] != "not_received", "period"])
    return ~cells["period"].isin(reported)
