"""From an answer to a figure: one function a form, words and provenance put around it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sro.answer import Answer
from sro.figures import marks, theme, wording
from sro.figures.completeness import completeness
from sro.figures.days import days
from sro.figures.delivered import delivered
from sro.figures.event_study import Step, event_study
from sro.figures.figure import Drawing, Event, Figure, FigureError, figure_id
from sro.figures.funnel import draw_funnel
from sro.figures.limits import Limits
from sro.figures.map import on_map
from sro.figures.multiples import small_multiples
from sro.figures.parity import parity
from sro.figures.schools import schools
from sro.figures.slices import slices
from sro.figures.stack import stack
from sro.figures.theme import Paint
from sro.figures.trend import trend
from sro.geography import Geography

INTERVALS = "Light bands and whiskers: the confidence interval of each value."
WITH_INTERVALS = ("trend", "small_multiples", "schools")
# Plotly refuses a chart without a trace, and a plate has none.
BLANK: dict[str, Any] = {"type": "scatter", "x": [], "y": [], "hoverinfo": "skip"}
FORMS: Mapping[str, Callable[[Answer, Paint, Sequence[Event]], Drawing]] = {
    "trend": trend,
    "small_multiples": small_multiples,
    "schools": schools,
    "slices": slices,
    "stack": stack,
    "calendar": days,
    "delivered": delivered,
    "completeness": completeness,
    "map": on_map,
    "parity": parity,
}


def draw(
    answer: Answer,
    form: str,
    mode: str = "light",
    width: str = "screen",
    events: Sequence[Event] = (),
    names: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    left_out: str = "",
    geography: Geography | None = None,
) -> Figure:
    """The figure of an answer in one of FORMS. `names` says what chosen schools and districts are called (id → name).

    `limits` is the expected range that a trend of one series is drawn with; `left_out` says which of the periods may
    not be compared, and why. `geography` is the ground of a map.

    Raises FigureError when the form does not suit the answer; the message says how to ask for one that does.
    """
    if form not in FORMS:
        raise FigureError(f"There is no form {form!r}; use one of {', '.join(FORMS)}.")
    look = _look(mode, width)
    if not answer.rows:
        drawing = marks.plate(answer, look, form)
    elif form == "trend":
        drawing = trend(answer, look, tuple(events), limits)
    elif form == "map":
        drawing = on_map(answer, look, tuple(events), geography)
    else:
        drawing = FORMS[form](answer, look, tuple(events))
    said = (*wording.comparison_note(answer), *((left_out,) if left_out else ()))
    return _figure([answer], drawing, look, wording.subtitle(answer, names or {}), said)


def funnel(
    calls: Answer,
    handled: Answer,
    outcomes: Answer,
    mode: str = "light",
    width: str = "screen",
    names: Mapping[str, str] | None = None,
) -> Figure:
    """Calls, who handled them (by category), and what came of those handled by an officer (by category).

    Raises FigureError when the answers speak of different periods or lack their categories.
    """
    look = _look(mode, width)
    if not (calls.rows and handled.rows):
        empty = handled if calls.rows else calls
        plain = _figure([empty], marks.plate(empty, look, "funnel"), look, wording.subtitle(empty, names or {}))
        return replace(plain, questions=(calls.question, handled.question, outcomes.question))
    drawing = draw_funnel(calls, handled, outcomes, look)
    return _figure([calls, handled, outcomes], drawing, look, wording.subtitle(calls, names or {}))


def study(
    answer: Answer,
    steps: Sequence[Step],
    mode: str = "light",
    width: str = "screen",
    names: Mapping[str, str] | None = None,
) -> Figure:
    """The event study that was made from an answer by school and month or year.

    Raises FigureError without a step.
    """
    look = _look(mode, width)
    drawing = event_study(steps, answer.question.grain, answer.card, look)
    return _figure([answer], drawing, look, wording.subtitle(answer, names or {}))


def _look(mode: str, width: str) -> Paint:
    if mode not in theme.GROUND or width not in theme.WIDTHS:
        raise FigureError(f"There is no look {mode!r} at {width!r}; use light or dark, {', '.join(theme.WIDTHS)}.")
    return theme.paint(mode, width)


def _figure(
    answers: Sequence[Answer], drawing: Drawing, look: Paint, subtitle: str, said: tuple[str, ...] = ()
) -> Figure:
    """Words and provenance around a drawing."""
    first = answers[0]
    identity = figure_id([answer.question for answer in answers], drawing.form, first.provenance.vintage)
    limited = any(row.shown and not math.isnan(row.low) for row in first.rows)
    limits = (INTERVALS,) if drawing.form in WITH_INTERVALS and limited else ()
    notes = [*said, *limits, *drawing.footnotes, *(note for answer in answers for note in answer.notes)]
    layout: dict[str, Any] = {
        "template": theme.template(look),
        "height": drawing.height,
        "autosize": True,
        "meta": {"figure": identity},
        **drawing.layout,
    }
    return Figure(
        id=identity,
        form=drawing.form,
        title=drawing.finding,
        subtitle=subtitle,
        footer=wording.footer(first),
        footnotes=tuple(wording.unique(notes)),
        alt=wording.alt(drawing.about, wording.alt_where(first, subtitle), drawing.finding),
        chart={"data": drawing.traces or [BLANK], "layout": layout},
        table=drawing.table,
        height=drawing.height,
        questions=tuple(answer.question for answer in answers),
        provenance=first.provenance,
        definitions={
            answer.card.title: f"{answer.card.asks} Numerator: {answer.card.numerator}. Denominator: "
            f"{answer.card.denominator}. {answer.card.id} version {answer.card.version}, {answer.card.defined_by}."
            for answer in answers
        },
    )
