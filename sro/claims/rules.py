"""The rules by which a claim is judged: each looks at the evidence and objects, in words, or does not.

`no`: the data does not support the claim. `caution`: it does, and whoever says so should say this too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sro.claims.claim import Evidence
from sro.figures import wording
from sro.figures.wording import signed
from sro.gates import MOST_LOGS, REASONS
from sro.stats.impact import ASSOCIATION


@dataclass(frozen=True)
class Objection:
    rule: str
    level: str
    words: str


Rule = Callable[[Evidence], Objection | None]


def _no(rule: str, words: str) -> Objection:
    return Objection(rule, "no", words)


def _caution(rule: str, words: str) -> Objection:
    return Objection(rule, "caution", words)


def a_number_must_show(seen: Evidence) -> Objection | None:
    """Both sides need a number that this audience may see."""
    for side in (seen.now, seen.beside):
        if side is not None and not side.total.shown:
            return _no("a_number_must_show", f"{wording.total_finding(side)}.")
    if seen.why_not:
        return _no("a_number_must_show", seen.why_not)
    return None


def a_mix_has_no_single_number(seen: Evidence) -> Objection | None:
    if seen.now.card.aggregate == "share":
        return _no("a_mix_has_no_single_number", "Shares of a mix have no single number; name one category.")
    return None


def the_series_must_not_break(seen: Evidence) -> Objection | None:
    """What is measured must be the same on both sides."""
    if seen.breaks:
        last = seen.breaks[-1]
        return _no("the_series_must_not_break", f"What is measured changed in {last.date:%B %Y}: {last.label}.")
    return None


def the_sides_must_be_apart(seen: Evidence) -> Objection | None:
    """No month and no school may stand on both sides: what they share does not differ."""
    if seen.shared:
        what = wording.many(len(seen.shared), "school") if len(seen.shared) > 1 else wording.listed([*seen.shared])
        return _no("the_sides_must_be_apart", f"Compare what is apart: {what} on both sides.")
    if seen.beside is None or seen.claim.kind not in ("rose", "fell"):
        return None
    now, before = seen.now.question.span, seen.beside.question.span
    if now.start <= before.end and before.start <= now.end:
        return _no("the_sides_must_be_apart", f"Compare what is apart: {now.label} and {before.label} share months.")
    return None


def like_months_with_like(seen: Evidence) -> Objection | None:
    """Counts need as many months on both sides; rates may differ in months, with a caution."""
    if seen.beside is None or seen.claim.kind not in ("rose", "fell"):
        return None
    now, before = seen.now.question.span, seen.beside.question.span
    if now.months != before.months and seen.now.card.is_count:
        words = f"{now.label} has {wording.many(now.months, 'month')}, {before.label} {before.months}."
        return _no("like_months_with_like", f"Counts of unequal periods are not compared: {words}")
    if (now.start.month, now.months) != (before.start.month, before.months):
        return _caution("like_months_with_like", "The two periods are not the same months of the school year.")
    return None


def the_period_must_be_over(seen: Evidence) -> Objection | None:
    """A count that is still growing has neither risen nor fallen; what it has reached it keeps."""
    partial = [cell.label for cell in seen.left_out if cell.reason == "partial"]
    if partial and seen.now.card.is_count and not _reached(seen):
        return _no("the_period_must_be_over", f"{wording.listed(partial)} is not over, so the count still grows.")
    if partial:
        return _caution("the_period_must_be_over", f"{wording.listed(partial)} is not over.")
    return None


def logs_must_be_there(seen: Evidence) -> Objection | None:
    """A count with missing logs is too small; a rate stands as long as most logs came."""
    for side in (seen.now, seen.beside):
        if side is None or not side.total.expected or side.total.received >= side.total.expected:
            continue
        share = side.total.received / side.total.expected
        missing = side.total.expected - side.total.received
        what = wording.STREAMS[side.card.stream]
        words = f"{missing:,} of {side.total.expected:,} {what} missing for {side.question.span.label}."
        if (side.card.is_count or share < MOST_LOGS) and not _reached(seen):
            return _no("logs_must_be_there", f"{words} Missing is not zero.")
        return _caution("logs_must_be_there", f"{words} What is missing is left out.")
    return None


def entries_must_be_in(seen: Evidence) -> Objection | None:
    late = [cell.label for cell in seen.left_out if cell.reason == "filling"]
    if late:
        return _caution("entries_must_be_in", f"{wording.listed(late)}: {REASONS['filling']}, so the number may rise.")
    return None


def enough_events(seen: Evidence) -> Objection | None:
    """Under ten events on a side nothing is compared; under twenty a rate is read with its interval."""
    change = seen.change
    if change is None or not change.comparable or seen.now.card.interval == "none":
        return None
    counts = change.before.numerator, change.after.numerator
    if change.too_few:
        few = " and ".join(wording.count_text(count) for count in counts)
        return _no("enough_events", f"Too few to compare: {few} counted, at least 10 on each side are needed.")
    if min(counts) < 20:
        return _caution("enough_events", "Under 20 events on a side: the rate is unstable.")
    return None


def beyond_chance(seen: Evidence) -> Objection | None:
    """The interval of the change must not hold `no change`; complete counts must pass what months vary by."""
    change = seen.change
    if change is None or not change.comparable or change.too_few:
        return None
    if seen.now.card.interval == "none":
        if abs(change.difference) <= seen.spread and change.difference:
            return _caution("beyond_chance", "Single months vary by as much as the two periods differ.")
        return None
    if change.direction == "same":
        return _no("beyond_chance", f"The difference is within what chance gives ({interval(seen)}).")
    return None


def the_direction_must_be_right(seen: Evidence) -> Objection | None:
    change = seen.change
    if change is None or not change.comparable or (change.direction == "same" and change.difference):
        return None  # whether it is more than chance is for another rule
    rose = change.difference > 0
    if (seen.claim.kind in ("rose", "higher")) != rose or change.difference == 0:
        word = "did not move" if change.difference == 0 else "is higher" if rose else "is lower"
        return _no("the_direction_must_be_right", f"The number {word}: {_both(seen)}.")
    return None


def the_size_must_fit(seen: Evidence) -> Objection | None:
    """The size that is claimed must lie inside the interval of the change."""
    by, change = seen.claim.by, seen.change
    if by is None or change is None or not change.comparable or change.too_few:
        return None
    low, high, unit = size_limits(seen)
    claimed = by if seen.claim.kind in ("rose", "higher") else -by
    if low is None or high is None:
        return _no("the_size_must_fit", "The size of the difference cannot be told.")
    exact = seen.now.card.interval == "none"
    given = f"{signed((low + high) / 2, 1)}{unit}" if exact else f"{signed(low)} to {signed(high)}{unit}"
    if not low <= claimed <= high:
        return _no("the_size_must_fit", f"{signed(claimed)}{unit} is not what the data gives: {given}.")
    if not exact:
        return _caution("the_size_must_fit", f"The size is known from {given} only.")
    return None


def one_of_many_schools(seen: Evidence) -> Objection | None:
    """One school picked out of many needs more than 95 in 100: some differ by chance every year."""
    if len(seen.claim.question.schools) != 1 or seen.careful is None or seen.now.card.interval == "none":
        return None
    if seen.change is not None and seen.change.direction != "same" and seen.careful.direction == "same":
        chance = max(1, round(seen.schools * 0.05))
        words = f"One school of {seen.schools}: about {chance} would differ as much by chance."
        return _caution("one_of_many_schools", words)
    return None


def schools_are_not_alike(seen: Evidence) -> Objection | None:
    if seen.claim.kind in ("higher", "lower"):
        return _caution(
            "schools_are_not_alike",
            "Schools differ in students, ages and in how finely they log; compare a school with its own past first.",
        )
    return None


def the_target_must_be_reached(seen: Evidence) -> Objection | None:
    """By the metric's direction; its interval must reach no farther than the target, else with a caution."""
    target, card, total = seen.claim.target, seen.now.card, seen.now.total
    if seen.claim.kind != "met" or target is None or not total.shown:
        return None
    if card.direction == "neutral":
        words = f"{card.title} has no direction that is better, so it has no target."
        return _no("the_target_must_be_reached", words)
    up = card.direction == "up"
    if (total.value < target) if up else (total.value > target):
        words = f"{wording.value_text(total.value, card)} against a target of {wording.value_text(target, card)}."
        return _no("the_target_must_be_reached", words)
    if wording.kind(card) == "percent" and 0 < target <= 1:
        words = f"The target is read as {target:g}%; a share of {target:g} is written {100 * target:g}."
        return _caution("the_target_must_be_reached", words)
    worst = total.low if up else total.high
    if worst == worst and ((worst < target) if up else (worst > target)):
        limits = wording.interval_text(total.low, total.high, card)
        return _caution("the_target_must_be_reached", f"The interval ({limits}) reaches past the target.")
    return None


