"""The desk at which everything is published from: one vintage, and figures drawn for a page, with their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sro import vintages
from sro.answer import Answer
from sro.ask import Facts, OpenVintage, ask
from sro.figures import FORMS, Event, Figure, FigureError, Limits, Step, draw, funnel, study
from sro.gates import NOUNS, Break, Context, compared, context_of, gate
from sro.geography import Geography, geography_of
from sro.impact import reach_of
from sro.question import Question
from sro.settings import Settings
from sro.signals import limits_of
from sro.surroundings import Dated, events_of, titles

FUNNEL, STUDY = "funnel", "event_study"  # drawn from three questions, and from a design of change
DRAWN_FORMS = (*FORMS, FUNNEL, STUDY)


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
    context: Context
    names: Mapping[str, str]
    geography: Geography

    @property
    def facts(self) -> Facts:
        return self.context.facts

    def ask(self, question: Question) -> Answer:
        """The answer, compared only with what it may be compared with."""
        return compared(ask(question, self.vintage, self.settings), self.context)

    def limits_of(self, question: Question) -> Limits | None:
        return limits_of(question, self.vintage, self.settings)

    def exhibit(self, questions: Sequence[Question], form: str, mode: str = "light", width: str = "page") -> Exhibit:
        """The figure of one question in a form of FORMS or as an event study, or of the three questions of a funnel.

        Raises QuestionError, PeriodError, CatalogueError and FigureError, in the asker's words.
        """
        if form == STUDY:
            return self._study(questions[0], mode, width)
        answers = tuple(self.ask(question) for question in questions)
        if form == FUNNEL:
            if len(answers) != 3:
                raise FigureError("A funnel is drawn from three questions: calls, who handled them, and the outcomes.")
            calls, handled, outcomes = answers
            return Exhibit(funnel(calls, handled, outcomes, mode, width, self.names), answers)
        gated = gate(answers[0], self.context)
        events = marked(events_of(questions[0], self.context.events, self.facts), gated.breaks)
        limits = self.limits_of(questions[0]) if form == "trend" else None
        over_time = answers[0].question.grain in NOUNS
        left_out = gated.beside if over_time else ""
        figure = draw(answers[0], form, mode, width, events, self.names, limits, left_out, self.geography)
        return Exhibit(figure, answers, events, limits)

    def _study(self, question: Question, mode: str, width: str) -> Exhibit:
        """The difference of schools that the program reached to those not reached yet, by time since then."""
        found = reach_of(question, self.vintage, self.settings)
        answer = self.ask(found.question)
        steps = [Step(at.since, at.effect.value, at.effect.low, at.effect.high) for at in found.result.event_study]
        return Exhibit(study(answer, steps, mode, width, self.names), (answer,))

    def redrawn(self, questions: Sequence[Question], form: str, audience: str) -> Exhibit:
        """The same for another audience."""
        return self.exhibit([replace(question, audience=audience) for question in questions], form)


def marked(events: Sequence[Dated], breaks: Sequence[Break]) -> tuple[Event, ...]:
    """The events of a figure in order of date; those at which the whole series starts anew as such."""
    anew = {broken.date: broken.label for broken in breaks if not broken.unit}
    others = [Event(event.date, event.label, event.kind) for event in events if event.date not in anew]
    found = [*others, *(Event(date, label, "series_break") for date, label in anew.items())]
    return tuple(sorted(found, key=lambda event: (event.date, event.label)))


def desk(settings: Settings, vintage: OpenVintage | None = None) -> Desk:
    """The desk of the vintage that is served now, or of another.

    Raises VintageError, in words for people, when there is none.
    """
    vintage = vintage or vintages.current(settings)
    context = context_of(vintage, settings)
    facts = context.facts
    names = {school.school_id: school.name for school in facts.schools}
    names |= {school.district_id: school.district_name for school in facts.schools}
    names |= {code: title for (_, code), title in titles(vintage, settings).items()}
    return Desk(vintage, settings, context, names, geography_of(vintage, settings, facts))
