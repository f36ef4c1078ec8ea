"""Small parts that several forms draw alike: hatched bands, end labels, events, blank plates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sro import calendar
from sro.answer import SHOWN, Answer
from sro.figures import wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.tables import answer_table, drawn
from sro.figures.theme import Paint

HOVER = "%{hovertext}<extra></extra>"
EVENT_ROWS = 4
EVENT_ROW = 17  # pixels
EVENT_WIDTH = 30  # characters
Trace = dict[str, Any]


def shown(cells: pd.DataFrame) -> pd.Series:
    return cells["status"].isin(SHOWN)


def one_of(answer: Answer, column: str, form: str, remedy: str) -> None:
    """Raises FigureError when the answer has several of what the form draws one of."""
    if len({getattr(row, column) for row in answer.rows} - {None}) > 1:
        raise FigureError(f"The form {form} draws one {column.replace('_', ' ')}; {remedy}.")


def only_sliced(answer: Answer, form: str) -> None:
    """Raises FigureError when the answer has no categories to draw."""
    if not answer.question.sliced:
        raise FigureError(f"The form {form} draws categories; ask {answer.card.title} by its categories.")


def only_grain(answer: Answer, form: str, *grains: str) -> None:
    """Raises FigureError when the answer's grain is not one that the form draws."""
    if answer.question.grain not in grains:
        raise FigureError(f"The form {form} draws answers at grain {' or '.join(grains)}; ask so.")


def concerned(answer: Answer, noun: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The cells of units to which the measure applies anywhere, and a note on the others; all cells where to none."""
    concerns = {row.unit for row in answer.rows if row.status != "not_applicable"}
    left_out = len({row.unit for row in answer.rows} - concerns)
    if not concerns or not left_out:
        return answer.cells.reset_index(drop=True), ()
    verb = "is" if left_out == 1 else "are"
    note = f"{wording.many(left_out, noun)} to which this does not apply {verb} in the table only."
    return answer.cells[answer.cells["unit"].isin(concerns)].reset_index(drop=True), (note,)


def middle(start: dt.date, end: dt.date) -> str:
    """The date in the middle of a period, where its mark stands."""
    return (start + (end - start) / 2).isoformat()


def hatch_marker(look: Paint) -> dict[str, Any]:
    """The look of what was not received."""
    return {
        "color": "rgba(0,0,0,0)",
        "line": {"width": 0},
        "pattern": {"shape": "/", "fgcolor": look.rule, "fgopacity": 1, "size": 7, "solidity": 0.18},
    }


def hatched_periods(cells: pd.DataFrame, look: Paint, axis: str, names: dict[str, str]) -> list[Trace]:
    """Full-height bands over periods without a report, and ‡ where a period is hidden, on an overlay axis of 0 to 1."""
    traces: list[Trace] = []
    missing = cells[cells["status"] == "not_received"]
    if not missing.empty:
        days = [
            (end - start).days + 1 for start, end in zip(missing["period_start"], missing["period_end"], strict=True)
        ]
        traces.append(
            {
                "type": "bar",
                "name": "No report received",
                "x": [
                    middle(start, end)
                    for start, end in zip(missing["period_start"], missing["period_end"], strict=True)
                ],
                "y": [1] * len(missing),
                "width": [(count - 1) * 86_400_000 for count in days],
                "marker": hatch_marker(look),
                "hovertext": [
                    f"<b>{wording.plain(text)}</b><br>No report received" for text in missing["period_label"]
                ],
                "hovertemplate": HOVER,
                "yaxis": axis,
                **({"xaxis": names["x"]} if "x" in names else {}),
            }
        )
    hidden = cells[cells["status"] == "suppressed"]
    if not hidden.empty:
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "name": "Hidden",
                "x": [
                    middle(start, end) for start, end in zip(hidden["period_start"], hidden["period_end"], strict=True)
                ],
                "y": [0.06] * len(hidden),
                "text": ["‡"] * len(hidden),
                "textfont": {"color": look.muted, "size": look.font + 2},
                "hovertext": [
                    f"<b>{wording.plain(text)}</b><br>Hidden to protect persons" for text in hidden["period_label"]
                ],
                "hovertemplate": HOVER,
                "yaxis": axis,
                **({"xaxis": names["x"]} if "x" in names else {}),
            }
        )
    return traces


def overlay_axis(base: str, anchor: str) -> dict[str, Any]:
    """An invisible axis of 0 to 1 over `base`, for bands and signs that carry no number."""
    return {"overlaying": base, "anchor": anchor, "range": [0, 1], "visible": False, "fixedrange": True}


def top_of(cells: Sequence[pd.DataFrame], percent: bool, intervals: bool = True) -> float:
    """The upper end of a value axis from zero: above every value, and above intervals up to twice the largest value."""
    rows = [row for frame in cells for row in zip(frame["status"], frame["value"], frame["high"], strict=True)]
    largest = max((value for status, value, _ in rows if status in SHOWN and value == value), default=0.0)
    reach = max((high for status, _, high in rows if intervals and status in SHOWN and high == high), default=0.0)
    return with_headroom(max(largest, min(reach, 2 * largest) if largest else reach), percent)


def with_headroom(top: float, percent: bool) -> float:
    """The upper end of an axis on which the largest number is `top`."""
    if percent:
        return 102.0 if top > 60 else max(top * 1.12, 1.0)
    return top * 1.12 if top else 1.0


def cut_whiskers(cells: pd.DataFrame, top: float) -> tuple[str, ...]:
    """The footnote that is due when an interval reaches beyond the axis."""
    if any(status in SHOWN and high > top for status, high in zip(cells["status"], cells["high"], strict=True)):
        return ("Intervals that reach beyond the axis are cut there; the table has them in full.",)
    return ()


def spread(places: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """The places moved apart to at least `least`, in the same order, between low and high as far as there is room."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [places[index] for index in order]
    for _ in range(2):
        for index in range(1, len(moved)):
            moved[index] = max(moved[index], moved[index - 1] + least)
        if moved and moved[-1] > high:
            moved[-1] = high
            for index in range(len(moved) - 2, -1, -1):
                moved[index] = min(moved[index], moved[index + 1] - least)
        if moved and moved[0] < low:
            moved[0] = low
    out = [0.0] * len(places)
    for place, index in zip(moved, order, strict=True):
        out[index] = place
    return out


def end_labels(
    labels: Sequence[tuple[str, float, str]], height: int, top: float, look: Paint, width: int = 15
) -> tuple[list[dict[str, Any]], int]:
    """Labels at the right end of lines or bars, moved apart, and the right margin in pixels that they need.

    `labels` are text, value and color of the sign before it; `height` is that of the plotting area.
    """
    lines = [wording.wrapped(text, width) for text, _, _ in labels]
    size = look.font - 1
    tallest = max((len(text) for text in lines), default=1)
    least = (size + 3) * tallest / height * top
    places = spread([value for _, value, _ in labels], least, 0.0, top)
    notes = [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": drawn(place / top),
            "yref": "paper",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "text": f"<b style='color:{color}'>■</b> " * bool(color)
            + "<br>".join(wording.plain(part) for part in text),
            "font": {"size": size, "color": look.ink},
        }
        for (_, _, color), text, place in zip(labels, lines, places, strict=True)
    ]
    longest = max((len(part) for text in lines for part in text), default=0)
    return notes, round(longest * size * 0.54) + 30


