"""The rules that an export must keep, one file of queries/checks each; its SELECT returns the rows that break it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from string import Formatter
from typing import Any

import duckdb

from sro.problems import ERROR, WARNING, Problem

FRONT_MATTER = ("rule", "severity", "table", "needs", "says", "remedy")
SEVERAL = "several"
MOST_A_RULE = 10_000
KEY = re.compile(r"-- ([a-z]+): (.*)")


class CheckError(Exception):
    """A check file that cannot be used; the message names the file."""


@dataclass(frozen=True)
class Check:
    """A rule: what it asks in a sentence, what a broken row is told, and the SQL that finds such rows.

    `effect` is what rows that break it do to figures; an error has none, since nothing is loaded.
    `table` is the table whose rows break it; for `several` the SELECT returns `table_name` itself. An export without a
    table of `needs` cannot break the rule.
    """

    rule: str
    severity: str
    table: str
    needs: tuple[str, ...]
    asks: str
    says: str
    remedy: str
    effect: str
    sql: str

    def applies_to(self, present: Iterable[str]) -> bool:
        return set(self.needs) <= set(present)


def load_checks(folder: Path) -> list[Check]:
    """Every rule of a folder, by name.

    Raises CheckError naming a file without its front matter.
    """
    return [read_check(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))]


def read_check(name: str, text: str) -> Check:
    """The rule that stands in a file's text; `name` is the file's, without its ending."""
    asks, matter, sql = _parts(text.splitlines())
    if not asks:
        raise CheckError(f"{name}.sql: its first line does not say in a comment what the rule is.")
    for key in FRONT_MATTER:
        if not matter.get(key):
            raise CheckError(f"{name}.sql: `-- {key}: …` is missing from the comment lines at its top.")
    if matter["rule"] != name:
        raise CheckError(f"{name}.sql: its rule is called {matter['rule']!r}; file and rule must have the same name.")
    if matter["severity"] == WARNING and not matter.get("effect"):
        raise CheckError(f"{name}.sql: `-- effect: …` is missing; say what rows that break the rule do to figures.")
    if matter["severity"] not in (ERROR, WARNING):
        raise CheckError(f"{name}.sql: severity is {matter['severity']!r}; it must be {ERROR} or {WARNING}.")
    return Check(
        rule=name,
        severity=matter["severity"],
        table=matter["table"],
        needs=tuple(table.strip() for table in matter["needs"].split(",") if table.strip() != "none"),
        asks=asks,
        says=matter["says"],
        remedy=matter["remedy"],
        effect=matter.get("effect", ""),
        sql="\n".join(sql),
    )


def _parts(lines: list[str]) -> tuple[str, dict[str, str], list[str]]:
    """The opening sentence, key → value, and the SQL below; a comment indented by three goes on with the one before."""
    asks, matter, key = [], {}, ""
    for number, line in enumerate(lines):
        if found := KEY.fullmatch(line):
            key = found[1]
            matter[key] = found[2].strip()
        elif key and line.startswith("--   "):
            matter[key] += f" {line[2:].strip()}"
        elif not key and line.startswith("--"):
            asks.append(line[2:].strip())
        else:
            return " ".join(asks), matter, lines[number:]
    return " ".join(asks), matter, []


def run_check(connection: duckdb.DuckDBPyConnection, check: Check, today: date | None = None) -> list[Problem]:
    """A problem for every row that breaks the rule, in the order of files and rows.

    After the first 10,000 one more problem says how many others there are. `today` is the last day that can have
    happened (none given: the computer's). Raises CheckError when the SQL does not run.
    """
    parameters = {"today": today or date.today()} if "$today" in check.sql else None
    try:
        found = connection.execute(f"FROM ({check.sql}\n) ORDER BY file, row_number LIMIT {MOST_A_RULE}", parameters)
        columns = [column[0] for column in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        more = _count(connection, check, parameters) - MOST_A_RULE if len(rows) == MOST_A_RULE else 0
    except duckdb.Error as error:
        raise CheckError(f"{check.rule}.sql does not run: {error}") from error
    problems = [_problem(check, row) for row in rows]
    if more:
        says = f"{more:,} more rows break this rule; only the first {MOST_A_RULE:,} are listed."
        problems.append(Problem(check.severity, check.rule, says, check.remedy, table=check.table))
    return problems


def _count(connection: duckdb.DuckDBPyConnection, check: Check, parameters: dict[str, date] | None) -> int:
    ((counted,),) = connection.execute(f"SELECT count(*) FROM ({check.sql}\n)", parameters).fetchall()
    return counted


def _problem(check: Check, row: Mapping[str, Any]) -> Problem:
    words = {column: in_words(value) for column, value in row.items()}
    return Problem(
        severity=check.severity,
        rule=check.rule,
        message=check.says.format_map(words),
        remedy=check.remedy.format_map(words),
        table=row["table_name"] if check.table == SEVERAL else check.table,
        file=row["file"] or "",
        row=row["row_number"],
        column=row["column_name"] or "",
        value=row["value"],
    )


def placeholders(text: str) -> set[str]:
    """The columns that a sentence speaks of: `{officer_id} is at …` → officer_id."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def in_words(value: Any) -> str:
    """A value as a sentence says it: 8:05, 2025-09-30, 1,204, nothing."""
    if value is None:
        return "nothing"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value.hour}:{value:%M}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}".rstrip("0")
    return str(value)
