"""The categories of one period as horizontal bars from zero, each with its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event
from sro.figures.schools import name_axis, unshown_rows
from sro.figures.tables import answer_table, drawn, rows_of
from sro.figures.theme import Paint
from sro.metrics import Card


def slices(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """One bar a category in the order of its list; a grey stroke marks the earlier period."""
    marks.only_sliced(answer, "slices")
    marks.one_of(answer, "period", "slices", "ask for the total of the period")
    marks.one_of(answer, "unit", "slices", "ask for the program")
    card = answer.card
    cells, none = worth_a_bar(answer)
    seen = cells[marks.shown(cells)]
    earlier = _earlier(answer, cells)
    values = [float(seen["value"].max()) if not seen.empty else 0.0, *(value for value in earlier if value is not None)]
    top = max(max(values) * 1.28, 1e-6)
    titles = [str(title) for title in cells["slice_title"]]
    step = 34 if any(len(wording.wrapped(title, look.names)) > 1 for title in titles) else 28
    many = len(cells) > 7
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": wording.plain(card.title),
            "x": [drawn(value) for value in seen["value"]],
            "y": seen.index.tolist(),
            "width": 0.68,
            "marker": {
                "color": [look.accent if many else look.category(place) for place in seen.index],
                "line": {
                    "color": [
                        look.muted if not many and look.is_faint(look.category(place)) else "rgba(0,0,0,0)"
                        for place in seen.index
                    ],
                    "width": 1,
                },
                **_hatched(seen, look),
            },
            "hovertext": [wording.hover(str(row["slice_title"]), row, card) for row in rows_of(seen)],
            "hovertemplate": marks.HOVER,
        },
        {
            "type": "scatter",
            "mode": "text",
            "name": "Value",
            # Beyond the bar and the stroke of the earlier period, whichever reaches further.
            "x": [
                drawn(max(value, earlier[place] or 0.0)) for place, value in zip(seen.index, seen["value"], strict=True)
            ],
            "y": seen.index.tolist(),
            "text": [f" {_bar_text(row, card)}" for row in rows_of(seen)],
            "textposition": "middle right",
            "textfont": {"color": look.ink, "size": look.font - 1},
            "cliponaxis": False,
            "hoverinfo": "skip",
        },
        *_strokes(answer, earlier, titles, look),
        *unshown_rows(cells.assign(unit_name=titles), look),
    ]
    return Drawing(
        traces=[trace for trace in traces if trace["x"]],
        layout={
            "xaxis": {"range": [0, top], "visible": False},
            "xaxis2": {"overlaying": "x", "anchor": "y", "range": [0, 1], "visible": False, "fixedrange": True},
            "yaxis": {**name_axis(titles, look), "showgrid": False},
            "margin": {"t": 6, "b": 6, "r": 40},
        },
        height=step * len(cells) + 24,
        table=answer_table(answer),
        finding=slices_finding(answer),
        about=f"A bar chart of {card.title}, {wording.many(len(cells), 'category')}, "
        f"{wording.range_text(cells.itertuples(), card) or 'without a value'}",
        footnotes=(
            *(
                (f"Grey stroke: {answer.comparison.question.span.label}.",)
                if answer.comparison is not None and any(value is not None for value in earlier)
                else ()
            ),
            *((f"None: {wording.listed(none)}.",) if none else ()),
            *wording.status_notes(
                cells, answer, {"not_received": "Grey hatch", "unstable": "Hatched", "suppressed": "‡"}
            ),
        ),
        form="slices",
    )


def worth_a_bar(answer: Answer) -> tuple[pd.DataFrame, list[str]]:
    """Categories with something to draw, and the names of those of which there were none, now and earlier.

    Categories that do not apply (of another scheme) are in the table only. Where nothing else is left, all are drawn.
    """
    cells = answer.cells.reset_index(drop=True)
    before = pd.Series([value or 0.0 for value in _earlier(answer, cells)])
    none = cells["status"].eq("zero") & before.eq(0)
    kept = ~none & cells["status"].ne("not_applicable")
    if not kept.any():
        return cells, []
    return cells[kept].reset_index(drop=True), [str(title) for title in cells.loc[none, "slice_title"]]


def _hatched(seen: pd.DataFrame, look: Paint) -> dict:
    """Hatching over the bars of unstable rates."""
    if not (seen["status"] == "unstable").any():
        return {}
    shapes = ["/" if status == "unstable" else "" for status in seen["status"]]
    return {"pattern": {"shape": shapes, "fgcolor": look.ground, "size": 6, "solidity": 0.25}}


def _bar_text(row: Mapping[str, Any], card: Card) -> str:
    text = wording.value_text(float(row["value"]), card)
    if card.aggregate == "share" and row["numerator"] == row["numerator"]:
        return f"{text} ({wording.count_text(float(row['numerator']))})"
    return text


def _earlier(answer: Answer, cells: pd.DataFrame) -> list[float | None]:
    """The earlier period's value of each category, where it may be seen and is as long as this one."""
    unlike = wording.is_unfinished(answer) or wording.now_period(answer) != answer.question.span
    if answer.comparison is None or unlike or answer.comparison.cells["period"].nunique() > 1:
        return [None] * len(cells)
    before = answer.comparison.cells
    known = before[marks.shown(before)].set_index("slice")["value"].to_dict()
    return [known.get(slice_) for slice_ in cells["slice"]]


