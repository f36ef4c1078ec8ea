"""Groups beside all other students: how many times as often, or by how many points, with the interval of chance.

A count of persons by group carries the group's enrollment as its denominator, and is told as a ratio of risks; a
proportion (diverted of those diverted or arrested) as a difference of proportions. Never in order of a value. Methods:
score limits of a ratio of rates, Newcombe's limits of a difference (`sro/stats/rates.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sro.answer import STATUSES, Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.schools import name_axis, unshown_rows
from sro.figures.tables import drawn, numbers, rows_of
from sro.figures.theme import Paint
from sro.stats import rates

FEW = 20  # a ratio that rests on fewer events is drawn hollow
WIDEST = 32.0  # of a ratio's scale: further out, one very small group would press all others together


@dataclass(frozen=True)
class Beside:
    """A group against all others: a ratio of risks, or a difference in points; NaN where nothing can be said."""

    value: float
    low: float
    high: float


def beside_others(count: float, base: float, total: float, total_base: float, is_count: bool) -> Beside:
    """`count` of `base` in the group against what is left of `total` of `total_base`.

    is_count: the ratio of count ÷ base to that of all others, with score limits; else the difference of the two
    proportions in points, with Newcombe's. A ratio needs somebody on both sides.
    """
    others, other_base = total - count, total_base - base
    if not (base > 0 and other_base > 0) or math.isnan(others):
        return Beside(math.nan, math.nan, math.nan)
    if is_count:
        if min(count, others) <= 0:
            return Beside(math.nan, math.nan, math.nan)
        low, high = rates.rate_ratio_interval(count, base, others, other_base)
        return Beside(count / base / (others / other_base), low, high)
    low, high = rates.proportion_difference_interval(count, base, others, other_base)
    return Beside(100 * (count / base - others / other_base), 100 * low, 100 * high)


def parity(answer: Answer, look: Paint, events: Sequence[Event]) -> Drawing:
    """A dot and its interval for each group, on one scale around "as all others"."""
    marks.only_sliced(answer, "parity")
    marks.one_of(answer, "period", "parity", "ask for the total of the period")
    marks.one_of(answer, "unit", "parity", "ask for the program")
    card = answer.card
    if not card.is_count and card.interval != "wilson":
        raise FigureError(f"The form parity compares counts by group, or proportions; {card.title} is neither.")
    cells = _compared(answer)
    seen = cells[cells["beside"].notna()]
    silent = cells[cells["beside"].isna() & marks.shown(cells)]
    hidden = cells[~marks.shown(cells)]
    titles = [str(title) for title in cells["slice_title"]]
    step = 34 if any(len(wording.wrapped(title, look.names)) > 1 for title in titles) else 28
    alike = 1.0 if card.is_count else 0.0
    traces = [
        *_dots(seen, answer, look),
        *unshown_rows(hidden.assign(unit_name=hidden["slice_title"]), look),
        *_words(silent, look),
    ]
    return Drawing(
        traces=traces,
        layout={
            "xaxis": _scale(seen, card.is_count),
            "xaxis2": {"overlaying": "x", "anchor": "y", "range": [0, 1], "visible": False, "fixedrange": True},
            "yaxis": name_axis(titles, look),
            "margin": {"t": 44, "b": 26, "r": 18},
            "shapes": [
                {"type": "line", "xref": "x", "yref": "paper", "x0": alike, "x1": alike, "y0": 0, "y1": 1,
                 "line": {"color": look.muted, "width": 1.25, "dash": "dash"}}
            ],
            "annotations": [
                {"x": 0, "y": 0, "xref": "x", "yref": "paper", "yanchor": "top", "showarrow": False,
                 "text": "As all others", "font": {"size": look.font - 2, "color": look.muted}}
            ],
        },
        height=step * len(cells) + 76,
        table=_table(cells, answer),
        finding=parity_finding(answer),
        about=f"A dot plot of {card.title}, {wording.many(len(cells), 'group')} beside all others",
        footnotes=(
            _explained(answer),
            *(("Hollow: rests on fewer than 20.",) if (seen["numerator"] < FEW).any() else ()),
            *wording.status_notes(cells, answer, {"suppressed": "‡"}),
        ),
        form="parity",
    )  # fmt: skip


def _compared(answer: Answer) -> pd.DataFrame:
    """The cells with `beside`, `beside_low` and `beside_high`; missing where the group or the whole does not show."""
    cells, total = answer.cells.reset_index(drop=True), answer.total
    nothing = Beside(math.nan, math.nan, math.nan)
    found = [
        beside_others(row["numerator"], row["denominator"], total.numerator, total.denominator, answer.card.is_count)
        if shown and total.shown
        else nothing
        for row, shown in zip(rows_of(cells), marks.shown(cells), strict=True)
    ]
    return cells.assign(
        beside=[one.value for one in found],
        beside_low=[one.low for one in found],
        beside_high=[one.high for one in found],
    )


def _scale(seen: pd.DataFrame, is_count: bool) -> dict[str, Any]:
    """A logarithmic scale of ratios that is as wide on both sides, or points on both sides of none."""
    ends = seen[["beside_low", "beside_high", "beside"]].to_numpy(dtype=float)
    ends = ends[np.isfinite(ends) & ((ends > 0) | (not is_count))]
    if not is_count:
        reach = max(float(np.abs(ends).max(initial=0.0)) * 1.08, 10.0)
        return {"range": [-reach, reach], "side": "top", "nticks": 7, "zeroline": False}
    reach = min(max(float(np.exp(np.abs(np.log(ends))).max(initial=1.0)) * 1.08, 2.2), WIDEST)
    ticks = [one for one in (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 8.0, 16.0) if 1 / reach <= one <= reach]
    names = {1 / 16: "1/16", 1 / 8: "1/8", 1 / 4: "1/4", 1 / 2: "1/2"}
    return {
        "type": "log",
        "range": [-math.log10(reach), math.log10(reach)],
        "side": "top",
        "tickvals": ticks,
        "ticktext": [f"{names.get(one, f'{one:.0f}')}×" for one in ticks],
        "zeroline": False,
    }


def _dots(seen: pd.DataFrame, answer: Answer, look: Paint) -> list[dict[str, Any]]:
    if seen.empty:
        return []
    x: list[float | None] = []
    y: list[int | None] = []
    for place, low, high in zip(seen.index, seen["beside_low"], seen["beside_high"], strict=True):
        x += [drawn(low), drawn(high), None]
        y += [place, place, None]
    return [
        {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": look.accent, "width": 2.5},
         "opacity": 0.45, "hoverinfo": "skip"},
        {
            "type": "scatter",
            "mode": "markers",
            "name": wording.plain(answer.card.title),
            "x": [drawn(value) for value in seen["beside"]],
            "y": seen.index.tolist(),
            "marker": {
                "size": 10,
                "color": [look.ground if count < FEW else look.accent for count in seen["numerator"]],
                "line": {"color": look.accent, "width": 2},
            },
            "hovertext": [
                f"<b>{wording.plain(str(row['slice_title']))}</b><br>{said(row, answer)}" for row in rows_of(seen)
            ],
            "hovertemplate": marks.HOVER,
            "cliponaxis": False,
        },
    ]  # fmt: skip


def _words(silent: pd.DataFrame, look: Paint) -> list[dict[str, Any]]:
    """Groups that show, of which no comparison can be made."""
    if silent.empty:
        return []
    return [
        {"type": "scatter", "mode": "text", "name": "Not compared", "x": [0.01] * len(silent),
         "y": silent.index.tolist(), "xaxis": "x2", "text": ["too few to compare"] * len(silent),
         "textposition": "middle right", "textfont": {"color": look.muted, "size": look.font - 2},
         "hoverinfo": "skip"}
    ]  # fmt: skip


def said(row: dict[str, Any], answer: Answer) -> str:
    """A group beside all others, in words: `1.6 times as often as all others (1.3 to 2.0)`."""
    low, high = row["beside_low"], row["beside_high"]
    if answer.card.is_count:
        return f"{row['beside']:.2f} times as often as all others ({low:.2f} to {high:.2f})"
    return f"{row['beside']:+.1f} points from all others ({low:+.1f} to {high:+.1f})"


def parity_finding(answer: Answer) -> str:
    """How many groups differ from all others by more than chance, of those that can be compared."""
    nothing = wording.nothing_finding(answer)
    if nothing:
        return nothing
    cells = _compared(answer)
    seen = cells[cells["beside"].notna()]
    head = f"{answer.card.title} {wording.during(answer.question.span, wording.is_unfinished(answer))}"
    if seen.empty:
        return f"{head}: no group can be compared with all others"
    alike = 1.0 if answer.card.is_count else 0.0
    outside = seen[(seen["beside_low"] > alike) | (seen["beside_high"] < alike)]
    count = wording.many(len(seen), "group")
    if len(seen) == 1 or len(outside) == 0:
        verb = "differs" if len(outside) == 1 else "differ"
        return f"{head}: {len(outside) or 'none'} of {count} compared {verb} from all others by more than chance"
    if len(outside) > 2:
        return f"{head}: {len(outside)} of {count} compared differ from all others by more than chance"
    told = "; ".join(f"{row['slice_title']} {said(row, answer)}" for row in rows_of(outside))
    return f"{head}: {told}"


def _explained(answer: Answer) -> str:
    if answer.card.is_count:
        return "A ratio of 1×: as many for each enrolled student as of all others. It says that groups differ, not why."
    return "No points: the same share as of all others. It says that groups differ, not why."


def _table(cells: pd.DataFrame, answer: Answer) -> pd.DataFrame:
    """Every group with its count, its share of those concerned beside that of its base, and the comparison."""
    open_ = marks.shown(cells)
    whole = answer.total
    top, bottom = cells["numerator"].where(open_), cells["denominator"].where(open_)
    table = {
        "Category": cells["slice_title"].astype(str),
        "Period": cells["period_label"].astype(str),
        "Numerator": numbers(top),
        "Denominator": numbers(bottom),
    }
    if answer.card.is_count:
        share, base = 100 * top / whole.numerator, 100 * bottom / whole.denominator
        table |= {
            "Share of these (%)": numbers(share),
            "Share of enrollment (%)": numbers(base),
            "Gap (points)": numbers(share - base),
            "Ratio to all others": numbers(cells["beside"]),
        }
    else:
        table |= {
            "Share (%)": numbers(cells["value"].where(open_)),
            "Difference to all others (points)": numbers(cells["beside"]),
        }
    table |= {
        "Interval from": numbers(cells["beside_low"]),
        "Interval to": numbers(cells["beside_high"]),
        "Status": cells["status"].map(STATUSES).astype(str),
    }
    return pd.DataFrame(table).reset_index(drop=True)
