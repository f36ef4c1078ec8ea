"""The ground of Tamarack County: made-up outlines and places, near 0° north 0° east, where there is only sea.

Each district is what lies nearest to its middle within the county's outline. Nothing is measured; no real place is
meant.
"""

from __future__ import annotations

import json
from itertools import pairwise
from math import cos, pi, sin, sqrt
from pathlib import Path
from typing import Any

from sro.demo.county import DISTRICTS, LEARNING_CENTER, SCHOOLS
from sro.settings import PROJECT

Point = tuple[float, float]  # degrees east, degrees north
FILE = PROJECT / "data" / "reference" / "shapes" / "tamarack.geojson"
COUNTY: tuple[Point, ...] = (
    (0.02, 0.06), (0.16, 0.02), (0.33, 0.035), (0.47, 0.02), (0.58, 0.09), (0.60, 0.22), (0.555, 0.33),
    (0.57, 0.42), (0.43, 0.46), (0.29, 0.435), (0.17, 0.47), (0.05, 0.41), (0.015, 0.26),
)  # fmt: skip
MIDDLES: dict[str, Point] = {
    "990101": (0.295, 0.225), "990201": (0.39, 0.285), "990301": (0.10, 0.345), "990401": (0.41, 0.165),
    "990501": (0.22, 0.40), "990601": (0.185, 0.275), "990701": (0.36, 0.395), "990801": (0.29, 0.115),
    "990901": (0.50, 0.39), "991001": (0.08, 0.20), "991101": (0.525, 0.235), "991201": (0.14, 0.095),
}  # fmt: skip
TURN = pi * (3 - sqrt(5))  # the golden angle: however many schools, none stands on another


def shapes() -> dict[str, Any]:
    """The outlines of all districts with land of their own, as GeoJSON."""
    return {
        "type": "FeatureCollection",
        "name": "Districts of Tamarack County, which does not exist",
        "source": "made up for the synthetic demo by this project (sro/demo/land.py); not surveyed",
        "license": "CC0 1.0",
        "features": [
            {
                "type": "Feature",
                "properties": {"district_id": district.district_id, "name": district.name},
                "geometry": {"type": "Polygon", "coordinates": [[*map(list, _closed(_cell(district.code)))]]},
            }
            for district in DISTRICTS
            if district.code in MIDDLES
        ],
    }


def places() -> dict[str, Point]:
    """School → degrees east and north: on a spiral around its district's middle, well inside the district."""
    found: dict[str, Point] = {}
    for district in DISTRICTS:
        if district.code not in MIDDLES:
            continue
        here = [school for school in SCHOOLS if school.district_id == district.district_id]
        middle, reach = MIDDLES[district.code], 0.8 * _room(district.code)
        for number, school in enumerate(here):
            far, turn = reach * sqrt((number + 1) / len(here)), TURN * number + len(here)
            found[school.school_id] = (round(middle[0] + far * cos(turn), 4), round(middle[1] + far * sin(turn), 4))
    east, north = MIDDLES["990101"]
    found[LEARNING_CENTER] = (round(east, 4), round(north, 4))
    return found


def _cell(code: str) -> list[Point]:
    """The part of the county that lies nearer to one middle than to any other."""
    own, ring = MIDDLES[code], list(COUNTY)
    for other in (middle for name, middle in MIDDLES.items() if name != code):
        ring = _nearer(ring, own, other)
    return [(round(east, 4), round(north, 4)) for east, north in ring]


def _nearer(ring: list[Point], own: Point, other: Point) -> list[Point]:
    """What of a ring lies on our side of the line halfway to another point (Sutherland and Hodgman)."""

    def beyond(point: Point) -> float:
        return (other[0] - own[0]) * (point[0] - (own[0] + other[0]) / 2) + (other[1] - own[1]) * (
            point[1] - (own[1] + other[1]) / 2
        )

    kept: list[Point] = []
    for place, point in enumerate(ring):
        before = ring[place - 1]
        here, there = beyond(point), beyond(before)
        if (here <= 0) != (there <= 0):
            share = there / (there - here)
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if here <= 0:
            kept.append(point)
    return kept


def _room(code: str) -> float:
    """How far it is from a middle to the nearest edge of its district, in degrees."""
    ring, (east, north) = _closed(_cell(code)), MIDDLES[code]
    return min(
        abs((two[1] - one[1]) * (east - one[0]) - (two[0] - one[0]) * (north - one[1]))
        / sqrt((two[0] - one[0]) ** 2 + (two[1] - one[1]) ** 2)
        for one, two in pairwise(ring)
        if one != two
    )


def _closed(ring: list[Point]) -> list[Point]:
    return [*ring, ring[0]]


def written() -> str:
    """The file as it is shipped."""
    return json.dumps(shapes(), ensure_ascii=False, indent=1) + "\n"


def write(file: Path = FILE) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(), encoding="utf-8")
