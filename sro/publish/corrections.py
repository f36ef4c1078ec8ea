"""What is published again with another number: the measures of a collection, beside the vintage before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sro import calendar, vintages
from sro.ask import vintage_facts
from sro.publish.desk import Desk
from sro.question import Question
from sro.releases import released_with
from sro.signals import Revision, revisions

HEAD = ("Measure", "Before", "Now", "Why")


@dataclass(frozen=True)
class Corrections:
    """`since` says which data is compared; `revisions` is empty where every total reads as it did.

    `released` holds, for each of them, the releases that show the measure over some of the same months.
    """

    since: str
    revisions: tuple[Revision, ...]
    released: tuple[Sequence[str], ...] = ()

    @property
    def lead(self) -> str:
        """What stands above the rows, or in their place."""
        if self.revisions:
            return f"Totals that read differently in {self.since}, over the months that were over then:"
        return f"Every total of these figures reads as in {self.since}."

    @property
    def rows(self) -> list[list[str]]:
        told = self.released or ((),) * len(self.revisions)
        return [
            [one.what, one.before, one.after, f"{one.why}{already_released(names)}"]
            for one, names in zip(self.revisions, told, strict=True)
        ]

    @property
    def sentences(self) -> list[str]:
        return [f"{what}: {before} before, {after} now. {why}" for what, before, after, why in self.rows]


def corrections(desk: Desk, scope: Question, metrics: Iterable[str]) -> Corrections | None:
    """The totals of the metrics that were others in the vintage before; None where there is none before."""
    earlier = vintages.before(desk.vintage.id, desk.settings)
    if earlier is None:
        return None
    through = calendar.day_label(vintage_facts(earlier, desk.settings).data_through)
    found = tuple(revisions(dict.fromkeys(metrics), scope, desk.vintage, earlier, desk.settings))
    told = tuple(released_with(one.now.question, desk.settings) for one in found)
    return Corrections(f"the data of {through}, vintage {earlier.id}", found, told)


def already_released(names: Sequence[str]) -> str:
    """The end of a sentence on a revised figure; empty where it is in no release."""
    return f" Already released: {', '.join(names)}." if names else ""
