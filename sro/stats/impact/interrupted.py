"""Interrupted time series: did level or trend change at a date, beyond the trend and the season there were?

Segmented quasi-Poisson regression with log exposure as offset (Lopez Bernal, Cummins and Gasparrini 2017, International
Journal of Epidemiology 46:348–355). Where the residuals follow each other, standard errors are Newey and West's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sro.stats.impact.estimates import UNKNOWN, Estimate, lacking

Floats = NDArray[np.float64]
YEAR = 12


@dataclass(frozen=True, eq=False)
class Interrupted:
    """Ratios: `level` at the start, `slope` of the trends after to before for each year, `trend` before it, each year.

    `expected` is what the trend and season before would have given, `fitted` what the model gives, both as rates.
    `missing` says which data there is too little of; then all else is unknown.
    """

    level: Estimate
    slope: Estimate
    trend: Estimate
    fitted: Floats
    expected: Floats
    dispersion: float
    autocorrelation: float
    errors: str
    missing: str


NOT_ESTIMATED = np.array([], dtype=float)


def interrupted(
    counts: ArrayLike,
    exposures: ArrayLike,
    start: int,
    times: Sequence[int],
    *,
    harmonics: int = 2,
    with_slope: bool = True,
    confidence: float = 0.95,
) -> Interrupted:
    """The change at point `start`. `times` counts calendar months (year × 12 + month), so that summers have a length.

    `harmonics` pairs of sine and cosine stand for the season; 0 leaves it out.
    """
    top, bottom, clock = (np.asarray(part, dtype=float) for part in (counts, exposures, times))
    known = (bottom > 0) & ~np.isnan(top)
    start = int(known[:start].sum())
    top, bottom, clock = top[known], bottom[known], clock[known]
    missing = lacking(top, start)
    if missing:
        return Interrupted(UNKNOWN, UNKNOWN, UNKNOWN, NOT_ESTIMATED, NOT_ESTIMATED, nan, nan, "", missing)
    import statsmodels.api as sm  # slow to import, needed on one screen

    after = np.arange(len(top)) >= start
    columns = [np.ones(len(top)), after.astype(float), (clock - clock[0]) / YEAR]
    if with_slope:
        columns.append(np.where(after, (clock - clock[start]) / YEAR, 0.0))
    for pair in range(1, harmonics + 1):
        angle = 2 * np.pi * pair * clock / YEAR
        columns += [np.sin(angle), np.cos(angle)]
    design = np.column_stack(columns)
    model = sm.GLM(top, design, family=sm.families.Poisson(), offset=np.log(bottom))
    fit = model.fit(scale="X2")
    residuals = np.asarray(fit.resid_pearson)
    follows = float(np.corrcoef(residuals[:-1], residuals[1:])[0, 1])
    errors = "quasi-Poisson"
    if abs(follows) > 2 / np.sqrt(len(top)):
        errors = "Newey–West"
        fit = model.fit(cov_type="HAC", cov_kwds={"maxlags": max(1, int(len(top) ** 0.25))})
    limits = np.exp(np.asarray(fit.conf_int(1 - confidence)))
    values, chances = np.exp(np.asarray(fit.params)), np.asarray(fit.pvalues)

    def estimate(place: int) -> Estimate:
        return Estimate(float(values[place]), float(limits[place, 0]), float(limits[place, 1]), float(chances[place]))

    slope = estimate(3) if with_slope else UNKNOWN
    untouched = design.copy()
    untouched[:, [1, 3] if with_slope else [1]] = 0
    expected = np.exp(untouched @ np.asarray(fit.params))
    fitted = np.asarray(fit.fittedvalues) / bottom
    return Interrupted(
        estimate(1),
        slope,
        estimate(2),
        fitted,
        expected,
        float((residuals**2).sum() / fit.df_resid),
        follows,
        errors,
        "",
    )
