"""Rows of an export in memory: every table of the contract, empty but for what a test puts in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import duckdb

from sro.contract import Contract, ddl, load_contract
from sro.settings import PROJECT

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
CHECKS = PROJECT / "queries" / "checks"


@cache
def contract() -> Contract:
    return load_contract(PROJECT / "data" / "contract")


def export_of(rows: Rows) -> duckdb.DuckDBPyConnection:
    """The typed tables; the first row of each stands in row 2 of `<table>.csv`, below the header."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA export;" + ";".join(ddl(table) for table in contract().tables.values()))
    for table, given in rows.items():
        for number, row in enumerate(given, start=2):
            cells = {**row, "_file": f"{table}.csv", "_row": number}
            columns = ", ".join(f'"{column}"' for column in cells)
            places = ", ".join("?" for _ in cells)
            connection.execute(f'INSERT INTO export."{table}" ({columns}) VALUES ({places})', [*cells.values()])
    return connection
