"""One series over time: line and markers, its interval, its gaps. Used by trend, small multiples and spark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sro import calendar
from sro.answer import SHOWN, Answer
from sro.figures import wording
from sro.figures.figure import Event
from sro.figures.marks import HOVER, Trace, middle, shown
from sro.figures.tables import drawn, rows_of
from sro.figures.theme import Paint, faded
from sro.metrics import Card


@dataclass(frozen=True)
class Series:
    """The cells of one unit and one category, in time order."""

    name: str
    unit: str
    cells: pd.DataFrame
    color: str
    dash: str = "solid"
    symbol: str = "circle"
    shade: float = 0.16  # of the interval band


@dataclass(frozen=True)
class Axes:
    x: str = "x"
    y: str = "y"


def series_of(answer: Answer) -> list[tuple[str, str, str, pd.DataFrame]]:
    """(name, unit, slice, cells) of every series, in the order of the answer."""
    out = []
    places: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(answer.rows):
        places.setdefault((row.unit, row.slice or ""), []).append(place)
    several = len({unit for unit, _ in places}) > 1
    for (unit, slice_), of_it in places.items():
        title, where = answer.rows[of_it[0]].slice_title, answer.rows[of_it[0]].unit_name
        name = f"{where}: {title}" if several and title else title or where
        in_order = sorted(of_it, key=lambda place: answer.rows[place].period_start)
        out.append((name, unit, slice_, answer.cells.iloc[in_order]))
    return out


def cuts(events: Sequence[Event]) -> list[dt.date]:
    """The dates at which the line is cut: what is measured changed there."""
    return sorted(event.date for event in events if event.kind == "series_break")


def runs(cells: pd.DataFrame, breaks: Sequence[dt.date]) -> list[pd.DataFrame]:
    """The stretches of shown cells without a gap, a break or an unfinished period in between."""
    return [cells.iloc[places] for places in stretches(cells.itertuples(), breaks)]


def stretches(rows: Iterable[Any], breaks: Sequence[dt.date]) -> list[list[int]]:
    """The same of rows in order of time, as their places."""
    found: list[list[int]] = []
    last_end: dt.date | None = None
    for place, row in enumerate(rows):
        if row.status not in SHOWN or row.partial:
            last_end = None
            continue
        if last_end is None or any(last_end < cut <= row.period_start for cut in breaks):
            found.append([])
        found[-1].append(place)
        is_whole = not any(row.period_start < cut <= row.period_end for cut in breaks)
        last_end = row.period_end if is_whole else None
    return found


def series_traces(
    series: Series, card: Card, breaks: Sequence[dt.date], look: Paint, axes: Axes, size: int = 7
) -> list[Trace]:
    """Interval, line and markers of one series. What is not shown has no mark here."""
    place = {"xaxis": axes.x, "yaxis": axes.y}
    traces: list[Trace] = []
    stretches = runs(series.cells, breaks)
    for stretch in stretches:
        traces += _interval(stretch, series, place)
    edge = look.rule if look.is_faint(series.color) else series.color
    for stretch in stretches:
        if len(stretch) > 1:
            x, y = _points(stretch)
            plain = {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", **place}
            if edge != series.color:
                traces.append({**plain, "line": {"color": edge, "width": 4}})
            traces.append({**plain, "line": {"color": series.color, "width": 2.5, "dash": series.dash}})
    traces += _unfinished(series, stretches, breaks, place)
    seen = series.cells[shown(series.cells)]
    if not seen.empty:
        x, y = _points(seen)
        hollow = (seen["status"] == "unstable") | seen["partial"].astype(bool)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": wording.plain(series.name),
                "x": x,
                "y": y,
                "marker": {
                    "size": size,
                    "symbol": series.symbol,
                    "color": [look.ground if open_ else series.color for open_ in hollow],
                    "line": {"color": edge, "width": 1.75 if hollow.any() else 1},
                },
                "hovertext": [
                    wording.hover(_label(series, str(row["period_label"])), row, card) for row in rows_of(seen)
                ],
                "hovertemplate": HOVER,
                "customdata": [series.unit] * len(seen),
                "cliponaxis": False,
                **place,
            }
        )
    return traces


def _label(series: Series, period: str) -> str:
    return f"{series.name}, {period}" if series.name and series.name != "Program" else period


def _points(cells: pd.DataFrame) -> tuple[list[str], list[float | None]]:
    x = [middle(start, end) for start, end in zip(cells["period_start"], cells["period_end"], strict=True)]
    return x, [drawn(value) for value in cells["value"]]


def _interval(cells: pd.DataFrame, series: Series, place: dict[str, str]) -> list[Trace]:
    """A light band over a stretch; a light whisker for a point that stands alone."""
    limited = cells[cells["low"].notna() & cells["high"].notna()]
    if limited.empty:
        return []
    x, _ = _points(limited)
    low, high = [drawn(value) for value in limited["low"]], [drawn(value) for value in limited["high"]]
    if len(limited) == 1:
        return [whisker(x * 2, [low[0], high[0]], series.color, place)]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [*x, *reversed(x)],
            "y": [*high, *reversed(low)],
            "fill": "toself",
            "fillcolor": faded(series.color, series.shade),
            "line": {"width": 0},
            "hoverinfo": "skip",
            **place,
        }
    ]


def whisker(x: list, y: list, color: str, place: dict[str, str]) -> Trace:
    """A light line from one limit to the other."""
    line = {"color": color, "width": 1.25}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": line,
        "opacity": 0.6,
        "hoverinfo": "skip",
        **place,
    }


def _unfinished(
    series: Series, stretches: list[pd.DataFrame], breaks: Sequence[dt.date], place: dict[str, str]
) -> list[Trace]:
    """The dashed way to the period that is not over, with its whisker."""
    cells = series.cells
    open_ = cells[shown(cells) & cells["partial"].astype(bool)]
    if open_.empty:
        return []
    traces = _interval(open_.iloc[:1], series, place)
    start = open_["period_start"].iloc[0]
    if stretches:
        last = stretches[-1].iloc[-1:]
        end = last["period_end"].iloc[0]
        if (start - end).days == 1 and not any(last["period_start"].iloc[0] < cut <= start for cut in breaks):
            x, y = _points(pd.concat([last, open_.iloc[:1]]))
            line = {"color": series.color, "width": 1.75, "dash": "3px,4px"}
            traces.append(
                {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", **place}
            )
    return traces


def earlier_traces(
    answer: Answer, unit: str, slice_: str, breaks: Sequence[dt.date], look: Paint, axes: Axes
) -> tuple[list[Trace], float | None]:
    """The series that the answer is compared with, in grey and moved under this one's dates, and its last value."""
    if answer.comparison is None:
        return [], None
    cells = answer.comparison.cells
    cells = cells[(cells["unit"] == unit) & (cells["slice"].fillna("") == slice_)].sort_values("period_start")
    if not shown(cells).any():
        return [], None
    asked, earlier = answer.question.span.start, answer.comparison.question.span.start
    months = (asked.year - earlier.year) * 12 + asked.month - earlier.month
    x: list[str] = []
    y: list[float | None] = []
    texts: list[str] = []
    last_start = cells["period_start"].iloc[0]
    for row, seen in zip(rows_of(cells), shown(cells), strict=True):
        start, end = row["period_start"], calendar.add_months(row["period_end"].replace(day=1), months)
        spot = middle(calendar.add_months(start, months), calendar.month_end(end))
        if any(last_start < cut <= start for cut in breaks):
            x, y, texts = [*x, spot], [*y, None], [*texts, ""]
        x.append(spot)
        y.append(drawn(row["value"]) if seen else None)
        texts.append(wording.hover(str(row["period_label"]), row, answer.card))
        last_start = start
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": wording.plain(answer.comparison.question.span.label),
        "x": x,
        "y": y,
        "line": {"color": look.rule, "width": 1.75, "dash": "6px,3px"},
        "marker": {"color": look.rule, "size": 3.5},
        "hovertext": texts,
        "hovertemplate": HOVER,
        "connectgaps": False,
        "xaxis": axes.x,
        "yaxis": axes.y,
    }
    return [trace], next(value for value in reversed(y) if value is not None)


