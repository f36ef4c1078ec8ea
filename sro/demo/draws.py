"""Seeded chance. Every block of rows has a stream of its own, so that a later data date adds rows and rewrites none."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import exp
from pathlib import Path
from zlib import crc32

import numpy as np

from sro.calendar import school_year_start
from sro.demo.truth import SYNTHETIC_FIRST_DAY

Roll = Callable[[], float]


@dataclass(frozen=True)
class Mix:
    """Codes with their weights; `at` turns a number from 0 to 1 into a code."""

    codes: tuple[str, ...]
    cumulative: tuple[float, ...]

    def at(self, chance: float) -> str:
        place = bisect_right(self.cumulative, chance * self.cumulative[-1])
        return self.codes[min(place, len(self.codes) - 1)]


def mix(weights: str | Mapping[str, float]) -> Mix:
    """Codes with weights, given as such or written `violation 55, school_rule 45`."""
    if isinstance(weights, str):
        pairs = (part.rsplit(" ", 1) for part in weights.split(", "))
        weights = {code: float(weight) for code, weight in pairs}
    return Mix(tuple(weights), tuple(accumulate(weights.values())))


def given(name: str) -> list[dict[str, str]]:
    """The rows of a table that lies beside this file."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Scene:
    """What all tables share: the seed, and the last day of the data."""

    seed: int
    through: date

    @property
    def years(self) -> range:
        """The calendar years in which the school years of the data open."""
        return range(SYNTHETIC_FIRST_DAY.year, school_year_start(self.through) + 1)

    def stream(self, *names: object) -> np.random.Generator:
        """The generator that belongs to these names."""
        return np.random.default_rng([self.seed, crc32("/".join(map(str, names)).encode())])

    def dice(self, *names: object) -> Roll:
        """A function that gives the next number from 0 to 1; drawn in chunks, since single draws are slow."""

        def numbers() -> Iterator[float]:
            rng = self.stream(*names)
            while True:
                yield from rng.random(256).tolist()

        return numbers().__next__


def whole(roll: Roll, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(roll() * (high - low + 1))


def near(roll: Roll) -> float:
    """About a standard normal number, never beyond 3.5."""
    return (roll() + roll() + roll() + roll() - 2) * 3**0.5


def around(roll: Roll, median: float, spread: float) -> float:
    """A positive number around a median; `spread` is the standard deviation of its logarithm."""
    return median * exp(spread * near(roll))
