"""A calendar of days: months down, days across, one square an instructional day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from sro import calendar
from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.tables import row_table, rows_of
from sro.figures.theme import Paint

STEPS = (0, 25, 50, 75, 100)
ROW = 26
NOT_RECEIVED = len(STEPS)


def days(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """Steps of a quarter from light to full; × where nothing was covered; blank where no school was held."""
    marks.only_grain(answer, "calendar", "day")
    marks.one_of(answer, "unit", "calendar", "ask for one school, or for the program")
    card = answer.card
    if wording.kind(card) != "percent":
        raise FigureError(f"The form calendar draws percentages; {card.title} is counted in {card.unit}.")
    cells = answer.cells
    held = cells[cells["status"] != "not_applicable"] if not answer.is_empty else cells
    months = wording.unique(f"{day:%Y-%m}" for day in held["period_start"])
    rows = {month: place for place, month in enumerate(months)}
    grid: list[list[int | None]] = [[None] * 31 for _ in months]
    texts: list[list[str]] = [[""] * 31 for _ in months]
    signs: dict[str, list[tuple[int, int]]] = {"x": [], "/": [], "‡": []}
    for cell in rows_of(held):
        day = cell["period_start"]
        place, column = rows[f"{day:%Y-%m}"], day.day
        step = step_of(cell)
        grid[place][column - 1] = step
        if step is not None or cell["status"] == "suppressed":
            texts[place][column - 1] = wording.hover(f"{day:%a} {cell['period_label']}", cell, card)
        if step == 0:
            signs["x"].append((column, place))
        if step == NOT_RECEIVED:
            signs["/"].append((column, place))
        if cell["status"] == "suppressed":
            signs["‡"].append((column, place))
    palette = [look.ground, *look.steps, look.grid]
    traces: list[dict] = [
        {
            "type": "heatmap",
            "x": list(range(1, 32)),
            "y": list(range(len(months))),
            "z": grid,
            "zmin": -0.5,
            "zmax": len(palette) - 0.5,
            "colorscale": stepped(palette),
            "showscale": False,
            "xgap": 2,
            "ygap": 3,
            "text": texts,
            "hovertemplate": "%{text}<extra></extra>",
            "hoverongaps": False,
        },
        *_signs(signs, look),
        *_key(cells, look),
    ]
    labels = [calendar.month_label(date.fromisoformat(f"{month}-01")) for month in months]
    legend_rows = 40
    return Drawing(
        traces=traces,
        layout={
            "xaxis": {"range": [0.4, 31.6], "tickvals": [1, 5, 10, 15, 20, 25, 30], "showgrid": False},
            "yaxis": {
                "tickvals": list(range(len(months))),
                "ticktext": labels,
                "range": [len(months) - 0.5, -0.5],
                "showgrid": False,
            },
            "showlegend": True,
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1,
                "yanchor": "bottom",
                "xanchor": "left",
                "itemclick": False,
                "itemdoubleclick": False,
                "font": {"size": look.font - 2, "color": look.ink},
                "itemwidth": 30,
            },
            "margin": {"t": legend_rows + 20, "r": 8},
        },
        height=ROW * len(months) + legend_rows + 60,
        table=row_table([row for row in answer.rows if answer.is_empty or row.status != "not_applicable"], answer),
        finding=days_finding(answer),
        about=f"A calendar of {card.title} by day, {wording.many(int(marks.shown(cells).sum()), 'instructional day')}, "
        f"{wording.range_text(answer.rows, card) or 'without a value'}",
        footnotes=(
            "Blank: no school that day, or nothing expected.",
            *wording.status_notes(cells, answer, {"not_received": "Grey with a stroke", "suppressed": "‡"}),
        ),
        form="calendar",
    )


def step_of(cell: Mapping[str, Any]) -> int | None:
    """0 for nothing covered, 1 to 4 by quarters, 5 for no report; None where nothing stands."""
    if cell["status"] == "not_received":
        return NOT_RECEIVED
    if cell["status"] not in ("value", "zero", "unstable"):
        return None
    value = float(cell["value"])
    return 0 if value <= 0 else next(step for step, limit in enumerate(STEPS) if value <= limit or step == 4)


def stepped(colors: Sequence[str]) -> list[list]:
    """A color scale of equal flat steps."""
    edges = [place / len(colors) for place in range(len(colors) + 1)]
    return [[edge, color] for color, (low, high) in zip(colors, pairwise(edges), strict=True) for edge in (low, high)]


def _signs(signs: dict[str, list[tuple[int, int]]], look: Paint) -> list[dict]:
    symbols = {"x": ("x-thin", look.worse, 8), "/": ("line-ne", look.muted, 9)}
    traces: list[dict] = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [column for column, _ in signs[name]],
            "y": [row for _, row in signs[name]],
            "marker": {"symbol": symbol, "size": size, "line": {"color": color, "width": 2}},
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for name, (symbol, color, size) in symbols.items()
        if signs[name]
    ]
    if signs["‡"]:
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [column for column, _ in signs["‡"]],
                "y": [row for _, row in signs["‡"]],
                "text": ["‡"] * len(signs["‡"]),
                "textfont": {"color": look.muted},
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return traces


def _key(cells: pd.DataFrame, look: Paint) -> list[dict]:
    """The legend: one square a step, in the order of the steps."""

    def entry(name: str, marker: dict) -> dict:
        return {
            "type": "scatter", "mode": "markers", "x": [None], "y": [None], "name": name, "marker": marker,
            "showlegend": True, "hoverinfo": "skip",
        }  # fmt: skip

    square = {"symbol": "square", "size": 12}
    edge = {"color": look.rule, "width": 1}
    names = ("1–25%", "26–50%", "51–75%", "over 75%")
    cross = {"symbol": "x-thin", "size": 8, "line": {"color": look.worse, "width": 2}}
    key = [entry("none", cross)]
    key += [
        entry(name, {**square, "color": color, "line": edge}) for name, color in zip(names, look.steps, strict=True)
    ]
    if (cells["status"] == "not_received").any():
        stroke = {"symbol": "line-ne", "size": 9, "line": {"color": look.muted, "width": 2}}
        key.append(entry("no report", stroke))
    return key


def days_finding(answer: Answer) -> str:
    """How many of the days that count had nothing at all."""
    nothing = wording.nothing_finding(answer)
    if nothing:
        return nothing
    cells = answer.cells
    seen = cells[marks.shown(cells)]
    bare = int((seen["value"] == 0).sum())
    when = wording.during(answer.question.span, wording.is_unfinished(answer))
    held = wording.many(len(seen), "instructional day")
    if not bare:
        return f"{answer.card.title}: above zero on each of {held} {when}"
    return f"{answer.card.title}: zero on {bare:,} of {held} {when}"
