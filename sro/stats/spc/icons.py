"""The pair beside a headline: what the variation says, and whether a target is met. Words, not only shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sro.stats.spc.chart import FEWEST, Chart
from sro.stats.spc.rules import RULES


@dataclass(frozen=True)
class Icon:
    """`name` picks shape and color; `words` say the same to whoever sees neither."""

    name: str
    words: str


def variation(chart: Chart, direction: str) -> Icon:
    """What the last point says: improving, concerning, neutral (a change without a good side), common cause or none.

    `direction` is the metric's: up, down or neutral.
    """
    if chart.status == "none":
        last = chart.phases[-1].end - chart.phases[-1].start if chart.phases else 0
        return Icon("none", f"Too few points for limits ({last} of {FEWEST}).")
    note = " Limits are provisional." if chart.status == "provisional" else ""
    found = chart.at(-1)
    if not found:
        return Icon("common cause", f"Within the expected range.{_runs(chart)}{note}")
    side = found[0].side
    why = RULES[found[0].rule]
    place = "Higher than expected" if side == "high" else "Lower than expected"
    if found[0].rule == "trend":
        place = "Rising" if side == "high" else "Falling"
    if direction == "neutral":
        return Icon("neutral", f"{place}: {why}. Neither is read as better or worse.{note}")
    better = (side == "high") == (direction == "up")
    return Icon("improving" if better else "concerning", f"{place}, {_verdict(better)}: {why}.{note}")


def _runs(chart: Chart) -> str:
    """What Anhøj's rules say of the whole series since it last began, where they say anything."""
    runs = chart.runs
    if runs is None or not runs.signal:
        return ""
    if runs.longest > runs.longest_expected:
        chance = f"chance gives {runs.longest_expected}"
        return f" Its longest run on one side of the center is {runs.longest} points; {chance}."
    return f" It crosses the center {runs.crossings} times; chance gives {runs.crossings_expected} or more."


def assurance(chart: Chart, target: float | None, direction: str) -> Icon:
    """Whether the target lies inside the limits (hit and miss) or beyond them (consistently met or missed).

    A range that ends at the target, as at 100% or at none, meets it.
    """
    if target is None or direction == "neutral":
        return Icon("none", "No target set.")
    if chart.status == "none" or np.isnan(chart.upper[-1]):
        return Icon("none", "Too few points to say whether the target is met.")
    low, high = chart.lower[-1], chart.upper[-1]
    worst, best = (low, high) if direction == "up" else (-high, -low)
    aim = target if direction == "up" else -target
    if worst >= aim:
        return Icon("consistently met", "Consistently met: the whole expected range is as good as the target.")
    if best < aim:
        return Icon("consistently missed", "Consistently missed: the expected range does not reach the target.")
    return Icon("hit and miss", "Hit and miss: the target lies within the expected range.")


def _verdict(better: bool) -> str:
    return "the direction aimed at" if better else "away from the direction aimed at"
