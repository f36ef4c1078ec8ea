"""Staggered difference-in-differences: schools that the program reached, beside those it had not reached yet.

Group-time effects, their average by time since the start, and a test of what came before it (Callaway and Sant'Anna
2021, Journal of Econometrics 225:200–230), without covariates. Errors come from a seeded multiplier bootstrap over
units; where a group is too small for that, from dealing the starts out to the schools anew (permutation).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, norm

from sro.stats.impact.estimates import UNKNOWN, Estimate

Floats = NDArray[np.float64]
NEVER = np.inf
LEAST_UNITS = 3  # in the program, and to compare with
FEW = 5  # units in a group, below which the bootstrap's errors are too small
DRAWS, DEALS, SEED = 999, 499, 20210701


@dataclass(frozen=True)
class GroupTime:
    """The effect in period `time` on the units first treated in `group`; before it, a placebo from one to the next."""

    group: float
    time: int
    effect: Estimate
    error: float


@dataclass(frozen=True)
class EventTime:
    """The mean effect `since` periods after the start (negative: before it)."""

    since: int
    effect: Estimate
    error: float


@dataclass(frozen=True)
class Staggered:
    """Group-time effects, their event study, and the mean over the periods after the start.

    `parallel` is the p-value of no difference before the start: small where the groups already went apart.
    `errors` is bootstrap or permutation. `missing` says which data there is too little of; then all else is empty.
    """

    effects: tuple[GroupTime, ...]
    event_study: tuple[EventTime, ...]
    overall: Estimate
    parallel: float
    errors: str
    missing: str


def staggered(
    outcomes: ArrayLike,
    first_treated: ArrayLike,
    *,
    compared_with: Literal["not_yet", "never"] = "not_yet",
    weights: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Staggered:
    """Effects from outcomes (units × periods, NaN where missing) and the period in which each unit was first treated.

    Periods are 0, 1, 2 …; a unit that is never treated has NEVER. Units treated from the first period on are left out.
    """
    values, first = np.asarray(outcomes, dtype=float), np.asarray(first_treated, dtype=float)
    weight = np.ones(len(first)) if weights is None else np.asarray(weights, dtype=float)
    inside = first > 0
    values, first, weight = values[inside], first[inside], weight[inside]
    if missing := _lacking(values, first):
        return Staggered((), (), UNKNOWN, nan, "", missing)
    weight = weight / weight.mean()
    places, effects, influence = _group_times(values, first, weight, compared_with)
    if not places:
        missing = "No period in which treated and untreated schools both have a rate."
        return Staggered((), (), UNKNOWN, nan, "", missing)
    since = np.array([int(time - group) for group, time in places])
    lags = np.unique(since)
    shares = np.array([_shares(places, first, weight, since == lag) for lag in lags])
    means = np.vstack([shares, shares[lags >= 0].mean(axis=0)])  # the event study, then the overall effect
    before = since < 0
    random = np.random.default_rng(SEED)
    if min((first == group).sum() for group, _ in places) < FEW:
        method, dealt = "permutation", _dealt(random, values, first, weight, compared_with, places)
        errors, mean_errors = dealt.std(axis=0), (dealt @ means.T).std(axis=0)
        parallel = _no_difference_dealt(effects[before], dealt[:, before])
    else:
        method, draws = "bootstrap", random.choice([-1.0, 1.0], (DRAWS, len(first))) / len(first)
        sizes = np.column_stack([_of_shares(places, first, weight, since == lag) @ effects for lag in lags])
        own = influence @ means.T + np.column_stack([sizes, sizes[:, lags >= 0].mean(axis=1)])
        errors, mean_errors = _spread(draws @ influence), _spread(draws @ own)
        parallel = _no_difference(effects[before], influence[:, before])
    z = float(norm.ppf((1 + confidence) / 2))
    values_of = means @ effects
    found = tuple(
        GroupTime(group, time, _estimate(value, error, z), float(error))
        for (group, time), value, error in zip(places, effects, errors, strict=True)
    )
    study = tuple(
        EventTime(int(lag), _estimate(value, error, z), float(error))
        for lag, value, error in zip(lags, values_of[:-1], mean_errors[:-1], strict=True)
    )
    return Staggered(found, study, _estimate(values_of[-1], mean_errors[-1], z), parallel, method, "")


def _lacking(values: Floats, first: Floats) -> str:
    periods = values.shape[1] if values.ndim == 2 else 0
    treated = int((first < periods).sum())
    compared = int((first >= first[first < periods].max()).sum()) if treated else 0
    later = int((first > first.min()).sum()) if len(first) else 0
    if treated < LEAST_UNITS:
        return f"{_schools(treated)} with months before and after their start; at least {LEAST_UNITS} are needed."
    if max(later, compared - treated) < LEAST_UNITS:
        return f"{_schools(later)} to compare with; at least {LEAST_UNITS} are needed."
    return ""


def _schools(count: int) -> str:
    return f"{count} {'school' if count == 1 else 'schools'}"


def _group_times(
    values: Floats, first: Floats, weight: Floats, compared_with: str
) -> tuple[list[tuple[float, int]], Floats, Floats]:
    """(group, period), effect, and each unit's influence on it (units × effects)."""
    periods, units = values.shape[1], len(first)
    places: list[tuple[float, int]] = []
    effects, columns = [], []
    for group in np.unique(first[first < periods]):
        for time in range(1, periods):
            base = time - 1 if time < group else int(group) - 1
            change = values[:, time] - values[:, base]
            untreated = first == NEVER if compared_with == "never" else (first > max(time, base)) & (first != group)
            own, other = (first == group) & ~np.isnan(change), untreated & ~np.isnan(change)
            if not (own.any() and other.any()):
                continue
            influence, means = np.zeros(units), []
            for members, sign in ((own, 1.0), (other, -1.0)):
                share = weight * members
                means.append(float(np.average(change[members], weights=weight[members])))
                influence[members] += (sign * share * units / share.sum())[members] * (change[members] - means[-1])
            places.append((float(group), time))
            effects.append(means[0] - means[1])
            columns.append(influence)
    return places, np.array(effects), np.column_stack(columns) if columns else np.empty((units, 0))


