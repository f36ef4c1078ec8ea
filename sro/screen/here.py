"""What a run of a page works with: the vintage that is served now, the settings, the reader's colors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from sro import vintages
from sro.answer import Answer
from sro.ask import Facts, OpenVintage, ask, vintage_facts
from sro.figures import Event, Figure, draw, funnel
from sro.question import Question
from sro.settings import Settings, read_settings
from sro.signals import limits_of
from sro.surroundings import Dated, all_events, events_of, titles


@dataclass(frozen=True)
class Here:
    """One vintage with everything that screens say of it. Shared by all sessions that look at the same vintage."""

    vintage: OpenVintage
    settings: Settings
    facts: Facts
    events: tuple[Dated, ...]
    titles: Mapping[tuple[str, str], str]
    names: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.vintage.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Here) and (self.vintage.id, self.settings) == (other.vintage.id, other.settings)

    def ask(self, question: Question) -> Answer:
        return ask(question, self.vintage, self.settings)

    def events_of(self, question: Question) -> list[Event]:
        return [Event(event.date, event.label, event.kind) for event in events_of(question, self.events, self.facts)]

    def draw(self, question: Question, form: str) -> Figure:
        """The figure of a question, in the reader's colors; drawn once for everyone who asks the same."""
        return _drawn(self, (question,), form, mode())

    def funnel(self, questions: Sequence[Question]) -> Figure:
        """The figure of calls, who handled them, and what came of those that an officer handled."""
        return _drawn(self, tuple(questions), "funnel", mode())


def here() -> Here:
    """What is served now.

    Raises VintageError or SettingsError, in words for people, when there is nothing to serve.
    """
    return _here(vintages.current(settings()))


@lru_cache(maxsize=1)
def settings() -> Settings:
    return read_settings()


@lru_cache(maxsize=4)
def _here(vintage: vintages.Vintage) -> Here:
    facts = vintage_facts(vintage, settings())
    called = titles(vintage, settings())
    names = {school.school_id: school.name for school in facts.schools}
    names |= {school.district_id: school.district_name for school in facts.schools}
    names |= {code: title for (_, code), title in called.items()}
    return Here(vintage, settings(), facts, all_events(vintage, settings()), called, names)


@lru_cache(maxsize=512)
def _drawn(place: Here, questions: tuple[Question, ...], form: str, mode: str) -> Figure:
    answers = [place.ask(question) for question in questions]
    if form == "funnel":
        return funnel(*answers, mode=mode, names=place.names)
    limits = limits_of(questions[0], place.vintage, place.settings) if form == "trend" else None
    return draw(answers[0], form, mode, events=place.events_of(questions[0]), names=place.names, limits=limits)


def mode() -> str:
    """light or dark, as the reader's screen is."""
    return "dark" if st.context.theme.type == "dark" else "light"
