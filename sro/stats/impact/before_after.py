"""Two rates, before and after a date: a description, without trend or season."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from sro.stats.impact.estimates import UNKNOWN, Estimate, lacking
from sro.stats.rates import rate_ratio_interval


@dataclass(frozen=True)
class BeforeAfter:
    """Rates per unit of exposure and their ratio; `missing` says why there is none.

    `dispersion` is by how much months vary beyond chance; it widens the limits of the ratio.
    """

    before: float
    after: float
    ratio: Estimate
    points: tuple[int, int]
    events: tuple[float, float]
    dispersion: float
    missing: str


def before_after(counts: ArrayLike, exposures: ArrayLike, start: int, confidence: float = 0.95) -> BeforeAfter:
    """Rates of the points before `start` and from it on, each a ratio of sums; points without exposure are left out."""
    top, bottom = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    known = (bottom > 0) & ~np.isnan(top)
    start = int(known[:start].sum())
    top, bottom = top[known], bottom[known]
    events = float(top[:start].sum()), float(top[start:].sum())
    points = start, len(top) - start
    missing = lacking(top, start)
    if missing:
        return BeforeAfter(nan, nan, UNKNOWN, points, events, nan, missing)
    exposure = float(bottom[:start].sum()), float(bottom[start:].sum())
    before, after = events[0] / exposure[0], events[1] / exposure[1]
    expected = np.concatenate([before * bottom[:start], after * bottom[start:]])
    dispersion = max(1.0, float(((top - expected) ** 2 / expected).sum() / (len(top) - 2)))
    low, high = rate_ratio_interval(events[1], exposure[1], events[0], exposure[0], confidence)
    middle, wider = np.log(after / before), np.sqrt(dispersion)
    low, high = (float(np.exp(middle + wider * (np.log(limit) - middle))) for limit in (low, high))
    error = wider * np.sqrt(1 / events[0] + 1 / events[1])
    ratio = Estimate(after / before, low, high, float(2 * norm.sf(abs(middle) / error)))
    return BeforeAfter(before, after, ratio, points, events, dispersion, "")
