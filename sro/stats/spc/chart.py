"""A control chart as numbers: which kind and why, center and limits of every point, phases, signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sro.stats.season import NO_SEASON, Season
from sro.stats.spc import limits as charts
from sro.stats.spc.limits import Limits
from sro.stats.spc.rules import RULES, Runs, Signal, anhoej, signals

Floats = NDArray[np.float64]
Measure = Literal["value", "events", "proportion", "cases_between", "time_between"]
FEWEST, FULL = 12, 24  # points without limits below the first, provisional limits below the second
RARE, MANY = 2, 20  # events a point
NAMES = {
    "xmr": "XmR chart",
    "c": "c-chart",
    "u": "u-chart",
    "u_prime": "Laney's u′-chart",
    "p": "p-chart",
    "p_prime": "Laney's p′-chart",
    "g": "g-chart",
    "t": "t-chart",
}


@dataclass(frozen=True)
class Phase:
    """Points `start` to `end` (not included) between two breaks; limits come from its first `baseline` points.

    `status`: none (under 12 points), provisional (under 24) or full.
    """

    start: int
    end: int
    baseline: int
    status: str

    @property
    def points(self) -> slice:
        return slice(self.start, self.end)

    @property
    def basis(self) -> slice:
        return slice(self.start, self.start + self.baseline)


@dataclass(frozen=True, eq=False)
class Chart:
    """Center and limits of every point, in the unit of `values`; NaN where there are too few points.

    `runs` are Anhøj's, of the last phase; None where it has no limits.
    """

    kind: str
    reason: str
    values: Floats
    center: Floats
    lower: Floats
    upper: Floats
    phases: tuple[Phase, ...]
    signals: tuple[Signal, ...]
    runs: Runs | None

    @property
    def status(self) -> str:
        """none, provisional or full: that of the last phase."""
        return self.phases[-1].status if self.phases else "none"

    def at(self, point: int) -> tuple[Signal, ...]:
        """The signals of one point; −1 is the last."""
        point = point % len(self.values) if len(self.values) else point
        return tuple(signal for signal in self.signals if signal.point == point)


def control_chart(
    numerators: ArrayLike,
    denominators: ArrayLike | None = None,
    *,
    measure: Measure,
    breaks: Sequence[int] = (),
    season: Season = NO_SEASON,
    months: Sequence[int] = (),
    baseline: int | None = FULL,
    scale: float = 1.0,
    ceiling: float | None = None,
) -> Chart:
    """The chart that fits the data.

    `breaks` are the points at which a recorded event starts a new phase. `baseline` points of each phase fix its limits
    (None: all of them). `season` with the calendar month of every point moves center and limits of rates.
    The upper limit does not pass `ceiling` (of a proportion: 1).
    Raises ValueError for a point without a number; leave such points out before.
    """
    top = np.asarray(numerators, dtype=float)
    bottom = np.ones_like(top) if denominators is None else np.asarray(denominators, dtype=float)
    if np.isnan(top).any() or not (bottom > 0).all():
        raise ValueError("A control chart takes points with a number and an exposure; leave the others out before.")
    phases = phases_of(len(top), breaks, baseline)
    factors, uncertainty = season.of(months, len(top))
    read = next((phase for phase in reversed(phases) if phase.status != "none"), None)
    kind, reason = choose(top, bottom, measure, read, denominators is None, factors, uncertainty)
    values = top / bottom
    scored = charts.to_weibull(values) if kind == "t" else values
    center, sigma = np.full_like(values, np.nan), np.full_like(values, np.nan)
    found: list[Signal] = []
    few = kind in ("c", "u", "u_prime", "p", "p_prime") and read is not None and top[read.basis].mean() < RARE
    rules = ("outside",) if few or kind in ("g", "t") else tuple(RULES)  # runs of skewed gaps say little
    for phase in phases:
        if phase.status == "none":
            continue
        own = limits_of(kind, top, bottom, phase.basis, factors, uncertainty)
        center[phase.points], sigma[phase.points] = own.center[phase.points], own.sigma[phase.points]
        inside = signals(scored[phase.points], center[phase.points], sigma[phase.points], rules)
        found += [Signal(signal.point + phase.start, signal.rule, signal.side) for signal in inside]
    back = charts.from_weibull if kind == "t" else lambda numbers: numbers
    lower, upper = center - 3 * sigma, center + 3 * sigma
    lower = lower if kind == "xmr" and measure == "value" and (top < 0).any() else np.maximum(lower, 0)
    most = 1.0 if measure == "proportion" else ceiling
    upper = upper if most is None else np.minimum(upper, most)
    last = phases[-1] if phases and phases[-1].status != "none" else None
    runs = anhoej(scored[last.points], center[last.points]) if last else None
    drawn, middle, low, high = (scale * back(part) for part in (scored, center, lower, upper))
    return Chart(kind, reason, drawn, middle, low, high, tuple(phases), tuple(found), runs)


def phases_of(points: int, breaks: Sequence[int], baseline: int | None) -> list[Phase]:
    """The stretches between breaks, with how far their limits can be trusted."""
    edges = sorted({0, points, *(place for place in breaks if 0 < place < points)})
    out = []
    for start, end in pairwise(edges):
        length = end - start
        status = "none" if length < FEWEST else "provisional" if length < FULL else "full"
        out.append(Phase(start, end, min(length, baseline or length), status))
    return out


def choose(
    top: Floats,
    bottom: Floats,
    measure: Measure,
    read: Phase | None,
    is_count: bool,
    season: Floats,
    uncertainty: Floats,
) -> tuple[str, str]:
    """The kind of chart and, in a sentence, why: by what is measured, how many events a point has, and their spread."""
    if measure == "cases_between":
        return "g", "g-chart: rare events, counted by the cases or days between two of them."
    if measure == "time_between":
        return "t", "t-chart: rare events, measured by the time between two of them."
    if measure == "value":
        return "xmr", "XmR chart: the measure is neither a count of events nor a proportion of cases."
    basis = read.basis if read else slice(None)
    mean = float(top[basis].mean()) if len(top) else 0.0
    if is_count and mean >= MANY and (season == 1).all():
        return "xmr", f"XmR chart: counts of {mean:.0f} a point on average, {MANY} or more."
    plain = "p" if measure == "proportion" else "c" if is_count else "u"
    few = f" Under {RARE} events a point, only points outside the limits are marked." if mean < RARE else ""
    spread = 1.0
    if read is not None:
        limits = limits_of(plain, top, bottom, basis, season, uncertainty)
        spread = charts.sigma_z(top / bottom, limits, basis)
        if plain != "c" and charts.is_not_chance(spread, read.baseline):
            more = "more" if spread > 1 else "less"
            kind = f"{plain}_prime"
            return kind, f"{NAMES[kind]}: the points vary {more} than chance alone (σz {spread:.2f}).{few}"
    if plain == "p":
        return plain, f"p-chart: a proportion of cases that varies as chance would (σz {spread:.2f}).{few}"
    what = "counts of few events" if plain == "c" else f"events with an exposure of their own (σz {spread:.2f})"
    return plain, f"{NAMES[plain]}: {what}.{few}"


def limits_of(kind: str, top: Floats, bottom: Floats, basis: slice, season: Floats, uncertainty: Floats) -> Limits:
    """Center and deviation of every point for a kind of chart, from the points of `basis`."""
    values = top / bottom
    match kind:
        case "xmr":
            return charts.individual(values, basis)
        case "g":
            return charts.between_cases(values, basis)
        case "t":
            return charts.between_times(values, basis)
        case "c" | "u":
            return charts.rate(top, bottom, basis, season, uncertainty)
        case "u_prime":
            return charts.prime(values, charts.rate(top, bottom, basis, season, uncertainty), basis)
        case "p":
            return charts.proportion(top, bottom, basis)
        case _:
            return charts.prime(values, charts.proportion(top, bottom, basis), basis)
