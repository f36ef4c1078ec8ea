"""The board screen: the slides of a preset, each as large as the screen, turned by keys. Always for the public."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.components import v2

from sro.figures import Figure
from sro.publish import images, passport, presets
from sro.publish.browser import NoBrowser
from sro.publish.images import PictureError, TooTall
from sro.publish.presets import Choice, Collection, PresetError
from sro.screen import markup
from sro.screen.card import show
from sro.screen.here import Here, here
from sro.screen.view import View, view_of

USUAL = "board"
STAGE = (
    '<div class="stage"><img><nav aria-label="Slides"><output></output>'
    '<button name="full" title="f">Full screen</button><button name="back" title="Esc">Back</button></nav></div>'
)
# What else Streamlit puts on a page.
ALONE = '<style>[data-testid="stHeader"] { display: none; } [data-testid="stMain"] { overflow: hidden; }</style>'


def board() -> None:
    """The slide that the address names: `preset`, `period`, `districts`, `schools` and `slide`, counted from 1."""
    at = here()
    query = dict(st.query_params)
    view, told = view_of(query, at.facts, "public")
    for sentence in told:
        st.info(sentence, icon=":material/link_off:")
    if told:  # another period or other schools than were meant must not stand on a wall
        return
    name = query.get("preset", USUAL)
    try:
        slides = _slides(at, name, Choice(view.period, view.districts, view.schools)).figures
    except PresetError as error:
        st.info(str(error), icon=":material/info:")
        return
    if not slides:
        st.info("There is nothing to show for this period and these schools.", icon=":material/info:")
        return
    place = min(max(int(query["slide"]), 1), len(slides)) if query.get("slide", "").isdecimal() else 1
    figure = slides[place - 1]
    try:
        picture = _picture(figure, at)
    except (NoBrowser, PictureError) as error:
        st.info(str(error), icon=":material/info:")
        show(figure, "slide")
        return
    markup.show(ALONE)
    _stage()(
        key="stage",
        data={
            "picture": picture,
            "alt": f"{figure.title} {figure.alt}",
            "place": place,
            "slides": len(slides),
            "back": f"reports?{urlencode(view.to_query())}",
        },
        on_turned_change=_turn,
    )


def address(name: str, view: View) -> dict[str, str]:
    """The query of the first slide of a preset."""
    return {"preset": name, **view.to_query()}


def _turn() -> None:
    st.query_params["slide"] = str(st.session_state["stage"]["turned"])


@lru_cache(maxsize=1)
def _stage() -> Callable[..., Any]:
    beside = Path(__file__)
    css, js = (beside.with_suffix(ending).read_text(encoding="utf-8") for ending in (".css", ".js"))
    return v2.component("sro_board", html=STAGE, css=css, js=js)


@lru_cache(maxsize=8)
def _slides(at: Here, name: str, choice: Choice) -> Collection:
    preset = presets.read_preset(at.settings.folders.project / "data" / "presets", name)
    return presets.collect(at, preset, choice)


@lru_cache(maxsize=64)
def _picture(figure: Figure, at: Here) -> str:
    """The slide as published, as an address that holds it; a figure too tall for a slide on its own page."""
    stamp = passport.issue([figure], at.settings)
    try:
        drawn = images.svg(figure, "slide", stamp)
    except TooTall:
        drawn = images.svg(figure, "print", stamp)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
