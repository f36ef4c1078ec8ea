"""The contract of the export, read once from data/contract. Tables, templates, dictionary and validation come from it.

Each file is a Frictionless Table Schema (https://datapackage.org/standard/table-schema) with a name, a title and a
description; fields may carry `unit`, `example` and `persons` (the value counts persons).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DUCKDB_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
    "datetime": "TIMESTAMP",
}
IGNORED_COLUMNS = ("export_batch_id",)


class ContractError(Exception):
    """A contract file that cannot be used; the message names the file."""


@dataclass(frozen=True)
class Field:
    """A column: its name, type and what its cells may hold."""

    name: str
    type: str
    title: str
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    example: str = ""
    persons: bool = False

    @property
    def duckdb_type(self) -> str:
        return DUCKDB_TYPES[self.type]

    @property
    def is_free_text(self) -> bool:
        """Whether anything at all could be written into it, and so has to be looked through."""
        return self.type == "string" and not self.enum and not self.pattern


@dataclass(frozen=True)
class ForeignKey:
    fields: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the export."""

    name: str
    title: str
    description: str
    required: bool
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True)
class Forbidden:
    """Column names that an export must not carry, and texts that must not stand in any cell."""

    columns: tuple[tuple[re.Pattern[str], str], ...]
    values: tuple[tuple[re.Pattern[str], str], ...]

    def reason(self, text: str) -> str:
        """What a cell holds that it must not (an e-mail address …); empty when there is nothing."""
        return next((reason for pattern, reason in self.values if pattern.search(text)), "")


@dataclass(frozen=True)
class Contract:
    """All tables by name, in the order in which they are listed."""

    tables: Mapping[str, Table]
    forbidden: Forbidden

    def in_load_order(self) -> list[Table]:
        """Referenced tables before those that refer to them."""
        ordered: list[Table] = []
        waiting = list(self.tables.values())
        while waiting:
            done = {table.name for table in ordered}
            ready = [table for table in waiting if {key.table for key in table.foreign_keys} <= done | {table.name}]
            if not ready:
                raise ContractError(f"Foreign keys run in a circle: {', '.join(table.name for table in waiting)}.")
            ordered += ready
            waiting = [table for table in waiting if table not in ready]
        return ordered

    def forbids(self, column: str, table: str = "") -> str:
        """Why a column of this name may not be in an export, or in a table of it; empty when it may.

        A column of the contract is never forbidden where it belongs: `name` may be in schools, not in officers.
        """
        name = normalized(column)
        if any(name in known.columns for known in self.tables.values() if table in ("", known.name)):
            return ""
        return next((reason for pattern, reason in self.forbidden.columns if pattern.search(name)), "")


def load_contract(folder: Path) -> Contract:
    """The contract of a folder of Table Schemas, with data/reference/forbidden.csv beside it.

    Raises ContractError naming the file that cannot be read.
    """
    tables = {}
    for path in sorted(folder.glob("*.json")):
        try:
            table = _table(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise ContractError(f"{path.name}: not a usable Table Schema ({error}).") from error
        tables[table.name] = table
    if not tables:
        raise ContractError(f"{folder}: no contract files. Restore data/contract from the project.")
    return Contract(tables, _forbidden(folder.parent / "reference" / "forbidden.csv"))


def _table(schema: Mapping[str, Any]) -> Table:
    return Table(
        name=schema["name"],
        title=schema["title"],
        description=schema["description"],
        required=schema["required"],
        fields=tuple(_field(field) for field in schema["fields"]),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(tuple(key["fields"]), key["reference"]["resource"], tuple(key["reference"]["fields"]))
            for key in schema.get("foreignKeys", [])
        ),
    )


def _field(field: Mapping[str, Any]) -> Field:
    limits = field.get("constraints", {})
    return Field(
        name=field["name"],
        type=field["type"],
        title=field["title"],
        description=field["description"],
        required=limits.get("required", False),
        enum=tuple(limits.get("enum", ())),
        pattern=limits.get("pattern", ""),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        unit=field.get("unit", ""),
        example=field.get("example", ""),
        persons=field.get("persons", False),
    )


