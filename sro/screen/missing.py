"""What this export does not hold: figures of absent tables are left out, and named once at the end of the screen."""

from __future__ import annotations

import streamlit as st

from sro.metrics import available
from sro.screen import markup
from sro.screen.here import Here

LEFT_OUT = "left_out"


def begin() -> None:
    """Forget what the last run left out."""
    st.session_state[LEFT_OUT] = {}


def is_missing(metric: str, place: Here) -> bool:
    """Whether the export lacks a table that this metric needs; then it is remembered for `tell`."""
    card = place.cards[metric]
    if available(card, place.facts.present):
        return False
    lacking = ", ".join(name.replace("_", " ") for name in card.tables if name not in place.facts.present)
    st.session_state.setdefault(LEFT_OUT, {})[card.title] = lacking
    return True


def tell() -> None:
    """Name what was left out, by the table that is absent."""
    by_table: dict[str, list[str]] = {}
    for title, lacking in st.session_state.get(LEFT_OUT, {}).items():
        by_table.setdefault(lacking, []).append(title)
    for lacking, titles in by_table.items():
        markup.note(f"Not in this export: {lacking}. Without it there is no {', '.join(titles)}.")
