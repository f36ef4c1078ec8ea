"""The board screen: which slide an address opens, and what it says where there is none."""

from __future__ import annotations

import base64
import json

import pytest

from sro.publish import images
from sro.publish.browser import NoBrowser
from tests.screen.conftest import figures_of, text_of

DRAWN = b"<svg>the slide</svg>"


@pytest.fixture
def drawn(monkeypatch):
    """Pictures without a browser."""
    monkeypatch.setattr(images, "svg", lambda figure, size, stamp: DRAWN)


def stage_of(app):
    (stage,) = app.get("bidi_component")
    return json.loads(stage.proto.json)


@pytest.mark.parametrize(("slide", "place"), [("3", 3), ("0", 1), ("999", 0), ("last", 1), ("", 1)])
def test_an_address_opens_its_slide_and_never_one_that_is_not_there(slide, place, serve, demo, drawn):
    stage = stage_of(serve(demo)("board", period="2025-26", slide=slide))
    assert stage["place"] == (place or stage["slides"])
    assert stage["picture"].endswith(base64.b64encode(DRAWN).decode())
    assert stage["back"] == "reports?period=2025-26"


def test_the_board_has_nothing_around_its_slide(serve, demo, drawn):
    assert 'class="sro-band"' not in text_of(serve(demo)("board", period="2025-26"))


def test_an_unknown_preset_is_named_with_those_that_there_are(serve, demo, drawn):
    app = serve(demo)("board", preset="gala")
    assert "There is no preset 'gala'; use one of board" in app.info[0].value


@pytest.mark.parametrize("query", [{"districts": "000"}, {"period": "soon"}])
def test_an_address_that_names_what_is_not_there_shows_no_slide_in_its_place(query, serve, demo, drawn):
    app = serve(demo)("board", **query)
    assert app.info and not app.get("bidi_component")


def test_without_a_browser_the_figure_stands_as_a_card_with_the_reason(serve, demo, monkeypatch):
    def missing(*_):
        raise NoBrowser("Pictures need Chromium: install it.")

    monkeypatch.setattr(images, "svg", missing)
    app = serve(demo)("board", period="2024-25")
    assert app.info[0].value == "Pictures need Chromium: install it." and len(figures_of(app)) == 1
