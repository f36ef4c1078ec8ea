"""What every design gives: an estimate with its limits, or the sentence that says which data it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

ASSOCIATION = "Association in time; not evidence that the program caused the change."
LEAST_POINTS = 12  # instructional months on each side (Lopez Bernal 2017 names no number; below it a season is a guess)
LEAST_EVENTS = 20  # on each side: under it a rate is unstable
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A ratio or a difference with its limits and p-value."""

    value: float
    low: float
    high: float
    p: float


UNKNOWN = Estimate(nan, nan, nan, nan)


def lacking(counts: ArrayLike, start: int) -> str:
    """What the two sides of `start` lack; empty where both suffice."""
    top = np.asarray(counts, dtype=float)
    sides = {"before": top[:start], "after": top[start:]}
    for name, side in sides.items():
        if len(side) < LEAST_POINTS:
            return f"{len(side)} instructional months {name} the start; at least {LEAST_POINTS} are needed."
    for name, side in sides.items():
        if side.sum() < LEAST_EVENTS:
            return f"{side.sum():.0f} events {name} the start; at least {LEAST_EVENTS} are needed."
    return ""
