"""Which figures go together: data/presets/*.toml, read and asked for a period."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from sro.calendar import PeriodError
from sro.figures import FORMS, Figure, FigureError
from sro.metrics import CatalogueError
from sro.progress import Progress, silent
from sro.publish.corrections import Corrections, corrections
from sro.publish.desk import FUNNEL, Desk, Exhibit
from sro.question import Question, QuestionError

KEYS = {field.name for field in fields(Question)} - {"period", "audience"} | {"section", "form"}
FUNNEL_METRICS = ("calls_for_service", "calls_by_handler", "officer_outcomes")
TOLD = (QuestionError, PeriodError, CatalogueError, FigureError)


class PresetError(Exception):
    """A preset that is not there or cannot be used; the message names the file and what to change."""


@dataclass(frozen=True)
class Item:
    """One figure of a preset: a form, and a Question without its period."""

    form: str
    asked: Mapping[str, Any]
    section: str = ""


@dataclass(frozen=True)
class Preset:
    name: str
    title: str
    says: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Choice:
    """For which period and places a preset is asked, and for whom. What leaves the building is public."""

    period: str
    districts: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    audience: str = "public"


@dataclass(frozen=True)
class Placed:
    """A figure at its place in the preset; its number stays the same from draft to draft, whatever else is left out."""

    number: int
    section: str
    exhibit: Exhibit


@dataclass(frozen=True)
class Collection:
    """The figures of a preset in its order, what could not be drawn, with the reason, and what reads differently now.

    `corrections` is None where no earlier state of the data is kept.
    """

    preset: Preset
    choice: Choice
    placed: tuple[Placed, ...]
    left_out: tuple[str, ...]
    corrections: Corrections | None = None

    @property
    def figures(self) -> list[Figure]:
        return [one.exhibit.figure for one in self.placed]


def names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.toml"))


def read_preset(folder: Path, name: str) -> Preset:
    """The preset of that name.

    Raises PresetError naming the file and the key that is missing or unknown, or the presets that there are.
    """
    path = folder / f"{name}.toml"
    if name not in names(folder):
        raise PresetError(f"There is no preset {name!r}; use one of {', '.join(names(folder))}.")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PresetError(f"{path}: not readable as TOML ({error}). Mend that line.") from None
    for key in ("title", "says", "figures"):
        if not raw.get(key):
            raise PresetError(f"{path}: {key} is missing. Add it; the other presets show how.")
    return Preset(name, raw["title"], raw["says"], tuple(_item(path, number, one) for number, one in _numbered(raw)))


def _numbered(raw: Mapping[str, Any]) -> Sequence[tuple[int, Mapping[str, Any]]]:
    return list(enumerate(raw["figures"], 1))


def _item(path: Path, number: int, raw: Mapping[str, Any]) -> Item:
    form = raw.get("form", "")
    if form not in (*FORMS, FUNNEL):
        raise PresetError(f"{path}: figure {number} has the form {form!r}; use one of {', '.join((*FORMS, FUNNEL))}.")
    unknown = sorted(set(raw) - KEYS)
    if unknown:
        raise PresetError(f"{path}: figure {number} has an unknown {unknown[0]!r}; use {', '.join(sorted(KEYS))}.")
    if form != FUNNEL and not raw.get("metric"):
        raise PresetError(f"{path}: figure {number} lacks its metric.")
    asked = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in raw.items()
        if key not in ("form", "section")
    }
    return Item(form, asked, raw.get("section", ""))


def questions_of(item: Item, choice: Choice) -> list[Question]:
    """The questions of a figure, for a period and places.

    Raises QuestionError and PeriodError, in the asker's words.
    """
    places = {"districts": choice.districts, "schools": choice.schools}
    chosen: dict[str, Any] = {name: value for name, value in places.items() if value}
    common = {**chosen, "period": choice.period, "audience": choice.audience}
    if item.form == FUNNEL:
        return [Question(metric, sliced=metric != FUNNEL_METRICS[0], **common) for metric in FUNNEL_METRICS]
    question = Question(**{**item.asked, **common})
    # One school's bars beside one another say nothing; the same question by school does, where one district is chosen.
    return [replace(question, by="school") if question.by == "district" and choice.districts else question]


def collect(desk: Desk, preset: Preset, choice: Choice, progress: Progress = silent) -> Collection:
    """Every figure of a preset that this vintage can answer; the others are named with their reason."""
    placed: list[Placed] = []
    left_out: list[str] = []
    section = ""
    for number, item in enumerate(preset.items, 1):
        section = item.section or section
        what = str(item.asked.get("metric", item.form))
        progress(f"Drawing {what}", number - 1, len(preset.items))
        try:
            exhibit = desk.exhibit(questions_of(item, choice), item.form)
        except TOLD as error:
            left_out.append(f"Figure {number}, {what} ({item.form}): {error}")
            continue
        if exhibit.answers[0].is_empty:
            left_out.append(f"Figure {number}, {what} ({item.form}): {exhibit.figure.title}.")
        else:
            placed.append(Placed(number, section, exhibit))
    progress("Drawn", len(preset.items), len(preset.items))
    return Collection(preset, choice, tuple(placed), tuple(left_out), _corrections(desk, placed))


def _corrections(desk: Desk, placed: Sequence[Placed]) -> Corrections | None:
    asked = [question for one in placed for question in one.exhibit.figure.questions]
    return corrections(desk, asked[0], [question.metric for question in asked]) if asked else None
