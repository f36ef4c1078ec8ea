"""The false-alarm budget: which schools stand out, with rules that raise at most one false alarm a year over forty.

Each school is watched by two Poisson CUSUMs (Page 1954; Lucas 1985), tuned to a doubling and to a halving of its own
rate. Their thresholds come from simulating the very baselines: what chance alone gives, for these exposures and for
what the baseline leaves unsure about the rate. docs/operating-curve.md says what that achieves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
UNITS, ALARMS = 40, 1.0  # at most so many false alarms a year over so many units
MARGIN = 0.95  # of the budget is given out, so that the simulation's own error does not overdraw it
RISE_SHARE = 0.75  # of the budget goes to rises: a doubling is then found about as soon as with all of it
DRAWS, FEWEST_DRAWS = 6000, 500  # simulated years a unit; of more than MANY units fewer each, as many in all
MANY = 400
SEED = 20210701
TWOFOLD = float(np.log(2))


@dataclass(frozen=True, eq=False)
class Thresholds:
    """For each unit: the rate its CUSUMs refer to, and how high they may go before they signal.

    `chance` is the share of simulated quiet years in which the unit signals, from draws of their own.
    """

    rate: Floats
    rise: Floats
    fall: Floats
    chance: Floats


@dataclass(frozen=True)
class Standout:
    """A unit whose CUSUM passed its threshold: in which direction, at which point first, and since when it built up."""

    unit: int
    side: str
    first: int
    since: int


@dataclass(frozen=True)
class Watch:
    """Who stands out, beside how many chance alone would give among the `units` that were watched."""

    units: int
    by_chance: float
    standouts: tuple[Standout, ...]

    @property
    def found(self) -> int:
        return len({standout.unit for standout in self.standouts})

    def sentence(self, noun: str = "schools") -> str:
        """`About 1 of 40 schools would stand out by chance; 2 did.`"""
        if not self.units:
            return f"No {noun} have enough months to be watched."
        if self.units == 1:
            did = "This one did." if self.found else "This one did not."
            return f"By chance, about {ALARMS:.0f} of {UNITS} {noun} like it would stand out in a year. {did}"
        expected = f"about {self.by_chance:.0f}" if self.by_chance >= 0.95 else "fewer than 1"
        return f"By chance, {expected} of {self.units} {noun} would stand out in a year; {self.found or 'none'} did."


def watch(
    baseline_events: ArrayLike,
    baseline_exposures: ArrayLike,
    counts: ArrayLike,
    exposures: ArrayLike,
    *,
    dispersion: float = 1.0,
) -> Watch:
    """Which units stand out in the watched points (units × points; one year), given the totals of their baselines.

    A point without exposure is passed over. A unit without baseline exposure is not watched.
    `dispersion` is by how much counts vary beyond chance (see `dispersion_of`).
    """
    own, top, bottom = _watched(counts, exposures)
    limits = thresholds(baseline_events, baseline_exposures, bottom, dispersion=dispersion)
    rises, falls = cusums(top, bottom, limits.rate)
    found = [
        standout
        for unit in np.flatnonzero(own & np.isfinite(limits.rate))
        for standout in (
            _standout(int(unit), "high", rises[unit], limits.rise[unit]),
            _standout(int(unit), "low", falls[unit], limits.fall[unit]),
        )
        if standout is not None
    ]
    watched = own & np.isfinite(limits.rate)
    return Watch(int(watched.sum()), float(limits.chance[watched].sum()), tuple(found))


def thresholds(
    baseline_events: ArrayLike,
    baseline_exposures: ArrayLike,
    exposures: ArrayLike,
    *,
    dispersion: float = 1.0,
    rise_share: float = RISE_SHARE,
    draws: int | None = None,
    seed: int = SEED,
) -> Thresholds:
    """Thresholds of every unit for the exposures (units × points, 0 where there is none) in which it is watched.

    The rate is unknown: each simulated year draws it from what the baseline leaves open (Jeffreys' posterior), so that
    an estimated baseline costs no false alarms. The points are one year: the budget is a year's.

    `draws` is how many years are simulated for a threshold. Fewer make each less sure of its share of the budget, a
    little too high as often as too low; over very many units that evens out.
    """
    bottom = np.atleast_2d(np.asarray(exposures, dtype=float))
    draws = draws or min(DRAWS, max(FEWEST_DRAWS, DRAWS * MANY // max(len(bottom), 1)))
    key = (
        tuple(np.round(np.asarray(baseline_events, dtype=float), 6)),
        tuple(np.round(np.asarray(baseline_exposures, dtype=float), 6)),
        bottom.tobytes(),
        bottom.shape,
    )
    return _simulated(*key, round(dispersion, 3), rise_share, draws, seed)


@lru_cache(maxsize=64)
def _simulated(
    events: tuple[float, ...],
    baseline: tuple[float, ...],
    watched: bytes,
    shape: tuple[int, int],
    dispersion: float,
    rise_share: float,
    draws: int,
    seed: int,
) -> Thresholds:
    exposures = np.frombuffer(watched).reshape(shape)
    random = np.random.default_rng(seed)
    rate, rise, fall, chance = (np.full(shape[0], np.nan) for _ in range(4))
    allowed = MARGIN * ALARMS / UNITS
    for unit, (total, exposure) in enumerate(zip(events, baseline, strict=True)):
        if not (exposure > 0 and total >= 0):
            continue
        rate[unit] = (total + 0.5) / exposure
        quiet = _quiet_years(random, total, exposure, exposures[unit], dispersion, 2 * draws)
        highest, lowest = (part.max(axis=1) for part in cusums(quiet, exposures[unit], rate[unit]))
        rise[unit] = np.quantile(highest[:draws], 1 - rise_share * allowed, method="higher")
        fall[unit] = np.quantile(lowest[:draws], 1 - (1 - rise_share) * allowed, method="higher")
        chance[unit] = np.mean((highest[draws:] > rise[unit]) | (lowest[draws:] > fall[unit]))
    return Thresholds(rate, rise, fall, chance)


def _quiet_years(
    random: np.random.Generator, total: float, exposure: float, watched: Floats, dispersion: float, draws: int
) -> Floats:
    """Counts (draws × points) of a unit whose rate does not change, and is only as well known as its baseline says."""
    true = random.gamma((total + 0.5) / dispersion, dispersion / exposure, (draws, 1))
    means = true * watched
    if dispersion > 1:
        means = random.gamma(means / (dispersion - 1)) * (dispersion - 1)
    return random.poisson(means).astype(float)


def cusums(counts: ArrayLike, exposures: ArrayLike, rate: ArrayLike) -> tuple[Floats, Floats]:
    """The two CUSUMs along the last axis, for a doubling and a halving: each adds what lies beyond its reference."""
    top, bottom = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float))
    level = np.asarray(rate, dtype=float)
    usual = bottom * (level[..., None] if level.ndim else level)
    up, down = np.zeros(top.shape[:-1]), np.zeros(top.shape[:-1])
    rises, falls = np.empty(top.shape), np.empty(top.shape)
    for point in range(top.shape[-1]):
        up = np.maximum(0, up + top[..., point] - usual[..., point] / TWOFOLD)
        down = np.maximum(0, down - top[..., point] + usual[..., point] / (2 * TWOFOLD))
        rises[..., point], falls[..., point] = up, down
    return rises, falls


def dispersion_of(counts: ArrayLike, exposures: ArrayLike) -> float:
    """By what factor counts of units × points vary around each unit's own rate beyond chance; at least 1."""
    _, top, bottom = _watched(counts, exposures)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = bottom * (top.sum(axis=1) / bottom.sum(axis=1))[:, None]
        squares = np.where(expected > 0, (top - expected) ** 2 / expected, 0.0)
    free = (expected > 0).sum() - (expected > 0).any(axis=1).sum()
    return max(1.0, float(squares.sum() / free)) if free > 0 else 1.0


def _watched(counts: ArrayLike, exposures: ArrayLike) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """Units with anything to watch; counts and exposures with 0 where a point is missing."""
    top, bottom = np.atleast_2d(np.asarray(counts, dtype=float)), np.atleast_2d(np.asarray(exposures, dtype=float))
    known = (bottom > 0) & (top >= 0)
    anything = np.asarray(known.any(axis=1))
    return anything, np.where(known, top, 0.0), np.where(known, bottom, 0.0)


def _standout(unit: int, side: str, path: Floats, limit: float) -> Standout | None:
    beyond = np.flatnonzero(path > limit)
    if not len(beyond):
        return None
    first = int(beyond[0])
    quiet = np.flatnonzero(path[:first] == 0)
    return Standout(unit, side, first, int(quiet[-1]) + 1 if len(quiet) else 0)
