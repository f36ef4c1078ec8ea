"""The plots of each form: what of an Answer stands in a chart of an office program, slide by slide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from sro import calendar
from sro.answer import SHOWN, Answer
from sro.figures import marks, theme, wording
from sro.figures.figure import Event, Figure
from sro.figures.funnel import funnel_parts, part_text
from sro.figures.limits import Limits
from sro.figures.lines import cuts, series_of
from sro.figures.multiples import MOST_PANELS
from sro.figures.schools import WHOLE
from sro.figures.slices import worth_a_bar
from sro.figures.tables import drawn, rows_of
from sro.publish.desk import Exhibit
from sro.publish.plot import LOOK, Plot, Series, limits, named, number_format, said, shown

MOST_BARS = 20  # on one slide, in type that a board can read
# What a figure's footnotes call its own marks, and what stands in their place in a chart of an office program.
OFFICE_MARKS = {
    "Ring: ": "Larger mark with a dark edge: ",
    "Light bands and whiskers: ": "Whiskers: ",
    "Grey hatch: ": "No mark: ",
    "Hollow: ": "Hatched: ",
    "Dashed and hollow: ": "Dotted and hollow: ",
    "Grey stroke: ": "Light bar: ",
    "Stroke: ": "Light bar: ",
    "At the right: ": "Beside the name: ",
    "Lighter bar: ": "Last period: ",
}


def plots_of(exhibit: Exhibit) -> list[list[Plot]]:
    """The slides of an exhibit, each with its plots; several where there are more bars than one slide can hold.

    Empty for the forms that no office program has: the calendar of days, and the grid of reports.
    """
    form, answer = exhibit.figure.form, exhibit.answers[0]
    match form:
        case "trend" | "spark":
            return [[_trend(answer, exhibit.events, exhibit.limits)]]
        case "small_multiples":
            return [_multiples(answer, exhibit.events)]
        case "schools":
            return [[plot] for plot in _schools(answer)]
        case "slices":
            return [[plot] for plot in _slices(answer)]
        case "delivered":
            return [[plot] for plot in _delivered(answer)]
        case "stack":
            return [[_stack(answer)]]
        case "funnel":
            return [[_funnel(exhibit.answers)]]
        case _:
            return []


def in_office_words(figure: Figure) -> Figure:
    """The figure whose footnotes name the marks of its office chart."""
    notes = []
    for note in figure.footnotes:
        for ours, theirs in OFFICE_MARKS.items():
            note = note.replace(ours, theirs)
        notes.append(note)
    return replace(figure, footnotes=tuple(notes))


# Over time -----------------------------------------------------------------------------------------------------------


def _trend(answer: Answer, events: Sequence[Event], expected: Limits | None) -> Plot:
    parts = series_of(answer)
    single = len(parts) == 1
    frames = [answer.cells] + ([answer.comparison.cells] if answer.comparison is not None and single else [])
    series = [
        _line(
            answer.question.span.label if single and name == "Program" else name, cells, answer, events,
            LOOK.accent if single else LOOK.category(place), theme.DASHES[place % 6], theme.SYMBOLS[place % 6],
        )
        for place, (name, _, _, cells) in enumerate(parts)
    ]  # fmt: skip
    top = marks.top_of(frames, wording.kind(answer.card) == "percent")
    if single and expected is not None and expected.ranges:  # the expected range takes the earlier year's place
        starts = list(parts[0][3]["period_start"])
        outside = frozenset(place for place, start in enumerate(starts) if start in expected.signals)
        series = [replace(series[0], signals=outside), *_expected(expected, starts)]
        top = top if wording.kind(answer.card) == "percent" else max(top, 1.04 * expected.top)
    elif single and answer.comparison is not None:
        series.insert(0, _earlier(answer, parts[0][3]))
    return Plot(
        kind="line",
        categories=_periods(parts[0][3], single),
        series=tuple(series),
        top=top,
        number=number_format(answer),
        events=_event_places(events, parts[0][3]),
    )


def _expected(expected: Limits, starts: Sequence[dt.date]) -> list[Series]:
    """The expected range as three quiet lines."""
    nothing = (None, None, None)
    points = [tuple(map(drawn, expected.ranges.get(start, nothing))) for start in starts]
    names = (("Lower limit", "dot"), ("Center", "longdash"), ("Upper limit", "dot"))
    return [
        Series(name, tuple(point[place] for point in points), LOOK.rule, dash=dash, earlier=True)
        for place, (name, dash) in enumerate(names)
    ]


def _multiples(answer: Answer, events: Sequence[Event]) -> list[Plot]:
    """The panels that the figure draws; those beyond its twelve stand in its table."""
    parts = series_of(answer)[:MOST_PANELS]
    top = marks.top_of([cells for *_, cells in parts], wording.kind(answer.card) == "percent")
    return [
        Plot(
            "line", _periods(cells, True), (_line(name, cells, answer, events, LOOK.accent),), top,
            number_format(answer), heading=name, events=dict.fromkeys(_event_places(events, cells), ""),
        )
        for name, _, _, cells in parts
    ]  # fmt: skip


def _line(
    name: str, cells: pd.DataFrame, answer: Answer, events: Sequence[Event], color: str,
    dash: str = "solid", symbol: str = "circle",
) -> Series:  # fmt: skip
    open_ = (cells["status"] == "unstable") | cells["partial"].astype(bool)
    starts = list(cells["period_start"])
    broken = {
        place
        for cut in cuts(events)
        for place in range(1, len(starts))
        if starts[place - 1] < cut <= cells["period_end"].iloc[place]
    }
    return Series(
        name, tuple(shown(cells, "value")), color, *limits(cells, answer), dash=dash, symbol=symbol,
        hollow=frozenset(place for place, yes in enumerate(open_) if yes), cut=frozenset(broken),
    )  # fmt: skip


def _earlier(answer: Answer, cells: pd.DataFrame) -> Series:
    """The compared period, laid month for month below the one asked for."""
    assert answer.comparison is not None
    asked, before = answer.question.span.start, answer.comparison.question.span.start
    months = (asked.year - before.year) * 12 + asked.month - before.month
    values = {
        calendar.add_months(row["period_start"], months): drawn(row["value"])
        for row in rows_of(answer.comparison.cells)
        if row["status"] in SHOWN
    }
    return Series(
        answer.comparison.question.span.label, tuple(values.get(start) for start in cells["period_start"]),
        LOOK.rule, dash="dash", earlier=True,
    )  # fmt: skip


def _periods(cells: pd.DataFrame, single: bool) -> tuple[str, ...]:
    return tuple(
        named(f"{row['period_label']}{' (part)' if row['partial'] else ''}", row)
        if single and row["status"] != "not_applicable"
        else str(row["period_label"])
        for row in rows_of(cells)
    )


def _event_places(events: Sequence[Event], cells: pd.DataFrame) -> dict[int, str]:
    """Place of a period → the events in it."""
    out: dict[int, str] = {}
    bounds: list[tuple[dt.date, dt.date]] = list(zip(cells["period_start"], cells["period_end"], strict=True))
    for event in marks.within(events, cells):
        place = next((n for n, (start, end) in enumerate(bounds) if start <= event.date <= end), None)
        if place is not None:
            out[place] = f"{out[place]}; {event.label}" if place in out else event.label
    return out


def _stack(answer: Answer) -> Plot:
    parts = series_of(answer)
    return Plot(
        kind="stack",
        categories=_periods(parts[0][3], False),
        series=tuple(
            Series(name, tuple(shown(cells, "value")), LOOK.category(place))
            for place, (name, _, _, cells) in enumerate(parts)
        ),
        top=100.0,
        number=number_format(answer),
    )


# Side by side --------------------------------------------------------------------------------------------------------


def _pages(count: int) -> list[range]:
    """Places of the rows of each slide, as even as can be."""
    slides = max(1, -(-count // MOST_BARS))
    size = -(-count // slides)
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def _schools(answer: Answer) -> list[Plot]:
    cells = marks.concerned(answer, "")[0]
    top = marks.top_of([cells], wording.kind(answer.card) == "percent")
    total = answer.total
    beside = total.shown and not answer.card.is_count  # a sum stands beside no part of it
    if beside:
        top = max(top, total.value * 1.12)
    out = []
    for page in _pages(len(cells)):
        rows = cells.iloc[page.start : page.stop]
        names = [said(str(row["unit_name"]), row, answer) for row in rows_of(rows)]
        values, (low, high) = shown(rows, "value"), limits(rows, answer)
        if beside:
            whole = {"status": total.status, "value": total.value}
            names.append(said(WHOLE, whole, answer))
            values.append(drawn(total.value))
            low, high = ((*low, drawn(total.low)), (*high, drawn(total.high))) if low else ((), ())
        unsure = frozenset(n for n, status in enumerate(rows["status"]) if status == "unstable")
        series = Series(
            answer.card.title, tuple(values), LOOK.accent, low, high, hollow=unsure,
            grey=frozenset({len(names) - 1} if beside else ()),
        )  # fmt: skip
        out.append(Plot("bars", tuple(names), (series,), top, number_format(answer)))
    return out


def _slices(answer: Answer) -> list[Plot]:
    cells, _ = worth_a_bar(answer)
    before = answer.comparison.cells if answer.comparison is not None else None
    frames = [cells] if before is None else [cells, before]
    top = marks.top_of(frames, wording.kind(answer.card) == "percent")
    out = []
    for page in _pages(len(cells)):
        rows = cells.iloc[page.start : page.stop]
        unsure = frozenset(n for n, status in enumerate(rows["status"]) if status == "unstable")
        series = [
            Series(
                answer.question.span.label, tuple(shown(rows, "value")), LOOK.accent, *limits(rows, answer),
                hollow=unsure,
            )
        ]  # fmt: skip
        if before is not None and answer.comparison is not None:
            known = dict(zip(before["slice"], shown(before, "value"), strict=True))
            series.append(
                Series(
                    answer.comparison.question.span.label, tuple(known.get(one) for one in rows["slice"]),
                    LOOK.rule, earlier=True,
                )
            )  # fmt: skip
        names = tuple(said(str(row["slice_title"]), row, answer) for row in rows_of(rows))
        out.append(Plot("bars", names, tuple(series), top, number_format(answer)))
    return out


def _delivered(answer: Answer) -> list[Plot]:
    cells = marks.concerned(answer, "")[0]
    out = []
    largest = cells.loc[marks.shown(cells), ["numerator", "denominator"]].max().max()
    for page in _pages(len(cells)):
        rows = cells.iloc[page.start : page.stop]
        names = [said(str(row["unit_name"]), row, answer) for row in rows_of(rows)]
        series = (
            Series("Delivered", tuple(shown(rows, "numerator")), LOOK.accent),
            Series("Contracted", tuple(shown(rows, "denominator")), LOOK.rule, earlier=True),
        )
        out.append(Plot("bars", tuple(names), series, 1.1 * float(largest or 1.0), "#,##0"))
    return out


def _funnel(answers: Sequence[Answer]) -> Plot:
    calls, handled, outcomes = answers
    parts = funnel_parts(calls, handled, outcomes)
    names = tuple(f"{'    ' * part.depth}{part.name}: {part_text(part)}" for part in parts)
    begins = tuple(drawn(part.start) if part.count is not None else None for part in parts)
    counts = tuple(drawn(part.count) for part in parts)
    light = frozenset(place for place, part in enumerate(parts) if part.depth == 2)
    top = max((part.start + (part.count or 0.0) for part in parts), default=1.0) or 1.0
    return Plot(
        "funnel", names,
        (Series("Begins at", begins, LOOK.ground, invisible=True), Series("Count", counts, LOOK.accent, grey=light)),
        top * 1.08, "#,##0",
    )  # fmt: skip
