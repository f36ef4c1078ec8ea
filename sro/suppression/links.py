"""Which metrics share persons: queries/disclosure/links.toml, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sro.suppression.cube import ALL, PARTS, Count, CubeError, Link, Public, Sum, Within


@dataclass(frozen=True)
class Links:
    """sums: numbers made of numbers of other metrics. public: numbers that everybody knows. within: parts of others."""

    sums: tuple[Sum, ...] = ()
    public: tuple[Public, ...] = ()
    within: tuple[Within, ...] = ()

    @property
    def between(self) -> tuple[Link, ...]:
        """Everything that ties two metrics."""
        return (*self.sums, *self.within)

    def among(self, metrics: Collection[str]) -> Links:
        """The links between these metrics; a sum of which any part is missing says nothing."""
        return Links(
            tuple(
                one for one in self.sums if one.metric in metrics and all(part.metric in metrics for part in one.parts)
            ),
            tuple(one for one in self.public if one.metric in metrics),
            tuple(one for one in self.within if one.metric in metrics and one.other_metric in metrics),
        )

    @property
    def beside_public(self) -> frozenset[str]:
        """The metrics that have a public number, or are tied to one that has."""
        found = {one.metric for one in self.public}
        while more := {
            metric
            for one in self.sums
            for metric in (one.metric, *(part.metric for part in one.parts))
            if metric not in found and found & {one.metric, *(part.metric for part in one.parts)}
        }:
            found |= more
        return frozenset(found)


def read_links(path: Path) -> Links:
    """Raises CubeError naming the file and the entry that cannot be read."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Links(
            tuple(
                Sum(_count(one["total"]), tuple(_count(part) for part in one["parts"]), bool(one.get("supposed")))
                for one in raw["sum"]
            ),
            tuple(Public(_count(one)) for one in raw["public"]),
            tuple(_within(one) for one in raw["within"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CubeError(f"{path.name}: an entry cannot be read ({error}). Write it as the others are.") from None


def _within(raw: Mapping[str, Any]) -> Within:
    part, whole = _count(raw["part"]), _count(raw["whole"])
    return Within(part.metric, part.slice, whole.metric, whole.slice, bool(raw.get("supposed")))


def _count(raw: Mapping[str, Any]) -> Count:
    count = Count(str(raw["metric"]), str(raw.get("slice", ALL)), str(raw.get("part", "counted")))
    if count.part not in PARTS:
        raise KeyError(f"part {count.part!r} is none of {', '.join(PARTS)}")
    return count
