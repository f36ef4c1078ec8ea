"""The funnel that reconciles: calls = school + officer + other agency; officer = its outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sro.answer import SHOWN, STATUSES, Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, FigureError
from sro.figures.schools import name_axis
from sro.figures.tables import drawn, numbers, rows_of
from sro.figures.theme import Paint

OFFICER = "officer"


@dataclass(frozen=True)
class Part:
    """One bar: its depth, its count (None when hidden or missing), where it begins and of what it is a part."""

    name: str
    depth: int
    count: float | None
    start: float
    whole: float | None
    status: str


def funnel_parts(calls: Answer, handled: Answer, outcomes: Answer) -> list[Part]:
    """Calls, who handled them, and below the officer what came of it. Hidden parts leave their room empty."""
    every = calls.total.numerator if calls.total.shown else None
    parts = [Part(calls.card.title, 0, every, 0.0, None, calls.total.status)]
    start = 0.0
    for row in rows_of(handled.cells):
        count = _count(row)
        parts.append(Part(str(row["slice_title"]), 1, count, start, every, str(row["status"])))
        if row["slice"] == OFFICER:
            inner = start
            for outcome in rows_of(outcomes.cells):
                found = _count(outcome)
                parts.append(Part(str(outcome["slice_title"]), 2, found, inner, count, str(outcome["status"])))
                inner += found or 0.0
        start += count or 0.0
    return parts


def draw_funnel(calls: Answer, handled: Answer, outcomes: Answer, look: Paint) -> Drawing:
    """Each part stands below its whole and begins where the part before it ends."""
    for answer in (handled, outcomes):
        marks.only_sliced(answer, "funnel")
        marks.one_of(answer, "period", "funnel", "ask for the total of the period")
        marks.one_of(answer, "unit", "funnel", "ask for the program")
    if calls.question.span != handled.question.span or handled.question.span != outcomes.question.span:
        raise FigureError("The three answers of a funnel speak of one period; ask them for the same.")
    parts = funnel_parts(calls, handled, outcomes)
    colors = (look.muted, look.accent, look.steps[1])
    top = max((part.start + (part.count or 0.0) for part in parts), default=1.0) or 1.0
    bars = [(place, part) for place, part in enumerate(parts) if part.count is not None]
    traces: list[dict] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": "Count",
            "x": [drawn(part.count) for _, part in bars],
            "base": [drawn(part.start) for _, part in bars],
            "y": [place for place, _ in bars],
            "width": 0.64,
            "marker": {
                "color": [colors[part.depth] for _, part in bars],
                "line": {"color": [look.rule if part.depth == 2 else "rgba(0,0,0,0)" for _, part in bars], "width": 1},
            },
            "hovertext": [f"<b>{wording.plain(part.name)}</b><br>{part_text(part)}" for _, part in bars],
            "hovertemplate": marks.HOVER,
        }
    ]
    texts = [
        {
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "y": place, "yref": "y", "showarrow": False,
            "align": "left", "text": part_text(part), "font": {"size": look.font - 1, "color": look.ink},
        }
        for place, part in enumerate(parts)
    ]  # fmt: skip
    names = [part.name for part in parts]
    axis = name_axis(names, look)
    indent = {0: "", 1: "  ", 2: "    "}
    axis["ticktext"] = [
        f"<b>{wording.plain(part.name)}</b>"
        if part.depth == 0
        else wording.label(part.name, look.names + 3) + indent[2 - part.depth] * 2
        for part in parts
    ]
    return Drawing(
        traces=traces if bars else [],
        layout={
            "xaxis": {"range": [0, top], "visible": False},
            "yaxis": {**axis, "showgrid": False},
            "annotations": texts,
            "margin": {"t": 6, "b": 6, "r": 92},
        },
        height=30 * len(parts) + 24,
        table=_table(parts),
        finding=funnel_finding(parts, calls),
        about=f"A funnel of calls for service in {len(parts)} bars",
        footnotes=(
            *identity(parts),
            *(("‡: hidden to protect persons.",) if any(part.status == "suppressed" for part in parts) else ()),
        ),
        form="funnel",
    )


def part_text(part: Part) -> str:
    """`97 (66%)`, `‡`, or why there is no number. No share of a whole under ten."""
    if part.count is None:
        return {"suppressed": "‡", "not_received": "no report"}.get(part.status, "–")
    text = wording.count_text(part.count)
    if part.whole is None or part.whole < 10:
        return text
    return f"{text} ({100 * part.count / part.whole:.0f}%)"


def identity(parts: Sequence[Part]) -> tuple[str, ...]:
    """The sums in words, and by how much they fail to add up where they do."""
    sums = [_sum_text(parts[0], [part for part in parts if part.depth == 1], "calls")]
    outcomes = [part for part in parts if part.depth == 2]
    if outcomes:
        officer = parts[parts.index(outcomes[0]) - 1]
        sums.append(_sum_text(officer, outcomes, "handled by an officer"))
    return tuple(sums)


def _sum_text(whole: Part, parts: Sequence[Part], noun: str) -> str:
    right = " + ".join(f"{_short(part)} {part.name[:1].lower()}{part.name[1:]}" for part in parts if part.count != 0)
    text = f"{_short(whole)} {noun} = {right or '0'}"
    if whole.count is None or any(part.count is None for part in parts):
        return f"{text}."
    gap = whole.count - sum(part.count or 0.0 for part in parts)
    if gap == 0:
        return f"{text}. It adds up."
    return (
        f"{text}. It does not add up: {wording.count_text(abs(gap))} too {'few' if gap > 0 else 'many'} on the right."
    )


def _short(part: Part) -> str:
    return wording.count_text(part.count) if part.count is not None else "‡" if part.status == "suppressed" else "?"


def funnel_finding(parts: Sequence[Part], calls: Answer) -> str:
    """Who handled the calls."""
    when = wording.during(calls.question.span, wording.is_unfinished(calls))
    whole = parts[0]
    if whole.count is None:
        return wording.nothing_finding(calls) or wording.total_finding(calls)
    if whole.count == 0:
        return f"Calls for service: none reported {when}"
    known = [part for part in parts if part.depth == 1 and part.count]
    shares = [f"{wording.count_text(part.count or 0)} {part.name[:1].lower()}{part.name[1:]}" for part in known]
    return (
        f"Of {wording.many(whole.count, 'call')} {when}, {wording.listed(shares)}"
        if shares
        else (f"{wording.many(whole.count, 'call')} {when}")
    )


def _count(row: Mapping[str, Any]) -> float | None:
    return float(row["numerator"]) if row["status"] in SHOWN and not pd.isna(row["numerator"]) else None


def _table(parts: Sequence[Part]) -> pd.DataFrame:
    levels = {0: "All calls", 1: "Handled by", 2: "Outcome, handled by an officer"}
    return pd.DataFrame(
        {
            "Level": [levels[part.depth] for part in parts],
            "Part": [part.name for part in parts],
            "Count": numbers([part.count for part in parts]),
            "Begins at": numbers([part.start if part.count is not None else None for part in parts]),
            "Status": [STATUSES[part.status] for part in parts],
        }
    )
