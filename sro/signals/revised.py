"""Numbers that read differently in the data of today than in that of an earlier vintage: late entries, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from sro import calendar
from sro.answer import Cell
from sro.ask import OpenVintage, ask, vintage_facts
from sro.figures import wording
from sro.metrics import CatalogueError
from sro.question import Question
from sro.settings import Settings
from sro.signals.finding import Finding


def revised(
    metrics: Iterable[str], scope: Question, vintage: OpenVintage, earlier: OpenVintage, settings: Settings
) -> Iterator[Finding]:
    """A finding for every metric whose total over the scope's months was another in the earlier vintage.

    Only months that were over on the earlier data date count; a period that begins later has none.
    """
    through = vintage_facts(earlier, settings).data_through
    last = min(scope.span.end, calendar.add_months(through + timedelta(days=1), 0) - timedelta(days=1))
    if last < scope.span.start:
        return
    period = calendar.span(scope.span.start, last).key
    for metric in metrics:
        question = replace(
            scope, metric=metric, period=period, grain="total", by="program", sliced=False, compare="none"
        )
        try:
            now, then = (ask(question, source, settings) for source in (vintage, earlier))
        except CatalogueError:
            continue
        if now.total.shown and then.total.shown and _numbers(now.total) != _numbers(then.total):
            values = [wording.value_text(answer.total.value, now.card) for answer in (now, then)]
            if values[0] != values[1]:
                what = f"{now.card.title} {wording.during(now.question.span)} reads {values[0]}"
                yield Finding("revised", f"{what}; in the data of {calendar.day_label(through)} {values[1]}.", question)


def _numbers(cell: Cell) -> tuple[str, str]:
    return str(cell.numerator), str(cell.denominator)
