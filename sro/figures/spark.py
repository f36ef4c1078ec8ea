"""A tiny series for a headline: the line, its last mark, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.findings import about, trend_finding
from sro.figures.lines import Axes, Series, cuts, series_of, series_traces
from sro.figures.tables import answer_table
from sro.figures.theme import Paint

HEIGHT = 48


def spark(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """One series without axes; gaps stay gaps, missing months stay hatched."""
    parts = series_of(answer)
    if len(parts) > 1:
        raise FigureError("The form spark draws one series; ask for the program without categories.")
    name, unit, _, cells = parts[0]
    top = marks.top_of([cells.assign(high=float("nan"))], wording.kind(answer.card) == "percent")
    traces = series_traces(
        Series(name, unit, cells, look.accent), answer.card, cuts(events, answer.card), look, Axes(), 4
    )
    overlay = marks.hatched_periods(cells[cells["status"] == "not_received"], look, "y2", {})
    first, last = cells["period_start"].min(), cells["period_end"].max()
    layout = {
        "xaxis": {"type": "date", "range": [first.isoformat(), last.isoformat()], "visible": False},
        "yaxis": {"range": [0, top], "visible": False},
        "margin": {"l": 4, "r": 6, "t": 4, "b": 2},
    }
    if overlay:
        layout["yaxis2"] = marks.overlay_axis("y", "x")
    return Drawing(
        traces=overlay + [trace for trace in traces if "fill" not in trace],
        layout=layout,
        height=HEIGHT,
        table=answer_table(answer),
        finding=trend_finding(answer, events),
        about=about(answer, "A small line chart"),
        footnotes=wording.status_notes(cells, answer, {"not_received": "Grey hatch", "unstable": "Hollow marks"}),
        form="spark",
    )
