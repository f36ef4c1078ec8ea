"""The figure card: finding, chart, footnotes and source in one element; what stands behind them a click away."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.utils import PlotlyJSONEncoder
from streamlit.components import v2

from sro import plotly_js
from sro.figures import Figure, theme
from sro.publish.desk import FUNNEL
from sro.question import Question
from sro.screen import ahead
from sro.screen import view as view_module
from sro.screen.details import DETAILS, UNDRAWN, details
from sro.screen.here import Here, here, mode
from sro.screen.layout import name_card
from sro.screen.missing import is_missing
from sro.screen.view import View
from sro.settings import PROJECT
from sro.sign_in import NotSignedIn

log = logging.getLogger(__name__)
FUNNEL_OF = ("calls_for_service", "calls_by_handler", "officer_outcomes")
SCHOOL_PAGE = PROJECT / "pages" / "school.py"
CARD = """
<figure class="sro-figure">
    <figcaption><h3 class="sro-finding"></h3><p class="sro-sub"></p></figcaption>
    <div class="sro-chart" role="img"></div>
    <ul class="sro-notes"></ul>
    <p class="sro-footer"></p>
    <nav>{buttons}</nav>
</figure>
"""
# Forms whose marks are schools, when asked by school.
DRILLING = ("schools", "delivered", "small_multiples", "trend", "map")


def figure(view: View, metric: str, form: str = "trend", **asked: Any) -> None:
    """A card with one metric's figure; nothing where the export cannot answer it. `asked` as in `View.ask`."""
    place, grain = here(), {"grain": "month"} if form == "trend" else {}
    if not is_missing(metric, place):
        _asked(place, view, lambda of: (of.ask(metric, **grain | asked),), form)


def funnel(view: View) -> None:
    """The card of calls, who handled them, and what came of those that an officer handled."""
    place = here()
    missing = [is_missing(metric, place) for metric in FUNNEL_OF]  # each of them is to be named
    if not any(missing):
        _asked(place, view, lambda of: funnel_questions(of.ask(FUNNEL_OF[0])), FUNNEL)


def _asked(place: Here, view: View, ask: Callable[[View], tuple[Question, ...]], form: str) -> None:
    colors = mode()
    ahead.also(view, lambda of: _figure_text(place.draw(ask(of), form, colors)))
    try:
        questions = ask(view)
    except UNDRAWN as error:
        _refused(str(error))
        return
    card(questions, form)


def funnel_questions(question: Question) -> tuple[Question, ...]:
    """The three questions of the funnel, for the period and schools of one."""
    return tuple(
        replace(question, metric=metric, sliced=metric != FUNNEL_OF[0], compare="none") for metric in FUNNEL_OF
    )


def card(questions: tuple[Question, ...], form: str) -> None:
    """The card of a figure, from its questions."""
    question = questions[0]
    _drawn_card(questions, form, name_card(f"{question.metric}_{form}_{question.by}"))


@st.fragment
def _drawn_card(questions: tuple[Question, ...], form: str, name: str) -> None:
    try:
        drawn = here().draw(questions, form)
    except UNDRAWN as error:
        _refused(str(error))
        return
    except NotSignedIn:
        st.rerun()  # the whole page, which is the door then
    except Exception:
        log.exception("The figure of %s as %s failed", questions, form)
        _refused("This figure could not be drawn. The data is unchanged; the server's log has the details.")
        return
    show(drawn, name)


def show(drawn: Figure, name: str) -> None:
    """A figure as a card. The name stays when another period is chosen, so that what stands there changes in place."""
    told = _component()(
        key=f"card_{name}",
        data={"figure": _figure_text(drawn), "library": plotly_js.ADDRESS},
        height="stretch",
        on_opened_change=_heard,
        on_asked_change=_heard,
    )
    if told.opened:
        query = {"period": drawn.questions[0].period, "schools": str(told.opened)}
        st.switch_page(SCHOOL_PAGE, query_params=query)
    if told.asked in DETAILS:
        details(told.asked, drawn)


@lru_cache(maxsize=512)
def _figure_text(drawn: Figure) -> str:
    """A figure as the card's script reads it."""
    opens = drawn.questions[0].by == "school" and drawn.form in DRILLING
    words = {name: getattr(drawn, name) for name in ("title", "subtitle", "footnotes", "footer", "alt", "height")}
    whole = {**words, "chart": drawn.chart, "config": theme.CONFIG, "opens": opens}
    return json.dumps(whole, cls=PlotlyJSONEncoder, separators=(",", ":"))


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    """One element for a whole card: Streamlit's own chart is drawn anew, and more than once, at each change."""
    buttons = "".join(f'<button name="{name}">{name}</button>' for name in DETAILS)
    js = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return v2.component("sro_card", html=CARD.format(buttons=buttons), js=js, isolate_styles=False)


def _heard() -> None:
    """Streamlit tells of a click only where something listens."""


def _refused(says: str) -> None:
    with st.container(border=True):
        st.info(says, icon=":material/info:")


def all_years(view: View) -> View:
    """The view over all school years up to its own."""
    facts = here().facts
    return ahead.derived(view, lambda of: view_module.all_years(of, facts))


def last_year(view: View) -> View:
    """The view of the last school year that is over."""
    facts = here().facts
    return ahead.derived(view, lambda of: view_module.last_whole_year(of, facts))
