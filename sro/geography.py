"""Where schools are and how districts are shaped: degrees from the export, outlines from GeoJSON. Carries no number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path
from typing import Any

from sro.ask import Facts, OpenVintage
from sro.settings import Settings

Point = tuple[float, float]
Ring = tuple[Point, ...]
SHAPES = "shapes"  # the folder of outlines, beside the other public facts, and in the office's own data


@dataclass(frozen=True)
class Place:
    """A school on the plane, in degrees of latitude east and north of nowhere in particular."""

    school_id: str
    district_id: str
    at: Point


@dataclass(frozen=True)
class Geography:
    """Schools with a place, and the rings of districts with an outline, on one plane of equal aspect.

    `sources` says where outlines come from and under which license; `troubles` are files that could not be read.
    """

    places: tuple[Place, ...] = ()
    outlines: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def geography_of(vintage: OpenVintage, settings: Settings, facts: Facts) -> Geography:
    """The places of the schools that the asker may see, and the outlines of their districts.

    Distances east are shrunk by the cosine of the middle latitude, so that a county keeps its proportions.
    """
    known = {school.school_id for school in facts.schools}
    sql = (settings.folders.queries / "screens" / "places.sql").read_text(encoding="utf-8")
    rows = [row for row in vintage.cursor().execute(sql).fetchall() if row[0] in known]
    names = {school.district_id: school.district_name for school in facts.schools}
    if not rows:
        return Geography(names=names)
    north = [lat for _, _, lat, _ in rows]
    shrink = cos(radians((min(north) + max(north)) / 2))
    places = tuple(Place(school, district, (lon * shrink, lat)) for school, district, lat, lon in rows)
    outlines: dict[str, tuple[Ring, ...]] = {}
    source_of: dict[str, str] = {}
    troubles: list[str] = []
    # The office's own outlines come last and take the place of others.
    for folder in dict.fromkeys((settings.folders.reference / SHAPES, settings.folders.data / SHAPES)):
        for file in sorted(folder.glob("*.geojson")):
            try:
                found, source = read_outlines(file)
            except (OSError, ValueError, LookupError, TypeError) as error:
                troubles.append(
                    f"{file.name} is no GeoJSON of districts ({error or type(error).__name__}). Give every feature a "
                    "polygon and the property district_id, or take the file away."
                )
                continue
            for name in (name for name in found if name in names):
                outlines[name] = tuple(tuple((lon * shrink, lat) for lon, lat in ring) for ring in found[name])
                source_of[name] = source
    return Geography(places, outlines, names, tuple(sorted({*source_of.values()})), tuple(troubles))


def read_outlines(file: Path) -> tuple[dict[str, tuple[Ring, ...]], str]:
    """District → its rings in degrees east and north, and what the file says of its source and license.

    Raises ValueError, LookupError or TypeError where a feature is no polygon with a `district_id`.
    """
    raw: Any = json.loads(file.read_text(encoding="utf-8"))
    outlines: dict[str, tuple[Ring, ...]] = {}
    for feature in raw["features"]:
        geometry = feature["geometry"]
        if geometry["type"] not in ("Polygon", "MultiPolygon"):
            raise ValueError(f"a {geometry['type']} is no area")
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = tuple(
            tuple((float(point[0]), float(point[1])) for point in ring) for polygon in polygons for ring in polygon
        )
        district = str(feature["properties"]["district_id"])
        outlines[district] = (*outlines.get(district, ()), *rings)
    named = ", ".join(str(raw[key]) for key in ("source", "license") if raw.get(key))
    return outlines, named or f"{file.name}, which names no source"
