"""Small pieces of markup: every text is escaped here, every address is built here."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from sro.calendar import day_label
from sro.publish.desk import Desk

SIGNS = {
    "improving": ("▲", "better"),
    "concerning": ("▼", "worse"),
    "neutral": ("◆", "changed"),
    "schools": ("◆", "changed"),
    "common cause": ("○", "same"),
    "consistently met": ("◉", "better"),
    "consistently missed": ("◎", "worse"),
    "hit and miss": ("◐", "same"),
}


def show(escaped: str) -> None:
    """Markup whose texts are escaped already."""
    st.html(escaped)


def link(text: str, page: str, **query: str) -> str:
    """A link to another screen of the dashboard, in the same tab."""
    address = f"{page}?{urlencode(query)}" if query else page
    return f'<a href="{escape(address, quote=True)}" target="_self">{escape(text)}</a>'


def paragraph(text: str, kind: str) -> str:
    return f'<p class="sro-{kind}">{escape(text)}</p>'


def note(text: str) -> None:
    """A muted line; Streamlit's own caption is too faint to read."""
    show(paragraph(text, "sub"))


def basis(place: Desk, source: str = "", *more: str) -> None:
    """The last line of a card without a figure: source, data date and vintage; SYNTHETIC first when the data is."""
    mark = "SYNTHETIC" if place.facts.synthetic else ""
    parts = (mark, source, f"Data through {day_label(place.facts.data_through)}", f"Vintage {place.vintage.id}", *more)
    show(paragraph(" · ".join(part for part in parts if part), "footer"))


def sign(name: str) -> str:
    """The shape and color of what a control chart says; the words beside it say the same."""
    shape, tone = SIGNS.get(name, ("•", "same"))
    return f'<span class="sro-sign sro-{tone}" aria-hidden="true">{shape}</span>'


def styles(mode: str) -> None:
    """The house's styles; also for what Streamlit puts beside its app, such as dialogs, which knows no mode."""
    show(f"<style>:root {{ color-scheme: {mode}; }}\n{_css()}</style>")


@lru_cache(maxsize=1)
def _css() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")