@dataclass(frozen=True)
class EventMarks:
    """Rules, their labels, the room in pixels that the labels need above the plot, and the footnotes they call for."""

    shapes: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    room: int = 0
    footnotes: tuple[str, ...] = ()


def within(events: Sequence[Event], cells: pd.DataFrame) -> list[Event]:
    """The events between the first and the last drawn day, in order."""
    first, last = min(cells["period_start"]), max(cells["period_end"])
    return sorted((event for event in events if first <= event.date <= last), key=lambda event: event.date)


def event_rule(event: Event, look: Paint, x: str, y: str, reach: float = 1.0) -> dict[str, Any]:
    """A thin vertical rule; solid where the series breaks."""
    return {
        "type": "line",
        "xref": x,
        "yref": y,
        "x0": event.date.isoformat(),
        "x1": event.date.isoformat(),
        "y0": 0,
        "y1": reach,
        "line": {"color": look.rule, "width": 1, "dash": "solid" if event.kind == "series_break" else "dot"},
    }


def event_marks(events: Sequence[Event], cells: pd.DataFrame, look: Paint, plot_height: int) -> EventMarks:
    """Events above a plot: a row each while they are few, else numbers with their names beneath the figure."""
    inside = within(events, cells)
    if not inside:
        return EventMarks()
    numbered = len(inside) > EVENT_ROWS
    first, last = min(cells["period_start"]), max(cells["period_end"])
    half = first + (last - first) / 2
    shapes, labels, notes = [], [], []
    for place, event in enumerate(inside):
        lift = 0 if numbered else (len(inside) - 1 - place) * EVENT_ROW
        shapes.append(
            event_rule(event, look, "x", "paper", 1 + (lift + EVENT_ROW * 0.8 * (not numbered)) / plot_height)
        )
        late = event.date > half
        labels.append(
            {
                "x": event.date.isoformat(),
                "xref": "x",
                "xanchor": "center" if numbered else "right" if late else "left",
                "xshift": 0 if numbered else -3 if late else 3,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": lift,
                "showarrow": False,
                "text": str(place + 1) if numbered else wording.label(event.label, EVENT_WIDTH, 1),
                "font": {"size": look.font - 2, "color": look.muted},
            }
        )
        if numbered or len(event.label) > EVENT_WIDTH:
            sign = f"{place + 1}, " if numbered else ""
            notes.append(f"{sign}{calendar.day_label(event.date)}: {event.label}.")
    return EventMarks(shapes, labels, EVENT_ROW * (1 if numbered else len(inside)), tuple(notes))


def plate(answer: Answer, look: Paint, form: str) -> Drawing:
    """A quiet plate in place of a chart for which there is no cell."""
    reason = answer.notes[0] if answer.notes else wording.nothing_finding(answer)
    return Drawing(
        traces=[],
        layout={
            "xaxis": {"visible": False},
            "yaxis": {"visible": False},
            "annotations": [
                {
                    "x": 0.5,
                    "y": 0.5,
                    "xref": "paper",
                    "yref": "paper",
                    "showarrow": False,
                    "text": wording.label(reason, 44, 3),
                    "font": {"color": look.muted, "size": look.font},
                }
            ],
        },
        height=120,
        table=answer_table(answer),
        finding=wording.nothing_finding(answer) or wording.total_finding(answer),
        about="An empty chart",
        form=form,
    )