def _strokes(answer: Answer, earlier: list[float | None], titles: list[str], look: Paint) -> list[dict]:
    places = [place for place, value in enumerate(earlier) if value is not None]
    if not places or answer.comparison is None:
        return []
    when = answer.comparison.question.span.label
    hover = [
        f"<b>{wording.plain(titles[place])}, {when}</b><br>{wording.with_unit(float(earlier[place] or 0), answer.card)}"
        for place in places
    ]
    stroke = {
        "type": "scatter",
        "mode": "markers",
        "name": when,
        "x": [drawn(earlier[place]) for place in places],
        "y": places,
        "hovertext": hover,
        "hovertemplate": marks.HOVER,
    }
    # A broad stroke in the color of the ground keeps the grey one apart from the bar.
    return [
        {**stroke, "marker": {"symbol": "line-ns", "size": 18, "line": {"color": color, "width": width}}}
        for color, width in ((look.ground, 6), (look.muted, 2.5))
    ]


def slices_finding(answer: Answer) -> str:
    """The largest category that is shown, with its part of the whole where the parts make one."""
    nothing = wording.nothing_finding(answer)
    if nothing:
        return nothing
    card, cells = answer.card, answer.cells
    when = wording.during(answer.question.span, wording.is_unfinished(answer))
    seen = cells[marks.shown(cells)]
    if not (seen["value"] > 0).any():
        if hidden := int((cells["status"] == "suppressed").sum()):
            which = f"{hidden} of {len(cells)} categories are hidden to protect persons, the others none"
            return f"{card.title} {when}: {which}"
        return f"{card.title}: none reported in any of {len(seen)} categories {when}"
    largest = seen["value"].max()
    first = seen[seen["value"] == largest]
    word = "largest" if marks.shown(cells).all() else "largest shown"
    if len(first) > 1:
        names = wording.listed([str(title) for title in first["slice_title"][:3]])
        return f"{card.title} {when}: {names} are level at {wording.with_unit(largest, card)}"
    row = first.iloc[0]
    value = wording.with_unit(largest, card)
    if len(cells) == 1:
        return f"{card.title} {when}: {row['slice_title']}, {value}"
    if card.is_count and answer.total.shown and answer.total.value > 0 and marks.shown(cells).all():
        value = f"{wording.count_text(largest)} of {wording.count_text(answer.total.value)}"
    return f"{card.title} {when}: {row['slice_title']} is the {word} of {len(cells)} categories, {value}"
