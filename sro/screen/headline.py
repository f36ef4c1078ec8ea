"""Headline tiles: one number each, what it is compared with, and its months as a small line."""

from __future__ import annotations

import base64
from dataclasses import replace
from html import escape

from sro.answer import Answer
from sro.calendar import PeriodError
from sro.figures import spark, theme, wording
from sro.metrics import CatalogueError
from sro.question import Question, QuestionError
from sro.screen import ahead, markup
from sro.screen.here import Here, here, mode
from sro.screen.missing import is_missing
from sro.screen.view import View
from sro.sharing import shared
from sro.signals import series_behind


def headline(view: View, *metrics: str, dense: bool = False) -> None:
    """A tile for each metric that this export can answer; `dense` ones leave room for more on the same screen."""
    place = here()
    tiles = [_tile(view, metric, place) for metric in metrics if not is_missing(metric, place)]
    if tiles:
        kind = "sro-tiles sro-dense" if dense else "sro-tiles"
        markup.show(f'<div class="{kind}">{"".join(tiles)}</div>')


def _tile(view: View, metric: str, place: Here) -> str:
    colors = mode()

    def drawn(of: View) -> str:
        return _drawn(of.ask(metric), place, colors)

    ahead.also(view, drawn)
    try:
        return drawn(view)
    except (QuestionError, PeriodError, CatalogueError) as error:
        return f'<section class="sro-tile"><p>{escape(str(error))}</p></section>'


@shared(kept=1024)
def _drawn(question: Question, place: Here, mode: str) -> str:
    """The tile of one question, drawn once for everyone."""
    answer = place.ask(question)
    months = place.ask(replace(answer.question, grain="month", compare="none"))
    card = answer.card
    return (
        f'<section class="sro-tile" aria-label="{escape(card.title, quote=True)}">'
        f"<h3>{escape(card.title)}</h3>"
        f'<p class="sro-number">{escape(_value(answer))}</p><p class="sro-unit">{escape(_unit(answer))}</p>'
        f'<p class="sro-said">{escape(_said(answer))}</p>'
        f"{_judged(answer, place)}"
        f"{_spark(months, mode)}"
        f'<p class="sro-more">{markup.link("Definition", "definitions", metric=card.id)}</p>'
        "</section>"
    )


def _judged(answer: Answer, place: Here) -> str:
    """Variation and assurance: what the control chart says of the last comparable month, and of the target."""
    series = series_behind(answer.question, place.vintage, place.settings)
    if series is None or series.variation.name not in markup.SIGNS:
        return ""
    target = place.settings.targets.get(answer.card.name)
    aim = "" if target is None else f"Target {wording.value_text(target, answer.card)}: "
    pair = (
        (series.variation, f"{series.cells['period_label'].iloc[-1]}: "),
        (series.assurance, aim),
    )
    return "".join(
        f'<p class="sro-said">{markup.sign(icon.name)} {escape(_after(opening, icon.words))}</p>'
        for icon, opening in pair
    )


def _after(opening: str, words: str) -> str:
    return f"{opening}{words[0].lower()}{words[1:]}" if opening else words


def _said(answer: Answer) -> str:
    """The comparison; where it covers fewer months than the number above it, this side of it too."""
    sentence = wording.comparison_sentence(answer)
    now = wording.now_period(answer)
    if not sentence or answer.change is None or not answer.change.comparable or now == answer.question.span:
        return sentence or next(iter(answer.notes), "")
    return f"{now.label}: {wording.value_text(answer.change.after.value, answer.card)}. {sentence}"


def _value(answer: Answer) -> str:
    total, card = answer.total, answer.card
    if not total.shown:
        return {"suppressed": "‡", "not_received": "no report"}.get(total.status, "–")
    return wording.value_text(total.value, card)


def _unit(answer: Answer) -> str:
    total, card = answer.total, answer.card
    if not total.shown:
        return wording.describe(total, card) if total.status != "not_received" else ""
    unit = wording.unit_text(total.value, card)
    return unit.removeprefix("percent ") if wording.kind(card) == "percent" else unit


def _spark(months: Answer, mode: str) -> str:
    if months.question.grain != "month" or len(months.rows) < 2 or months.question.sliced:
        return ""
    drawn = spark(months, theme.paint(mode))
    if not drawn:
        return ""
    source = base64.b64encode(drawn.encode()).decode()
    span = wording.range_text(months.rows, months.card)
    alt = f"Small line by month, {months.question.span.label}: {span}" if span else "Small line by month"
    return f'<img alt="{escape(alt, quote=True)}" src="data:image/svg+xml;base64,{source}">'
