"""What programs may ask of the server, as OpenAPI 3.1; made of the very choices that a Question is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sro import __version__
from sro.answer import CELL_COLUMNS, Cell, Change, Provenance
from sro.ask import catalogue_of
from sro.calendar import GRAINS
from sro.people import Person
from sro.publish.desk import DRAWN_FORMS, FUNNEL
from sro.question import BY, COMPARE, FILTERS
from sro.settings import Settings

Schema = dict[str, Any]
PERIOD = r"^([0-9]{4}-[0-9]{2}(-Q[1-4]|-S[12])?|[0-9]{4}-[0-9]{2}[.][.][0-9]{4}-[0-9]{2})$"
NUMBER, TEXT, WHOLE = {"type": ["number", "null"]}, {"type": "string"}, {"type": "integer"}
TEXTS = {"type": "array", "items": TEXT}
TYPES: Mapping[str, Schema] = {
    "float": NUMBER, "str": TEXT, "int": WHOLE, "bool": {"type": "boolean"}, "tuple[str, ...]": TEXTS, "date": TEXT,
}  # fmt: skip
REASONS = {
    "400": "The question makes no sense, or has no such figure",
    "401": "Nobody signed in, or too long ago, or somebody without a role",
    "403": "Not for this role, or asked by a page of another site",
    "429": "Too often in a short time",
    "500": "A fault of the program; its log has the details",
    "503": "Nothing is served, or it cannot be noted who asks",
}


def description(person: Person, settings: Settings) -> Schema:
    """The questions that this person's role may ask, and what is answered."""
    asked = _parameters(person, settings)
    form = _parameter("form", "How it is drawn", {"enum": [one for one in DRAWN_FORMS if one != FUNNEL]})
    figure = {
        "name": "identity",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9a-f]+$"},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "SRO Program Dashboard",
            "version": __version__,
            "description": "Told to the person whose sign-in cookie comes along, as their screens are, and noted.",
        },
        "paths": {
            "/api/ask": {"get": _operation("Ask a question", asked, "Answer")},
            "/api/figures/{identity}.json": {
                "get": _operation("The numbers of a figure", [figure, *asked, form], "Figure")
            },
            "/api/health": {
                "get": {
                    "summary": "What is served, or why nothing is",
                    "responses": {
                        code: _answered(says, {"$ref": "#/components/schemas/Health"})
                        for code, says in (("200", "Served"), ("503", "Nothing is served"))
                    },
                }
            },
        },
        "components": {"schemas": _schemas()},
    }


def _parameters(person: Person, settings: Settings) -> list[Schema]:
    cards = catalogue_of(settings.folders.queries / "metrics").cards
    names = [name for card in cards.values() for name in (card.name, card.id)]
    filters = [_parameter(name, f"Only these {name}, with commas between", {"type": "string"}) for name in FILTERS]
    period = {"type": "string", "pattern": PERIOD}
    return [
        _parameter("metric", "Which metric, by name or id", {"enum": names}, required=True),
        _parameter("period", "Year, quarter, half, month or months", period, required=True),
        _parameter("grain", "Parts of the period", {"enum": list(GRAINS)}),
        _parameter("by", "Parts of the county", {"enum": list(BY)}),
        *filters,
        _parameter("sliced", "By the metric's own categories", {"enum": ["true", "false"]}),
        _parameter("compare", "Compared with which period", {"enum": list(COMPARE)}),
        _parameter("audience", "For whom; the most that the role is told unless named",
                   {"enum": list(person.reach.audiences)}),
    ]  # fmt: skip


def _parameter(name: str, says: str, schema: Schema, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": says, "schema": schema}


def _operation(summary: str, parameters: list[Schema], made: str) -> Schema:
    refused = {"$ref": "#/components/schemas/Refusal"}
    answered = {"200": _answered(f"{made}, as JSON", {"$ref": f"#/components/schemas/{made}"})}
    answered |= {code: _answered(says, refused) for code, says in REASONS.items()}
    return {"summary": summary, "parameters": parameters, "responses": answered}


def _answered(says: str, schema: Schema) -> Schema:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _schemas() -> Schema:
    cell = _of(Cell)
    row = {
        **{name: TEXT for name in CELL_COLUMNS},
        **cell["properties"],
        "partial": {"type": "boolean"},
        "slice": {"type": ["string", "null"]},
    }
    question = {"type": "object", "additionalProperties": TEXT}
    answer = {
        "question": question, "metric": _object({name: TEXT for name in ("id", "name", "title", "unit")}),
        "total": cell, "cells": {"type": "array", "items": _object(row)},
        "comparison": {"anyOf": [{"$ref": "#/components/schemas/Answer"}, {"type": "null"}]},
        "change": {"anyOf": [_of(Change, without=("before", "after")), {"type": "null"}]},
        "notes": TEXTS, "provenance": _of(Provenance),
    }  # fmt: skip
    figure = {name: TEXT for name in ("id", "form", "title", "subtitle", "alt", "footer", "audience", "vintage")}
    table = {"type": "array", "items": {"type": "array", "items": {"type": ["string", "number", "null"]}}}
    health = {name: TEXT for name in ("status", "says", "vintage", "data_through")} | {"synthetic": {"type": "boolean"}}
    return {
        "Answer": _object(answer),
        "Figure": _object({**figure, "footnotes": TEXTS, "table": table,
                           "questions": {"type": "array", "items": question}}),
        "Health": {**_object(health), "required": ["status"]},
        "Refusal": _object({"says": TEXT}),
    }  # fmt: skip


def _of(noun: type, without: tuple[str, ...] = ()) -> Schema:
    """A dataclass as it is told."""
    return _object({one.name: TYPES[str(one.type)] for one in fields(noun) if one.name not in without})


def _object(properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip
