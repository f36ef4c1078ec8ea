"""Sections, and the cards in them: a heading stands only above what is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import streamlit as st

from sro.screen import markup

CARDS = "cards_drawn"


@contextmanager
def section(title: str, says: str = "") -> Iterator[None]:
    """A heading above the cards of the block; none where the export fills none of them."""
    heading = st.empty()
    before = len(_cards())
    yield
    if len(_cards()) > before:
        text = f'<h2 class="sro-section">{escape(title)}</h2>' + (markup.paragraph(says, "sub") if says else "")
        heading.html(text)


def row(columns: int = 2) -> Any:
    """Cards side by side, as many as fit: `with screen.row():`."""
    return st.grid(columns, min_column_width=440, gap="medium")


@contextmanager
def panel(name: str, title: str) -> Iterator[None]:
    """A card that is no figure, such as a table or a form, under its title."""
    _cards().append(name)
    with st.container(border=True, key=f"card_{name}"):
        markup.show(f'<h2 class="sro-finding">{escape(title)}</h2>')
        yield


def begin() -> None:
    """A screen is drawn from its top; it has no card yet."""
    st.session_state[CARDS] = []


def name_card(wanted: str) -> str:
    """A name for the next card that no other has here, and that it has again when the screen is drawn anew."""
    times = sum(name.partition("-")[0] == wanted for name in _cards())
    _cards().append(f"{wanted}-{times + 1}" if times else wanted)
    return _cards()[-1]


def _cards() -> list[str]:
    return st.session_state.setdefault(CARDS, [])
