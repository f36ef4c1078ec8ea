"""Looks up keys: no row twice, and nothing that refers to a row that is not there."""

from __future__ import annotations

from collections.abc import Container, Sequence

import duckdb

from sro.contract import Table
from sro.findings import COLUMNS, record
from sro.problems import ERROR, SHOWN_CHARACTERS, WARNING, Problem


def check_keys(
    connection: duckdb.DuckDBPyConnection, table: Table, usable: Container[str], absent: Container[str]
) -> None:
    """Record repeated keys, and references to rows that are not there.

    `usable` are the tables that were read well enough to look something up in; `absent` are not in the export.
    """
    if table.primary_key:
        _record_repeated(connection, table)
    for key in table.foreign_keys:
        columns = ", ".join(key.fields)
        if key.table in absent:
            filled = " AND ".join(f'"{name}" IS NOT NULL' for name in key.fields)
            counted = connection.execute(f'SELECT count(*) FROM export."{table.name}" WHERE {filled}').fetchone()
            if counted and counted[0]:
                says = f"{key.table} is not in this export; {columns} was not looked up."
                problem = Problem(WARNING, "reference_not_in_export", says, f"Export {key.table} too.", table.name)
                record(connection, [problem])
        elif key.table in usable:
            _record_unknown(connection, table, key.fields, key.table, key.references)


def _record_repeated(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    key = ", ".join(f'"{name}"' for name in table.primary_key)
    complete = " AND ".join(f'"{name}" IS NOT NULL' for name in table.primary_key)
    shown = " || ', ' || ".join(f'"{name}"::VARCHAR' for name in table.primary_key)
    connection.execute(
        f"""INSERT INTO raw.finding ({COLUMNS})
        WITH
            repeated AS (
                SELECT {key} FROM export."{table.name}" WHERE {complete} GROUP BY {key} HAVING count(*) > 1
            ),
            placed AS (
                SELECT
                    _file, _row, {shown} AS shown,
                    first(_file) OVER earlier AS first_file,
                    first(_row) OVER earlier AS first_row,
                    row_number() OVER earlier AS place
                FROM export."{table.name}" INNER JOIN repeated USING ({key})
                WINDOW earlier AS (PARTITION BY {key} ORDER BY _file, _row)
            )
        SELECT
            $severity, 'repeated_key', $table, _file, _row, $column, shortened(shown, {SHOWN_CHARACTERS}),
            format('This key stands already in row {{:,}}', first_row)
                || if(_file = first_file, '.', ' of ' || first_file || '.'),
            'Remove one of the two rows, or give it a key of its own.'
        FROM placed WHERE place > 1 ORDER BY _file, _row""",
        {"severity": ERROR, "table": table.name, "column": ", ".join(table.primary_key)},
    )


def _record_unknown(
    connection: duckdb.DuckDBPyConnection, table: Table, fields: Sequence[str], other: str, references: Sequence[str]
) -> None:
    matched = " AND ".join(
        f'stated."{name}" = known."{reference}"' for name, reference in zip(fields, references, strict=True)
    )
    complete = " AND ".join(f'stated."{name}" IS NOT NULL' for name in fields)
    shown = " || ', ' || ".join(f'stated."{name}"::VARCHAR' for name in fields)
    connection.execute(
        f"""INSERT INTO raw.finding ({COLUMNS})
        SELECT
            $severity, 'unknown_reference', $table, stated._file, stated._row, $column,
            shortened({shown}, {SHOWN_CHARACTERS}), $says, $remedy
        FROM export."{table.name}" AS stated ANTI JOIN export."{other}" AS known ON {matched}
        WHERE {complete} ORDER BY stated._file, stated._row""",
        {
            "severity": ERROR,
            "table": table.name,
            "column": ", ".join(fields),
            "says": f"There is no such row in {other}.",
            "remedy": f"Correct it, or add the row to {other}.",
        },
    )