def _forbidden(path: Path) -> Forbidden:
    compiled: dict[str, list[tuple[re.Pattern[str], str]]] = {"column": [], "value": []}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, strict=True):
                compiled[row["applies_to"]].append((re.compile(row["pattern"], re.IGNORECASE), row["reason"]))
    except FileNotFoundError as error:
        raise ContractError(f"{path}: not there. Restore data/reference from the project.") from error
    except (KeyError, ValueError, csv.Error, re.error) as error:
        raise ContractError(f"{path.name}: not a usable list of forbidden columns and values ({error}).") from error
    return Forbidden(tuple(compiled["column"]), tuple(compiled["value"]))


def normalized(header: str) -> str:
    """A header as column names are written: `Date of Service ` → `date_of_service`."""
    return re.sub(r"[^a-z0-9]+", "_", header.strip().lower()).strip("_")


def ddl(table: Table, schema: str = "export") -> str:
    """CREATE TABLE for a contract table, with the file and row that each of its rows came from."""
    columns = [f'"{field.name}" {field.duckdb_type}' for field in table.fields]
    return f'CREATE TABLE {schema}."{table.name}" ({", ".join([*columns, "_file VARCHAR", "_row BIGINT"])})'


def template_csv(table: Table) -> str:
    """A blank file: the header line."""
    return ",".join(table.columns) + "\r\n"


def dictionary_markdown(contract: Contract) -> str:
    """The data dictionary, as docs/data-dictionary.md prints it."""
    lines = [
        "# Data dictionary",
        "",
        "What an export may hold, table by table. Made from `data/contract`; change it there.",
        "",
        "A table is a CSV file (UTF-8), a sheet of a workbook or a Parquet file. Dates are ISO (2025-09-30), times are",
        "local (14:30), a school year is written 2025-26. Ids are text of up to 60 letters, digits and `: _ . -`,",
        "leading zeros kept. An empty cell means *not collected*; `0` means collected, and none.",
        "",
        "**Bold** columns are the key of a row; ● must not be empty; † speaks of persons and is protected.",
        "Only `schools` has to be there. What an absent table would have answered says “not in this export”.",
        "",
        "No table may hold names of persons, birth dates, student or case numbers, narratives, phone numbers, e-mail",
        "or home addresses. Such columns are refused by name; e-mail addresses, phone and social security numbers are",
        "refused wherever they stand in free text.",
        "",
        "| table | one row |",
        "|---|---|",
        *(f"| [{table.name}](#{table.name}) | {table.description} |" for table in contract.tables.values()),
    ]
    for table in contract.tables.values():
        lines += ["", f"## {table.name}", "", f"{table.description}{' Required.' if table.required else ''}", ""]
        lines += ["| column | type | meaning | allowed | example |", "|---|---|---|---|---|"]
        lines += [_dictionary_row(table, field) for field in table.fields]
    return "\n".join(lines) + "\n"


def _dictionary_row(table: Table, field: Field) -> str:
    name = f"**{field.name}**" if field.name in table.primary_key else field.name
    marks = (" ●" if field.required else "") + (" †" if field.persons else "")
    kind = f"{field.type}, {field.unit}" if field.unit else field.type
    return f"| {name}{marks} | {kind} | {field.description} | {allowed(field, table)} | {field.example} |"


def allowed(field: Field, table: Table) -> str:
    """What a cell of the field may hold, in words."""
    parts = []
    if field.enum:
        parts.append(", ".join(f"`{code}`" for code in field.enum))
    if field.minimum is not None or field.maximum is not None:
        low = "" if field.minimum is None else f"{field.minimum:g}"
        high = "" if field.maximum is None else f"{field.maximum:g}"
        parts.append(f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}")
    parts += [f"in {key.table}" for key in table.foreign_keys if field.name in key.fields]
    return "; ".join(parts)
