"""Rows of sums, as arrays: what the database is asked for, kept so that another period or other schools ask it nothing.

Where a metric has few rows, all of them are kept, by school and month. Where it has many, they are added up by unit
first: by month if that is little, else by the parts of the period that is asked for. Those of the whole program the
vintage holds added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from sro import calendar
from sro.ask.asker import Asker
from sro.ask.facts import facts_of
from sro.ask.units import is_whole_program
from sro.sharing import shared

MOST_KEPT = 50_000  # rows of one source that are kept by school and month, in about a megabyte
MOST_MONTHLY = 10_000  # units × months that are asked for at once
EPOCH = date(1970, 1, 1).toordinal()
Spans = tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class Source:
    """The sums of a metric by month, as its stream reports them; without a metric, the reports themselves."""

    stream: str
    metric: str = ""


@dataclass(frozen=True, eq=False)
class Rows:
    """Sums, one a row: whose and of which slice (places in `owners` and `slices`), of which day or month (as
    `date.toordinal` counts), and how much. NaN stands where there is no number.
    """

    owners: Sequence[str]
    slices: Sequence[str | None]
    owner: np.ndarray
    day: np.ndarray
    slice: np.ndarray
    top: np.ndarray
    bottom: np.ndarray


def rows_of(owner: Iterable, day: Iterable, slice_: Iterable, top: Iterable, bottom: Iterable) -> Rows:
    """Rows from their columns; None stands for no slice."""
    owner_places, owners = pd.factorize(_array(owner, object))
    slice_places, slices = pd.factorize(_array(slice_, object), use_na_sentinel=False)
    return Rows(
        list(owners),
        [None if pd.isna(name) else name for name in slices],
        owner_places.astype(np.int32),
        _array(day, "datetime64[D]").astype(np.int64) + EPOCH,
        slice_places.astype(np.int16),
        _array(top, float),
        _array(bottom, float),
    )


def _array(column: Iterable, kind: Any) -> np.ndarray:
    found = np.ma.asarray(column if isinstance(column, np.ndarray) else list(column))
    empty = {object: None, float: np.nan}.get(kind)
    return found.filled(empty).astype(kind) if found.mask.any() else found.data.astype(kind)


def monthly(source: Source, chosen: Mapping[str, str], spans: Spans, asker: Asker) -> tuple[Rows, Mapping[str, str]]:
    """Rows that hold at least the chosen schools' in these spans, and the unit of each of their owners.

    `chosen` is school → unit. A school-month whose report is missing has no row of a metric.
    """
    if _sizes(asker).get((source.stream if not source.metric else "", source.metric), 0) <= MOST_KEPT:
        return _by_school(source, asker), chosen
    if source.metric and is_whole_program(chosen, asker):
        return _of_program(source.metric, asker), {"program": "program"}
    units, months = set(chosen.values()), _months_around(spans, asker)
    few = len(units) * len(months) <= MOST_MONTHLY
    found = _by_unit(source, tuple(chosen), tuple(chosen.values()), months if few else spans, asker)
    return found, {unit: unit for unit in units}


@lru_cache(maxsize=8)
def _sizes(asker: Asker) -> dict[tuple[str, str], int]:
    return {(stream, metric): rows for stream, metric, rows in asker.rows("sizes")}


@shared(kept=256)
def _by_school(source: Source, asker: Asker) -> Rows:
    """All rows of a source."""
    if source.metric:
        columns = asker.columns("school_months", stream=source.stream, metric=source.metric)
    else:
        columns = asker.columns("school_reports", stream=source.stream)
    return rows_of(*columns)


@shared(kept=256)
def _of_program(metric: str, asker: Asker) -> Rows:
    """All rows of a metric, added up over all schools."""
    return rows_of(*asker.columns("program_months", metric=metric))


@shared(kept=256)
def _by_unit(source: Source, schools: tuple[str, ...], units: tuple[str, ...], spans: Spans, asker: Asker) -> Rows:
    """The rows of some schools, added up by unit and span."""
    asked: dict[str, Any] = {
        "school_ids": list(schools),
        "units": list(units),
        "starts": [start for start, _ in spans],
        "ends": [end for _, end in spans],
        "stream": source.stream,
    }
    if source.metric:
        return rows_of(*asker.columns("unit_months", metric=source.metric, **asked))
    return rows_of(*asker.columns("unit_reports", **asked))


@lru_cache(maxsize=256)
def _months_around(spans: Spans, asker: Asker) -> Spans:
    """Every month of the school years that the export and the spans touch."""
    facts = facts_of(asker)
    first = calendar.school_year_of(min(facts.data_from, spans[0][0])).start
    last = calendar.school_year_of(max(facts.data_through, spans[-1][1])).end
    months = calendar.periods_within(calendar.span(first, last), "month")
    return tuple((month.start, month.end) for month in months)