def time_axis(cells: pd.DataFrame, grain: str, sparse: int = 0) -> dict:
    """The date axis of the drawn periods. Months thin out by width; longer periods are named where they stand.

    `sparse` names only that many periods.
    """
    first, last = min(cells["period_start"]), max(cells["period_end"])
    axis: dict = {
        "type": "date",
        "range": [first.isoformat(), (last + dt.timedelta(days=1)).isoformat()],
        "showgrid": False,
    }
    if grain == "month" and not sparse:
        return {
            **axis,
            "tickformat": "%b\n%Y",
            "ticklabelmode": "period",
            "dtick": None,
            "minallowed": first.isoformat(),
            "tickangle": 0,
        }
    parts = cells.drop_duplicates("period").sort_values("period_start")
    labels = [
        short_label(grain, str(text), start)
        for text, start in zip(parts["period_label"], parts["period_start"], strict=True)
    ]
    spots = [middle(start, end) for start, end in zip(parts["period_start"], parts["period_end"], strict=True)]
    room = sparse or 8
    keep = list(range(len(spots)))
    if len(spots) > room:
        if grain in ("quarter", "semester"):
            keep = [index for index in keep if parts["period_start"].iloc[index].month == calendar.FIRST_MONTH]
        step = -(-len(keep) // room)
        keep = keep[::step]
    if sparse == 2 and len(spots) > 1:
        keep = [0, len(spots) - 1]
        labels = [text.replace(" ", "<br>") for text in labels]
    return {
        **axis,
        "tickvals": [spots[index] for index in keep],
        "ticktext": [labels[index] for index in keep],
        "tickangle": 0,
    }


def short_label(grain: str, text: str, start: dt.date) -> str:
    """A period's name on an axis: `2025–26`, `Q1<br>2025–26`, `Sep 2025`."""
    if grain in ("quarter", "semester") and text.startswith(("Quarter", "Half")):
        kind, number = text.split(",")[0].split()
        return f"{'Q' if kind == 'Quarter' else 'Half '}{number}<br>{calendar.school_year_of(start).label}"
    return wording.plain(text)
