"""Turns a file that somebody else designed into contract tables, as a small TOML file of data/mappings says.

    title = "…"                       what the file is
    nothing = ["N/A"]                 texts that stand for an empty cell

    [match]
    columns = ["School", "Total"]     the file is recognized by having these columns; only these can be used

    [[table]]
    name = "official_incidents"       the contract table
    rows = [{ column = "School", is = "filled" }]
                                      which rows: is = "filled" or "blank" (after `nothing`), equals = "text",
                                      in = ["text", …], contains = "text"; all must hold
    latest = "Year"                   of rows with the same key, the one with the latest (largest) Year; or
    largest = "Total"                 the one with the largest Total, and a warning for the others
    unpivot = { "Total" = "all" }     one row for each of these columns: {@code} is "all", {@cell} what stands in it
    values = [{ … }]                  rows that are in no file, such as the names of categories

    [table.columns]
    school_id = "{District}-{School}" a template: {Column}, {Column[:6]} its first six characters,
                                      {Column[-4:]} its last four; empty where one of them is
    name = ["{Name}", "{School}"]     the first template that is not empty
    level = { of = "{Type}", codes = { H = "high" } }
                                      a code list; a code that is not in it goes through as it is, and is then refused

What comes out passes through the same checks as any export.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as ReadMapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from sro.contract import Contract, Table, normalized
from sro.findings import COLUMNS
from sro.problems import SHOWN_CHARACTERS, WARNING
from sro.raw import RawTable, count_rows, new_relation

PLACEHOLDER = re.compile(r"\{([^{}\[\]]+)(?:\[(-?\d*):(\d*)\])?\}")
TABLE_KEYS = {"name", "rows", "latest", "largest", "unpivot", "values", "columns"}
CONDITIONS = {"is", "equals", "in", "contains"}
CODE, CELL = "@code", "@cell"


class MappingError(Exception):
    """A mapping that cannot be used; the message names the file and the place."""


@dataclass(frozen=True)
class Target:
    """One contract table, and how its rows come out of the foreign file."""

    table: Table
    columns: ReadMapping[str, Any]
    rows: Sequence[ReadMapping[str, Any]]
    unpivot: ReadMapping[str, str]
    values: Sequence[ReadMapping[str, str]]
    latest: str
    largest: str


@dataclass(frozen=True)
class ForeignFile:
    """A kind of file that nobody here designed: how to recognize it, and what to make of it."""

    name: str
    title: str
    columns: tuple[str, ...]
    nothing: tuple[str, ...]
    targets: tuple[Target, ...]

    def made_of(self, table: str, columns: Sequence[str]) -> list[str]:
        """The foreign columns from which these columns of a contract table come."""
        targets = [target for target in self.targets if target.table.name == table]
        written = [target.columns[name] for target in targets for name in columns if name in target.columns]
        used = [name for template in _templates(written) for name, *_ in PLACEHOLDER.findall(template)]
        cells = [name for target in targets for name in target.unpivot] if CELL in used else []
        return list(dict.fromkeys([name for name in used if name not in (CODE, CELL)] + cells))

    def matches(self, raw: RawTable) -> bool:
        return {normalized(column) for column in self.columns} <= raw.columns.keys()


def load_mappings(folder: Path, contract: Contract) -> list[ForeignFile]:
    """Every mapping of a folder, the one that asks for most columns first.

    Raises MappingError for unknown tables, columns and options.
    """
    mappings = [_read(path, contract) for path in sorted(folder.glob("*.toml"))]
    return sorted(mappings, key=lambda mapping: (-len(mapping.columns), mapping.name))


def find_mapping(raw: RawTable, mappings: Sequence[ForeignFile]) -> ForeignFile | None:
    return next((mapping for mapping in mappings if mapping.matches(raw)), None)


def apply(connection: duckdb.DuckDBPyConnection, raw: RawTable, mapping: ForeignFile) -> dict[str, RawTable]:
    """Contract table → its rows as text, with the row numbers of the foreign file."""
    made: dict[str, RawTable] = {}
    for name in dict.fromkeys(target.table.name for target in mapping.targets):
        targets = [target for target in mapping.targets if target.table.name == name]
        table = targets[0].table
        columns = [field.name for field in table.fields if any(field.name in target.columns for target in targets)]
        parts = [part for target in targets for part in _selects(raw, mapping, target, columns)]
        relation = new_relation(connection)
        connection.execute(f"CREATE TABLE {relation} AS {_one_per_key(targets[0], columns, parts)}")
        if targets[0].largest:
            _record_set_aside(connection, raw, targets[0], columns, parts)
        renamed = ", ".join(f'"{column}" AS c{place}' for place, column in enumerate(columns))
        text = new_relation(connection)
        connection.execute(f"CREATE TABLE {text} AS SELECT _row, {renamed} FROM {relation} ORDER BY ALL")
        made[name] = RawTable(raw.source, raw.sheet, text, tuple(columns), "_row", count_rows(connection, text))
    return made


# SQL -----------------------------------------------------------------------------------------------------------------


def _selects(raw: RawTable, mapping: ForeignFile, target: Target, columns: Sequence[str]) -> list[str]:
    """One SELECT for each column to unpivot, for each given row, or for the whole file."""
    if target.values:
        rows = [
            ", ".join(f'{_literal(row[column]) if column in row else "NULL"} AS "{column}"' for column in columns)
            for row in target.values
        ]
        return [f"SELECT {row}, NULL::BIGINT AS _row, NULL AS _rank FROM (VALUES (1))" for row in rows]
    selects = []
    for source, code in target.unpivot.items() or [("", "")]:
        known = {column: raw.columns[normalized(column)] for column in mapping.columns}
        if source:
            known[CELL] = known[source]
        said = {
            column: f"if(clean({cell}) IN ({_texts(mapping.nothing)}), NULL, clean({cell}))"
            if mapping.nothing
            else f"clean({cell})"
            for column, cell in known.items()
        }
        if source:
            said[CODE] = _literal(code)
        values = ", ".join(
            f'{_value(target.columns[column], said) if column in target.columns else "NULL"} AS "{column}"'
            for column in columns
        )
        wanted = [raw.is_filled, *(_condition(condition, known, said) for condition in target.rows)]
        rank = said.get(target.latest or target.largest, "NULL")
        selects.append(
            f"SELECT {values}, {raw.row} AS _row, {rank} AS _rank FROM {raw.relation} WHERE {' AND '.join(wanted)}"
        )
    return selects


def _one_per_key(target: Target, columns: Sequence[str], parts: Sequence[str]) -> str:
    """All parts together; equal rows once, and of rows with the same key only the chosen one where that was asked."""
    every = f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS part"
    if target.latest or target.largest:
        return f"{every} QUALIFY {_place(target)} = 1"
    names = ", ".join(f'"{column}"' for column in columns)
    return f"SELECT {names}, min(_row) AS _row FROM ({every}) AS part GROUP BY {names}"


def _place(target: Target) -> str:
    """SQL: 1 for the row to keep of those with the same key; years and numbers both sort as they should."""
    key = ", ".join(f'"{column}"' for column in target.table.primary_key)
    order = "as_number(_rank) DESC NULLS LAST, _rank DESC NULLS LAST, _row"
    return f"row_number() OVER (PARTITION BY {key} ORDER BY {order})"


def _record_set_aside(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, target: Target, columns: Sequence[str], parts: Sequence[str]
) -> None:
    """A warning for every row that was dropped although it says something else than the one that was kept."""
    key = ", ".join(f'"{column}"' for column in target.table.primary_key)
    shown = " || ', ' || ".join(f'"{column}"' for column in target.table.primary_key)
    said = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f"""INSERT INTO raw.finding ({COLUMNS})
        WITH
            part AS ({" UNION ALL ".join(parts)}),
            placed AS (
                SELECT
                    _row, {shown} AS shown, {_place(target)} AS place, hash({said}) AS said,
                    first(hash({said})) OVER chosen AS kept,
                    first(_row) OVER chosen AS kept_row
                FROM part
                WINDOW chosen AS (
                    PARTITION BY {key} ORDER BY as_number(_rank) DESC NULLS LAST, _rank DESC NULLS LAST, _row
                )
            )
        SELECT
            $severity, 'set_aside', $table, $label, _row, $column, shortened(shown, {SHOWN_CHARACTERS}),
            format('Row {{:,}} speaks of the same and has a larger {{}}; this row was set aside.', kept_row, $largest),
            'Nothing, unless this row is the right one: then correct the file.'
        FROM placed WHERE place > 1 AND said <> kept ORDER BY _row""",
        {
            "severity": WARNING,
            "table": target.table.name,
            "label": raw.label,
            "column": ", ".join(target.table.primary_key),
            "largest": target.largest,
        },
    )


def _value(written: Any, said: ReadMapping[str, str]) -> str:
    """SQL for the text that a template, a list of templates or a code list gives."""
    if isinstance(written, str):
        return _template(written, said)
    if isinstance(written, list):
        return f"coalesce({', '.join(_template(template, said) for template in written)})"
    text = _template(written["of"], said)
    cases = " ".join(f"WHEN {_literal(code)} THEN {_literal(to)}" for code, to in written["codes"].items())
    return f"CASE {text} {cases} ELSE {text} END"


def _template(template: str, said: ReadMapping[str, str]) -> str:
    parts, end = [], 0
    for match in PLACEHOLDER.finditer(template):
        if match.start() > end:
            parts.append(_literal(template[end : match.start()]))
        parts.append(_cut(said[match[1]], match[2], match[3]))
        end = match.end()
    if end < len(template) or not parts:
        parts.append(_literal(template[end:]))
    return " || ".join(parts)


def _cut(text: str, start: str | None, stop: str | None) -> str:
    """The first characters of a text, its last ones, or all."""
    if start:
        return f"right({text}, {start.removeprefix('-')})"
    return f"left({text}, {stop})" if stop else text


def _condition(condition: ReadMapping[str, Any], known: ReadMapping[str, str], said: ReadMapping[str, str]) -> str:
    column = condition["column"]
    if "is" in condition:
        return f"{said[column]} IS {'NOT NULL' if condition['is'] == 'filled' else 'NULL'}"
    if "contains" in condition:
        return f"contains({known[column]}, {_literal(condition['contains'])})"
    return f"clean({known[column]}) IN ({_texts(condition.get('in', [condition.get('equals', '')]))})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _texts(texts: Sequence[str]) -> str:
    return ", ".join(map(_literal, texts))


# TOML ----------------------------------------------------------------------------------------------------------------


def _read(path: Path, contract: Contract) -> ForeignFile:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = tuple(raw["match"]["columns"])
        targets = tuple(_target(path.name, table, columns, contract) for table in raw["table"])
        return ForeignFile(path.stem, raw["title"], columns, tuple(raw.get("nothing", ())), targets)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}: not readable as TOML ({error}).") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise MappingError(f"{path.name}: {error} is missing or has the wrong form; see sro/mapping.py.") from None


def _target(file: str, raw: ReadMapping[str, Any], source: Sequence[str], contract: Contract) -> Target:
    place = f"{file}, table {raw['name']}"
    table = contract.tables.get(raw["name"])
    if table is None:
        raise MappingError(f"{place}: the contract has no such table.")
    if unknown := raw.keys() - TABLE_KEYS:
        raise MappingError(f"{place}: there is no option {min(unknown)!r}.")
    values = raw.get("values", [])
    columns = raw.get("columns", {}) or {column: "" for row in values for column in row}
    target = Target(
        table,
        columns,
        raw.get("rows", []),
        raw.get("unpivot", {}),
        values,
        raw.get("latest", ""),
        raw.get("largest", ""),
    )
    if unknown := columns.keys() - set(table.columns):
        raise MappingError(f"{place}: the contract has no column {min(unknown)!r}.")
    required = {field.name for field in table.fields if field.required}
    if missing := required - columns.keys():
        raise MappingError(f"{place}: the column {min(missing)!r} must be there.")
    for condition in target.rows:
        if len(CONDITIONS & condition.keys()) != 1 or condition.get("is", "filled") not in ("filled", "blank"):
            raise MappingError(f"{place}: {dict(condition)} is no condition; see sro/mapping.py.")
    used = {name for template in _templates(columns.values()) for name, *_ in PLACEHOLDER.findall(template)}
    used |= {condition["column"] for condition in target.rows} | set(target.unpivot) | {target.latest, target.largest}
    known = {*source, "", *((CODE, CELL) if target.unpivot else ())}
    if strange := used - known:
        raise MappingError(f"{place}: {min(strange)!r} is not among the columns of [match].")
    return target


def _templates(written: Any) -> list[str]:
    """Every template of the column values."""
    found = []
    for value in written:
        found += [value] if isinstance(value, str) else value if isinstance(value, list) else [value["of"]]
    return found
