"""Sentences by rule, from statuses and intervals. No causal verbs, no adjective without a number.

A neutral metric is never better or worse; a percent change never stands where either side counts under ten.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sro import calendar
from sro.answer import SHOWN, STATUSES, Answer, Cell, Change
from sro.calendar import Period
from sro.change import COMPARABLE_COUNT
from sro.metrics import Card

LONGEST_ALT = 220
# Titles that end in one of these read as a sentence with "was"; all others are followed by a colon.
SINGULAR = ("coverage", "rate", "share", "completeness", "gap", "lag", "mix", "index", "time")
STREAMS = {"log": "logs", "shifts": "shift records", "official": "official totals", "none": "records"}
GRAIN_WORDS = {"day": "by day", "month": "by month", "quarter": "by quarter", "semester": "by half", "year": "by year"}
BY_WORDS = {"district": "by district", "school": "by school", "level": "by level", "provider": "by provider"}
AUDIENCES = {"public": "public", "leadership": "leadership", "restricted": "restricted (named staff)"}


# Numbers


def kind(card: Card) -> str:
    """How values of a metric are written: percent, rate (one decimal) or count."""
    unit = card.unit.lower()
    if unit.startswith(("percent", "%")):
        return "percent"
    return "rate" if card.aggregate in ("rate", "ratio") or unit.startswith("per ") or " per " in unit else "count"


def value_text(value: float, card: Card) -> str:
    """A value as people write it: 1,204 · 12.4 · 91% · 9.4%. No rounding says all, or none, where it is not so."""
    if math.isnan(value):
        return "–"
    match kind(card):
        case "percent":
            return _percent(value)
        case "rate":
            return "under 0.1" if 0 < value < 0.05 else f"{value:,.1f}"
        case _:
            return count_text(value)


def count_text(value: float) -> str:
    """A whole number with thousands separated; one decimal where it is not whole and under 100."""
    if math.isnan(value):
        return "–"
    if value == round(value) or abs(value) >= 100:
        return f"{round(value):,}"
    return f"{value:,.1f}"


def _percent(value: float) -> str:
    if 0 < value < 0.05:
        return "under 0.1%"
    if value == 0:
        return "0%"
    if value < 9.95 or (value < 100 and round(value) == 100):
        text = f"{value:.1f}"
        return "over 99.9%" if text == "100.0" else f"{text}%"
    return f"{value:,.0f}%"


def with_unit(value: float, card: Card) -> str:
    """A value with the unit that a sentence needs: 91% · 12.4 per 1,000 students · 412 lessons · 1 lesson."""
    text = value_text(value, card)
    return text if kind(card) == "percent" else f"{text} {unit_text(value, card)}"


def said(value: float, card: Card) -> str:
    """A value after the metric's title, which may have named the unit already."""
    unit, title = card.unit.lower(), card.title.lower()
    named = unit in title or (kind(card) == "count" and unit.split()[0] in title)
    return value_text(value, card) if named else with_unit(value, card)


def unit_text(value: float, card: Card) -> str:
    """The unit, in the singular for one."""
    unit = card.unit
    head = unit.split(" in ")[0].split(" (")[0]
    if value != 1 or kind(card) != "count" or not head.endswith("s"):
        return unit
    return (head[:-3] + "y" if head.endswith("ies") else head[:-1]) + unit[len(head) :]


def gap_text(difference: float, card: Card) -> str:
    """The size of a difference, without a sign: 3 points · 1.3 · 38."""
    size = abs(difference)
    if kind(card) == "percent":
        text = f"{size:.1f}".removesuffix(".0") if size < 9.95 else f"{size:,.0f}"
        if text == "0" and size > 0:
            text = "under 0.1"
        return f"{text} {'point' if text == '1' else 'points'}"
    if kind(card) == "rate":
        return "under 0.1" if 0 < size < 0.05 else f"{size:,.1f}"
    return count_text(size)


def interval_text(low: float, high: float, card: Card) -> str:
    """`11.2 to 13.6`, or nothing where there is no interval."""
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{value_text(low, card)} to {value_text(high, card)}"


# Periods


def during(period: Period, so_far: bool = False) -> str:
    """`in 2025–26`, `from Jul 2025 to Sep 2025`; `so far` where the period is not over."""
    phrase = f"from {period.label}" if " to " in period.label else f"in {period.label}"
    return f"{phrase} so far" if so_far else phrase


