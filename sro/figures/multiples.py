"""Small multiples: one panel a school, district or category, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from sro import calendar
from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.findings import MARKS, about, trend_finding
from sro.figures.lines import Axes, Series, cuts, earlier_traces, series_of, series_traces, time_axis
from sro.figures.tables import answer_table
from sro.figures.theme import Paint

MOST_PANELS = 12
PANEL, TITLE = 104, 40


def small_multiples(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """At most twelve panels in the order of the answer; the rest are named beneath and stand in the table."""
    if answer.question.grain in ("day", "total"):
        raise FigureError("Small multiples draw values over time; ask by month, quarter, half or year.")
    card = answer.card
    parts = series_of(answer)
    left_out = [name for name, *_ in parts[MOST_PANELS:]]
    parts = parts[:MOST_PANELS]
    earlier = answer.comparison
    top = marks.top_of(
        [part for *_, part in parts] + ([earlier.cells] if earlier else []), wording.kind(card) == "percent"
    )
    columns = look.columns
    gap = 0.18 / columns  # of the width, between two panels
    rows = -(-len(parts) // columns)
    below = 44
    height = rows * (PANEL + TITLE) + below
    plot = height - below
    rules = marks.within(events, answer.cells)
    layout: dict = {"annotations": [], "shapes": [], "margin": {"t": 0, "b": below, "l": 8, "r": 14}}
    traces: list[dict] = []
    breaks = cuts(events)
    for place, (name, unit, slice_, part) in enumerate(parts):
        row, column = divmod(place, columns)
        tag = "" if place == 0 else str(place + 1)
        axes = Axes(f"x{tag}", f"y{tag}")
        left = column * (1 + gap) / columns
        upper = 1 - (row * (PANEL + TITLE) + TITLE) / plot
        lower = max(upper - PANEL / plot, 0.0)
        is_lowest = place + columns >= len(parts)
        layout[f"xaxis{tag}"] = {
            **time_axis(answer.cells, answer.question.grain, sparse=2),
            "domain": [left, left + (1 - gap * (columns - 1)) / columns],
            "anchor": axes.y,
            "showline": True,
            "showticklabels": is_lowest,
            "automargin": False,
        }
        # The scale is the same everywhere, so only the first column spells it out.
        layout[f"yaxis{tag}"] = {
            "range": [0, top],
            "domain": [lower, upper],
            "anchor": axes.x,
            "nticks": 4,
            "showticklabels": column == 0,
            "ticksuffix": "%" if wording.kind(card) == "percent" else "",
        }
        layout["annotations"].append(
            {
                "x": left,
                "y": upper,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "yshift": 2,
                "align": "left",
                "showarrow": False,
                "text": wording.label(name, 22),
                "font": {"size": look.font - 1, "color": look.ink},
            }
        )
        grey, _ = earlier_traces(answer, unit, slice_, breaks, look, axes)
        over = f"y{place + 51}"
        bands = marks.hatched_periods(part, look, over, {"x": axes.x})
        if bands:
            layout[f"yaxis{place + 51}"] = marks.overlay_axis(axes.y, axes.x)
        layout["shapes"] += [marks.event_rule(event, look, axes.x, f"{axes.y} domain") for event in rules]
        traces += bands + grey + series_traces(Series(name, unit, part, look.accent), card, breaks, look, axes, size=5)
    return Drawing(
        traces=traces,
        layout=layout,
        height=height,
        table=answer_table(answer),
        finding=trend_finding(answer),
        about=about(answer, f"{len(parts)} small line charts on one scale"),
        footnotes=(
            *left_out_note(left_out),
            *((f"Grey dashes: {earlier.question.span.label}.",) if earlier is not None else ()),
            *wording.status_notes(answer.cells, answer, MARKS),
            *marks.cut_whiskers(answer.cells, top),
            *(f"Vertical rule, {calendar.day_label(event.date)}: {event.label}." for event in rules),
        ),
        form="small_multiples",
    )


def left_out_note(names: Sequence[str]) -> tuple[str, ...]:
    """Who has no panel, by name; they are in the table."""
    return (f"Not drawn, but in the table: {wording.listed(list(names))}.",) if names else ()
