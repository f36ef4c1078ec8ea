"""The longest run of days in a row, from what each school-month says of its own: its first, last and longest run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sro.ask.asker import Asker
from sro.sharing import shared


@dataclass(frozen=True, eq=False)
class Runs:
    """By school and month (`date.toordinal`): days, and how many of them in a row at first, at last and at most."""

    schools: Sequence[str]
    months: Sequence[int]
    days: np.ndarray
    opening: np.ndarray
    closing: np.ndarray
    longest: np.ndarray


def longest_runs(
    runs: Runs, unit_of: Mapping[str, str], units: Sequence[str], spans: Sequence[tuple[date, date]]
) -> tuple[np.ndarray, np.ndarray]:
    """By unit and span the longest run at any one school, NaN where it has no day, and the days of all its schools.

    A run goes on from one month into the next, and is cut where the span is.
    """
    place = {unit: place for place, unit in enumerate(units)}
    unit = np.array([place.get(unit_of.get(school, ""), -1) for school in runs.schools], dtype=np.int64)
    kept = unit >= 0
    most, seen = (np.zeros((len(units), len(spans))) for _ in range(2))
    for at, (start, end) in enumerate(spans):
        longest, running, days = (np.zeros(int(kept.sum()), dtype=np.int64) for _ in range(3))
        for month in (n for n, day in enumerate(runs.months) if start.toordinal() <= day <= end.toordinal()):
            longest = np.maximum.reduce([longest, running + runs.opening[kept, month], runs.longest[kept, month]])
            is_whole = runs.closing[kept, month] == runs.days[kept, month]
            running = np.where(is_whole, running, 0) + runs.closing[kept, month]
            days += runs.days[kept, month]
        np.maximum.at(most[:, at], unit[kept], longest)
        np.add.at(seen[:, at], unit[kept], days)
    return np.where(seen > 0, most, np.nan), np.where(seen > 0, seen, np.nan)


@shared(kept=8)
def runs_of(metric: str, stream: str, asker: Asker) -> Runs:
    """All runs of a metric; nothing where a school has no day in a month."""
    found = asker.columns("runs", metric=metric, stream=stream)
    school, schools = pd.factorize(np.asarray(found[0], dtype=object))
    month, months = pd.factorize(np.asarray(found[1], dtype="datetime64[D]"), sort=True)
    numbers = []
    for column in found[2:]:
        table = np.zeros((len(schools), len(months)), dtype=np.int32)
        table[school, month] = column
        numbers.append(table)
    ordinals = [day.toordinal() for day in np.asarray(months, dtype="datetime64[D]").tolist()]
    return Runs(list(schools), ordinals, *numbers)
