"""The shell around every screen: navigation, for whom it is drawn, the date of the data, and what to do on failure."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import streamlit as st
from streamlit.components import v2
from streamlit.navigation.page import StreamlitPage

from sro.calendar import day_label
from sro.people import LOCAL, NotAllowed, Reach
from sro.screen import ahead, door, layout, markup, missing
from sro.screen.ahead import AHEAD
from sro.screen.here import Here, here, mode, noted, person
from sro.settings import PROJECT, SettingsError
from sro.sign_in import NotSignedIn
from sro.trail import TrailError
from sro.vintages import VintageError

PAGES = PROJECT / "pages"
log = logging.getLogger(__name__)
AUDIENCES = {
    "public": "for the public",
    "leadership": "for program leadership only",
    "restricted": "for named staff only",
}


@dataclass(frozen=True)
class Room:
    """One screen: its file, what its tab says, its icon, and one sentence on what is there.

    A linked one is opened by links only, and a bare one has nothing around it either. The first data comes in through
    a screen that needs none. Rooms of a `section` stand together in one menu of the navigation. A room with a `right`
    is there for those whose role has it, and one of the `whole` program not for those who see their own district.
    """

    file: str
    title: str
    icon: str
    says: str
    kind: Literal["listed", "linked", "bare"] = "listed"
    needs_data: bool = True
    section: str = ""
    right: str = ""
    whole: bool = False

    def is_open_to(self, reach: Reach) -> bool:
        return not (self.whole and reach.districts) and (not self.right or self.right in reach.may)


def run(rooms: Sequence[Room]) -> None:
    """Show the screen that the address names. No traceback reaches a person; the log has it."""
    with AHEAD.resting():
        _run(rooms)


def _run(rooms: Sequence[Room]) -> None:
    st.set_page_config(
        page_title="SRO Program Dashboard", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide"
    )
    markup.styles(mode())
    layout.begin()
    try:
        who = person()
    except (NotSignedIn, SettingsError) as error:
        door.sign_in(error)
        return
    rooms = [room for room in rooms if room.is_open_to(who.reach)]
    sections: dict[str, list[StreamlitPage]] = {}
    for place, room in enumerate(rooms):
        page = st.Page(
            PAGES / room.file,
            title=room.title,
            icon=f":material/{room.icon}:",
            help=room.says,
            default=place == 0,
            visibility="visible" if room.kind == "listed" else "hidden",
        )
        sections.setdefault(room.section, []).append(page)
    page = st.navigation(sections, position="top")
    bare = {room.title for room in rooms if room.kind == "bare"}
    needing = {room.title for room in rooms if room.needs_data}
    try:
        place = _place(page.title in needing)
        if who != LOCAL:
            noted("signed_in", ", ".join(who.roles))
        if place is None or page.title in bare:
            page.run()
            _note(page.title, place)
            return
        _band(place)
        door.leave(who)
        missing.begin()
        page.run()
        missing.tell()
        _end(place)
        _note(page.title, place)
        ahead.go(place.facts)
    except NotAllowed as error:
        noted("refused", f"{page.title}: {error}")
        st.info(str(error), icon=":material/lock:")
    except TrailError as error:
        st.error(str(error), icon=":material/error:")
    except NotSignedIn as error:
        door.sign_in(error)
    except (VintageError, SettingsError) as error:
        st.header("There is nothing to show yet")
        st.info(str(error), icon=":material/info:")
    except Exception:
        log.exception("The screen %s failed", page.title)
        st.error(
            "This screen could not be drawn. The data is unchanged. Reload the page; if it happens again, tell whoever "
            "runs the dashboard what you had chosen. The server's log has the details.",
            icon=":material/error:",
        )


def _note(title: str, place: Here | None) -> None:
    """What was looked at: the screen and what its address says."""
    address = urlencode(st.query_params.to_dict())
    said = (place.settings.audience, place.vintage.id) if place else ("", "")
    noted("saw", f"{title}?{address}" if address else title, *said)


def _place(needed: bool) -> Here | None:
    """What is served; None where nothing is, and nothing is needed."""
    try:
        return here()
    except VintageError:
        if needed:
            raise
        return None


def title(text: str, asks: str) -> None:
    """The heading of a screen, with the question it answers."""
    markup.show(f'<h1 class="sro-title">{escape(text)}</h1>' + markup.paragraph(asks, "asks"))


def _band(place: Here) -> None:
    """Always in sight: whether the data is synthetic, for whom the screen is drawn, how far the data goes."""
    audience = place.settings.audience
    parts = [
        f"<span>{escape(place.settings.program)}</span>",
        f'<span class="sro-chip">Drawn {AUDIENCES[audience]}</span>',
        f"<span>Data through {day_label(place.facts.data_through)}</span>",
    ]
    if place.facts.synthetic:
        parts.insert(0, '<strong class="sro-chip sro-synthetic">SYNTHETIC: a fictional county, no real data</strong>')
    markup.show(f'<div class="sro-band" role="note">{"".join(parts)}</div>')


@lru_cache(maxsize=1)
def _paper() -> Callable[..., Any]:
    """What makes a screen fit on paper; nothing to be seen."""
    js = Path(__file__).with_name("paper.js").read_text(encoding="utf-8")
    return v2.component("sro_paper", html="", js=js)


def _end(place: Here) -> None:
    _paper()(key="paper")
    markup.show(
        markup.paragraph(
            f"{place.settings.office}, {place.settings.county}. Vintage {place.vintage.id}, "
            f"data from {day_label(place.facts.data_from)} through {day_label(place.facts.data_through)}.",
            "end",
        )
    )
