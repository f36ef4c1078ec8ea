"""What a series says: the total and its range, the change, or the largest part of a mix."""

from __future__ import annotations

from sro.answer import Answer
from sro.figures import marks, wording
from sro.gates import NOUNS

# How each kind of nothing, and of caution, looks in a line chart.
MARKS = {
    "not_received": "Grey hatch",
    "suppressed": "‡",
    "unstable": "Hollow marks",
    "partial": "Dashed and hollow",
    "not_applicable": "No mark",
}


def trend_finding(answer: Answer) -> str:
    """The change where one was asked for, else the total and the range of the periods."""
    if answer.is_empty:
        return wording.nothing_finding(answer)
    if answer.card.aggregate == "share":
        return mix_finding(answer)
    if answer.change is not None and (answer.change.comparable or answer.change.broken):
        return wording.finding(answer)
    span = wording.range_text(answer.rows, answer.card)
    series = {(row.unit, row.slice) for row in answer.rows}
    noun = NOUNS.get(answer.question.grain)
    whole = [row for row in answer.rows if row.shown and not row.partial]
    if len(series) != 1 or not noun or " to " not in span or len(whole) < 2:
        return wording.total_finding(answer)
    if not answer.total.shown:
        return f"{answer.card.title}, {answer.question.span.label}: {noun} ranged from {span}"
    return f"{wording.total_finding(answer)}; {noun} ranged from {span}"


def about(answer: Answer, form: str) -> str:
    """Form, measure and range for the alternative text."""
    grain = wording.GRAIN_WORDS.get(answer.question.grain, "")
    span = wording.range_text(answer.rows, answer.card)
    text = f"{form} of {answer.card.title} {grain}".rstrip()
    return f"{text}, {span}" if span else f"{text}, without a value"


def mix_finding(answer: Answer) -> str:
    """The largest part over all periods, from the sums; where a part is hidden, only that there are parts."""
    nothing = wording.nothing_finding(answer)
    if nothing:
        return nothing
    card, cells = answer.card, answer.cells
    when = wording.during(answer.question.span, wording.is_unfinished(answer))
    order = wording.unique(str(title) for title in cells["slice_title"])
    if (cells["status"] == "suppressed").any():
        return f"{card.title} {when}: {len(order)} categories, some hidden to protect persons"
    sums = cells[marks.shown(cells)].groupby("slice_title", sort=False)["numerator"].sum()
    whole = float(sums.sum())
    if not whole > 0:
        return f"{card.title}: none reported {when}"
    share = 100 * float(sums.max()) / whole
    value = wording.value_text(share, card)
    return f"{card.title} {when}: {sums.idxmax()} is the largest of {len(order)} categories, {value}"
