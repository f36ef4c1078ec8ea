"""The catalogue on a screen: search, and for each metric its card and its SQL."""

from __future__ import annotations

import streamlit as st

from sro.metrics import Card, available
from sro.screen import markup
from sro.screen.details import definition
from sro.screen.here import Here, here


def definitions() -> None:
    """Every metric that the words of the search field fit; one that an address names stands open."""
    place = here()
    cards = list(place.cards.values())
    words = st.text_input(
        "Search", key="metric", bind="query-params", placeholder="coverage, C04, calls, persons …", width=420
    )
    named = [card for card in cards if words.strip().lower() in (card.id.lower(), card.name)]
    found = named or [card for card in cards if _fits(card, words)]
    markup.note(f"{len(found)} of {len(cards)} metrics. Those that this export cannot answer say so.")
    for card in found:
        _entry(card, place, is_open=len(found) == 1)


def _fits(card: Card, words: str) -> bool:
    """Whether every word stands somewhere in the card."""
    text = " ".join((card.name, card.title, card.asks, card.unit, card.numerator, card.defined_by)).lower()
    return all(word in text for word in words.lower().split())


def _entry(card: Card, place: Here, is_open: bool) -> None:
    absent = "" if available(card, place.facts.present) else " · not in this export"
    entry = st.expander(
        f"**{card.title}** · {card.id}{absent}", expanded=is_open, on_change="rerun", key=f"entry_{card.id}"
    )
    if not entry.open:
        return
    with entry:
        markup.show(definition(card))
        markup.note(f"Needs the tables {', '.join(name.replace('_', ' ') for name in card.tables)}. Rows, one a count:")
        st.code(card.sql, language="sql")
