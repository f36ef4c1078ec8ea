"""A Figure: a finding in words, a chart, its data, and where they come from. One that lacks any cannot exist."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sro.answer import Provenance
from sro.figures.tables import csv_text
from sro.question import Question

LONGEST_ALT = 220
Chart = dict[str, Any]


class FigureError(ValueError):
    """A figure that may not be shown, or a form that does not suit its answer; the message says what to change."""


@dataclass(frozen=True)
class Event:
    """Something dated that a reader must know to read a series; `kind` is that of the contract's annotations."""

    date: dt.date
    label: str
    kind: str


@dataclass(frozen=True)
class Drawing:
    """What a form makes of an answer, before words and provenance are put around it.

    `about` is the first half of the alternative text (form and range); `height` is in pixels.
    """

    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    height: int
    table: pd.DataFrame
    finding: str
    about: str
    footnotes: tuple[str, ...] = ()
    form: str = ""


@dataclass(frozen=True, eq=False)
class Figure:
    """A published finding. `chart` is a plain Plotly dictionary, `table` holds every number it draws.

    Raises FigureError without title, subtitle, footer or alternative text, or with one too long or the title again.
    """

    id: str
    form: str
    title: str
    subtitle: str
    footer: str
    footnotes: tuple[str, ...]
    alt: str
    chart: Chart
    table: pd.DataFrame
    height: int
    questions: tuple[Question, ...]
    provenance: Provenance
    definitions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "footer", "alt"):
            if not getattr(self, name).strip():
                raise FigureError(f"A figure needs a {name}; this {self.form or 'figure'} has none.")
        if len(self.alt) > LONGEST_ALT:
            raise FigureError(
                f"The alternative text has {len(self.alt)} characters; say it in {LONGEST_ALT}: form, range, finding."
            )
        if self.alt.strip().lower() == self.title.strip().lower():
            raise FigureError("The alternative text repeats the title; say form, range and finding instead.")
        if self.provenance.synthetic and not self.footer.startswith("SYNTHETIC"):
            raise FigureError("The data is synthetic, so the footer begins with SYNTHETIC.")

    def csv(self) -> str:
        """The data as CSV: title, subtitle, footer, footnotes and definitions as # lines, then the rows."""
        defined = [f"{name}: {text}" for name, text in self.definitions.items()]
        return csv_text(self.table, [self.title, self.subtitle, self.footer, *self.footnotes, *defined])


def figure_id(questions: Iterable[Question], form: str, vintage: str) -> str:
    """Ten characters that name the same questions, form and vintage for ever."""
    asked = [question.to_query() for question in questions]
    text = json.dumps([asked, form, vintage], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:10]
