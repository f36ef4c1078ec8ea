"""One thing that is wrong with an export, in words that a coordinator can act on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN_CHARACTERS = 80
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Problem:
    """Where it is (table, file, row as a person sees it, column), what stands there, the rule it breaks, the remedy."""

    severity: str
    rule: str
    message: str
    remedy: str
    table: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str | None = None

    @property
    def place(self) -> str:
        parts = [self.file or self.table]
        if self.row is not None:
            parts.append(f"row {self.row:,}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        value = "" if self.value is None else f" Found: {shorten(self.value)!r}."
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.message}{value} {self.remedy}".strip()


def shorten(text: str) -> str:
    """A value as it can be shown: its first characters, and how many there were."""
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}… ({len(text):,} characters)"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == ERROR]


def summary(problems: Sequence[Problem], a_rule: int = 5) -> list[str]:
    """Lines for a console: the first few of each rule, and how many more there are."""
    lines, seen = [], Counter[tuple[str, str, str]]()
    totals = Counter((problem.severity, problem.rule, problem.table) for problem in problems)
    for problem in sorted(problems, key=lambda problem: (problem.severity, problem.rule, problem.table)):
        key = (problem.severity, problem.rule, problem.table)
        seen[key] += 1
        if seen[key] <= a_rule:
            lines.append(f"{problem.severity.upper():<8}{problem}")
        if seen[key] == a_rule and totals[key] > a_rule:
            lines.append(f"{'':<8}… and {totals[key] - a_rule:,} more like it.")
    return lines


def report_csv(problems: Iterable[Problem]) -> str:
    """Every problem, one a line, for a spreadsheet; nothing in it can run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["severity", "rule", "table", "file", "row", "column", "value", "message", "remedy"])
    for problem in problems:
        value = "" if problem.value is None else shorten(problem.value)
        cells = [problem.severity, problem.rule, problem.table, problem.file, problem.row or "", problem.column]
        writer.writerow([harmless(cell) for cell in (*cells, value, problem.message, problem.remedy)])
    return text.getvalue()


def harmless(cell: object) -> object:
    """Text that a spreadsheet will not run: a leading = + - @ tab or return gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
