"""Staggered difference-in-differences: schools that the program reached, beside those it had not reached yet.

Group-time effects, their average by time since the start, and a test of what came before it (Callaway and Sant'Anna
2021, Journal of Econometrics 225:200–230), without covariates. Errors from a seeded multiplier bootstrap over units.
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
DRAWS, SEED = 999, 20210701


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
    `missing` says which data there is too little of; then all else is empty.
    """

    effects: tuple[GroupTime, ...]
    event_study: tuple[EventTime, ...]
    overall: Estimate
    parallel: float
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
    missing = _lacking(values, first)
    if missing:
        return Staggered((), (), UNKNOWN, nan, missing)
    places, effects, influence = _group_times(values, first, weight / weight.mean(), compared_with)
    if not places:
        return Staggered((), (), UNKNOWN, nan, "No period in which treated and untreated schools both have a rate.")
    draws = np.random.default_rng(SEED).choice([-1.0, 1.0], (DRAWS, len(first)))
    errors = _errors(influence, draws)
    z = float(norm.ppf((1 + confidence) / 2))
    found = tuple(
        GroupTime(group, time, _estimate(value, error, z), error)
        for (group, time), value, error in zip(places, effects, errors, strict=True)
    )
    since = np.array([int(time - group) for group, time in places])
    study, study_influence = [], []
    for lag in np.unique(since):
        value, own = _average(places, effects, influence, first, weight, np.flatnonzero(since == lag))
        error = float(_errors(own[:, None], draws)[0])
        study.append(EventTime(int(lag), _estimate(value, error, z), error))
        study_influence.append(own)
    late = [place for place, event in enumerate(study) if event.since >= 0]
    mean = float(np.mean([study[place].effect.value for place in late]))
    mean_influence = np.mean([study_influence[place] for place in late], axis=0)
    overall = _estimate(mean, float(_errors(mean_influence[:, None], draws)[0]), z)
    before = since < 0
    return Staggered(found, tuple(study), overall, _no_difference(effects[before], influence[:, before]), "")


def _lacking(values: Floats, first: Floats) -> str:
    periods = values.shape[1] if values.ndim == 2 else 0
    treated = int((first < periods).sum())
    compared = int((first >= first[first < periods].max()).sum()) if treated else 0
    later = int((first > first.min()).sum()) if len(first) else 0
    if treated < LEAST_UNITS:
        return f"{treated} schools with months before and after their start; at least {LEAST_UNITS} are needed."
    if max(later, compared - treated) < LEAST_UNITS:
        return f"{later} schools to compare with; at least {LEAST_UNITS} are needed."
    return ""


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


def _average(
    places: list[tuple[float, int]], effects: Floats, influence: Floats, first: Floats, weight: Floats, chosen: NDArray
) -> tuple[float, Floats]:
    """The mean of effects, each group by its size, and its influence: of the effects and of the estimated sizes."""
    members = np.column_stack([(first == places[place][0]) * weight / weight.mean() for place in chosen])
    sizes = members.mean(axis=0)
    share = sizes / sizes.sum()
    value = float(share @ effects[chosen])
    of_sizes = (members - sizes) / sizes.sum() - np.outer((members - sizes).sum(axis=1), share) / sizes.sum()
    return value, influence[:, chosen] @ share + of_sizes @ effects[chosen]


def _errors(influence: Floats, draws: Floats) -> Floats:
    """Standard errors from the interquartile range of the bootstrap, as its authors take them."""
    means = draws @ influence / len(influence)
    low, high = np.quantile(means, [0.25, 0.75], axis=0)
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
