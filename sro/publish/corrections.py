"""What is published again with another number: the measures of a collection, beside the vintage before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sro import calendar, vintages
from sro.ask import vintage_facts
from sro.publish.desk import Desk
from sro.question import Question
from sro.signals import Revision, revisions

HEAD = ("Measure", "Before", "Now", "Why")


@dataclass(frozen=True)
class Corrections:
    """`since` says which data is compared; `revisions` is empty where every total reads as it did."""

    since: str
    revisions: tuple[Revision, ...]

    @property
    def lead(self) -> str:
        """What stands above the rows, or in their place."""
        if self.revisions:
            return f"Totals that read differently in {self.since}, over the months that were over then:"
        return f"Every total of these figures reads as in {self.since}."

    @property
    def rows(self) -> list[list[str]]:
        return [[one.what, one.before, one.after, one.why] for one in self.revisions]

    @property
    def sentences(self) -> list[str]:
        return [f"{what}: {before} before, {after} now. {why}" for what, before, after, why in self.rows]


def corrections(desk: Desk, scope: Question, metrics: Iterable[str]) -> Corrections | None:
    """The totals of the metrics that were others in the vintage before; None where there is none before."""
    earlier = vintages.before(desk.vintage.id, desk.settings)
    if earlier is None:
        return None
    through = calendar.day_label(vintage_facts(earlier, desk.settings).data_through)
    found = revisions(dict.fromkeys(metrics), scope, desk.vintage, earlier, desk.settings)
    return Corrections(f"the data of {through}, vintage {earlier.id}", tuple(found))
