"""Who reported when: schools down, months across; received, received with nothing in it, missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.days import stepped
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.lines import short_label
from sro.figures.schools import MOST_ROWS
from sro.figures.tables import PLACE_NAMES, rows_of
from sro.figures.theme import Paint

STATES = ("received", "nothing", "part", "missing")
WORDS = {
    "received": "Received",
    "nothing": "Received: nothing to report",
    "part": "Received in part",
    "missing": "Missing",
    "": "Not expected",
}


def completeness(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """One square a school and month. Takes the completeness metric itself or any metric that follows a stream."""
    marks.only_grain(answer, "completeness", "month", "quarter", "semester", "year")
    marks.one_of(answer, "slice", "completeness", "ask without categories")
    cells = answer.cells
    if cells["unit"].nunique() < 1:
        raise FigureError("There is no school to draw; choose others.")
    states = pd.Series([state_of(row, answer) for row in rows_of(cells)], index=cells.index, dtype=str)
    asked = wording.unique(str(unit) for unit in cells["unit"])
    units = wording.unique(str(unit) for unit in cells.loc[states != "", "unit"]) or asked
    periods = cells.drop_duplicates("period").sort_values("period_start")
    columns = {str(period): place for place, period in enumerate(periods["period"])}
    rows = {unit: place for place, unit in enumerate(units[:MOST_ROWS])}
    names = dict(zip(cells["unit"].astype(str), cells["unit_name"].astype(str), strict=True))
    grid: list[list[int | None]] = [[None] * len(columns) for _ in rows]
    texts = [[""] * len(columns) for _ in rows]
    spots: dict[str, list[tuple[int, int]]] = {state: [] for state in STATES}
    for cell, state in zip(rows_of(cells), states, strict=True):
        place, column = rows.get(str(cell["unit"])), columns[str(cell["period"])]
        if place is None or not state:
            continue
        grid[place][column] = STATES.index(state)
        label = f"{cell['unit_name']}, {cell['period_label']}"
        texts[place][column] = f"<b>{wording.plain(label)}</b><br>{WORDS[state]}"
        spots[state].append((column, place))
    palette = [look.accent, look.steps[0], look.steps[1], look.ground]
    traces: list[dict] = [
        {
            "type": "heatmap", "x": list(range(len(columns))), "y": list(range(len(rows))), "z": grid,
            "zmin": -0.5, "zmax": len(STATES) - 0.5, "colorscale": stepped(palette), "showscale": False,
            "xgap": 2, "ygap": 2, "text": texts, "hovertemplate": "%{text}<extra></extra>", "hoverongaps": False,
            "customdata": [[unit] * len(columns) for unit in rows],
        },
        *_signs(spots, look),
        *_key(spots, look),
    ]  # fmt: skip
    labels = [
        short_label(answer.question.grain, str(text), start)
        for text, start in zip(periods["period_label"], periods["period_start"], strict=True)
    ]
    step = max(1, -(-len(labels) // 6))
    wide = any(len(wording.wrapped(names[unit], look.names)) > 1 for unit in rows)
    row_height = 34 if wide else 22
    return Drawing(
        traces=traces,
        layout={
            "xaxis": {
                "tickvals": list(range(0, len(labels), step)),
                "ticktext": [label.replace(" ", "<br>") for label in labels[::step]],
                "range": [-0.5, len(labels) - 0.5],
                "showgrid": False,
                "tickangle": 0,
            },
            "yaxis": {
                "tickvals": list(rows.values()),
                "ticktext": [wording.label(names[unit], look.names) for unit in rows],
                "range": [len(rows) - 0.5, -0.5],
                "showgrid": False,
                "tickfont": {"color": look.ink, "size": look.font - 1},
            },
            "showlegend": True,
            "legend": {
                "orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left", "xref": "paper",
                "itemclick": False, "itemdoubleclick": False, "font": {"size": look.font - 2, "color": look.ink},
            },
            "margin": {"t": 48, "b": 8, "r": 8},
        },
        height=row_height * len(rows) + 100,
        table=_table(cells, states, answer),
        finding=completeness_finding(cells, states, answer),
        about=f"A grid of {wording.many(len(units), 'row')} by {wording.many(len(columns), 'period')}, "
        f"{wording.many(int((states == 'missing').sum()), 'square')} missing",
        footnotes=(
            *_missing_note(cells, states),
            *_rest_of_units(answer, units),
            *_never_expected(len(asked) - len(units), answer),
            "Blank: nothing expected (no school that month, or no assignment).",
        ),
        form="completeness",
    )  # fmt: skip


def state_of(cell: Mapping[str, Any], answer: Answer) -> str:
    """received, nothing, part, missing, or empty where nothing was expected."""
    if answer.card.stream != "none":
        if cell["expected"] == 0:
            return ""
        if cell["received"] == 0:
            return "missing"
        if cell["received"] < cell["expected"]:
            return "part"
        return "nothing" if cell["status"] == "zero" else "received"
    if cell["status"] not in ("value", "zero", "unstable") or not cell["denominator"] > 0:
        return ""
    if cell["numerator"] <= 0:
        return "missing"
    return "received" if cell["numerator"] >= cell["denominator"] else "part"


def _signs(spots: dict[str, list[tuple[int, int]]], look: Paint) -> list[dict]:
    """× for missing, 0 for nothing to report: shapes beside the colors."""
    out = []
    for state, symbol, color in (("missing", "x-thin", look.worse), ("nothing", "circle-open", look.ink)):
        if spots[state]:
            out.append(
                {
                    "type": "scatter", "mode": "markers", "x": [x for x, _ in spots[state]],
                    "y": [y for _, y in spots[state]], "hoverinfo": "skip", "showlegend": False,
                    "marker": {"symbol": symbol, "size": 8, "color": color, "line": {"color": color, "width": 2}},
                }
            )  # fmt: skip
    return out


def _key(spots: dict[str, list[tuple[int, int]]], look: Paint) -> list[dict]:
    square = {"symbol": "square", "size": 12, "line": {"color": look.rule, "width": 1}}
    looks = {
        "received": {**square, "color": look.accent},
        "nothing": {"symbol": "circle-open", "size": 8, "color": look.ink, "line": {"color": look.ink, "width": 2}},
        "part": {**square, "color": look.steps[1]},
        "missing": {"symbol": "x-thin", "size": 8, "line": {"color": look.worse, "width": 2}},
    }
    return [
        {
            "type": "scatter", "mode": "markers", "x": [None], "y": [None], "marker": looks[state],
            "name": WORDS[state], "showlegend": True, "hoverinfo": "skip",
        }
        for state in STATES
        if spots[state]
    ]  # fmt: skip


def _table(cells: pd.DataFrame, states: pd.Series, answer: Answer) -> pd.DataFrame:
    return pd.DataFrame(
        {
            PLACE_NAMES[answer.question.by]: cells["unit_name"].astype(str),
            "Period": cells["period_label"].astype(str),
            "Report": [WORDS[state] for state in states],
        }
    ).reset_index(drop=True)


def completeness_finding(cells: pd.DataFrame, states: pd.Series, answer: Answer) -> str:
    """How many reports came of those expected, and from how many places some are missing."""
    expected = int((states != "").sum())
    when = wording.during(answer.question.span, wording.is_unfinished(answer))
    if not expected:
        return f"No report was expected {when}"
    missing = states == "missing"
    what = wording.STREAMS[answer.card.stream] if answer.card.stream != "none" else "reports"
    full = expected - int(missing.sum()) - int((states == "part").sum())
    place = answer.question.by if answer.question.by != "program" else "place"
    head = f"{what.capitalize()} received for {full:,} of {expected:,} {place}-{answer.question.grain}s {when}"
    if not missing.any():
        return head
    return f"{head}; {int(missing.sum()):,} missing from {wording.many(cells.loc[missing, 'unit'].nunique(), place)}"


def _missing_note(cells: pd.DataFrame, states: pd.Series) -> tuple[str, ...]:
    """Who is missing, by name, with how many."""
    counts = cells.loc[states == "missing"].groupby("unit", sort=False)["unit_name"].agg(["first", "size"])
    if counts.empty:
        return ()
    named = [f"{name} ({count})" for name, count in zip(counts["first"], counts["size"], strict=True)]
    rest = f" and {len(named) - 15} more, all in the table" if len(named) > 15 else ""
    return (f"Missing: {', '.join(named[:15])}{rest}.",)


def _never_expected(left_out: int, answer: Answer) -> tuple[str, ...]:
    if not left_out:
        return ()
    return (f"{wording.many(left_out, answer.question.by)} of which no report was expected: in the table only.",)


def _rest_of_units(answer: Answer, units: Sequence[str]) -> tuple[str, ...]:
    return (
        (f"The first {MOST_ROWS} of {len(units):,} by district and name are drawn; all are in the table.",)
        if len(units) > MOST_ROWS
        else ()
    )
