"""Time and memory that a million rows take to check and to load, beside the bare reading of the same file by DuckDB.

python -m benchmarks.loading [--rows 1000000]
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sro.settings import PROJECT, Folders, read_settings
from sro.vintages import check, load

SCHOOLS, OFFICERS = 45, 14
# Five school years of activities, as an office would log them; $rows of them.
ACTIVITIES = """
    COPY (
        SELECT
            'ACT-' || n AS activity_id,
            'O' || n % 14 AS officer_id,
            'S' || n % 45 AS school_id,
            DATE '2021-09-01' + (n * 7919 % 1750)::INTEGER AS date,
            TIME '08:00' + to_minutes(n * 31 % 390) AS start_time,
            5 + n % 90 AS duration_min,
            ['classroom_lesson', 'patrol', 'mentoring_1to1', 'informal_check_in', 'other'][1 + n % 5] AS activity_type,
            ['vaping', 'law_rights', NULL][1 + n % 3] AS topic,
            n % 30 AS students_reached
        FROM range({rows}) AS numbers (n)
    ) TO '{path}' (HEADER)
"""


def write(folder: Path, rows: int) -> Path:
    """An export with that many activities."""
    folder.mkdir()
    schools = "".join(f"S{number},School {number}\n" for number in range(SCHOOLS))
    (folder / "schools.csv").write_text(f"school_id,name\n{schools}")
    (folder / "officers.csv").write_text("officer_id\n" + "".join(f"O{number}\n" for number in range(OFFICERS)))
    path = folder / "activities.csv"
    duckdb.execute(ACTIVITIES.format(rows=rows, path=path))
    return path


def bare(folder: Path, home: Path) -> None:
    """What the engine needs at least: the files as typed columns in a database on disk."""
    with duckdb.connect(str(home / "bare.duckdb")) as connection:
        for path in sorted(folder.glob("*.csv")):
            connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM read_csv('{path}')")


def checked(folder: Path, home: Path) -> None:
    report = check(folder, read_settings(PROJECT / "program.toml", Folders(data=home)))
    assert report.problems == (), report.lines()


def loaded(folder: Path, home: Path) -> None:
    report = load(folder, read_settings(PROJECT / "program.toml", Folders(data=home)))
    assert report.is_good and report.problems == (), report.lines()


def measured(run: Callable[[Path, Path], None], folder: Path, home: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a run in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(run, folder, home, there))
    process.start()
    there.close()
    result = here.recv()
    process.join()
    return result


def _measure(run: Callable[[Path, Path], None], folder: Path, home: Path, answer: Connection) -> None:
    home.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    run(folder, home)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer.send((seconds, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with TemporaryDirectory() as place:
        folder, home = Path(place) / "export", Path(place) / "home"
        path = write(folder, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB of CSV")
        print(f"{'':<22} {'seconds':>8} {'peak MB':>8} {'times bare':>11}")
        base = 0.0
        for title, run in (("bare read_csv", bare), ("check", checked), ("load", loaded), ("load, unchanged", loaded)):
            seconds, megabytes = measured(run, folder, home)
            base = base or seconds
            print(f"{title:<22} {seconds:>8.2f} {megabytes:>8.0f} {seconds / base:>11.1f}")


if __name__ == "__main__":
    main()
