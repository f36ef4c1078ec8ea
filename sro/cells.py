"""Fits text to the contract: headers first, then every cell. What does not fit is reported, never guessed.

All of it happens on whole columns in DuckDB. A column is parsed once; only where fewer values came out than cells were
filled are the cells looked at one by one, to say which rule each of them breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import duckdb

from sro.contract import IGNORED_COLUMNS, Contract, Field, Forbidden, Table, allowed, normalized
from sro.findings import COLUMNS
from sro.problems import ERROR, SHOWN_CHARACTERS, WARNING, Problem
from sro.raw import RawTable

LONGEST_CELL = 4000
MOST_HEADERS, FEWEST_NAMES = 1000, 2
EXPECTED = {
    "integer": ("This is not a whole number.", "Write digits only, such as {}."),
    "number": ("This is not a number.", "Write digits and a decimal point, such as {}."),
    "boolean": ("This is neither true nor false.", "Write true or false."),
    "date": ("This is not a date.", "Write it as {} (or 9/30/2025): year first, or month/day/four-digit year."),
    "time": ("This is not a time of day.", "Write it as {} (or 1:05 PM)."),
    "datetime": ("This is not a local date and time.", "Write it as {}, without a time zone."),
}


def load_macros(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The parsers of queries/cells, for this connection only."""
    for path in sorted(folder.glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))


# Headers -------------------------------------------------------------------------------------------------------------


def check_headers(raw: RawTable, table: Table, contract: Contract) -> list[Problem]:
    """Columns that are missing, forbidden or unknown."""
    present = raw.columns
    problems = []
    for header in raw.headers:
        name = normalized(header)
        if name in table.columns or name in IGNORED_COLUMNS:
            continue
        near = get_close_matches(name, [column for column in table.columns if column not in present], n=1)
        if reason := contract.forbids(header):
            says = f"An export must not hold {reason}. Nothing of this column is repeated here."
            problems.append(_header(ERROR, "forbidden_column", says, "Remove the column.", raw, table, header))
        elif near:
            says = f"{table.name} has no such column; it was not used."
            problems.append(_header(WARNING, "column_not_used", says, f"Did you mean {near[0]}?", raw, table, header))
        else:
            says = f"{table.name} has no such column; it was not used."
            problems.append(_header(WARNING, "column_not_used", says, "Leave it out.", raw, table, header))
    for field in table.fields:
        if field.required and field.name not in present:
            says = f"{table.name} needs the column {field.name} ({field.description.rstrip('.').lower()})."
            remedy = "Add it; `python -m sro template` writes a file with every column."
            problems.append(_header(ERROR, "missing_column", says, remedy, raw, table, field.name))
    return problems


def second_header(connection: duckdb.DuckDBPyConnection, raw: RawTable, contract: Contract) -> Problem | None:
    """A row that holds column names once more: below the table, another one begins."""
    known = {column for table in contract.tables.values() for column in table.columns} | raw.columns.keys()
    cells = ", ".join(f"c{place}" for place in range(len(raw.headers)))
    # Few cells end as a name does; the rest of them need no closer look.
    likely = connection.execute(
        f"""SELECT {raw.row}, {cells} FROM {raw.relation}
        WHERE
            lower(right(c0, 1)) IN ({", ".join(map(_literal, sorted({" ", *(name[-1:] for name in known)})))})
            AND replace(lower(trim(c0)), ' ', '_') IN (SELECT unnest($known))
        ORDER BY ALL LIMIT {MOST_HEADERS}""",
        {"known": sorted(known)},
    ).fetchall()
    for row, *said in likely:
        if sum(normalized(cell or "") in known for cell in said) >= FEWEST_NAMES:
            says = "This row holds column names; below it, another table begins."
            remedy = "Put each table on a sheet or into a file of its own, or remove the row."
            return Problem(
                ERROR, "second_table", says, remedy, file=raw.label, row=row, column=raw.headers[0][:60],
                value=str(said[0])[:SHOWN_CHARACTERS],
            )  # fmt: skip
    return None


