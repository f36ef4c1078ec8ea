"""Writes rows as the contract's CSV files, with a manifest that marks them SYNTHETIC."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from sro.contract import Table, load_contract
from sro.demo.truth import SYNTHETIC_FIRST_DAY
from sro.settings import PROJECT

SCHEMA_VERSION = "1"
EXPORTED_AT = time(18, 0)
MANIFEST = "manifest"

Rows = Iterable[Mapping[str, Any]]


def write(
    folder: Path, tables: Iterable[tuple[str, Rows]], through: date, progress: Callable[[str], None]
) -> dict[str, int]:
    """One CSV a table and the manifest; gives the number of rows by table. Files of an earlier run are replaced."""
    contract = load_contract(PROJECT / "data" / "contract")
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    listed = []
    for name, rows in tables:
        content, counts[name] = _csv(contract.tables[name], rows)
        (folder / f"{name}.csv").write_bytes(content)
        listed.append(
            {
                "table_name": name,
                "exported_at": datetime.combine(through, EXPORTED_AT),
                "exported_by_role": "generator",
                "source_system": "generator",
                "period_start": SYNTHETIC_FIRST_DAY,
                "period_end": through,
                "row_count": counts[name],
                "sha256": hashlib.sha256(content).hexdigest(),
                "schema_version": SCHEMA_VERSION,
                "synthetic": True,
            }
        )
        progress(name)
    content, counts[MANIFEST] = _csv(contract.tables[MANIFEST], listed)
    (folder / f"{MANIFEST}.csv").write_bytes(content)
    return counts


def _csv(table: Table, rows: Rows) -> tuple[bytes, int]:
    """The file's bytes and its number of rows; columns are the contract's, in its order."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.columns)
    known = set(table.columns)
    number = 0
    for row in rows:
        if not row.keys() <= known:
            raise KeyError(f"{table.name}: no column {', '.join(sorted(row.keys() - known))} in the contract")
        writer.writerow([_cell(row.get(column)) for column in table.columns])
        number += 1
    return buffer.getvalue().encode("utf-8"), number


def _cell(value: Any) -> Any:
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value
