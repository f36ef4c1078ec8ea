"""Intervals for counts, rates, proportions and their comparison. Arrays in, arrays out; NaN where nothing can be said.

Garwood (1936) exact Poisson limits; Byar's approximation to them; Wilson (1927) score limits. Checked against published
values in tests/stats.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri, ndtri

Floats = NDArray[np.float64]


def poisson_interval(events: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Exact (Garwood) limits of a Poisson mean, given the count seen."""
    count = np.asarray(events, dtype=float)
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        low = np.where(count > 0, chdtri(2 * np.maximum(count, 0.5), 1 - tail) / 2, 0.0)
        high = chdtri(2 * count + 2, tail) / 2
    unknown = np.isnan(count) | (count < 0)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def byar_interval(events: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Byar's limits of a Poisson mean, as English public health publishes them from ten events on."""
    count = np.asarray(events, dtype=float)
    z = float(ndtri(1 - (1 - confidence) / 2))
    count = np.where(count < 0, np.nan, count)
    with np.errstate(invalid="ignore", divide="ignore"):
        low = np.where(count > 0, count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3, count)
    high = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * np.sqrt(count + 1))) ** 3
    return np.maximum(low, 0.0), high


def wilson_interval(successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson score limits of a proportion, as shares of 1."""
    count, total = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(trials, dtype=float))
    z = float(ndtri(1 - (1 - confidence) / 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = count / total
        spread = 1 + z**2 / total
        middle = (share + z**2 / (2 * total)) / spread
        reach = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / spread
    unknown = ~(total > 0) | ~(count >= 0) | (count > total)
    low = np.where(count == 0, 0.0, np.maximum(middle - reach, 0.0))
    high = np.where(count == total, 1.0, np.minimum(middle + reach, 1.0))
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def rate_ratio_interval(
    events: float, exposure: float, events_before: float, exposure_before: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Score limits of the ratio of two Poisson rates; NaN where either side saw nothing.

    They are the roots of (x − y·r)² = z²·(x + y)·r, r the ratio of the means: the limits for which statsmodels searches
    (`confint_poisson_2indep`), without its search, which leaves the numbers on small counts.
    """
    if min(events, events_before) <= 0 or min(exposure, exposure_before) <= 0:
        return np.nan, np.nan
    z = float(ndtri(1 - (1 - confidence) / 2))
    middle = 2 * events * events_before + z**2 * (events + events_before)
    reach = np.sqrt(middle**2 - 4 * events**2 * events_before**2)
    scale = exposure_before / exposure / (2 * events_before**2)
    return float((middle - reach) * scale), float((middle + reach) * scale)


def proportion_difference_interval(
    successes: float, trials: float, successes_before: float, trials_before: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Newcombe's hybrid score limits of the difference of two proportions, as shares of 1."""
    if min(trials, trials_before) <= 0:
        return np.nan, np.nan
    low, high = wilson_interval([successes, successes_before], [trials, trials_before], confidence)
    share, share_before = successes / trials, successes_before / trials_before
    difference = share - share_before
    down = np.hypot(share - low[0], high[1] - share_before)
    up = np.hypot(high[0] - share, share_before - low[1])
    return float(difference - down), float(difference + up)


def relative_standard_error(events: ArrayLike) -> Floats:
    """Of a rate that rests on so many events, as a share of 1: 1/√events; infinite where there was none."""
    with np.errstate(divide="ignore"):
        return 1 / np.sqrt(np.asarray(events, dtype=float))


def is_unstable(events: ArrayLike, stable_events: int = 20) -> NDArray[np.bool_]:
    """Whether a rate rests on too few events (relative standard error over 1/√stable_events)."""
    count = np.asarray(events, dtype=float)
    return (count > 0) & (count < stable_events)
