"""When a series does more than vary: the four rules of the NHS and Anhøj's two, on points, centers and deviations."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

Floats = NDArray[np.float64]
RUN = 7
RULES = {
    "outside": "outside the limits",
    "shift": "7 or more in a row on one side of the center",
    "trend": "7 or more in a row, each higher or each lower than the one before",
    "two_of_three": "2 of 3 in a row near one limit",
}


@dataclass(frozen=True)
class Signal:
    """One point that a rule flags. `side`: high or low of the center; of a trend, whether it rises or falls."""

    point: int
    rule: str
    side: str


@dataclass(frozen=True)
class Runs:
    """Anhøj's run rules over `useful` points, those not on the center (Anhøj and Olesen 2014)."""

    useful: int
    longest: int
    longest_expected: int
    crossings: int
    crossings_expected: int

    @property
    def signal(self) -> bool:
        return self.longest > self.longest_expected or self.crossings < self.crossings_expected


def signals(values: Floats, center: Floats, sigma: Floats, rules: tuple[str, ...] = tuple(RULES)) -> list[Signal]:
    """Every flagged point of a phase, in order; all points that make up a pattern are flagged."""
    z = (values - center) / np.where(sigma > 0, sigma, np.nan)
    side = np.sign(values - center).astype(int)
    found = {
        "outside": np.where(np.abs(z) > 3, side, 0),
        "shift": _in_runs(side, RUN),
        "trend": trending(values),
        "two_of_three": two_of_three(z, side),
    }
    names = {1: "high", -1: "low"}
    return [
        Signal(point, rule, names[int(found[rule][point])])
        for point in range(len(values))
        for rule in RULES
        if rule in rules and found[rule][point]
    ]


def two_of_three(z: Floats, side: NDArray[np.int_]) -> NDArray[np.int_]:
    """Points beyond two deviations but inside three, at least two in three successive points of one side."""
    near = (np.abs(z) > 2) & (np.abs(z) <= 3)
    flagged = np.zeros(len(z), dtype=int)
    for start in range(len(z) - 2):
        three = slice(start, start + 3)
        if near[three].sum() >= 2 and abs(side[three].sum()) == 3:
            flagged[three] = np.where(near[three], side[three], flagged[three])
    return flagged


def trending(values: Floats) -> NDArray[np.int_]:
    """1 on every point of seven or more rising in a row, −1 where they fall, else 0."""
    flagged = np.zeros(len(values), dtype=int)
    steps = np.sign(np.diff(values)).astype(int)
    for start in range(len(values) - RUN + 1):
        moved = steps[start : start + RUN - 1]
        if abs(moved.sum()) == RUN - 1:
            flagged[start : start + RUN] = moved[0]
    return flagged


def _in_runs(side: NDArray[np.int_], least: int) -> NDArray[np.int_]:
    """The side of every point that stands in a run of at least `least` on that side, else 0."""
    flagged = np.zeros(len(side), dtype=int)
    for start in range(len(side) - least + 1):
        if abs(side[start : start + least].sum()) == least:
            flagged[start : start + least] = side[start]
    return flagged


def anhoej(values: Floats, center: Floats) -> Runs:
    """Longest run and crossings of the center, beside what chance would give."""
    side = np.sign(values - center)
    side = side[side != 0]
    useful = len(side)
    if useful < 2:
        return Runs(useful, useful, useful, 0, 0)
    turns = np.flatnonzero(np.diff(side))
    lengths = np.diff(np.concatenate(([-1], turns, [useful - 1])))
    return Runs(useful, int(lengths.max()), longest_run(useful), len(turns), fewest_crossings(useful))


def longest_run(useful: int) -> int:
    """The longest run that chance gives: round(log₂ n + 3)."""
    return round(log2(useful) + 3)


def fewest_crossings(useful: int) -> int:
    """The fewest crossings that chance gives: the 5 % quantile of Binomial(n − 1, ½)."""
    return int(binom.ppf(0.05, useful - 1, 0.5))
