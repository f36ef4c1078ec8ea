"""What was read and nothing more: a file, and a sheet of it as a table of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sro.contract import normalized
from sro.problems import ERROR, Problem

TOO_MANY_COLUMNS = 500


@dataclass(frozen=True)
class Source:
    """A file to read: where it lies, what a person calls it, its digest, and with which load it came."""

    path: Path
    name: str
    sha256: str
    load: int = 0

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


@dataclass(frozen=True)
class RawTable:
    """A sheet of text in DuckDB: columns c0, c1 … under `headers`; `row` is the SQL for the row a person sees."""

    source: Source
    sheet: str
    relation: str
    headers: tuple[str, ...]
    row: str
    rows: int
    header_row: int = 1

    @property
    def label(self) -> str:
        """What a person calls it: the file, and the sheet where a file has several."""
        return f"{self.source.name} [{self.sheet}]" if self.sheet else self.source.name

    @property
    def columns(self) -> dict[str, str]:
        """Header as the contract writes names → column in DuckDB."""
        return {normalized(header): f"c{place}" for place, header in enumerate(self.headers)}

    @property
    def is_filled(self) -> str:
        """SQL: the row has something in at least one cell; mostly the first character of the first one tells."""
        cells = (f"clean(c{place}) IS NOT NULL" for place in range(len(self.headers)))
        return f"(c0 BETWEEN '!' AND '~' OR {' OR '.join(cells)})"


def new_relation(connection: duckdb.DuckDBPyConnection) -> str:
    """A free name in the database `raw`; the connection is left with nothing to fetch, so that it can register data."""
    ((taken,),) = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE database_name = 'raw'").fetchall()
    return f"raw.sheet_{taken}"


def fill(
    connection: duckdb.DuckDBPyConnection, relation: str, rows: Sequence[Sequence[object]], changed: str = ""
) -> None:
    """Add rows in one statement; one for each would take a thousand times as long.

    `changed` is SQL behind `SELECT *` over the columns c0, c1 … of these rows.
    """
    if rows:
        columns = {f"c{place}": list(column) for place, column in enumerate(zip(*rows, strict=True))}
        listed = ", ".join(f"unnest(${name}) AS {name}" for name in columns)
        connection.execute(f"INSERT INTO {relation} SELECT * {changed} FROM (SELECT {listed})", columns)


def count_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    ((counted,),) = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    return counted


def read_headers(source: Source, cells: Sequence[str], row: int = 1) -> tuple[tuple[str, ...], list[Problem]]:
    """The column names of a header row, without empty ones at its end; repeated and missing names are problems."""
    headers = [cell.strip().lstrip("\ufeff").strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        return (), [unreadable(source, "The first row holds no column names.", "Put them into row 1.", row)]
    if len(headers) > TOO_MANY_COLUMNS:
        says = f"The first row holds {len(headers):,} columns."
        return (), [unreadable(source, says, "Keep only the columns of the contract.", row)]
    names = [normalized(header) for header in headers]
    repeated = [header for place, header in enumerate(headers) if names[place] and names[place] in names[:place]]
    if repeated:
        return (), [
            Problem(
                ERROR, "repeated_column", "This column stands twice.", "Remove or rename one of the two.",
                file=source.name, row=row, column=repeated[0][:60],
            )
        ]  # fmt: skip
    return tuple(headers), []


def unreadable(source: Source, says: str, remedy: str, row: int | None = None) -> Problem:
    return Problem(ERROR, "unreadable_file", says, remedy, file=source.name, row=row)
