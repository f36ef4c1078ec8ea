"""A map shows coverage and engagement by district and school, never incidents or persons, and says what it lacks."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from sro.demo import land
from sro.demo.county import DISTRICTS, SCHOOLS
from sro.figures import FigureError, draw
from sro.geography import Geography, Place, read_outlines
from tests.figures.answers import COVERAGE, RATE, answer

SQUARE = (((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)),)
PLACES = tuple(
    Place(school, district, at)
    for school, district, at in (
        ("A", "D1", (1.0, 1.0)), ("B", "D1", (3.0, 3.0)),
        ("C", "D2", (6.0, 0.0)), ("D", "D2", (8.0, 0.0)), ("E", "D2", (7.0, 2.0)),
    )
)  # fmt: skip
GROUND = Geography(PLACES, {"D1": SQUARE}, {"D1": "Alder City School District", "D2": "Birch"}, ("us, CC0 1.0",))
SCHOOLS_ = {place.school_id: f"School {place.school_id}" for place in PLACES}
DISTRICTS_ = {"D1": "Alder City School District", "D2": "Birch"}
SHARES = [(90, 100), (60, 100), (30, 100), "not_received", "not_applicable"]


def by_school(card=COVERAGE, **parts):
    numbers = lambda unit, part, slice_: SHARES[unit]  # noqa: E731
    return answer(card, numbers, by="school", units=SCHOOLS_, **parts)


def dots(figure):
    return next(trace for trace in figure.chart["data"] if "customdata" in trace)


def test_incidents_are_not_mapped():
    with pytest.raises(FigureError, match="coverage and engagement only"):
        draw(by_school(RATE), "map", geography=GROUND)


def test_counts_of_persons_are_not_mapped():
    with pytest.raises(FigureError, match="coverage and engagement only"):
        draw(by_school(replace(COVERAGE, persons="yes")), "map", geography=GROUND)


def test_without_any_place_the_map_says_what_to_fill_in():
    with pytest.raises(FigureError, match="Fill lat and lon"):
        draw(by_school(), "map")


def test_schools_stand_in_steps_and_a_missing_report_is_no_low_step():
    figure = draw(by_school(), "map", geography=GROUND)
    marker = dots(figure)["marker"]
    assert dots(figure)["customdata"] == list("ABCDE")
    assert len(set(marker["color"][:3])) == 3  # 90%, 60% and 30%: three steps
    assert marker["symbol"] == ["circle", "circle", "circle", "x-thin", "circle"]
    assert marker["size"][0] > marker["size"][1] > marker["size"][2] > marker["size"][4]
    assert any(note.startswith("Hatched or crossed: no report received") for note in figure.footnotes)


def test_a_district_without_an_outline_gets_a_line_that_is_said_to_be_no_border():
    figure = draw(by_school(), "map", geography=GROUND)
    (hull,) = [trace for trace in figure.chart["data"] if trace.get("line", {}).get("dash") == "dash"]
    assert set(zip(hull["x"], hull["y"], strict=True)) == {(6.0, 0.0), (8.0, 0.0), (7.0, 2.0)}
    assert any("not its border" in note for note in figure.footnotes)


def test_a_district_is_filled_and_says_its_value():
    numbers = lambda unit, part, slice_: [(90, 100), (30, 100)][unit]  # noqa: E731
    figure = draw(answer(numbers=numbers, by="district", units=DISTRICTS_), "map", geography=GROUND)
    (filled,) = [trace for trace in figure.chart["data"] if trace.get("fill") == "toself"]
    assert filled["name"] == "Alder City School District"
    assert [label["text"] for label in figure.chart["layout"]["annotations"]] == ["Alder<br><b>90%</b>"]
    assert len(dots(figure)["x"]) == 3  # Birch has no outline: its schools carry its step
    assert "Outlines: us, CC0 1.0." in figure.footnotes


def test_a_school_without_a_place_is_counted():
    ground = replace(GROUND, places=PLACES[:-1])
    figure = draw(by_school(), "map", geography=ground)
    assert "1 school without a place is in the table only." in figure.footnotes
    assert len(figure.table) == 5


def test_both_axes_have_one_scale_and_no_tiles_are_asked_for():
    chart = draw(by_school(), "map", geography=GROUND).chart
    assert chart["layout"]["yaxis"]["scaleanchor"] == "x"
    assert {trace["type"] for trace in chart["data"]} == {"scatter"}


def test_outlines_of_a_file_without_district_ids_are_refused(tmp_path):
    file = tmp_path / "own.geojson"
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    for feature in (
        {"properties": {}, "geometry": square},
        {"properties": {"district_id": "D1"}, "geometry": {"type": "Point", "coordinates": [0, 0]}},
    ):
        file.write_text(json.dumps({"features": [feature]}), encoding="utf-8")
        with pytest.raises((KeyError, ValueError)):
            read_outlines(file)


def test_the_outlines_that_are_shipped_are_those_of_the_fictional_county():
    assert land.FILE.read_text(encoding="utf-8") == land.written()
    outlines, source = read_outlines(land.FILE)
    assert set(outlines) == {one.district_id for one in DISTRICTS if one.sector != "boces"}
    assert "made up" in source and source.endswith("CC0 1.0")


def test_every_school_of_the_county_lies_within_its_district():
    outlines, _ = read_outlines(land.FILE)
    at = land.places()
    assert set(at) == {school.school_id for school in SCHOOLS}
    for school in SCHOOLS:
        for (ring,) in [outlines[school.district_id]] if school.district_id in outlines else []:
            east, north = at[school.school_id]
            turns = [(b[0] - a[0]) * (north - a[1]) - (b[1] - a[1]) * (east - a[0]) for a, b in pairwise(ring)]
            assert all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns), school.name