def time_is_not_cause(seen: Evidence) -> Objection | None:
    """Since the program began says when, not why; the log itself began with the program."""
    if not seen.claim.since_start:
        return None
    log = " The log began with the program, so nothing is known from before." if seen.now.card.stream == "log" else ""
    return _caution("time_is_not_cause", f"{ASSOCIATION}{log}")


RULES: tuple[Rule, ...] = (
    a_mix_has_no_single_number,
    a_number_must_show,
    the_series_must_not_break,
    the_sides_must_be_apart,
    like_months_with_like,
    the_period_must_be_over,
    logs_must_be_there,
    entries_must_be_in,
    enough_events,
    beyond_chance,
    the_direction_must_be_right,
    the_size_must_fit,
    one_of_many_schools,
    schools_are_not_alike,
    the_target_must_be_reached,
    time_is_not_cause,
)


# Numbers for the words ------------------------------------------------------------------------------------------------


def interval(seen: Evidence) -> str:
    """`ratio 0.82 to 1.14`, `difference −3.1 to +2.0 points`; empty where chance is not at work."""
    change, card = seen.change, seen.now.card
    if change is None or change.low != change.low:
        return ""
    if card.interval == "wilson":
        return f"difference {signed(change.low, 1)} to {signed(change.high, 1)} points"
    return f"ratio {change.low:.2f} to {change.high:.2f}"


def size_limits(seen: Evidence) -> tuple[float | None, float | None, str]:
    """Between which sizes the difference lies: points of a percentage, else percent; rounded outward by half a unit."""
    change, card = seen.change, seen.now.card
    assert change is not None
    percentage = wording.kind(card) == "percent"
    if card.interval == "none":
        exact = change.difference if percentage else change.percent
        return (None, None, "") if exact != exact else (exact - 0.5, exact + 0.5, " points" if percentage else "%")
    if change.low != change.low:
        return None, None, ""
    if card.interval == "wilson":
        return change.low, change.high, " points"
    return 100 * (change.low - 1), 100 * (change.high - 1), "%"


def _reached(seen: Evidence) -> bool:
    """Whether a count has reached the target that it was to reach; more reports only add to it."""
    card, total, target = seen.now.card, seen.now.total, seen.claim.target
    counts = seen.claim.kind == "met" and card.aggregate == "sum" and card.direction == "up"
    return bool(counts and total.shown and target is not None and total.value >= target)


def _both(seen: Evidence) -> str:
    change, card = seen.change, seen.now.card
    assert change is not None
    return f"{wording.value_text(change.after.value, card)}, beside {wording.value_text(change.before.value, card)}"
