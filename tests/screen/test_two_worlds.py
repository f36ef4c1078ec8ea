"""What the public is sent does not depend on what is hidden: two counties that differ only there look the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from sro.screen import here
from sro.settings import PROJECT, Settings
from tests import two_worlds
from tests.screen.conftest import HOUSE

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