def is_unfinished(answer: Answer) -> bool:
    return answer.provenance.data_through < answer.question.span.end


def now_period(answer: Answer) -> Period:
    """The months that a comparison covers on this side, which may be fewer than were asked for."""
    asked = answer.question.span
    if answer.comparison is None:
        return asked
    months = answer.comparison.question.span.months
    return asked if months == asked.months else calendar.span(asked.start, calendar.add_months(asked.start, months - 1))


# Findings


def subject(card: Card) -> str:
    """How the sentence begins: `On-site coverage was ` or `Classroom lessons: `."""
    return f"{card.title} was " if card.title.lower().split()[-1] in SINGULAR else f"{card.title}: "


def finding(answer: Answer) -> str:
    """What the answer's total says, beside what it is compared with."""
    nothing = nothing_finding(answer)
    if nothing:
        return nothing
    if answer.change is not None and answer.change.broken:
        return _broken_finding(answer, answer.change)
    if answer.change is not None and answer.change.comparable:
        return change_finding(answer, answer.change)
    return total_finding(answer)


def total_finding(answer: Answer) -> str:
    """The total alone."""
    card, total = answer.card, answer.total
    when = during(answer.question.span, is_unfinished(answer))
    if not total.shown and total.status != "suppressed" and answer.is_empty:
        return nothing_finding(answer)
    if not total.shown:
        why = "total hidden to protect persons" if total.status == "suppressed" else "no single total to show"
        return f"{card.title}, {answer.question.span.label}: {why}"
    if total.value == 0 and card.is_count:
        return f"{card.title}: none reported {when}"
    return f"{subject(card)}{said(total.value, card)} {when}"


def nothing_finding(answer: Answer) -> str:
    """Why there is nothing to see; empty where there is something."""
    if not answer.is_empty:
        return ""
    card, when = answer.card, answer.question.span.label
    if answer.notes and answer.notes[0].startswith("Not in this export"):
        return f"{card.title}: not in this export"
    statuses = {row.status for row in answer.rows}
    if "suppressed" in statuses:
        return f"{card.title}: hidden for {when} to protect persons"
    if "not_received" in statuses:
        return f"No {STREAMS[card.stream]} received for {when}"
    if statuses:
        return f"{card.title}: does not apply in {when}"
    if answer.question.span.start > answer.provenance.data_through:
        return f"{card.title}: the data ends on {calendar.day_label(answer.provenance.data_through)}, before {when}"
    return f"{card.title}: nothing to show for {when}"


def change_finding(answer: Answer, change: Change) -> str:
    """The change between two totals, in the words that its interval allows."""
    card, old, new = answer.card, change.before, change.after
    now = now_period(answer)
    when, before = during(now), change.before_label
    if change.too_few:
        return (
            f"Too few to compare ({count_text(old.numerator)} → {count_text(new.numerator)}): {card.title}, {now.label}"
        )
    value = said(new.value, card)
    if change.direction == "same" and card.interval != "none":
        return f"No change beyond chance in {card.title}: {value} {when}, {value_text(old.value, card)} {_at(before)}"
    if change.difference == 0:
        return f"{subject(card)}{value} {when}, the same as {_at(before)}"
    gap = gap_text(change.difference, card)
    if kind(card) != "count":
        return f"{subject(card)}{value} {when}, {gap} {'above' if change.difference > 0 else 'below'} {before}"
    percent = percent_change(change, card)
    tail = f" ({percent})" if percent else ""
    return (
        f"{subject(card)}{value} {when}, {gap} {'more' if change.difference > 0 else 'fewer'} than {_at(before)}{tail}"
    )


def percent_change(change: Change, card: Card) -> str:
    """`+10%`; empty for percentages and where either side counts under ten."""
    counts = [change.before.numerator, change.after.numerator]
    if kind(card) == "percent" or not change.comparable or change.too_few or math.isnan(change.percent):
        return ""
    if any(math.isnan(count) or count < COMPARABLE_COUNT for count in counts):
        return ""
    text = f"{abs(change.percent):.0f}"
    return f"{'+' if change.percent > 0 else '−'}{text}%" if text != "0" else ""


def signed(number: float, places: int = 0) -> str:
    """`+3`, `−12`: with the sign that is as wide as a plus."""
    return f"{number:+,.{places}f}".replace("-", "−")


