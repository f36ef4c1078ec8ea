"""Schools or districts side by side, by district and name, beside the program's value. Never in order of a value."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.tables import drawn, rows_of, table_with_whole
from sro.figures.theme import Paint

MOST_ROWS = 60
WHOLE = "All of these"


def schools(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """A dot and its interval for each, on one scale from zero; who has nothing to show keeps a row that says why."""
    if answer.question.by == "program":
        raise FigureError("The form schools draws schools or districts; ask by school or district.")
    marks.one_of(answer, "period", "schools", "ask for the total of the period")
    marks.one_of(answer, "slice", "schools", "ask without categories")
    card = answer.card
    concerned, left_out = marks.concerned(answer, _noun(answer))
    cells = concerned.iloc[:MOST_ROWS]
    # A sum beside its own parts would say nothing, and press them together.
    program = answer.total.value if answer.total.shown and not card.is_count else None
    top = marks.top_of([cells], wording.kind(card) == "percent")
    if program is not None:
        top = max(top, program * 1.12)
    names = [wording.wrapped(str(name), look.names) for name in cells["unit_name"]]
    step = 22 if all(len(name) == 1 for name in names) else 36
    height = step * len(cells) + 64
    layout = {
        "xaxis": {
            "range": [0, top],
            "side": "top",
            "nticks": 5,
            "ticksuffix": "%" if wording.kind(card) == "percent" else "",
        },
        "yaxis": name_axis([str(name) for name in cells["unit_name"]], look),
        "xaxis2": {"overlaying": "x", "anchor": "y", "range": [0, 1], "visible": False, "fixedrange": True},
        "margin": {"t": 44, "b": 12, "r": 18},
        "shapes": [],
        "annotations": [],
    }
    if program is not None:
        layout["shapes"].append(
            {"type": "line", "xref": "x", "yref": "paper", "x0": drawn(program), "x1": drawn(program), "y0": 0, "y1": 1,
             "line": {"color": look.muted, "width": 1.25, "dash": "dash"}}
        )  # fmt: skip
        layout["annotations"].append(
            {"x": drawn(program), "y": 0, "xref": "x", "yref": "paper", "yanchor": "top", "showarrow": False,
             "xanchor": "right" if program > 0.7 * top else "left" if program < 0.3 * top else "center",
             "text": f"{WHOLE}: {wording.value_text(program, card)}",
             "font": {"size": look.font - 2, "color": look.muted}}
        )  # fmt: skip
        layout["margin"]["b"] = 26
    return Drawing(
        traces=_dots(cells, answer, look) + unshown_rows(cells, look),
        layout=layout,
        height=height,
        table=table_with_whole(answer, WHOLE),
        finding=schools_finding(answer),
        about=f"A dot plot of {card.title}, {wording.many(len(concerned), _noun(answer))} in order of district and "
        f"name, {wording.range_text(answer.rows, card) or 'without a value'}",
        footnotes=(
            *rest(concerned, len(cells)),
            *left_out,
            *_chance_note(answer),
            *wording.status_notes(
                cells,
                answer,
                {"not_received": "Grey hatch", "unstable": "Hollow", "suppressed": "‡", "partial": "This period"},
            ),
            *marks.cut_whiskers(cells, top),
        ),
        form="schools",
    )


def _dots(cells: pd.DataFrame, answer: Answer, look: Paint) -> list[dict]:
    seen = cells[marks.shown(cells)]
    if seen.empty:
        return []
    x: list[float | None] = []
    y: list[float | None] = []
    for place, low, high in zip(seen.index, seen["low"], seen["high"], strict=True):
        if not (pd.isna(low) or pd.isna(high)):
            x += [drawn(low), drawn(high), None]
            y += [place, place, None]
    hollow = seen["status"] == "unstable"
    traces: list[dict] = []
    if x:
        traces.append(
            {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": look.accent, "width": 2.5},
             "opacity": 0.45, "hoverinfo": "skip"}
        )  # fmt: skip
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": wording.plain(answer.card.title),
            "x": [drawn(value) for value in seen["value"]],
            "y": seen.index.tolist(),
            "marker": {
                "size": 10,
                "color": [look.ground if open_ else look.accent for open_ in hollow],
                "line": {"color": look.accent, "width": 2},
            },
            "hovertext": [wording.hover(str(row["unit_name"]), row, answer.card) for row in rows_of(seen)],
            "hovertemplate": marks.HOVER,
            "customdata": seen["unit"].tolist(),
            "cliponaxis": False,
        }
    )
    return traces


def unshown_rows(cells: pd.DataFrame, look: Paint) -> list[dict]:
    """Rows without a number: grey hatch where no report came, a word for all of them."""
    traces: list[dict] = []
    missing = cells[cells["status"] == "not_received"]
    if not missing.empty:
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": "No report received",
                "x": [1] * len(missing),
                "y": missing.index.tolist(),
                "width": 0.7,
                "xaxis": "x2",
                "marker": marks.hatch_marker(look),
                "customdata": missing["unit"].tolist(),
                "hovertext": [
                    f"<b>{wording.plain(str(name))}</b><br>No report received" for name in missing["unit_name"]
                ],
                "hovertemplate": marks.HOVER,
            }
        )
    words = {"suppressed": "‡ hidden", "not_applicable": "not applicable"}
    silent = cells[cells["status"].isin(words)]
    if not silent.empty:
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "name": "No number",
                "x": [0.01] * len(silent),
                "y": silent.index.tolist(),
                "xaxis": "x2",
                "text": [words[status] for status in silent["status"]],
                "textposition": "middle right",
                "textfont": {"color": look.muted, "size": look.font - 2},
                "customdata": silent["unit"].tolist(),
                "hoverinfo": "skip",
            }
        )
    return traces


def name_axis(names: Sequence[str], look: Paint) -> dict:
    """The axis that names one row each, first on top; numbers below the names keep two equal names apart."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [wording.label(name, look.names) for name in names],
        "range": [len(names) - 0.5, -0.5],
        "showgrid": True,
        "tickfont": {"color": look.ink, "size": look.font - 1},
        "ticklabelstandoff": 6,
    }


