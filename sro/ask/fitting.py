"""A question as its metric can be asked, by whoever asks."""

from __future__ import annotations

from dataclasses import replace

from sro.metrics import Card
from sro.question import NotYours, Question, QuestionError
from sro.settings import Settings


def confined(question: Question, card: Card, settings: Settings) -> Question:
    """The question by the card's name, and of the asker's own districts where these are all that they may see."""
    reach = settings.reach
    if question.audience not in reach.audiences:
        raise NotYours(f"Your role does not see what is told to the audience {question.audience}.")
    question = replace(question, metric=card.name)
    if not reach.districts:
        return question
    if card.level == "program":
        raise NotYours(f"{card.title} is known for the whole program only, and your role sees its own district.")
    if any(district not in reach.districts for district in question.districts):
        raise NotYours("Your role sees the schools of its own district only.")
    return replace(question, districts=question.districts or reach.districts)


def fit(question: Question, card: Card) -> tuple[Question, tuple[str, ...]]:
    """The question as this metric can be asked, and what had to be left out."""
    notes = []
    if card.level == "program" and (question.by != "program" or question.is_filtered):
        question = replace(question, by="program", districts=(), schools=(), levels=(), providers=())
        notes.append("Known for the whole program only; school filters do not apply.")
    if card.level == "district":
        if question.schools or question.levels or question.providers:
            question = replace(question, schools=(), levels=(), providers=())
            notes.append("Known by district only; of the filters only districts apply.")
        if question.by not in ("program", "district"):
            question = replace(question, by="district")
            notes.append("Known by district, not by school.")
    if card.grain == "year" and question.grain in ("day", "month", "quarter", "semester"):
        question = replace(question, grain="year")
        notes.append("Known by school year only.")
    if card.grain == "year" and not question.span.is_whole_years:
        notes.append("Choose whole school years to see it.")
    if question.grain == "day" and card.daily != "yes":
        raise QuestionError(f"{card.title} is not kept by day; ask by month.")
    if question.grain == "day" and question.sliced and card.stream == "log":
        raise QuestionError(f"{card.title}: what the log says of single days has no categories; ask by month.")
    if question.sliced and not card.is_sliced:
        question = replace(question, sliced=False)
        notes.append("This metric has no categories.")
    if card.aggregate == "share" and not question.sliced:
        question = replace(question, sliced=True)
    return question, tuple(notes)