def _shares(places: list[tuple[float, int]], first: Floats, weight: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """The share of each effect in the mean of the chosen ones: its group's size."""
    sizes = np.array([weight[first == group].sum() for group, _ in places]) * chosen
    return sizes / sizes.sum()


def _of_shares(places: list[tuple[float, int]], first: Floats, weight: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Each unit's influence on those shares, as the sizes of the groups are estimated too (units × effects)."""
    members = np.column_stack([(first == group) * weight for group, _ in places]) * chosen
    away = members - members.mean(axis=0)
    total = members.mean(axis=0).sum()
    return (away - np.outer(away.sum(axis=1), members.mean(axis=0) / total)) / total


def _dealt(
    random: np.random.Generator,
    values: Floats,
    first: Floats,
    weight: Floats,
    compared_with: str,
    places: list[tuple[float, int]],
) -> Floats:
    """The effects (deals × effects) when lots decide which unit starts when; deals that lack an effect are left out."""
    out = []
    for _ in range(DEALS):
        found, effects, _ = _group_times(values, random.permutation(first), weight, compared_with)
        if found == places:
            out.append(effects)
    return np.array(out) if out else np.full((2, len(places)), np.nan)


def _spread(draws: Floats) -> Floats:
    """Standard errors from the interquartile range of bootstrap draws, as the authors take them."""
    low, high = np.quantile(draws, [0.25, 0.75], axis=0)
    return (high - low) / float(norm.ppf(0.75) - norm.ppf(0.25))


def _estimate(value: float, error: float, z: float) -> Estimate:
    chance = float(2 * norm.sf(abs(value) / error)) if error > 0 else nan
    return Estimate(float(value), float(value - z * error), float(value + z * error), chance)


def _no_difference(effects: Floats, influence: Floats) -> float:
    """Wald's p-value that all effects are zero."""
    if not len(effects):
        return nan
    units = len(influence)
    spread = influence.T @ influence / units
    rank = int(np.linalg.matrix_rank(spread))
    return float(chi2.sf(units * effects @ np.linalg.pinv(spread) @ effects, rank)) if rank else nan


def _no_difference_dealt(effects: Floats, dealt: Floats) -> float:
    """The share of deals whose effects lie at least as far from zero, each in its own standard errors."""
    if not len(effects) or np.isnan(dealt).any():
        return nan
    scale = np.maximum(dealt.std(axis=0), 1e-12)
    far = ((dealt / scale) ** 2).sum(axis=1) >= ((effects / scale) ** 2).sum()
    return float((1 + far.sum()) / (1 + len(far)))
