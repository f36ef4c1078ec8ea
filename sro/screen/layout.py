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
    before = st.session_state.get(CARDS, 0)
    yield
    if st.session_state.get(CARDS, 0) > before:
        text = f'<h2 class="sro-section">{escape(title)}</h2>' + (markup.paragraph(says, "sub") if says else "")
        heading.html(text)


def row(columns: int = 2) -> Any:
    """Cards side by side, as many as fit: `with screen.row():`."""
    return st.grid(columns, min_column_width=440, gap="medium")


@contextmanager
def panel(name: str, title: str) -> Iterator[None]:
    """A card that is no figure, such as a table or a form, under its title."""
    count_card()
    with st.container(border=True, key=f"card_{name}"):
        markup.show(f'<h2 class="sro-finding">{escape(title)}</h2>')
        yield


def count_card() -> None:
    """Tell the section that one of its cards is there."""
    st.session_state[CARDS] = st.session_state.get(CARDS, 0) + 1
