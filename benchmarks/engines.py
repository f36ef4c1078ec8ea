"""Model and rollups by DuckDB and Spark, over the demo county one, ten … times: python -m benchmarks.engines 1 10 100

Spark's column stays empty where requirements-spark.txt is not installed. Reading, checking and deciding are not in it:
they are the same for both (python -m benchmarks.loading).
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.growth import alone
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
DATABASE = "counties.duckdb"
LOOK_SECONDS = 0.3
THROUGH = date(2026, 10, 21)
TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept' AND schema_name = $schema ORDER BY ALL"
PRESENT = "SELECT table_name FROM meta.table_presence WHERE present"
ROWS = "SELECT sum(estimated_size) FROM duckdb_tables() WHERE schema_name = 'export'"


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
    with closing(duckdb.connect(str(folder / DATABASE))) as connection:
        connection.execute("SET enable_progress_bar = false")
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


@dataclass
class Used:
    """What this process and those that it started took: seconds of processors, and memory at its peak in bytes."""

    processor: float = 0.0
    memory: int = 0


@contextmanager
def watched() -> Iterator[Used]:
    """What is used until the end; Spark's Java is a process of its own, so its memory is asked for beside ours."""
    used, before, stop = Used(), sum(ticks for ticks, _ in _family()), threading.Event()

    def look() -> None:
        while not stop.wait(LOOK_SECONDS):
            family = _family()
            used.processor = max(
                used.processor, (sum(ticks for ticks, _ in family) - before) / os.sysconf("SC_CLK_TCK")
            )
            used.memory = max(used.memory, sum(pages for _, pages in family) * os.sysconf("SC_PAGE_SIZE"))

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield used
    finally:
        stop.set()
        watch.join()


def _family() -> list[tuple[int, int]]:
    """Ticks and pages of this process and of all below it, as Linux tells them."""
    found: dict[int, tuple[int, int, int]] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            said = (process / "stat").read_text().rpartition(")")[2].split()
            found[int(process.name)] = (int(said[1]), int(said[11]) + int(said[12]), int(said[21]))
    family = {os.getpid()}
    while below := {number for number, (parent, *_) in found.items() if parent in family} - family:
        family |= below
    return [(ticks, pages) for number, (_, ticks, pages) in found.items() if number in family]


def measured(kept: Path, copies: int, name: str) -> str:
    """A line of the table. Run in a process of its own, so that nothing is warm and no memory is another's."""
    catalogue = read_catalogue(PROJECT / "queries" / "metrics")
    engine = dict(engines())[name]
    with TemporaryDirectory() as folder, counties(kept, copies, Path(folder)) as connection:
        present = [table for (table,) in connection.execute(PRESENT).fetchall()]
        (rows,) = connection.execute(ROWS).fetchone() or (0,)
        with watched() as used:
            started = time.monotonic()
            engine.run(connection, catalogue, present, PROJECT / "queries", silent)
            took = time.monotonic() - started
        connection.execute("CHECKPOINT")
        size = (Path(folder) / DATABASE).stat().st_size
    megabytes = [f"{many / 1e6:,.0f}" for many in (used.memory, size)]
    cells = [str(copies), f"{rows:,}", name, f"{took:.1f}", f"{used.processor:.0f}", *megabytes]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    print(f"On {os.cpu_count()} cores, model and rollups of every metric:\n")
    print("| counties | rows | engine | seconds | of processors | MB of memory | MB of the vintage |")
    print("|---:|---:|---|---:|---:|---:|---:|")
    with TemporaryDirectory() as home:
        settings = read_settings(folders=Folders(data=Path(home)))
        generate(settings.folders.demo, through=THROUGH)
        kept = settings.folders.vintages / f"{vintages.load(settings.folders.demo, settings).vintage}.duckdb"
        for copies in [int(number) for number in sys.argv[1:]] or [1, 10]:
            for name, _ in engines():
                print(alone(measured, kept, copies, name), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
