"""The only door to the data: a Question in, an Answer out, after disclosure control."""

from __future__ import annotations

from dataclasses import replace

from sro.answer import NOTHING, Answer, Cell, Provenance
from sro.ask.asker import Asker, OpenVintage, catalogue_of, default_settings
from sro.ask.cells import cells_of, whole_of
from sro.ask.comparing import both_periods
from sro.ask.facts import Facts, School, facts_of, vintage_facts
from sro.ask.fitting import confined, fit
from sro.ask.notes import completeness_notes, disclosure_notes
from sro.ask.units import chosen_by, filters_of, units_of
from sro.change import change_between
from sro.metrics import Card, available
from sro.question import Question
from sro.settings import Settings
from sro.sharing import shared

__all__ = [
    "Asker", "Facts", "OpenVintage", "School", "ask", "catalogue_of", "facts_of", "remembered", "units_of",
    "vintage_facts",
]  # fmt: skip


def ask(question: Question, vintage: OpenVintage, settings: Settings | None = None) -> Answer:
    """The answer to a question from one vintage.

    NotYours refuses what `settings.reach` does not allow; a partner's questions are of the own district.
    Raises QuestionError, PeriodError or CatalogueError, in the asker's words, when there is no such school or metric.
    """
    return _remember(question, Asker(vintage, settings or default_settings()))


@shared(kept=1024)
def _remember(question: Question, asker: Asker) -> Answer:
    return _answer(question, asker)


def remembered() -> dict[str, int]:
    """How many questions of this process were answered from memory, and how many from the data."""
    info = _remember.cache_info()
    return {"memory": info.hits, "data": info.misses}


def _answer(question: Question, asker: Asker) -> Answer:
    card = asker.catalogue.find(question.metric)
    facts = facts_of(asker)
    question, notes = fit(confined(question, card, asker.settings), card)
    chosen_by(filters_of(question), card, asker)  # refuses what is not there, also where the metric is not
    provenance = _provenance(question, card, facts, asker)
    if not available(card, facts.present):
        missing = ", ".join(name for name in card.tables if name not in facts.present)
        return Answer(question, card, (), NOTHING, provenance, (f"Not in this export: {missing}.", *notes))
    rows = cells_of(question, card, asker)
    total = _whole(replace(question, grain="total", by="program", sliced=False, compare="none"), asker)
    notes = (*notes, *completeness_notes(card, total), *disclosure_notes(question, card, rows, total, facts))
    answer = Answer(question, card, rows, total, provenance, notes)
    return _compared(answer, facts, asker) if question.compare != "none" else answer


@shared(kept=1024)
def _whole(question: Question, asker: Asker) -> Cell:
    """The one cell of a metric over a period and its schools, which the answers of a tile and of each grain share."""
    card = asker.catalogue.find(question.metric)
    return whole_of(cells_of(replace(question, sliced=card.aggregate == "share"), card, asker))


def _compared(answer: Answer, facts: Facts, asker: Asker) -> Answer:
    """The answer with the one it is compared to, and the change between their totals."""
    question = answer.question
    now, before, reason = both_periods(question, facts)
    if now is None or before is None:
        return answer.with_notes(reason)
    plain = replace(question, compare="none")
    earlier = _remember(replace(plain, period=before.key), asker)
    current = answer if now == question.span else _remember(replace(plain, period=now.key), asker)
    change = change_between(earlier, current, asker.settings.confidence)
    return replace(answer, comparison=earlier, change=change)


def _provenance(question: Question, card: Card, facts: Facts, asker: Asker) -> Provenance:
    return Provenance(
        vintage=asker.vintage.id,
        data_from=facts.data_from,
        data_through=facts.data_through,
        synthetic=facts.synthetic,
        definition=f"{card.id} v{card.version}",
        audience=question.audience,
        program=asker.settings.program,
        sources=facts.sources,
    )