def schools_finding(answer: Answer) -> str:
    """How many lie outside what the program's value would lead one to expect, or the range; never who is highest."""
    nothing = wording.nothing_finding(answer)
    if nothing:
        return nothing
    card, total = answer.card, answer.total
    seen = answer.cells[marks.shown(answer.cells)]
    when = wording.during(answer.question.span, wording.is_unfinished(answer))
    count = wording.many(len(seen), _noun(answer))
    outside = _outside(answer)
    if outside is not None and len(seen) > 1 and total.shown:
        whole = wording.with_unit(total.value, card)
        verb = "differ" if outside != 1 else "differs"
        return (
            f"{card.title} {when}: {outside or 'none'} of {count} {verb} from the whole ({whole}) by more than chance"
        )
    span = wording.range_text(answer.rows, card)
    head = wording.total_finding(answer) if total.shown else f"{card.title} {when}"
    return f"{head}; {count} ranged from {span}" if " to " in span else f"{head}; {count}"


def _outside(answer: Answer) -> int | None:
    """How many intervals exclude the whole's value; None for counts and complete totals, where that says nothing."""
    card, total = answer.card, answer.total
    if card.interval == "none" or card.is_count or not total.shown:
        return None
    seen = answer.cells[marks.shown(answer.cells)]
    return int(((seen["low"] > total.value) | (seen["high"] < total.value)).sum())


def _chance_note(answer: Answer) -> tuple[str, ...]:
    outside = _outside(answer)
    seen = int(marks.shown(answer.cells).sum())
    if outside is None or seen < 10:
        return ()
    return (
        f"Of {seen} intervals, chance alone would put about {max(1, round(0.05 * seen))} outside the whole's value.",
    )


def rest(cells: pd.DataFrame, drawn_rows: int) -> tuple[str, ...]:
    """Where there are more rows than can be drawn: how many, and where the others are."""
    total = len(cells)
    if total <= drawn_rows:
        return ()
    return (
        f"The first {drawn_rows} of {total:,} by district and name are drawn; all are in the table. "
        "Choose a district to see the others.",
    )


def _noun(answer: Answer) -> str:
    return {"level": "level", "provider": "provider"}.get(answer.question.by, answer.question.by)
