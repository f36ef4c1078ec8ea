"""The figure card: finding, chart, footnotes and source; its data, definition and CSV a click away."""

from __future__ import annotations

import logging
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from sro.calendar import PeriodError
from sro.figures import Figure, FigureError, theme
from sro.metrics import Card, CatalogueError
from sro.people import NotAllowed
from sro.publish import passport, workbook
from sro.publish.desk import FUNNEL
from sro.question import Question, QuestionError
from sro.screen import markup
from sro.screen import view as view_module
from sro.screen.here import Here, here, noted
from sro.screen.layout import count_card
from sro.screen.missing import is_missing
from sro.screen.save import file_name, link_to, save
from sro.screen.view import View
from sro.settings import PROJECT
from sro.sign_in import NotSignedIn
from sro.trail import TrailError

log = logging.getLogger(__name__)
TOLD = (QuestionError, PeriodError, CatalogueError, FigureError)
FUNNEL_OF = ("calls_for_service", "calls_by_handler", "officer_outcomes")
SCHOOL_PAGE = PROJECT / "pages" / "school.py"
TALLEST_TABLE = 420
# Forms whose marks are schools, when asked by school.
DRILLING = ("schools", "delivered", "small_multiples", "trend", "map")


def figure(view: View, metric: str, form: str = "trend", **asked: Any) -> None:
    """A card with one metric's figure; nothing where the export cannot answer it. `asked` as in `View.ask`."""
    if is_missing(metric, here()):
        return
    try:
        question = view.ask(metric, **({"grain": "month"} if form == "trend" else {}) | asked)
    except TOLD as error:
        _refused(str(error))
        return
    card((question,), form)


def funnel(view: View) -> None:
    """The card of calls, who handled them, and what came of those that an officer handled."""
    missing = [is_missing(metric, here()) for metric in FUNNEL_OF]  # each of them is to be named
    if not any(missing):
        card(funnel_questions(view.ask(FUNNEL_OF[0])), FUNNEL)


def funnel_questions(question: Question) -> tuple[Question, ...]:
    """The three questions of the funnel, for the period and schools of one."""
    return tuple(
        replace(question, metric=metric, sliced=metric != FUNNEL_OF[0], compare="none") for metric in FUNNEL_OF
    )


def card(questions: tuple[Question, ...], form: str) -> None:
    """The card of a figure, from its questions."""
    count_card()
    _drawn_card(questions, form)


@st.fragment
def _drawn_card(questions: tuple[Question, ...], form: str) -> None:
    try:
        place = here()
        drawn = place.draw(questions, form)
    except TOLD as error:
        _refused(str(error))
        return
    except NotSignedIn:
        st.rerun()  # the whole page, which is the door then
    except Exception:
        log.exception("The figure of %s as %s failed", questions, form)
        _refused("This figure could not be drawn. The data is unchanged; the server's log has the details.")
        return
    try:
        show(drawn, place)
    except (NotAllowed, TrailError) as error:
        _refused(str(error))


def show(drawn: Figure, place: Here) -> None:
    """A figure as a card."""
    with st.container(border=True, height="stretch", key=f"card_{drawn.id}"):
        markup.show(f'<h3 class="sro-finding">{escape(drawn.title)}</h3>' + markup.paragraph(drawn.subtitle, "sub"))
        _chart(drawn)
        notes = "".join(f"<li>{escape(note)}</li>" for note in drawn.footnotes)
        markup.show((f'<ul class="sro-notes">{notes}</ul>' if notes else "") + markup.paragraph(drawn.footer, "footer"))
        with st.container(horizontal=True, gap="small"):
            _data(drawn, place)
            save(drawn, place)
            _definition(drawn, place)


def _chart(drawn: Figure) -> None:
    """The chart; where its marks are schools, a click on one opens that school."""
    question = drawn.questions[0]
    key = f"chart_{drawn.id}"
    drills = question.by == "school" and drawn.form in DRILLING
    st.plotly_chart(
        drawn.chart, theme=None, config=theme.CONFIG, alt=drawn.alt, key=key,
        on_select="rerun" if drills else "ignore", selection_mode="points",
    )  # fmt: skip
    touched = st.session_state.get(key) if drills else None
    for point in touched["selection"]["points"] if touched else ():
        unit = point.get("customdata")
        school = unit[0] if isinstance(unit, list) else unit
        if school:
            st.switch_page(SCHOOL_PAGE, query_params={"period": question.period, "schools": str(school)})


def _data(drawn: Figure, place: Here) -> None:
    shown = st.popover("Data", icon=":material/table:", on_change="rerun", key=f"data_{drawn.id}")
    if not shown.open:
        return
    with shown:
        table = drawn.table
        st.dataframe(table, hide_index=True, height=min(TALLEST_TABLE, 38 + 35 * len(table)), alt=drawn.alt)
        noted("exported", f"CSV of {link_to(drawn)}", drawn.provenance.audience, place.vintage.id)
        made = workbook.csv(drawn, passport.issue([drawn], place.settings))
        st.download_button(
            "Download as CSV", made, f"{file_name(drawn)}.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key=f"csv_{drawn.id}",
        )  # fmt: skip
        markup.note("The same numbers from the command line:")
        for question in drawn.questions:
            st.code(question.to_command(), language=None, wrap_lines=True)


def _definition(drawn: Figure, place: Here) -> None:
    shown = st.popover("Definition", icon=":material/menu_book:", on_change="rerun", key=f"definition_{drawn.id}")
    if not shown.open:
        return
    with shown:
        for question in drawn.questions:
            card = place.cards[question.metric]
            more = markup.link("All of the definition", "definitions", metric=card.id)
            markup.show(f"{definition(card)}<p>{more}</p>")


def definition(card: Card) -> str:
    """A definition card as a list of terms."""
    over = "" if card.denominator == "none" else f"<dt>Divided by</dt><dd>{escape(card.denominator)}</dd>"
    return (
        f"<h4>{escape(card.title)}</h4><p>{escape(card.asks)}</p><dl class='sro-terms'>"
        f"<dt>{'Counted' if over else 'Counts'}</dt><dd>{escape(card.numerator)}</dd>{over}"
        f"<dt>Unit</dt><dd>{escape(card.unit)}</dd>"
        f"<dt>Better is</dt><dd>{ {'up': 'higher', 'down': 'lower'}.get(card.direction, 'neither: no direction') }</dd>"
        f"<dt>Counts persons</dt><dd>{escape(card.persons)}</dd>"
        f"<dt>Defined by</dt><dd>{escape(card.defined_by)}</dd>"
        f"<dt>Caution</dt><dd>{escape(card.caution)}</dd>"
        f"<dt>Id, version</dt><dd>{escape(card.id)}, version {escape(card.version)}</dd></dl>"
    )


def _refused(says: str) -> None:
    with st.container(border=True):
        st.info(says, icon=":material/info:")


def all_years(view: View) -> View:
    """The view over all school years up to its own."""
    return view_module.all_years(view, here().facts)


def last_year(view: View) -> View:
    """The view of the last school year that is over."""
    return view_module.last_whole_year(view, here().facts)
