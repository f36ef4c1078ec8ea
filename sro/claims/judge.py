"""The verdict on a claim: supported, with caution, or not; why; and what can be said instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sro.ask import OpenVintage
from sro.claims.claim import Claim, Evidence, gather
from sro.claims.rules import RULES, Objection, interval
from sro.figures import wording
from sro.gates import withdrawn
from sro.question import Question
from sro.settings import Settings
from sro.stats.impact import ASSOCIATION

VERDICTS = ("supported", "supported with caution", "not supported")
# Where one of these refuses, the two numbers do not even stand beside each other.
NOT_COMPARABLE = (
    "the_sides_must_be_apart", "like_months_with_like", "the_period_must_be_over", "logs_must_be_there"
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """`sentence` is what the data does support, ready to copy with `footnote`; `questions` ask its numbers again."""

    verdict: str
    objections: tuple[Objection, ...]
    sentence: str
    footnote: str
    questions: tuple[Question, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(objection.words for objection in self.objections)


def judge(claim: Claim, vintage: OpenVintage, settings: Settings, names: dict[str, str] | None = None) -> Verdict:
    """The verdict on a claim. `names` are those of schools and districts, for the sentence.

    Raises QuestionError, PeriodError or CatalogueError when there is no such school, period or metric.
    """
    return verdict_on(gather(claim, vintage, settings), names or {})


def verdict_on(seen: Evidence, names: dict[str, str]) -> Verdict:
    """Every rule looks at the evidence; the heaviest objection decides."""
    found = tuple(objection for rule in RULES if (objection := rule(seen)) is not None)
    refused = [objection for objection in found if objection.level == "no"]
    verdict = VERDICTS[2] if refused else VERDICTS[1] if found else VERDICTS[0]
    sides = [side for side in (seen.now, seen.beside) if side is not None]
    cautions = [objection.words for objection in found if objection.level == "caution"]
    return Verdict(
        verdict,
        found,
        sentence(seen, names, refused),
        " ".join([*wording.unique(cautions), f"{wording.footer(seen.now)}."]),
        tuple(side.question for side in sides),
    )


def sentence(seen: Evidence, names: dict[str, str], refused: Sequence[Objection] = ()) -> str:
    """What the data does support, with its interval and the schools it speaks of."""
    card, change = seen.now.card, seen.change
    if card.aggregate == "share":
        return f"{card.title} {wording.during(seen.now.question.span)} is a mix of categories, without a single number."
    limits = f" ({interval(seen)})" if interval(seen) else ""
    where = wording.schools_text(seen.now, names)
    place = "" if where in ("all schools", "whole program") else f"{where}: "
    unlike = next((objection.words for objection in refused if objection.rule in NOT_COMPARABLE), "")
    if unlike and seen.claim.kind != "met":
        return f"{place}{wording.total_finding(seen.now)}{_own_interval(seen)}, and not comparable. {unlike}"
    if seen.claim.kind in ("higher", "lower") and change is not None and change.comparable:
        return f"{_beside(seen, names)}{limits}."
    if change is None or not change.comparable:
        target = f"; target {wording.value_text(seen.claim.target, card)}" if seen.claim.target is not None else ""
        return f"{place}{wording.total_finding(seen.now)}{_own_interval(seen)}{target}."
    limits = "" if seen.breaks or change.too_few else limits
    said = withdrawn(seen.now, seen.breaks[-1].label) if seen.breaks else seen.now
    tail = f" {ASSOCIATION}" if seen.claim.since_start else ""
    return f"{place}{wording.finding(said)}{limits}.{tail}"


def _own_interval(seen: Evidence) -> str:
    total = seen.now.total
    text = wording.interval_text(total.low, total.high, seen.now.card) if total.shown else ""
    return f" (interval {text})" if text else ""


def _beside(seen: Evidence, names: dict[str, str]) -> str:
    assert seen.beside is not None
    card = seen.now.card
    parts = [
        f"{wording.value_text(side.total.value, card)} at {wording.schools_text(side, names)}"
        for side in (seen.now, seen.beside)
    ]
    return f"{card.title} {wording.during(seen.now.question.span)}: {', '.join(parts)}"
