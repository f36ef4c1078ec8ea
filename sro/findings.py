"""Everything found wrong in one load, as rows in DuckDB: a million wrong cells are as easy to hold as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sro.problems import ERROR, SHOWN_CHARACTERS, Problem
from sro.raw import fill

COLUMNS = "severity, rule, table_name, file, row_number, column_name, value, message, remedy"
SHOWN_A_RULE = 5


@dataclass(frozen=True)
class RuleCount:
    """How often a rule is broken in a column of a table."""

    severity: str
    rule: str
    table: str
    column: str
    count: int


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty list in the database `raw`."""
    connection.execute(
        "CREATE TABLE raw.finding (severity VARCHAR, rule VARCHAR, table_name VARCHAR, file VARCHAR, "
        "row_number BIGINT, column_name VARCHAR, value VARCHAR, message VARCHAR, remedy VARCHAR)"
    )


def record(connection: duckdb.DuckDBPyConnection, problems: Iterable[Problem]) -> None:
    """Add problems that were found outside DuckDB."""
    rows = [(p.severity, p.rule, p.table, p.file, p.row, p.column, p.value, p.message, p.remedy) for p in problems]
    fill(connection, "raw.finding", rows, f"REPLACE (shortened(c6::VARCHAR, {SHOWN_CHARACTERS}) AS c6)")


def counts(connection: duckdb.DuckDBPyConnection) -> tuple[RuleCount, ...]:
    """Broken rules by severity, rule, table and column."""
    found = connection.execute(
        "SELECT severity, rule, table_name, column_name, count(*) FROM raw.finding GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return tuple(RuleCount(*row) for row in found)


def tables_with_errors(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The contract tables in which something was found that refuses the load."""
    found = connection.execute(
        "SELECT DISTINCT table_name FROM raw.finding WHERE severity = ? AND table_name <> ''", [ERROR]
    ).fetchall()
    return frozenset(name for (name,) in found)


def examples(connection: duckdb.DuckDBPyConnection, a_rule: int = SHOWN_A_RULE) -> tuple[Problem, ...]:
    """The first few problems of every rule and column, in the order of files and rows."""
    found = connection.execute(
        f"""SELECT {COLUMNS} FROM raw.finding
        QUALIFY row_number() OVER (
            PARTITION BY severity, rule, table_name, column_name ORDER BY file, row_number, value
        ) <= $most
        ORDER BY severity, table_name, file, rule, column_name, row_number, value""",
        {"most": a_rule},
    ).fetchall()
    return tuple(as_problem(row) for row in found)


def as_problem(row: tuple) -> Problem:
    severity, rule, table, file, number, column, value, message, remedy = row
    return Problem(severity, rule, message, remedy, table or "", file or "", number, column or "", value)


def write_report(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Every problem, one a line, for a spreadsheet; nothing in it can run as a formula."""
    harmless = ", ".join(
        f"CASE WHEN {name} SIMILAR TO '[=+@\\-\\t\\r].*' THEN '''' || {name} ELSE {name} END AS {name}"
        for name in ("file", "value", "message", "remedy")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(
        f"""COPY (
            SELECT * REPLACE ({harmless}) FROM raw.finding
            ORDER BY severity, table_name, file, row_number, column_name, rule
        ) TO '{str(path).replace("'", "''")}' (HEADER, DELIMITER ',')"""
    )
