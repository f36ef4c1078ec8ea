"""Numbers that read differently in the data of today than in that of an earlier vintage: late entries, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sro import calendar
from sro.answer import Answer, Cell
from sro.ask import OpenVintage, ask, vintage_facts
from sro.figures import wording
from sro.metrics import CatalogueError
from sro.question import Question
from sro.settings import Settings
from sro.signals.finding import Finding


@dataclass(frozen=True)
class Revision:
    """One total in two states of the data; `through` is how far the earlier one reached."""

    now: Answer
    then: Answer
    through: date

    @property
    def what(self) -> str:
        return f"{self.now.card.title} {wording.during(self.now.question.span)}"

    @property
    def before(self) -> str:
        return wording.value_text(self.then.total.value, self.then.card)

    @property
    def after(self) -> str:
        return wording.value_text(self.now.total.value, self.now.card)

    @property
    def why(self) -> str:
        """What differs between the two states; why rows were changed is known to nobody here."""
        more = self.now.total.received - self.then.total.received
        if more > 0:
            return f"{wording.many(more, 'more report')} received."
        return "Rows were added, corrected or taken back."


def revisions(
    metrics: Iterable[str], scope: Question, vintage: OpenVintage, earlier: OpenVintage, settings: Settings
) -> Iterator[Revision]:
    """Every metric whose total over the scope's months was another in the earlier vintage, as it is written.

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
        one = Revision(now, then, through)
        differs = now.total.shown and then.total.shown and _numbers(now.total) != _numbers(then.total)
        if differs and one.before != one.after:
            yield one


def revised(
    metrics: Iterable[str], scope: Question, vintage: OpenVintage, earlier: OpenVintage, settings: Settings
) -> Iterator[Finding]:
    """The same as sentences."""
    for one in revisions(metrics, scope, vintage, earlier, settings):
        says = f"{one.what} reads {one.after}; in the data of {calendar.day_label(one.through)} {one.before}."
        yield Finding("revised", says, one.now.question)


def _numbers(cell: Cell) -> tuple[str, str]:
    return str(cell.numerator), str(cell.denominator)
