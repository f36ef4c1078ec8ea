"""Loads laid over each other: a row of a later load takes the place of an earlier one with the same key."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import duckdb

from sro.contract import Contract, Table
from sro.findings import record
from sro.problems import WARNING, Problem
from sro.raw import RawTable, fill


def lay_over(
    connection: duckdb.DuckDBPyConnection,
    sheets: Mapping[str, Sequence[RawTable]],
    contract: Contract,
    removing: Collection[int],
) -> None:
    """Leave one row a key in the filled tables of `export`, that of the latest load.

    Loads named in `removing` also take away earlier rows of the school-months that they cover: those of which they hold
    a row of the table, or a log that was handed in.
    """
    placed = sorted({(name, raw.label, raw.source.load) for name, raws in sheets.items() for raw in raws})
    last = max((load for _, _, load in placed), default=0)
    if not last:
        return
    tables = [table for table in contract.in_load_order() if table.name in sheets]
    connection.execute("CREATE TABLE raw.placed (table_name VARCHAR, label VARCHAR, load BIGINT)")
    fill(connection, "raw.placed", placed)
    _widen_manifest(connection, last)
    _note_covered(connection, tables, removing)
    for table in tables:
        _replace(connection, table)
    _remove(connection, tables, last)
    for table in tables:
        _recount(connection, table, last)


def _placed(table: Table) -> str:
    """SQL: the rows of a table with the load that each came with."""
    return f"""export."{table.name}" AS stated
        INNER JOIN raw.placed AS placed ON placed.table_name = '{table.name}' AND stated._file = placed.label"""


def _delete(connection: duckdb.DuckDBPyConnection, table: Table, which: str) -> int:
    """Delete the rows that `which`, the end of a SELECT from `_placed`, leaves; gives how many."""
    deleted = connection.execute(
        f'DELETE FROM export."{table.name}" WHERE rowid IN (SELECT stated.rowid FROM {_placed(table)} {which})'
    ).fetchone()
    return deleted[0] if deleted else 0


def _replace(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Without a key, the latest load replaces the whole table."""
    key = ", ".join(f'stated."{column}"' for column in table.primary_key)
    within = f"PARTITION BY {key}" if key else ""
    gone = _delete(connection, table, f"QUALIFY placed.load < max(placed.load) OVER ({within})")
    if gone and not key:
        says = f"{table.name} has no key; the new rows took the place of all {gone:,} that were there."
        record(connection, [Problem(WARNING, "replaced_whole", says, "Load the whole table.", table.name)])


# What later loads leave out ------------------------------------------------------------------------------------------


def _day(table: Table) -> str:
    """The column that says when a row of a school happened; empty where there is none."""
    days = [field.name for field in table.fields if field.type == "date" and field.required]
    return days[0] if days and "school_id" in table.columns else ""


def _note_covered(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], removing: Collection[int]) -> None:
    connection.execute("CREATE TABLE raw.covered (table_name VARCHAR, load BIGINT, school_id VARCHAR, month DATE)")
    came = "list_contains($removing, placed.load)"
    for table in tables:
        if day := _day(table):
            connection.execute(
                f"INSERT INTO raw.covered SELECT DISTINCT '{table.name}', placed.load, stated.school_id, "
                f"date_trunc('month', stated.\"{day}\") FROM {_placed(table)} WHERE {came}",
                {"removing": list(removing)},
            )
        if table.name == "log_submissions":
            connection.execute(
                f"""INSERT INTO raw.covered
                SELECT DISTINCT other.table_name, placed.load, stated.school_id, stated.month
                FROM {_placed(table)} INNER JOIN raw.placed AS other ON placed.load = other.load
                WHERE {came} AND (stated.submitted OR stated.nothing_to_report)""",
                {"removing": list(removing)},
            )


def _remove(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], last: int) -> None:
    """Take away what is covered and left out, and then the earlier rows that speak of a row which went so."""
    thinned: set[str] = set()
    for table in tables:
        gone = 0
        if day := _day(table):
            gone += _delete(
                connection,
                table,
                f"""SEMI JOIN raw.covered AS covered
                ON covered.table_name = '{table.name}' AND covered.load > placed.load
                    AND covered.school_id = stated.school_id
                    AND covered.month = date_trunc('month', stated."{day}")""",
            )
        for key in table.foreign_keys:
            if key.table in thinned:
                matched = " AND ".join(
                    f'stated."{name}" = known."{reference}"'
                    for name, reference in zip(key.fields, key.references, strict=True)
                )
                filled = " AND ".join(f'stated."{name}" IS NOT NULL' for name in key.fields)
                gone += _delete(
                    connection,
                    table,
                    f'ANTI JOIN export."{key.table}" AS known ON {matched} WHERE placed.load < {last} AND {filled}',
                )
        if gone:
            thinned.add(table.name)


# What manifests say --------------------------------------------------------------------------------------------------


def _widen_manifest(connection: duckdb.DuckDBPyConnection, last: int) -> None:
    """A manifest speaks of its own load: its period joins the earlier ones, and what was fictional stays so.

    Where the latest load has none, nothing is stated of the period any more.
    """
    connection.execute(
        """UPDATE export.manifest AS listed SET
            period_start = CASE WHEN whole.is_stated THEN whole.period_start END,
            period_end = CASE WHEN whole.is_stated THEN whole.period_end END,
            synthetic = whole.synthetic
        FROM (
            SELECT
                table_name, min(period_start) AS period_start, max(period_end) AS period_end,
                bool_or(synthetic) AS synthetic,
                EXISTS (FROM raw.placed WHERE table_name = 'manifest' AND load = $last) AS is_stated
            FROM export.manifest GROUP BY table_name
        ) AS whole
        WHERE listed.table_name = whole.table_name""",
        {"last": last},
    )


def _recount(connection: duckdb.DuckDBPyConnection, table: Table, last: int) -> None:
    """The rows that the latest manifest counts, with those that stay of earlier loads; earlier counts hold no more."""
    connection.execute(
        f"""UPDATE export.manifest AS listed SET row_count = CASE
            WHEN EXISTS (
                FROM raw.placed WHERE table_name = 'manifest' AND label = listed._file AND load = $last
            ) THEN row_count + (SELECT count(*) FROM {_placed(table)} WHERE placed.load < $last) END
        WHERE table_name = '{table.name}'""",
        {"last": last},
    )
