"""What lies between two answers, and whether it is more than chance."""

from __future__ import annotations

import numpy as np

from sro.answer import Answer, Cell, Change
from sro.metrics import Card
from sro.stats import rates

COMPARABLE_COUNT = 10


def change_between(before: Answer, after: Answer, confidence: float = 0.95) -> Change:
    """The change from one total to the other. No percent change where either side counts under ten."""
    card, old, new = after.card, before.total, after.total
    label = before.question.span.label
    if not (old.shown and new.shown) or card.aggregate == "share":
        reason = "No single number to compare." if card.aggregate == "share" else _why_not(old, new, label)
        return Change(old, new, label, np.nan, np.nan, np.nan, np.nan, "unknown", False, False, reason)
    difference = new.value - old.value
    too_few = card.interval != "none" and min(old.numerator, new.numerator) < COMPARABLE_COUNT
    percent = np.nan if too_few or not old.value else 100 * difference / old.value
    low, high, beyond_chance = _limits(card, old, new, confidence)
    direction = "same" if not beyond_chance or difference == 0 else "rose" if difference > 0 else "fell"
    return Change(old, new, label, difference, low, high, percent, direction, too_few, True, "")


def _limits(card: Card, old: Cell, new: Cell, confidence: float) -> tuple[float, float, bool]:
    """Limits of the ratio (events) or of the difference (proportions), and whether no change lies outside them."""
    if card.interval == "poisson":
        exposures = (new.denominator, old.denominator) if card.aggregate in ("rate", "ratio") else (1.0, 1.0)
        low, high = rates.rate_ratio_interval(new.numerator, exposures[0], old.numerator, exposures[1], confidence)
        return low, high, bool(low > 1 or high < 1)
    if card.interval == "wilson":
        low, high = rates.proportion_difference_interval(
            new.numerator, new.denominator, old.numerator, old.denominator, confidence
        )
        return low * card.factor, high * card.factor, bool(low > 0 or high < 0)
    return np.nan, np.nan, True


def _why_not(old: Cell, new: Cell, label: str) -> str:
    where = f"in {label}" if not old.shown else "now"
    status = old.status if not old.shown else new.status
    return {
        "not_received": f"No report was received {where}.",
        "suppressed": f"Hidden {where} to protect persons.",
    }.get(status, f"Does not apply {where}.")
