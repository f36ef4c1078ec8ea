"""A claim, and the evidence that is gathered for it: two answers to compare, or one and a number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sro.answer import Answer, Change
from sro.ask import OpenVintage, School, ask
from sro.calendar import parse_period
from sro.change import change_between
from sro.figures.wording import now_period
from sro.gates import Break, Context, Gated, LeftOut, breaks_between, context_of, gate
from sro.question import Question
from sro.settings import Settings

KINDS = {
    "rose": "rose",
    "fell": "fell",
    "higher": "is higher than elsewhere",
    "lower": "is lower than elsewhere",
    "met": "reached its target",
}
CAREFUL = 0.998  # confidence for one school picked out of many


class ClaimError(ValueError):
    """A claim that cannot be read; the message says what is missing."""


@dataclass(frozen=True)
class Claim:
    """What somebody wants to say of what `question` asks.

    `rose` and `fell` speak of `before` (a period; empty: the same months a year earlier) or, with `since_start`, of the
    program's first whole school year. `higher` and `lower` speak of the schools of `other`. `by` is the size that is
    claimed: percent, of a percentage points. `met` needs a `target`.
    """

    kind: str
    question: Question
    before: str = ""
    since_start: bool = False
    other: Question | None = None
    by: float | None = None
    target: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ClaimError(f"A claim is one of {', '.join(KINDS)}; {self.kind!r} is none of them.")
        if self.kind == "met" and self.target is None:
            raise ClaimError("Which target? Give the number that was to be reached; program.toml names none for this.")
        if self.kind in ("higher", "lower") and self.other is None:
            raise ClaimError("Higher or lower than which schools? Name them.")
        if self.by is not None and self.by < 0:
            raise ClaimError(f"By how much? Give the size without a sign: {self.kind} by {-self.by:g}.")
        if self.before and parse_period(self.before).start > self.question.span.start:
            raise ClaimError(f"{self.before} begins after {self.question.period}; what was before must be earlier.")


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the data has on a claim. `beside` is the earlier period or the other schools; `why_not`: why there is none.

    `careful` is the change judged as one of many schools; `left_out` and `breaks` are those of both sides' months.
    `spread` is two standard errors of the difference, from how months vary; `schools` is how many the program serves.
    `shared` names the schools that stand on both sides of a comparison of schools.
    """

    claim: Claim
    now: Answer
    beside: Answer | None
    change: Change | None
    careful: Change | None
    left_out: tuple[LeftOut, ...]
    breaks: tuple[Break, ...]
    spread: float
    schools: int
    why_not: str = ""
    shared: tuple[str, ...] = ()


def gather(claim: Claim, vintage: OpenVintage, settings: Settings) -> Evidence:
    """Ask what the claim is about, on both sides.

    Raises QuestionError, PeriodError or CatalogueError when there is no such school, period or metric.
    """
    context = context_of(vintage, settings)
    question = replace(claim.question, grain="total", by="program", sliced=False, compare="none")
    now, beside, why_not = _sides(claim, question, vintage, settings)
    sides = [side for side in (now, beside) if side is not None]
    change = careful = None
    if beside is not None:
        change = change_between(beside, now, settings.confidence)
        careful = change_between(beside, now, CAREFUL)
        if claim.kind in ("rose", "fell"):
            now = replace(now, comparison=beside, change=change)
    months = [_by_month(side, vintage, settings) for side in sides]
    gated = [gate(part, context) for part in months]
    return Evidence(
        claim,
        now,
        beside,
        change,
        careful,
        tuple(cell for part in gated for cell in part.left_out),
        _between(sides, gated, context) if claim.kind in ("rose", "fell") else (),
        _error_of_means(gated),
        sum(school.program_start is not None for school in context.facts.schools),
        why_not,
        _shared(sides, context) if claim.kind in ("higher", "lower") else (),
    )


def _shared(sides: list[Answer], context: Context) -> tuple[str, ...]:
    """The names of the schools that every side speaks of."""
    return tuple(
        school.name for school in context.facts.schools if all(_speaks_of(side.question, school) for side in sides)
    )


def _speaks_of(question: Question, school: School) -> bool:
    own = {"schools": school.school_id, "districts": school.district_id, "levels": school.level}
    return all(not getattr(question, name) or value in getattr(question, name) for name, value in own.items())


def _sides(
    claim: Claim, question: Question, vintage: OpenVintage, settings: Settings
) -> tuple[Answer, Answer | None, str]:
    if claim.kind == "met":
        return ask(question, vintage, settings), None, ""
    if claim.other is not None and claim.kind in ("higher", "lower"):
        other = replace(question, **{name: getattr(claim.other, name) for name in ("schools", "districts", "levels")})
        return ask(question, vintage, settings), ask(other, vintage, settings), ""
    if claim.before:
        earlier = replace(question, period=claim.before)
        return ask(question, vintage, settings), ask(earlier, vintage, settings), ""
    how = "program_start" if claim.since_start else "same_months"
    answer = ask(replace(question, compare=how), vintage, settings)
    if answer.comparison is None:
        return ask(question, vintage, settings), None, answer.notes[-1] if answer.notes else "Nothing to compare with."
    return ask(replace(question, period=now_period(answer).key), vintage, settings), answer.comparison, ""


def _by_month(answer: Answer, vintage: OpenVintage, settings: Settings) -> Answer:
    return ask(replace(answer.question, grain="month", compare="none"), vintage, settings)


def _between(sides: list[Answer], gated: list[Gated], context: Context) -> tuple[Break, ...]:
    """Breaks that divide the months of the two sides, or lie between them."""
    if len(sides) < 2:
        return ()
    days = [day for part in gated for name in ("period_start", "period_end") for day in part.kept[name]]
    return breaks_between(sides, days, context)


def _error_of_means(gated: list[Gated]) -> float:
    """Two standard errors of the difference of two sides, from how their months vary; 0 where that is not known."""
    parts = [part.kept["value"] for part in gated]
    if len(parts) < 2 or min(len(part) for part in parts) < 3:
        return 0.0
    return float(2 * sum(part.var(ddof=1) / len(part) for part in parts) ** 0.5)
