"""How the numbers were made and how far they reach, in sentences; and what is known of the data's quality."""

from __future__ import annotations

from sro.publish.desk import Desk
from sro.publish.presets import Choice
from sro.question import Question
from sro.store import warning_counts

METHODS = (
    "Values are ratios of sums: numerators and denominators are added first, divided last, and never averaged.",
    "A month whose report did not come leaves numerator and denominator alike. It is a gap, and never counts as zero.",
    "Intervals say how far chance alone could move a number: exact Poisson limits for events, Wilson limits for "
    "proportions. Minutes, days and hours are complete counts and have none.",
    "A comparison takes the same months of both years. Nothing here says what caused a change.",
    "Counts of persons under the program's threshold are hidden (‡), and others with them that would give them away.",
    "The officers' log and the totals that districts certify stand side by side and are never added.",
    "More incidents logged can mean more presence or better reporting, too. No number here rates a school.",
)


def received(desk: Desk, choice: Choice) -> str:
    """How many of the monthly reports that were due came, in a sentence."""
    answer = desk.ask(
        Question(
            "reporting_completeness", choice.period, districts=choice.districts, schools=choice.schools,
            audience=choice.audience,
        )
    )  # fmt: skip
    total = answer.total
    if not total.shown:
        return "Nothing is known of which monthly reports came in this period."
    came, due = f"{total.numerator:,.0f}", f"{total.denominator:,.0f}"
    return f"{came} of {due} monthly reports that were due have come ({total.value:.0f}%)."


def quality_rows(desk: Desk) -> list[list[str]]:
    """What the checks warned of when the exports were loaded: check, table, column, how many rows. No values."""
    return [
        [count.rule.replace("_", " "), count.table.replace("_", " "), count.column, f"{count.count:,}"]
        for count in warning_counts(desk.vintage.cursor())
    ]