def _header(severity: str, rule: str, says: str, remedy: str, raw: RawTable, table: Table, column: str) -> Problem:
    return Problem(severity, rule, says, remedy, table.name, raw.label, None, column[:60])


# Cells ---------------------------------------------------------------------------------------------------------------


def fit_table(
    connection: duckdb.DuckDBPyConnection, raws: Sequence[RawTable], table: Table, forbidden: Forbidden
) -> int:
    """Fill export.<table> from its sheets and record every cell that does not fit; gives the number of rows."""
    rows = sum(_insert(connection, raw, table, forbidden) for raw in raws)
    for raw in raws:
        columns = raw.columns
        fields = [field for field in table.fields if field.name in columns]
        for field in _suspects(connection, raw, table, fields):
            _record_cells(connection, raw, table, field, forbidden)
    return rows


def _insert(connection: duckdb.DuckDBPyConnection, raw: RawTable, table: Table, forbidden: Forbidden) -> int:
    columns = raw.columns
    values = [
        f"{value(field, columns[field.name], forbidden)}" if field.name in columns else "NULL" for field in table.fields
    ]
    inserted = connection.execute(
        f"""INSERT INTO export."{table.name}"
        SELECT {", ".join(values)}, $label AS _file, {raw.row} AS _row FROM {raw.relation} WHERE {raw.is_filled}""",
        {"label": raw.label},
    ).fetchone()
    return inserted[0] if inserted else 0


def _suspects(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, table: Table, fields: Sequence[Field]
) -> list[Field]:
    """The columns from which fewer values came out than cells were not NULL, or that lack a required value."""
    if not fields:
        return []
    columns = raw.columns
    text = ", ".join(f"count({columns[field.name]})" for field in fields)
    typed = ", ".join(f'count("{field.name}")' for field in fields)
    read = connection.execute(f"SELECT {text} FROM {raw.relation}").fetchone() or ()
    kept = connection.execute(
        f'SELECT count(*), {typed} FROM export."{table.name}" WHERE _file = $label', {"label": raw.label}
    ).fetchone() or (0,)
    return [
        field
        for field, cells, values in zip(fields, read, kept[1:], strict=True)
        if cells != values or (field.required and values != kept[0])
    ]


class Rule(NamedTuple):
    """One way in which a cell can be wrong: the SQL that is true of such a cell, and what is said of it."""

    condition: str
    name: str
    says: str
    remedy: str


def value(field: Field, cell: str, forbidden: Forbidden) -> str:
    """SQL that gives the value of a cell, NULL where it is empty or does not fit."""
    parsed = parse(field, cell)
    refused = [rule.condition for rule in _limits(field, cell)]
    if _is_free_text(field):
        together = "|".join(f"({pattern.pattern})" for pattern, _ in forbidden.values)
        refused += [rule.condition for rule in (_too_long(cell), _formula(cell))]
        refused += [f"regexp_matches({cell}, {_literal(together)}, 'i')"] if together else []
    return f"CASE WHEN NOT ({' OR '.join(refused)}) THEN {parsed} END" if refused else parsed


def parse(field: Field, cell: str) -> str:
    """SQL that reads a cell as its field's type, code list or form."""
    if field.enum:
        return f"as_code({cell}, {_list(field.enum)}, {_list([code.lower() for code in field.enum])})"
    if field.pattern:
        return f"as_form({cell}, {_literal(field.pattern)})"
    if field.unit == "month":
        return f"as_month({cell})"
    return {"string": "clean"}.get(field.type, f"as_{field.type}") + f"({cell})"


def _is_free_text(field: Field) -> bool:
    return field.type == "string" and not field.enum and not field.pattern


