"""School against school without a ranking: limits of a funnel around the rate of all schools together.

Limits are exact (Poisson or binomial), interpolated between counts, and widened where schools differ by more than
chance (Spiegelhalter 2005, Statistics in Medicine 24:1185–1202).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
Kind = Literal["events", "proportion"]
INNER, OUTER = 0.95, 0.998
WINSORIZED = 0.1  # of the schools at either end, in the estimate of overdispersion


@dataclass(frozen=True, eq=False)
class Funnel:
    """Center and limits for each unit, on the scale of the value; `dispersion` is 1 where chance alone explains them.

    `place`: −2 below the outer limits, −1 below the inner, 0 inside, 1 above the inner, 2 above the outer.
    """

    center: float
    inner_low: Floats
    inner_high: Floats
    outer_low: Floats
    outer_high: Floats
    dispersion: float
    place: NDArray[np.int_]

    @property
    def expected_outside(self) -> float:
        """How many units lie outside the inner limits if nothing but chance tells them apart."""
        return (1 - INNER) * np.isfinite(self.inner_high).sum()


def funnel(events: ArrayLike, exposures: ArrayLike, kind: Kind = "events") -> Funnel:
    """Limits around sum(events)/sum(exposures) for units of these exposures; NaN for a unit without exposure."""
    count, exposure = np.asarray(events, dtype=float), np.asarray(exposures, dtype=float)
    known = (exposure > 0) & (count >= 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        center = float(count[known].sum() / exposure[known].sum()) if known.any() else np.nan
        value = count / exposure
    dispersion = overdispersion(count[known], exposure[known], kind)
    inner_low, inner_high = funnel_limits(center, exposure, INNER, kind, dispersion)
    outer_low, outer_high = funnel_limits(center, exposure, OUTER, kind, dispersion)
    above = (value > inner_high).astype(int) + (value > outer_high)
    below = (value < inner_low).astype(int) + (value < outer_low)
    return Funnel(center, inner_low, inner_high, outer_low, outer_high, dispersion, above - below)


def funnel_limits(
    center: float, exposures: ArrayLike, coverage: float, kind: Kind = "events", dispersion: float = 1.0
) -> tuple[Floats, Floats]:
    """Between which values `coverage` of the units of these exposures lie when all share the rate `center`."""
    exposure = np.asarray(exposures, dtype=float)
    law = stats.poisson(center * exposure) if kind == "events" else stats.binom(np.round(exposure), center)
    tail = (1 - coverage) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = (_between_counts(law, share) / exposure for share in (tail, 1 - tail))
    wider = np.sqrt(dispersion)
    low, high = center - (center - low) * wider, center + (high - center) * wider
    high = np.minimum(high, 1.0) if kind == "proportion" else high
    unknown = ~(exposure > 0)
    return np.where(unknown, np.nan, np.maximum(low, 0.0)), np.where(unknown, np.nan, high)


def _between_counts(law, share: float) -> Floats:
    """The quantile, interpolated between the two counts around it (Spiegelhalter 2005, appendix A.1.1)."""
    count = law.ppf(share)
    at, below = law.cdf(count), law.cdf(count - 1)
    return np.maximum(count - (at - share) / (at - below), 0.0)


def overdispersion(events: ArrayLike, exposures: ArrayLike, kind: Kind = "events") -> float:
    """By what factor the variance between units exceeds chance; 1 unless by more than two standard errors."""
    count, exposure = np.asarray(events, dtype=float), np.asarray(exposures, dtype=float)
    if len(count) < 3 or count.sum() == 0:
        return 1.0
    center = count.sum() / exposure.sum()
    variance = exposure * (center if kind == "events" else center * (1 - center))
    if not (variance > 0).all():
        return 1.0
    z = np.sort((count - exposure * center) / np.sqrt(variance))
    cut = int(len(z) * WINSORIZED)
    z = np.clip(z, z[cut], z[-cut - 1])
    factor = float(np.mean(z**2))
    return factor if factor > 1 + 2 * np.sqrt(2 / len(z)) else 1.0
