"""Contracted against delivered: a bar for what was delivered, a stroke for what was contracted."""

from __future__ import annotations

from collections.abc import Sequence

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.schools import MOST_ROWS, name_axis, rest, unshown_rows
from sro.figures.tables import answer_table, drawn, rows_of
from sro.figures.theme import Paint


def delivered(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """One bullet a school or district in their order; numerator as bar, denominator as stroke, the share in words."""
    card = answer.card
    if card.is_count:
        raise FigureError(f"The form delivered draws a part beside its whole; {card.title} has no whole.")
    marks.one_of(answer, "period", "delivered", "ask for the total of the period")
    marks.one_of(answer, "slice", "delivered", "ask without categories")
    concerned, left_out = marks.concerned(answer, answer.question.by)
    cells = concerned.iloc[:MOST_ROWS]
    seen = cells[marks.shown(cells)]
    names = [str(name) for name in cells["unit_name"]]
    largest = float(seen[["numerator", "denominator"]].max().max()) if not seen.empty else 1.0
    top = largest * 1.04
    step = 36 if any(len(wording.wrapped(name, look.names)) > 1 for name in names) else 28
    ends = [
        {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "y": place, "yref": "y", "showarrow": False,
            "text": wording.value_text(float(value), card), "font": {"size": look.font - 1, "color": look.ink},
        }
        for place, value in zip(seen.index, seen["value"], strict=True)
    ]  # fmt: skip
    traces: list[dict] = []
    if not seen.empty:
        hover = [wording.hover(str(row["unit_name"]), row, card) for row in rows_of(seen)]
        traces += [
            {
                "type": "bar", "orientation": "h", "name": "Delivered", "x": [drawn(v) for v in seen["numerator"]],
                "y": seen.index.tolist(), "width": 0.56, "marker": {"color": look.accent}, "hovertext": hover,
                "hovertemplate": marks.HOVER, "customdata": seen["unit"].tolist(),
            },
            {
                "type": "scatter", "mode": "markers", "name": "Contracted",
                "x": [drawn(v) for v in seen["denominator"]], "y": seen.index.tolist(),
                "hovertext": hover, "hovertemplate": marks.HOVER,
                "customdata": seen["unit"].tolist(), "cliponaxis": False,
                "marker": {"symbol": "line-ns", "size": 20, "line": {"color": look.ink, "width": 2.5}},
            },
        ]  # fmt: skip
    return Drawing(
        traces=traces + unshown_rows(cells, look),
        layout={
            "xaxis": {"range": [0, top], "side": "top", "nticks": 5},
            "xaxis2": {"overlaying": "x", "anchor": "y", "range": [0, 1], "visible": False, "fixedrange": True},
            "yaxis": {**name_axis(names, look), "showgrid": False},
            "annotations": ends,
            "margin": {"t": 34, "b": 8, "r": 58},
        },
        height=step * len(cells) + 52,
        table=answer_table(answer),
        finding=delivered_finding(answer),
        about=f"Bars of {card.numerator} beside {card.denominator}, {wording.many(len(cells), answer.question.by)}, "
        f"{wording.range_text(cells.itertuples(), card) or 'without a value'}",
        footnotes=(
            f"Bar: {card.numerator}. Stroke: {card.denominator}. At the right: the one as a share of the other.",
            *rest(concerned, len(cells)),
            *left_out,
            *wording.status_notes(cells, answer, {"not_received": "Grey hatch", "suppressed": "‡"}),
        ),
        form="delivered",
    )


def delivered_finding(answer: Answer) -> str:
    """The share delivered with both of its numbers."""
    head = wording.finding(answer)
    total = answer.total
    if answer.is_empty or not total.shown or answer.change is not None:
        return head
    return f"{head}: {wording.count_text(total.numerator)} of {wording.count_text(total.denominator)}"
