"""An answer as JSON: what a command prints and the server answers."""

from __future__ import annotations

from dataclasses import asdict

from sro.answer import Answer, Cell
from sro.change import Change
from sro.figures.tables import drawn, rows_of


def as_json(answer: Answer) -> dict[str, object]:
    """Everything that the answer holds; null where there is nothing to show."""
    provenance = asdict(answer.provenance)
    card = answer.card
    return {
        "question": answer.question.to_query(),
        "metric": {"id": card.id, "name": card.name, "title": card.title, "unit": card.unit},
        "total": _cell(answer.total),
        "cells": [{name: _plain(value) for name, value in row.items()} for row in rows_of(answer.cells)],
        "comparison": as_json(answer.comparison) if answer.comparison else None,
        "change": _change(answer.change) if answer.change else None,
        "notes": list(answer.notes),
        "provenance": {name: _plain(value) for name, value in provenance.items()},
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {name: _plain(value) for name, value in asdict(cell).items()}


def _change(change: Change) -> dict[str, object]:
    """The change without its two cells, which are the totals of the answer and of the one it is compared with."""
    return {name: _plain(value) for name, value in change.__dict__.items() if name not in ("before", "after")}


def _plain(value: object) -> object:
    """A value as JSON knows it."""
    if isinstance(value, str | bool | int | list) or value is None:
        return value
    if isinstance(value, tuple):
        return list(value)
    return drawn(value) if isinstance(value, float) else str(value)
