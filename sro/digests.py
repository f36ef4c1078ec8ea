"""SHA-256 digests of files, and whether files are still those that the manifest speaks of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from sro.findings import record
from sro.problems import WARNING, Problem
from sro.raw import RawTable


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_digests(connection: duckdb.DuckDBPyConnection, used: Sequence[tuple[RawTable, str]]) -> None:
    """Record the tables whose file has another SHA-256 than the manifest states."""
    files = {table: {raw.source.sha256 for raw, name in used if name == table} for _, table in used}
    stated = connection.execute(
        "SELECT table_name, lower(sha256), _file, _row FROM export.manifest WHERE sha256 IS NOT NULL ORDER BY _row"
    ).fetchall()
    says = "The file of {} was changed after it was exported."
    remedy = "Export it again, unless the change was meant."
    record(
        connection,
        [
            Problem(WARNING, "file_changed", says.format(table), remedy, "manifest", file, row, "sha256", digest)
            for table, digest, file, row in stated
            if files.get(table) and digest not in files[table]
        ],
    )