def _at(label: str) -> str:
    return f"from {label}" if " to " in label else f"in {label}"


def _broken_finding(answer: Answer, change: Change) -> str:
    card, now = answer.card, now_period(answer)
    value = said(change.after.value, card)
    return f"{subject(card)}{value} {during(now)}; not comparable with {change.before_label} ({change.broken})"


def comparison_sentence(answer: Answer) -> str:
    """What stands beneath a headline number: the earlier number, the change and its interval, or why there is none."""
    change = answer.change
    if change is None:
        return ""
    card, before = answer.card, change.before_label
    if not change.comparable:
        return change.reason
    old = value_text(change.before.value, card)
    if change.too_few:
        return f"{before}: {old}. Too few to compare."
    if card.interval == "none":
        if change.difference == 0:
            return f"{before}: {old}. No change."
        sign = "+" if change.difference > 0 else "−"
        percent = percent_change(change, card)
        return f"{before}: {old}. {sign}{gap_text(change.difference, card)}{f' ({percent})' if percent else ''}."
    verdict = "No change beyond chance" if change.direction == "same" else f"It {change.direction} beyond chance"
    if math.isnan(change.low) or math.isnan(change.high):
        return f"{before}: {old}. {verdict}."
    if card.interval == "wilson":
        return f"{before}: {old}. {verdict} (difference {signed(change.low, 1)} to {signed(change.high, 1)} points)."
    return f"{before}: {old}. {verdict} (ratio {change.low:.2f} to {change.high:.2f})."


def comparison_note(answer: Answer) -> tuple[str, ...]:
    """The comparison with its interval, as a footnote, or why there is none."""
    if answer.change is None or answer.comparison is None:
        return ()
    if answer.change.broken:
        return (answer.change.reason,)
    if not answer.change.comparable:
        return (f"Not compared. {answer.change.reason}",)
    return (f"{now_period(answer).label} beside {comparison_sentence(answer)}",)


def tone(card: Card, change: Change | None) -> str:
    """better, worse, same or changed: the color of a change. Only a metric with a direction is ever better or worse."""
    if change is None or not change.comparable or change.too_few or change.direction not in ("rose", "fell"):
        return "same"
    if card.direction == "neutral":
        return "changed"
    return "better" if (change.direction == "rose") == (card.direction == "up") else "worse"


def range_text(rows: Iterable[Any], card: Card) -> str:
    """`84% to 96%` over the shown whole-period rows; one value where they are all the same; empty where none.

    `rows` are those of an answer, or of a frame of its cells (`itertuples`).
    """
    shown = [(row.partial, row.value) for row in rows if row.status in SHOWN and not math.isnan(row.value)]
    values = [value for partial, value in shown if not partial] or [value for _, value in shown]
    if not values:
        return ""
    low, high = value_text(min(values), card), value_text(max(values), card)
    return low if low == high else f"{low} to {high}"


# Around the finding


def subtitle(answer: Answer, names: Mapping[str, str], measure: str = "") -> str:
    """Measure · unit · schools · period."""
    card, question = answer.card, answer.question
    when = question.span.label
    if question.grain in GRAIN_WORDS:
        when = f"{when} {GRAIN_WORDS[question.grain]}"
    if is_unfinished(answer):
        when = f"{when}, to {calendar.day_label(answer.provenance.data_through)}"
    where = schools_text(answer, names)
    if question.by in BY_WORDS and not (question.by == "school" and where == "all schools"):
        where = f"{where} {BY_WORDS[question.by]}"
    parts = [measure or card.title, "" if measure else card.unit, where, when]
    return " · ".join(part for part in parts if part)


def schools_text(answer: Answer, names: Mapping[str, str]) -> str:
    """Whom the figure speaks of: all schools, or the names of those that were chosen (up to three of a kind)."""
    question = answer.question
    if answer.card.level == "program" or not question.is_filtered:
        return "whole program" if answer.card.level == "program" else "all schools"
    parts = []
    for noun, chosen in (
        ("schools", question.schools),
        ("districts", question.districts),
        ("levels", question.levels),
        ("providers", question.providers),
    ):
        if chosen:
            known = [names.get(value, value.replace("_", " ")) for value in chosen]
            parts.append(listed(known) if len(known) <= 3 else f"{len(known)} {noun}")
    return "; ".join(parts)


