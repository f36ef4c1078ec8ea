"""One figure alone: what the link of a card opens."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sro.calendar import PeriodError
from sro.publish.desk import DRAWN_FORMS, FUNNEL
from sro.question import Question, QuestionError
from sro.screen.card import card, funnel_questions
from sro.screen.here import here


def linked_figure() -> None:
    """The figure that the address names, or what is wrong with the address."""
    query = st.query_params.to_dict()
    form = query.get("form", "trend")
    try:
        question = replace(Question.from_query(query), audience=here().settings.audience)
    except (QuestionError, PeriodError) as error:
        st.info(f"This link opens no figure: {error}", icon=":material/link_off:")
        return
    if form not in DRAWN_FORMS:
        st.info(f"This link opens no figure: there is no form {form!r}.", icon=":material/link_off:")
        return
    card(funnel_questions(question) if form == FUNNEL else (question,), form)
