"""Reads a file as a load does, up to the text of its cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from sro import exports
from sro.cells import load_macros
from sro.problems import Problem
from sro.settings import PROJECT

LIMITS = {"archive_megabytes": 50, "archive_ratio": 200, "archive_files": 20}


@dataclass(frozen=True)
class Sheet:
    """What was read of a sheet; each row with the number that a person sees in front."""

    name: str
    headers: tuple[str, ...]
    rows: list[tuple]


@dataclass(frozen=True)
class Read:
    files: list[str]
    sheets: list[Sheet]
    problems: list[Problem]

    @property
    def only(self) -> Sheet:
        assert self.problems == []
        (sheet,) = self.sheets
        return sheet

    @property
    def refusal(self) -> Problem:
        assert self.sheets == []
        (problem,) = self.problems
        return problem


def read_all(path: Path, scratch: Path) -> Read:
    """Every sheet of a file, folder or zip, and what is wrong."""
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS raw")
        load_macros(connection, PROJECT / "queries" / "cells")
        sources, problems = exports.find_sources(path, scratch, LIMITS)
        sheets = []
        for source in sources:
            tables, wrong = exports.read(connection, source, scratch, LIMITS)
            problems = [*problems, *wrong]
            for table in tables:
                cells = ", ".join(f"c{place}" for place in range(len(table.headers)))
                read = connection.execute(
                    f"SELECT {table.row} AS number, {cells} FROM {table.relation} WHERE {table.is_filled} ORDER BY 1"
                )
                sheets.append(Sheet(table.label, table.headers, read.fetchall()))
        return Read([source.name for source in sources], sheets, problems)


@pytest.fixture
def read(tmp_path) -> Callable[..., Read]:
    """`read(content, "name.csv")` or `read(path)`."""

    def read_it(given: bytes | str | Path, name: str = "schools.csv") -> Read:
        path = given if isinstance(given, Path) else tmp_path / name
        if not isinstance(given, Path):
            path.write_bytes(given.encode() if isinstance(given, str) else given)
        return read_all(path, tmp_path / "scratch")

    return read_it
