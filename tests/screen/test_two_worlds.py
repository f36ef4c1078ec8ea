"""What the public is sent, and what it takes along, does not depend on what is hidden.

Two counties that differ only there look the same. tests/browser/test_leaks.py walks all screens in a real browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from sro.publish import images, presets
from sro.publish.deck import deck
from sro.publish.desk import desk
from sro.publish.pack import pack
from sro.publish.presets import Choice, Item, Preset
from sro.publish.report import report
from sro.screen import here
from sro.settings import PROJECT, Settings
from tests import two_worlds
from tests.screen.conftest import HOUSE
from tests.unpacked import unpacked

SCREENS = ("accountability", "incidents", "overview", "reports", "school")
OF_PERSONS = ("accountability", "incidents", "school")  # whose figures count persons; the others are looked at once
VIEWS = (
    {},
    {"period": "2024-25", "compare": "prior_year"},
    {"period": "2025-10..2026-02", "schools": "990401060001", "compare": "none"},
)


@pytest.fixture(scope="module")
def worlds(demo, tmp_path_factory) -> tuple[Settings, Settings]:
    return demo, two_worlds.other_world(demo, tmp_path_factory.mktemp("other") / "data")


def test_the_worlds_differ_behind_most_hidden_cells(worlds):
    one, other = (two_worlds.hidden_counts(world) for world in worlds)
    assert one[["month", "slice"]].equals(other[["month", "slice"]])
    assert len(one) > 200
    assert (one["count"] != other["count"]).mean() > 0.3


# When the file of a vintage was copied, and its size on disk, say nothing of what is in it.
BUILT = re.compile(rb"built [0-9-]+ [0-9:]+ \xc2\xb7 [0-9.]+ MB")


def sent(node) -> Iterator[bytes]:
    """Every element and block of a screen, as it goes to the browser; files made on demand have a random id a visit."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        if "deferred_file_id" in proto.DESCRIPTOR.fields_by_name:
            proto.ClearField("deferred_file_id")
        yield BUILT.sub(b"built", proto.SerializeToString(deterministic=True))
    for child in getattr(node, "children", {}).values():
        yield from sent(child)


def walked(world: Settings, page: str, monkeypatch) -> list[list[bytes]]:
    monkeypatch.setenv("SRO_DATA", str(world.folders.data))
    here.settings.cache_clear()
    app = AppTest.from_file(str(HOUSE), default_timeout=60)
    screens = []
    for view in VIEWS if page in OF_PERSONS else VIEWS[:1]:
        app.switch_page(str(PROJECT / "pages" / f"{page}.py"))
        app.query_params.clear()
        for name, value in view.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        screens.append(list(sent(app._tree)))
    here.settings.cache_clear()
    return screens


@pytest.mark.parametrize("page", SCREENS)
def test_a_screen_sends_the_public_the_same_in_both_worlds(page, worlds, monkeypatch):
    one, other = (walked(world, page, monkeypatch) for world in worlds)
    assert all(screen for screen in one)
    assert one == other


# Every form in which persons are counted, and what stands beside them.
COUNTING = Preset(
    "counting", "Persons", "For a test",
    (
        Item("funnel", {}),
        Item("slices", {"metric": "officer_outcomes", "sliced": True, "compare": "prior_year"}),
        Item("schools", {"metric": "officer_outcomes", "by": "school"}),
        Item("trend", {"metric": "diverted", "grain": "month"}),  # all of it is hidden
        Item("trend", {"metric": "resolved_by_officer", "grain": "quarter"}),
    ),
)  # fmt: skip


def published(world: Settings, audience: str) -> dict[str, bytes]:
    """All that is in the slides, the report and the pack of COUNTING, and the figures as they would be drawn."""
    at = desk(world)
    collection = presets.collect(at, COUNTING, Choice("2025-26", audience=audience))
    assert len(collection.placed) == 4, collection.left_out
    files = {
        "slides.pptx": deck(collection, at),
        "report.docx": report(collection, at),
        "pack.zip": pack(collection, at),
    }
    found = {figure.id: repr(figure).encode() for figure in collection.figures}
    for name, data in files.items():
        found |= unpacked(name, data)
    return found


def differing(worlds: tuple[Settings, Settings], audience: str) -> list[str]:
    one, other = (published(world, audience) for world in worlds)
    return sorted(place for place in {*one, *other} if one.get(place) != other.get(place))


@pytest.fixture
def no_pictures(monkeypatch):
    """A picture is made of a figure that is compared itself."""
    images.studio().close()
    monkeypatch.setenv("SRO_CHROME", "/nowhere/chrome")


def test_files_for_the_public_are_the_same_in_both_worlds(worlds, no_pictures):
    assert differing(worlds, "public") == []


def test_files_for_leadership_show_that_the_worlds_differ(worlds, no_pictures):
    found = differing(worlds, "leadership")
    for kind in ("slides.pptx/ppt/charts", "slides.pptx/ppt/embeddings", "report.docx/word", "pack.zip/"):
        assert any(place.startswith(kind) for place in found), kind
    assert {place.rsplit(".", 1)[-1] for place in found} >= {"csv", "xml"}
