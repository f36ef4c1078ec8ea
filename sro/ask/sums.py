"""Numerators and denominators of every cell, by the metric's way of adding up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sro.ask.asker import Asker
from sro.ask.rows import Rows, Source, monthly, rows_of
from sro.ask.runs import longest_runs, runs_of
from sro.ask.slices import Slice
from sro.ask.units import is_whole_program
from sro.calendar import Period, month_end
from sro.metrics import BY_MEMBER, Card
from sro.question import Question

EVERY = "*"  # whose rows hold for the whole program, or are a denominator that all schools share


@dataclass(frozen=True, eq=False)
class Frame:
    """What the cells of an answer stand in: units × parts × slices, and the unit in which each school is counted."""

    units: Sequence[str]
    parts: Sequence[Period]
    slices: Sequence[Slice]
    chosen: Mapping[str, str]

    @property
    def spans(self) -> tuple[tuple[date, date], ...]:
        return tuple((part.start, part.end) for part in self.parts)

    def repeated(self, numbers: np.ndarray) -> np.ndarray:
        """Numbers by unit and part, for every cell."""
        return np.repeat(numbers.ravel(), len(self.slices))


def sums_of(question: Question, card: Card, frame: Frame, asker: Asker) -> tuple[np.ndarray, np.ndarray]:
    """The numerator and the denominator of every cell."""
    if card.aggregate == "longest_run" and question.grain != "day":
        runs = runs_of(card.name, card.stream, asker)
        top, bottom = map(frame.repeated, longest_runs(runs, frame.chosen, frame.units, frame.spans))
        return top, bottom
    rows, unit_of = _rows(question, card, frame, asker)
    whole_top, whole_bottom = map(frame.repeated, added_up(rows, unit_of, frame.units, frame.spans))
    top, bottom = whole_top, whole_bottom
    if card.aggregate == "longest_run":  # on a day, of as many schools as there are
        top = np.minimum(top, 1)
    if question.sliced:
        top, bottom = (numbers.ravel() for numbers in _by_slice(rows, unit_of, frame))
        if card.aggregate == "rate":
            bottom = whole_bottom
        elif card.aggregate == "sum":
            bottom = np.where(np.isnan(bottom), whole_bottom, bottom)
        elif card.aggregate == "share":
            bottom = whole_top
    if card.aggregate in ("ratio", "rate") and card.level != "program":
        shared = frame.repeated(np.tile(_shared_denominators(card, frame, asker), (len(frame.units), 1)))
        bottom = np.where(np.nan_to_num(shared) != 0, shared, bottom)
    if card.aggregate in ("ratio", "rate", "share"):
        top = np.where((bottom > 0) & np.isnan(top), 0.0, top)
    return top, bottom


def _shared_denominators(card: Card, frame: Frame, asker: Asker) -> np.ndarray:
    """By part the denominator that every school shares (rows of school `*`), NaN where the metric has none."""
    rows, unit_of = monthly(Source(card.stream, card.name), {EVERY: EVERY}, frame.spans, asker)
    return added_up(rows, unit_of, [EVERY], frame.spans)[1][0]


def reports_of(question: Question, card: Card, frame: Frame, asker: Asker) -> tuple[np.ndarray, np.ndarray]:
    """By cell: school-months from which a report is expected, and those from which one was received."""
    if card.stream == "none":
        none = np.zeros(len(frame.units) * len(frame.parts) * len(frame.slices), dtype=np.int64)
        return none, none
    spans, place = frame.spans, slice(None)
    if question.grain == "day":  # a day has the report of its month
        firsts = [part.start.replace(day=1) for part in frame.parts]
        months = sorted(set(firsts))
        spans, place = tuple((month, month_end(month)) for month in months), [months.index(first) for first in firsts]
    rows, unit_of = monthly(Source(card.stream), frame.chosen, spans, asker)
    counts = (np.nan_to_num(sums)[:, place] for sums in added_up(rows, unit_of, frame.units, spans))
    expected, received = (frame.repeated(count).astype(np.int64) for count in counts)
    return expected, received


def _rows(question: Question, card: Card, frame: Frame, asker: Asker) -> tuple[Rows, Mapping[str, str]]:
    """The rows that a metric's sums are made of, and the unit of each of their owners."""
    itself = {unit: unit for unit in frame.units}
    if question.grain != "day" and card.aggregate not in BY_MEMBER:
        return monthly(Source(card.stream, card.name), frame.chosen, frame.spans, asker)
    days = [part.start for part in frame.parts]
    asked = {
        "school_ids": list(frame.chosen),
        "units": list(frame.chosen.values()),
        "starts": days,
        "stream": card.stream,
        "metric": card.name,
    }
    top, bottom = 3, 4
    if card.aggregate in BY_MEMBER:
        ends = [part.end for part in frame.parts]
        found = asker.rows("members", sliced=question.sliced, ends=ends, **asked)
        top, bottom = {"distinct": (3, None), "distinct_sum": (4, 3), "median": (5, 3), "p90": (6, 3)}[card.aggregate]
    elif is_whole_program(frame.chosen, asker):
        found = asker.rows("program_days", metric=card.name, first=days[0], last=days[-1])
    else:
        found = asker.rows("days", **asked)
    numbers = ([None if at is None else row[at] for row in found] for at in (top, bottom))
    return rows_of(*_columns(found), *numbers), itself


