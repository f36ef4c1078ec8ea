"""The desk at which everything is published from: one vintage, and figures drawn for a page, with their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sro import vintages
from sro.answer import Answer
from sro.ask import Facts, OpenVintage, ask, vintage_facts
from sro.figures import Event, Figure, FigureError, Limits, draw, funnel
from sro.question import Question
from sro.settings import Settings
from sro.signals import limits_of
from sro.surroundings import Dated, all_events, events_of, titles

FUNNEL = "funnel"


@dataclass(frozen=True)
class Exhibit:
    """A figure with the answers that it was drawn from."""

    figure: Figure
    answers: tuple[Answer, ...]
    events: tuple[Event, ...] = ()
    limits: Limits | None = None


@dataclass(frozen=True)
class Desk:
    """One vintage, with the names and events that figures need."""

    vintage: OpenVintage
    settings: Settings
    facts: Facts
    dated: tuple[Dated, ...]
    names: Mapping[str, str]

    def ask(self, question: Question) -> Answer:
        return ask(question, self.vintage, self.settings)

    def limits_of(self, question: Question) -> Limits | None:
        return limits_of(question, self.vintage, self.settings)

    def exhibit(self, questions: Sequence[Question], form: str, mode: str = "light", width: str = "page") -> Exhibit:
        """The figure of one question in a form of FORMS, or of the three questions of a funnel.

        Raises QuestionError, PeriodError, CatalogueError and FigureError, in the asker's words.
        """
        answers = tuple(self.ask(question) for question in questions)
        if form == FUNNEL:
            if len(answers) != 3:
                raise FigureError("A funnel is drawn from three questions: calls, who handled them, and the outcomes.")
            calls, handled, outcomes = answers
            return Exhibit(funnel(calls, handled, outcomes, mode, width, self.names), answers)
        about = events_of(questions[0], self.dated, self.facts)
        events = tuple(Event(event.date, event.label, event.kind) for event in about)
        limits = self.limits_of(questions[0]) if form == "trend" else None
        figure = draw(answers[0], form, mode, width, events, self.names, limits)
        return Exhibit(figure, answers, events, limits)

    def redrawn(self, questions: Sequence[Question], form: str, audience: str) -> Exhibit:
        """The same for another audience."""
        return self.exhibit([replace(question, audience=audience) for question in questions], form)


def desk(settings: Settings, vintage: OpenVintage | None = None) -> Desk:
    """The desk of the vintage that is served now, or of another.

    Raises VintageError, in words for people, when there is none.
    """
    vintage = vintage or vintages.current(settings)
    facts = vintage_facts(vintage, settings)
    names = {school.school_id: school.name for school in facts.schools}
    names |= {school.district_id: school.district_name for school in facts.schools}
    names |= {code: title for (_, code), title in titles(vintage, settings).items()}
    return Desk(vintage, settings, facts, all_events(vintage, settings), names)
