"""Can I say this? A claim in a few choices, the verdict of the rules, and the sentence that holds."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sro.calendar import PeriodError
from sro.claims import Claim, ClaimError, Verdict, judge
from sro.metrics import Card, CatalogueError, available
from sro.question import QuestionError
from sro.screen import markup
from sro.screen.here import Here, here
from sro.screen.view import View

KINDS = {
    "rose": "rose",
    "fell": "fell",
    "higher": "was higher than at other schools",
    "lower": "was lower than at other schools",
    "met": "met a target",
}
LOOKS = {
    "supported": (st.success, ":material/check_circle:"),
    "supported with caution": (st.warning, ":material/report:"),
    "not supported": (st.info, ":material/do_not_disturb_on:"),
}


def claims(view: View) -> None:
    """Choose measure and claim; period and schools are those of the filter bar."""
    place = here()
    cards = {card.name: card for card in sorted(_askable(place), key=lambda card: card.title)}
    if not cards:
        st.info("This export answers no measure that a claim could be made of.", icon=":material/info:")
        return
    with st.container(border=True, key="card_claim"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            metric = st.selectbox("Measure", list(cards), format_func=lambda name: cards[name].title, width=340,
                                  key="claimed_metric", persist_state="session")  # fmt: skip
            kind = st.selectbox("Claim", list(KINDS), format_func=KINDS.__getitem__, key="claim", width=260)
            parts = _parts(kind, metric, view, place)
        try:
            claim = Claim(kind, view.ask(metric, compare="none"), **parts)
            _tell(judge(claim, place.vintage, place.settings, dict(place.names)))
        except (ClaimError, QuestionError, PeriodError, CatalogueError) as error:
            st.info(str(error), icon=":material/info:")


def _askable(place: Here) -> list[Card]:
    return [card for card in place.cards.values() if available(card, place.facts.present)]


def _parts(kind: str, metric: str, view: View, place: Here) -> dict[str, Any]:
    """What else the claim needs: what it is compared with, by how much, or the target."""
    if kind in ("rose", "fell"):
        since = st.selectbox("Compared with", ["year", "start"], key="since", width=280,
                             format_func={"year": "the same months a year before",
                                          "start": "the program's first school year"}.__getitem__)  # fmt: skip
        by = st.number_input("By how much (may stay empty)", value=None, min_value=0.0, key="by", width=220)
        return {"since_start": since == "start", "by": by}
    if kind == "met":
        own = place.settings.targets.get(metric)
        return {"target": st.number_input("Target", value=own, key=f"target_{metric}", width=160)}
    names = {school.school_id: place.names[school.school_id] for school in place.facts.schools}
    others = st.multiselect("Than at", list(names), format_func=names.__getitem__, key="than", width=360)
    return {"other": View(view.period, schools=tuple(others)).ask(metric) if others else None}


def _tell(verdict: Verdict) -> None:
    show, icon = LOOKS[verdict.verdict]
    reasons = "".join(f"\n- {reason}" for reason in verdict.reasons)
    show(f"**{verdict.verdict.capitalize()}**{reasons}", icon=icon)
    markup.note("What the data supports, ready to copy:")
    st.code(f"{verdict.sentence}\n\n{verdict.footnote}", language=None, wrap_lines=True)
