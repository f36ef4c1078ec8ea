"""An office puts the outlines of its districts into its data folder; what cannot be read is said under the map."""

import json
from dataclasses import replace

import pytest

from sro import vintages
from sro.answer import Answer
from sro.ask import ask, vintage_facts
from sro.figures import draw
from sro.geography import Geography, geography_of
from sro.question import Question
from sro.settings import Folders, Settings
from tests.office import SERVED, load_office, settings_in, write

PLACED = {
    "schools.csv": "school_id,district_id,name,level,lat,lon\n"
    "A,D1,Alder School,middle,42.0,-76.0\nB,D1,Birch School,high,42.2,-75.8\n"
}
RING = [[-76.2, 41.9], [-75.6, 41.9], [-75.6, 42.3], [-76.2, 42.3], [-76.2, 41.9]]
SMALLER = [[-76.1, 41.9], [-75.7, 41.9], [-75.7, 42.3], [-76.1, 41.9]]


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    settings = settings_in(home)
    load_office(write(tmp_path_factory.mktemp("export"), SERVED, PLACED), settings)
    return settings


@pytest.fixture
def folder(placed):
    """Where the office keeps its outlines; empty again after each test."""
    folder = placed.folders.data / "shapes"
    folder.mkdir(exist_ok=True)
    yield folder
    for file in folder.iterdir():
        file.unlink()


def outlines(ring: list, source: str) -> str:
    feature = {"properties": {"district_id": "D1"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return json.dumps({"source": source, "features": [feature]})


def ground(settings: Settings) -> Geography:
    vintage = vintages.current(settings)
    return geography_of(vintage, settings, vintage_facts(vintage, settings))


def coverage(settings: Settings) -> Answer:
    return ask(Question("coverage_rate", "2025-09", by="school"), vintages.current(settings), settings)


def test_places_keep_the_proportions_of_the_land(placed):
    alder, birch = ground(placed).places
    assert birch.at[1] - alder.at[1] == pytest.approx(0.2)
    assert birch.at[0] - alder.at[0] == pytest.approx(0.2 * 0.7420, abs=1e-4)  # cos 42.1°
    assert not ground(placed).outlines  # what is shipped is of another county


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"features": [{"properties": {}, "geometry": null}]}', "\x00", '{"type": "FeatureCollection"}',
     '{"features": [{"properties": {"district_id": "D1"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}]}',
     '{"features": [{"properties": {"district_id": "D1"}, "geometry": {"type": "Polygon", "coordinates": [[[0]]]}}]}'],
)  # fmt: skip
def test_outlines_that_cannot_be_read_are_said_under_the_map_and_the_map_is_drawn(placed, folder, content):
    (folder / "broken.geojson").write_text(content, encoding="utf-8")
    found = ground(placed)
    assert [trouble.split(" (")[0] for trouble in found.troubles] == ["broken.geojson is no GeoJSON of districts"]
    figure = draw(coverage(placed), "map", geography=found)
    assert figure.footnotes[-1] == found.troubles[0]
    assert "take the file away" in figure.footnotes[-1]


def test_a_file_that_is_no_text_is_said_too(placed, folder):
    (folder / "broken.geojson").write_bytes(b"\xff\xfe\x00")
    assert len(ground(placed).troubles) == 1


def test_the_offices_own_outlines_take_the_place_of_others(placed, folder, tmp_path):
    settings = replace(placed, folders=Folders(tmp_path, placed.folders.data))
    settings.folders.queries.symlink_to(placed.folders.queries)
    (settings.folders.reference / "shapes").mkdir(parents=True)
    (settings.folders.reference / "shapes" / "shipped.geojson").write_text(outlines(RING, "the state"))
    shipped = ground(settings)
    assert len(shipped.outlines["D1"][0]) == len(RING)
    assert shipped.sources == ("the state",)
    (folder / "own.geojson").write_text(outlines(SMALLER, "the county"), encoding="utf-8")
    own = ground(settings)
    assert len(own.outlines["D1"][0]) == len(SMALLER)
    assert own.sources == ("the county",)
