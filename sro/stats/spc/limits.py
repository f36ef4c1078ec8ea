"""Center and standard deviation of every point, estimated from a baseline. Limits lie three of them away.

Shewhart's charts for individual values (XmR, Wheeler 1993), rates (u), proportions (p), Laney's u′ and p′ for data that
vary more or less than chance (Quality Engineering 2002; 14:531–537), and for rare events the cases (g, Benneyan 2001)
or the time (t, Nelson 1994) between them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
XMR = 2.66  # three standard deviations in mean moving ranges of two: 3/1.128
WILD_RANGE = 3.267  # upper limit of a moving range, in means
RANGE_TO_SIGMA = 1.128
WEIBULL = 3.6  # Nelson's power, under which times between rare events are nearly normal


@dataclass(frozen=True, eq=False)
class Limits:
    """On the scale on which the rules are applied, one entry a point."""

    center: Floats
    sigma: Floats


def individual(values: Floats, baseline: slice, screened: bool = True) -> Limits:
    """XmR: mean ± 2.66 mean moving ranges; ranges beyond 3.267 means are left out once."""
    own = values[baseline]
    ranges = np.abs(np.diff(own))
    mean_range = ranges.mean() if len(ranges) else np.nan
    if screened and len(ranges):
        kept = ranges[ranges < WILD_RANGE * mean_range]
        mean_range = kept.mean() if len(kept) else mean_range
    return _flat(values, own.mean(), XMR / 3 * mean_range)


def rate(counts: Floats, exposures: Floats, baseline: slice, season: Floats, uncertainty: Floats) -> Limits:
    """u: Σcounts/Σexposures ± 3√(rate/exposure), moved by the season of each point (all 1 where there is none).

    `uncertainty` is the relative variance of each season's estimate; it widens the limits.
    """
    center = season * counts[baseline].sum() / (exposures * season)[baseline].sum()
    return Limits(center, np.sqrt(center / exposures + center**2 * uncertainty))


def proportion(counts: Floats, trials: Floats, baseline: slice) -> Limits:
    """p: Σcounts/Σtrials ± 3√(p(1−p)/trials)."""
    share = counts[baseline].sum() / trials[baseline].sum()
    return Limits(np.full(len(counts), share), np.sqrt(share * (1 - share) / trials))


def prime(values: Floats, limits: Limits, baseline: slice) -> Limits:
    """Laney's u′ or p′: the limits times the standard deviation of the z-scores, from their moving ranges."""
    return Limits(limits.center, limits.sigma * sigma_z(values, limits, baseline))


def sigma_z(values: Floats, limits: Limits, baseline: slice) -> float:
    """Standard deviation of the z-scores of a baseline: 1 where chance alone is at work, or where nothing varies."""
    if not (limits.sigma[baseline] > 0).all():
        return 1.0
    z = (values - limits.center)[baseline] / limits.sigma[baseline]
    return float(np.abs(np.diff(z)).mean() / RANGE_TO_SIGMA)


def is_not_chance(sigma: float, points: int) -> bool:
    """Whether chance would put `sigma_z` so far from 1 less than once in a hundred (its error: Cryer and Ryan 1990)."""
    return abs(sigma - 1) > 2.576 * np.sqrt(0.8264 * points - 1.082) / (points - 1)


def between_cases(gaps: Floats, baseline: slice) -> Limits:
    """g: mean ± 3√(mean(mean + 1)) of the cases or days between two events."""
    mean = gaps[baseline].mean()
    return _flat(gaps, mean, np.sqrt(mean * (mean + 1)))


def between_times(times: Floats, baseline: slice) -> Limits:
    """t: the XmR chart of time^(1/3.6). `from_weibull` takes its numbers back to time."""
    return individual(to_weibull(times), baseline)


def to_weibull(times: Floats) -> Floats:
    return times ** (1 / WEIBULL)


def from_weibull(values: Floats) -> Floats:
    return np.maximum(values, 0) ** WEIBULL


def _flat(values: Floats, center: float, sigma: float) -> Limits:
    return Limits(np.full(len(values), center), np.full(len(values), sigma))
