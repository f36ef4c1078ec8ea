"""The shape of a school year: how many events each calendar month has, for its exposure, beside a month like any other.

Estimated from all units together, so that a school's own small numbers do not make a season of noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

Floats = NDArray[np.float64]
LEAST_YEARS = 2
CERTAIN = 0.01  # a season is taken only where chance would give as much in one of a hundred cases


@dataclass(frozen=True)
class Season:
    """Calendar month → factor and relative variance of its estimate. Months it does not hold have the factor 1."""

    factors: tuple[tuple[int, float, float], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.factors)

    def of(self, months: Sequence[int], points: int) -> tuple[Floats, Floats]:
        """Factor and relative variance for each of `points` points, given their calendar months."""
        if not self.factors:
            return np.ones(points), np.zeros(points)
        known = {month: (factor, variance) for month, factor, variance in self.factors}
        pairs = [known.get(month, (1.0, 0.0)) for month in months]
        return np.array([factor for factor, _ in pairs]), np.array([variance for _, variance in pairs])


NO_SEASON = Season()


def season_of(counts: ArrayLike, exposures: ArrayLike, months: Sequence[int]) -> Season:
    """The season that units × points share; NO_SEASON where two years or the evidence for one are lacking.

    A point without exposure adds nothing. Each unit keeps its own rate.
    """
    top, bottom = np.atleast_2d(np.asarray(counts, dtype=float)), np.atleast_2d(np.asarray(exposures, dtype=float))
    known = (bottom > 0) & ~np.isnan(top)
    top, bottom = np.where(known, top, 0.0), np.where(known, bottom, 0.0)
    names = np.asarray(months)
    shared = known.any(axis=0)
    present = [int(month) for month in np.unique(names[shared])]
    if len(present) < 2 or min((shared & (names == month)).sum() for month in present) < LEAST_YEARS:
        return NO_SEASON
    factor = np.ones(len(names))
    seen = np.array([top[:, names == month].sum() for month in present])
    even = seen
    for step in range(50):  # rates given the season, the season given the rates, until neither moves
        weight = (bottom * factor).sum(axis=1)
        rate = np.divide(top.sum(axis=1), weight, out=np.zeros(len(top)), where=weight > 0)
        expected = rate @ bottom
        even = np.array([expected[names == month].sum() for month in present]) if step == 0 else even
        new = np.ones(len(names))
        for month, events in zip(present, seen, strict=True):
            new[names == month] = max(events, 0.5) / max(expected[names == month].sum(), 1e-12)
        if np.allclose(new, factor, rtol=1e-6):
            break
        factor = new
    if not even.all() or chi2.sf(((seen - even) ** 2 / even).sum(), len(present) - 1) > CERTAIN:
        return NO_SEASON
    rows = ((m, float(factor[names == m][0]), 1 / max(float(n), 1.0)) for m, n in zip(present, seen, strict=True))
    return Season(tuple(rows))