def footer(answer: Answer) -> str:
    """Source · data date · vintage · definition version · audience; SYNTHETIC first when the data is."""
    made = answer.provenance
    tables = ", ".join(name.replace("_", " ") for name in answer.card.tables)
    files = made.sources if len(made.sources) <= 2 else ()
    source = f"Source: {made.program}, {', '.join(files) if files else tables or 'program exports'}"
    parts = [
        "SYNTHETIC" if made.synthetic else "",
        source,
        f"Data through {calendar.day_label(made.data_through)}",
        f"Vintage {made.vintage}",
        f"Definition {made.definition}",
        f"Audience: {AUDIENCES.get(made.audience, made.audience)}",
    ]
    return " · ".join(part for part in parts if part)


def alt(about: str, where: str, title: str) -> str:
    """Form, range and finding in at most 220 characters: the place goes first where room is short, then the range."""
    form = about.split(",")[0]
    for opening in (f"{about}; {where}", about, form, "Chart"):
        text = f"{_sentence(opening)} {_sentence(title)}"
        if len(text) <= LONGEST_ALT:
            return text
    room = LONGEST_ALT - len("Chart. …")
    return f"Chart. {title[:room].rsplit(' ', 1)[0]}…"


def alt_where(answer: Answer, subtitle: str) -> str:
    """Schools and period for the alternative text."""
    return ", ".join(part.strip() for part in subtitle.split(" · ")[-2:])


def status_notes(cells: pd.DataFrame, answer: Answer, marks: Mapping[str, str]) -> tuple[str, ...]:
    """One sentence for each kind of nothing, and of caution, that the figure shows."""
    statuses = set(cells["status"])
    through = calendar.day_label(answer.provenance.data_through)
    sentences = {
        "not_received": "no report received; not a zero.",
        "suppressed": "hidden to protect persons.",
        "unstable": "few events or cases; read with the interval.",
        "partial": f"not over; data through {through}.",
        "not_applicable": "not applicable (school closed, or nothing expected).",
    }
    if any(cells["partial"]):
        statuses.add("partial")
    return tuple(f"{marks[name]}: {text}" for name, text in sentences.items() if name in statuses and name in marks)


def hover(label: str, row: Mapping[str, Any], card: Card) -> str:
    """What a mark says when touched: value, interval, parts, status."""
    cell = {name: float(row[name]) for name in ("value", "low", "high", "numerator", "denominator")}
    status = str(row["status"])
    lines = [f"<b>{plain(label)}</b>"]
    if status not in SHOWN:
        return "<br>".join([*lines, STATUSES[status]])
    lines.append(with_unit(cell["value"], card))
    if limits := interval_text(cell["low"], cell["high"], card):
        lines.append(f"Interval {limits}")
    if not card.is_count and not math.isnan(cell["denominator"]) and not math.isnan(cell["numerator"]):
        lines.append(f"{count_text(cell['numerator'])} of {count_text(cell['denominator'])}")
    if status != "value":
        lines.append(STATUSES[status])
    if bool(row.get("partial")):
        lines.append("Period not over")
    return "<br>".join(lines)


# Text that fits


def plain(text: str) -> str:
    """The text with nothing in it that Plotly would read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(text: str, width: int, lines: int = 2) -> list[str]:
    """The text on at most `lines` lines of `width` characters; a cut is shown by an ellipsis."""
    out: list[str] = []
    for word in text.split():
        if out and len(out[-1]) + 1 + len(word) <= width:
            out[-1] = f"{out[-1]} {word}"
        else:
            out.append(word)
    if len(out) > lines:
        out = [*out[: lines - 1], " ".join(out[lines - 1 :])]
    return [line if len(line) <= width else f"{line[: width - 1].rstrip()}…" for line in out] or [""]


def label(text: str, width: int, lines: int = 2) -> str:
    """The text wrapped and cut for a chart."""
    return "<br>".join(plain(line) for line in wrapped(text, width, lines))


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def many(count: float, noun: str) -> str:
    """`1 school`, `3 schools`."""
    several = f"{noun[:-1]}ies" if noun.endswith("ory") else f"{noun}s"
    return f"{count_text(count)} {noun if count == 1 else several}"


def unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "…", "?")) else f"{text}."


def describe(cell: Cell, card: Card) -> str:
    """One cell in words: its value, or why there is none."""
    return with_unit(cell.value, card) if cell.shown else STATUSES.get(cell.status, cell.status)
