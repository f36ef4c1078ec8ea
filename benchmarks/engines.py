"""Model and rollups by DuckDB and Spark, over the demo county one, ten … times: python -m benchmarks.engines 1 10 100

Spark's column stays empty where requirements-spark.txt is not installed. Reading, checking and deciding are not in it:
they are the same for both (python -m benchmarks.loading).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sro import vintages
from sro.demo import generate
from sro.engine import DUCKDB, Engine
from sro.metrics import read_catalogue
from sro.progress import silent
from sro.settings import PROJECT, Folders, read_settings

# Whose ids make another county of a copy; tables without any of them are the same for all.
OWN = (
    "school_id", "district_id", "officer_id", "for_officer_id", "position_id", "incident_id", "duplicate_of",
    "activity_id", "shift_id", "assignment_id", "drill_id", "consult_id", "program_id", "complaint_id", "training_id",
)  # fmt: skip
EVERYBODY = "ALL"
THROUGH = date(2026, 10, 21)
TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept' AND schema_name = $schema ORDER BY ALL"


def engines() -> Iterator[tuple[str, Engine]]:
    yield "DuckDB", DUCKDB
    try:
        from sro.spark.engine import Spark
    except ImportError:
        return
    yield "Spark", Spark(f"local[{os.cpu_count()}]")


@contextmanager
def counties(kept: Path, copies: int, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database on disk with the export of a vintage so many times, each as a county of its own."""
    with closing(duckdb.connect(str(folder / "counties.duckdb"))) as connection:
        connection.execute(f"ATTACH '{kept}' AS kept (READ_ONLY)")
        for schema in ("export", "reference", "meta"):
            connection.execute(f"CREATE SCHEMA {schema}")
            for (table,) in connection.execute(TABLES, {"schema": schema}).fetchall():
                source = f'kept.{schema}."{table}"'
                columns = [name for name, *_ in connection.execute(f"DESCRIBE {source}").fetchall()]
                own = [name for name in columns if name in OWN] if schema == "export" else []
                named = ", ".join(
                    f"if(copy = 0 OR {name} = '{EVERYBODY}', {name}, {name} || '/' || copy) AS {name}" for name in own
                )
                rows = f"* EXCLUDE (copy) REPLACE ({named}) FROM {source}, range({copies}) AS copies (copy)"
                connection.execute(f'CREATE TABLE {schema}."{table}" AS SELECT {rows if own else f"* FROM {source}"}')
        connection.execute("DETACH kept")
        yield connection


def measured(copies: Iterable[int]) -> Iterator[str]:
    with TemporaryDirectory() as home:
        settings = read_settings(folders=Folders(data=Path(home)))
        generate(settings.folders.demo, through=THROUGH)
        kept = settings.folders.vintages / f"{vintages.load(settings.folders.demo, settings).vintage}.duckdb"
        catalogue = read_catalogue(PROJECT / "queries" / "metrics")
        present = [path.stem for path in settings.folders.demo.glob("*.csv")]
        for number in copies:
            for name, engine in engines():
                with TemporaryDirectory() as folder, counties(kept, number, Path(folder)) as connection:
                    counted = "SELECT sum(estimated_size) FROM duckdb_tables() WHERE schema_name = 'export'"
                    rows = (connection.execute(counted).fetchone() or (0,))[0]
                    started = time.monotonic()
                    engine.run(connection, catalogue, present, PROJECT / "queries", silent)
                    yield f"| {number} | {rows:,} | {name} | {time.monotonic() - started:.1f} |"


def main() -> int:
    print(f"On {os.cpu_count()} cores, model and rollups of every metric:\n")
    print("| counties | rows | engine | seconds |\n|---:|---:|---|---:|")
    for line in measured([int(number) for number in sys.argv[1:]] or [1, 10]):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