def _columns(rows: Sequence[tuple]) -> tuple[list, list, list]:
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def added_up(
    rows: Rows, unit_of: Mapping[str, str], units: Sequence[str], spans: Sequence[tuple[date, date]]
) -> tuple[np.ndarray, np.ndarray]:
    """Both sums by unit and span, over all slices; NaN where no row has a number. Spans are apart and in order."""
    at, kept = _places(rows, unit_of, units, spans)
    shape = (len(units), len(spans))
    return _sum(rows.top[kept], at, shape), _sum(rows.bottom[kept], at, shape)


def _by_slice(rows: Rows, unit_of: Mapping[str, str], frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """Both sums by unit, span and slice."""
    at, kept = _places(rows, unit_of, frame.units, frame.spans)
    place = {slice_: place for place, (slice_, _) in enumerate(frame.slices)}
    slices = np.array([place.get(name, -1) for name in rows.slices], dtype=np.int64)[rows.slice[kept]]
    known = slices >= 0
    at, kept = (at * len(frame.slices) + slices)[known], kept[known]
    shape = (len(frame.units), len(frame.parts), len(frame.slices))
    return _sum(rows.top[kept], at, shape), _sum(rows.bottom[kept], at, shape)


def _places(
    rows: Rows, unit_of: Mapping[str, str], units: Sequence[str], spans: Sequence[tuple[date, date]]
) -> tuple[np.ndarray, np.ndarray]:
    """Where each row is counted (unit × spans + span), and which rows those are."""
    place = {unit: place for place, unit in enumerate(units)}
    unit = np.array([place.get(unit_of.get(owner, ""), -1) for owner in rows.owners], dtype=np.int64)[rows.owner]
    starts, ends = (np.array([day.toordinal() for day in days]) for days in zip(*spans, strict=True))
    span = np.searchsorted(starts, rows.day, side="right") - 1
    kept = np.flatnonzero((unit >= 0) & (span >= 0) & (rows.day <= ends[span]))
    return unit[kept] * len(spans) + span[kept], kept


def _sum(numbers: np.ndarray, at: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    there = ~np.isnan(numbers)
    places, size = at[there], int(np.prod(shape))
    sums = np.bincount(places, numbers[there], size).astype(float)  # of no row it gives integers
    sums[np.bincount(places, minlength=size) == 0] = np.nan
    return sums.reshape(shape)
