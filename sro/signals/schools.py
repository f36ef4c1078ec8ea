"""Which schools stand out in the last twelve months, beside how many would by chance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sro import calendar
from sro.answer import Answer
from sro.figures import wording
from sro.gates import Context, Gated, gate
from sro.metrics import Card
from sro.signals.series import last_month, measure_of, year_before
from sro.stats.budget import Watch, dispersion_of, watch
from sro.stats.season import season_of

LONGEST_BASELINE, SHORTEST_BASELINE = 36, 10  # instructional months before the watched year


@dataclass(frozen=True)
class SchoolSignal:
    """A school whose rate moved: `side` high or low, since when, and its values before and since."""

    school_id: str
    name: str
    side: str
    since: dt.date
    before: float
    after: float
    events_before: float
    events_after: float


@dataclass(frozen=True, eq=False)
class SchoolWatch:
    """The watch over the schools of an answer: `watched` of them, from `first` to `last` month."""

    watch: Watch
    signals: tuple[SchoolSignal, ...]
    first: dt.date | None
    last: dt.date | None
    left_out: str

    @property
    def sentence(self) -> str:
        """What chance would give, and how many stand out."""
        return self.watch.sentence("schools")


def watch_schools(answer: Answer, context: Context) -> SchoolWatch:
    """Who stands out in an answer by school and month, of a metric that counts events.

    Raises ValueError for any other answer.
    """
    if answer.question.by != "school" or answer.question.grain != "month" or measure_of(answer.card) != "events":
        raise ValueError(f"{answer.card.title}: schools are watched on counts of events, by school and month.")
    gated = gate(answer, context)
    last = last_month(gated.kept)
    if last is None:
        return SchoolWatch(Watch(0, 0.0, ()), (), None, None, gated.sentence)
    first = calendar.add_months(year_before(last), 1)
    table = _Table(answer.card, gated, first)
    found = watch(
        table.baseline_counts.sum(axis=1),
        np.where(table.enough, table.baseline_exposures.sum(axis=1), 0.0),
        table.watched_counts,
        table.watched_exposures,
        dispersion=dispersion_of(table.baseline_counts, table.baseline_exposures),
    )
    signals = tuple(table.signal(standout.unit, standout.side, standout.since) for standout in found.standouts)
    return SchoolWatch(found, signals, first, last, gated.sentence)


class _Table:
    """Counts and exposures of schools × months, exposures moved by the season that all schools share."""

    def __init__(self, card: Card, gated: Gated, first: dt.date) -> None:
        kept = gated.kept
        self.card = card
        self.names = dict(zip(kept["unit"], kept["unit_name"], strict=True))
        self.schools = list(self.names)
        self.months = sorted(set(kept["period_start"]))
        places = {month: place for place, month in enumerate(self.months)}
        self.counts = _spread(kept, "numerator", self.schools, places)
        over = card.aggregate in ("rate", "ratio")
        self.exposures = _spread(kept, "denominator", self.schools, places) if over else (~np.isnan(self.counts)) * 1.0
        self.exposures = np.where(np.isnan(self.counts), 0.0, np.nan_to_num(self.exposures))
        self.split = sum(month < first for month in self.months)
        usable = self.exposures[:, : self.split].copy()
        for row, school in enumerate(self.schools):
            own = gated.starts(school)
            starts = gated.of(school)["period_start"].iloc[own] if own else []
            begins = max((places[month] for month in starts), default=0)
            usable[row, : min(begins, self.split)] = 0
            dates = np.flatnonzero(usable[row] > 0)
            usable[row, dates[:-LONGEST_BASELINE]] = 0
        numbers = [month.month for month in self.months]
        season = season_of(self.counts[:, : self.split], usable, numbers[: self.split])
        factors, _ = season.of(numbers, len(numbers))
        self.baseline_exposures = usable * factors[: self.split]
        self.baseline_counts = np.where(usable > 0, self.counts[:, : self.split], 0.0)
        self.enough = (usable > 0).sum(axis=1) >= SHORTEST_BASELINE
        self.watched_exposures = self.exposures[:, self.split :] * factors[self.split :]
        self.watched_counts = np.nan_to_num(self.counts[:, self.split :])

    def signal(self, row: int, side: str, since: int) -> SchoolSignal:
        before = self.baseline_counts[row].sum(), (self.baseline_exposures[row] > 0)
        raw_before = self.exposures[row, : self.split][before[1]].sum()
        after = self.watched_counts[row, since:].sum(), self.exposures[row, self.split + since :].sum()
        school = self.schools[row]
        return SchoolSignal(
            school,
            self.names[school],
            side,
            self.months[self.split + since],
            float(before[0] / raw_before * self.card.factor),
            float(after[0] / after[1] * self.card.factor),
            float(before[0]),
            float(after[0]),
        )


def _spread(cells: pd.DataFrame, column: str, schools: list[str], places: dict[dt.date, int]) -> np.ndarray:
    """One column as schools × months; NaN where there is no cell."""
    out = np.full((len(schools), len(places)), np.nan)
    rows = {school: row for row, school in enumerate(schools)}
    for school, month, value in zip(cells["unit"], cells["period_start"], cells[column], strict=True):
        out[rows[school], places[month]] = value
    return out


def told(signal: SchoolSignal, card: Card) -> str:
    """`Alder High School: 12.3 since Jan 2025, 24.5 before (31 and 120 incidents)`."""
    now, before = (wording.value_text(value, card) for value in (signal.after, signal.before))
    per = "" if card.aggregate in ("rate", "ratio") else " a month"
    counts = f"{wording.count_text(signal.events_after)} and {wording.count_text(signal.events_before)} counted"
    return f"{signal.name}: {now}{per} since {calendar.month_label(signal.since)}, {before} before ({counts})"