def _rules(field: Field, table: Table, cell: str, forbidden: Forbidden) -> list[Rule]:
    """Everything that can be wrong with a cell, what is worst first."""
    rules = [_too_long(cell)]
    if field.required:
        says = f"The cell is empty; {field.name} must be there in every row."
        rules.append(Rule(f"clean({cell}) IS NULL", "missing_value", says, "Fill it in, or remove the row."))
    if field.type == "string":
        rules.append(_formula(cell))
    if _is_free_text(field):
        rules += _identifying(cell, forbidden)
    rules.append(_unreadable(field, cell))
    for rule in _limits(field, cell):
        rules.append(rule._replace(remedy=f"Write a number {allowed(field, table)}."))
    return rules


def _too_long(cell: str) -> Rule:
    says = f"The cell is longer than {LONGEST_CELL:,} characters."
    return Rule(f"length({cell}) > {LONGEST_CELL}", "too_long", says, "Shorten it.")


def _formula(cell: str) -> Rule:
    says = "The text begins like a formula, which a spreadsheet would run."
    return Rule(f"is_formula({cell})", "formula", says, "Remove the sign =, +, - or @ at its beginning.")


def _identifying(cell: str, forbidden: Forbidden) -> list[Rule]:
    remedy = "Remove it: an export holds nothing that identifies a person."
    return [
        Rule(
            f"regexp_matches({cell}, {_literal(pattern.pattern)}, 'i')",
            "forbidden_value",
            f"The cell holds {reason}. It is not repeated here.",
            remedy,
        )
        for pattern, reason in forbidden.values
    ]


def _unreadable(field: Field, cell: str) -> Rule:
    condition = f"{parse(field, cell)} IS NULL"
    if field.enum:
        says = f"This is not a code of {field.name}."
        return Rule(condition, "unknown_code", says, f"Use one of: {', '.join(field.enum)}.")
    if field.pattern:
        says = f"This does not have the form of {field.name}."
        return Rule(condition, "wrong_form", says, f"Write it like {field.example}.")
    says, remedy = EXPECTED.get(field.type, ("This is not text.", ""))
    return Rule(condition, "wrong_type", says, remedy.format(field.example))


def _limits(field: Field, cell: str) -> list[Rule]:
    bounds = [(field.minimum, "<"), (field.maximum, ">")]
    outside = [f"{parse(field, cell)} {sign} {bound}" for bound, sign in bounds if bound is not None]
    says = "The value is outside of what is possible here."
    return [Rule(f"({' OR '.join(outside)})", "out_of_range", says, "")] if outside else []


def _record_cells(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, table: Table, field: Field, forbidden: Forbidden
) -> None:
    """Add every cell of a column that does not fit, with the first rule that it breaks."""
    cell = raw.columns[field.name]
    rules = _rules(field, table, cell, forbidden)
    wrong = raw.is_filled if field.required else f"clean({cell}) IS NOT NULL"
    seen = " ".join(f"WHEN {condition} THEN {place}" for place, (condition, *_) in enumerate(rules))
    words = ", ".join(f"($rule_{place}, $says_{place}, $remedy_{place}, {place})" for place in range(len(rules)))
    parameters = {"label": raw.label, "table": table.name, "column": field.name, "severity": ERROR}
    for place, rule in enumerate(rules):
        parameters |= {f"rule_{place}": rule.name, f"says_{place}": rule.says, f"remedy_{place}": rule.remedy}
    connection.execute(
        f"""INSERT INTO raw.finding ({COLUMNS})
        WITH
            broken AS (
                SELECT {raw.row} AS row_number, {cell} AS cell, CASE {seen} END AS place
                FROM {raw.relation} WHERE {wrong}
            ),
            wording (rule, says, remedy, place) AS (VALUES {words})
        SELECT
            $severity, wording.rule, $table, $label, broken.row_number, $column,
            CASE
                WHEN wording.rule NOT IN ('forbidden_value', 'missing_value')
                THEN shortened(broken.cell, {SHOWN_CHARACTERS})
            END,
            wording.says, wording.remedy
        FROM broken INNER JOIN wording ON broken.place = wording.place
        ORDER BY broken.row_number""",
        parameters,
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_literal, texts))}]"
