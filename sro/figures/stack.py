"""The mix of a whole over time: stacked bars from 0 to 100%."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.findings import mix_finding
from sro.figures.lines import time_axis
from sro.figures.tables import answer_table, drawn, rows_of
from sro.figures.theme import Paint

PLOT_HEIGHT = 290
QUARTERS = [0, 25, 50, 75, 100]


def stack(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """One bar a period, its parts in the order of their list; labels stand beside the last bar."""
    marks.only_sliced(answer, "stack")
    marks.one_of(answer, "unit", "stack", "ask for the program")
    card, cells = answer.card, answer.cells
    if card.aggregate != "share":
        raise FigureError(f"The form stack draws parts of a whole; {card.title} is not a mix. Draw it as slices.")
    if answer.question.grain in ("day", "total"):
        raise FigureError("The form stack draws a mix over time; ask by month, quarter, half or year.")
    order = wording.unique(str(value) for value in cells["slice"])
    traces: list[dict] = []
    ends: list[tuple[str, float, str]] = []
    base: dict[str, float] = {}
    last = _last_shown(cells)
    for place, slice_ in enumerate(order):
        part = cells[(cells["slice"] == slice_) & marks.shown(cells)]
        if part.empty:
            continue
        color = look.category(place)
        values = part["value"].tolist()
        days = [(end - start).days for start, end in zip(part["period_start"], part["period_end"], strict=True)]
        traces.append(
            {
                "type": "bar",
                "name": wording.plain(str(part["slice_title"].iloc[0])),
                "x": [marks.middle(a, b) for a, b in zip(part["period_start"], part["period_end"], strict=True)],
                "y": [drawn(value) for value in values],
                "width": [count * 86_400_000 * 0.86 for count in days],
                "marker": {
                    "color": color,
                    "opacity": [0.55 if partial else 1 for partial in part["partial"]],
                    "line": {"color": look.rule if look.is_faint(color) else look.ground, "width": 1},
                    "pattern": {"shape": look.pattern(place), "fgcolor": look.ground, "size": 6, "solidity": 0.25},
                },
                "hovertext": [
                    wording.hover(f"{row['slice_title']}, {row['period_label']}", row, card) for row in rows_of(part)
                ],
                "hovertemplate": marks.HOVER,
            }
        )
        for period, value in zip(part["period"], values, strict=True):
            if period == last:
                ends.append((str(part["slice_title"].iloc[0]), base.get(period, 0.0) + value / 2, color))
            base[period] = base.get(period, 0.0) + value
    once = cells[~cells["period"].isin(base)].drop_duplicates("period")
    hidden = cells[cells["status"] == "suppressed"].drop_duplicates("period")
    overlay = marks.hatched_periods(once[once["status"] == "not_received"], look, "y2", {})
    overlay += [{**trace, "y": [0.97] * len(trace["x"])} for trace in marks.hatched_periods(hidden, look, "y2", {})]
    dated = marks.event_marks(events, cells, look, PLOT_HEIGHT)
    labels, right = marks.end_labels(ends, PLOT_HEIGHT, 100.0, look)
    layout = {
        "barmode": "stack",
        "xaxis": {**time_axis(cells, answer.question.grain), "showline": True},
        "yaxis": {"range": [0, 100], "tickvals": QUARTERS, "ticktext": [f"{mark}%" for mark in QUARTERS]},
        "shapes": dated.shapes,
        "annotations": dated.labels + labels,
        "margin": {"t": 14 + dated.room, "r": right},
    }
    if overlay:
        layout["yaxis2"] = marks.overlay_axis("y", "x")
    return Drawing(
        traces=traces + overlay,
        layout=layout,
        height=PLOT_HEIGHT + 46 + dated.room,
        table=answer_table(answer),
        finding=mix_finding(answer),
        about=f"Stacked bars of {card.title} {wording.GRAIN_WORDS[answer.question.grain]}, {len(order)} categories",
        footnotes=(
            *wording.status_notes(
                cells, answer, {"not_received": "Grey hatch", "suppressed": "‡", "partial": "Lighter bar"}
            ),
            *dated.footnotes,
        ),
        form="stack",
    )


def _last_shown(cells: pd.DataFrame) -> str:
    seen = cells[marks.shown(cells)]
    return "" if seen.empty else str(seen.sort_values("period_start")["period"].iloc[-1])
