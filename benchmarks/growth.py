"""What ten times as much data costs: check and load beside the bare read_csv, rollup, and each screen.

python -m benchmarks.growth [--rows 10000 100000 1000000] [--roster FILE]; a state is --rows 50000000

An export holds so many activities and a twentieth as many incidents over five school years, in 45 schools or one for
every 10,000 activities, 4,800 at a state, ten to a district; their names come from the roster (columns BEDS and name)
where there is one. The load is measured without calendar, enrollment and shifts, which do not grow with the
activities; then they are added (each school's days, each officer on every one of them), and screens ask of that. What
is larger than a state is only loaded. Sizes that were measured before and are not now stay in the results.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import duckdb

from benchmarks.loading import bare
from benchmarks.results import WHOLE, keep, measured
from benchmarks.timing import seconds, spread
from sro import vintages
from sro.settings import PROJECT, Folders, Settings, read_settings
from sro.store import TooMuch

ROSTER = PROJECT.parent / "shared" / "real" / "nys_schools_enrollment.csv"
STATE, STATE_ROWS = 4800, 50_000_000
# Screens that have data there, and the address of each.
ADDRESSES = {
    "overview": "", "engagement": "engagement", "incidents": "incidents", "coverage": "coverage",
    "readiness": "readiness", "accountability": "accountability", "fairness": "fairness",
    "district": "district?districts=D0", "school": "school?schools=S0", "claims": "claims", "quality": "quality",
    "board": "board",
}  # fmt: skip
FEW = 3  # runs, where one is short
PATIENCE = 900  # seconds for a screen
LATER = ("enrollment", "calendar", "shifts")  # files that screens need and that do not grow with the activities
DAYS = """
    CREATE OR REPLACE TABLE school_day AS
    SELECT day::DATE AS day, row_number() OVER (ORDER BY day) - 1 AS place
    FROM range(DATE '2021-09-01', DATE '2026-06-18', INTERVAL 1 DAY) AS days (day)
    WHERE isodow(day) < 6 AND month(day) NOT IN (7, 8)
"""
NAMED = """
    SELECT name || ' ' || BEDS AS name, row_number() OVER (ORDER BY BEDS) - 1 AS place
    FROM read_csv('{}', all_varchar = true)
"""
UNNAMED = "SELECT NULL::VARCHAR AS name, -1 AS place"
HAPPENED = "(SELECT list(day ORDER BY day) FROM school_day)[1 + n * 7919 % (SELECT count(*) FROM school_day)]"
FILES = {
    "districts": """
        SELECT 'D' || n AS district_id, 'District ' || n AS name FROM range(({schools} + 9) // 10) AS numbers (n)
    """,
    "schools": """
        SELECT 'S' || n AS school_id, coalesce(given.name, 'School ' || n) AS name, 'D' || n // 10 AS district_id
        FROM range({schools}) AS numbers (n)
        LEFT JOIN ({roster}) AS given ON given.place = n
    """,
    "enrollment": """
        SELECT
            'S' || n AS school_id, opening || '-' || (opening - 1999) AS school_year, 'beds_day' AS basis,
            'all' AS subgroup_dim, 'all' AS subgroup, 200 + n * 37 % 900 AS n
        FROM range({schools}) AS numbers (n) CROSS JOIN range(2021, 2026) AS years (opening)
    """,
    "calendar": """
        SELECT
            'S' || n AS school_id, day AS date, 'instructional' AS day_type, '08:00' AS bell_start, '14:30' AS bell_end
        FROM range({schools}) AS numbers (n) CROSS JOIN school_day
    """,
    "officers": "SELECT 'O' || n AS officer_id FROM range({officers}) AS numbers (n)",
    "shifts": """
        SELECT
            'SH-' || n || '-' || place AS shift_id, 'O' || n AS officer_id,
            'S' || (n + {officers} * (place % 3)) % {schools} AS school_id, day AS date,
            '07:30' AS sched_start, '15:00' AS sched_end, '07:45' AS actual_start, '14:50' AS actual_end,
            'completed' AS status, 'school' AS duty_type
        FROM range({officers}) AS numbers (n) CROSS JOIN school_day
    """,
    "activities": """
        SELECT
            'ACT-' || n AS activity_id,
            'O' || n % {officers} AS officer_id,
            'S' || n % {schools} AS school_id,
            {happened} AS date,
            TIME '08:00' + to_minutes(n * 31 % 390) AS start_time,
            5 + n % 90 AS duration_min,
            ['classroom_lesson', 'patrol', 'mentoring_1to1', 'informal_check_in', 'other'][1 + n % 5] AS activity_type,
            ['vaping', 'law_rights', NULL][1 + n % 3] AS topic,
            n % 30 AS students_reached
        FROM range({rows}) AS numbers (n)
    """,
    "incidents": """
        SELECT
            'INC-' || n AS incident_id,
            'S' || n % {schools} AS school_id,
            {happened} AS occurred_on,
            TIME '08:00' + to_minutes(n * 31 % 390) AS occurred_time,
            'local' AS category_scheme,
            ['disorderly', 'vaping_tobacco', 'medical', 'other'][1 + n % 4] AS local_category,
            'school' AS handled_by
        FROM range({rows} // 20) AS numbers (n)
    """,
}
# Part of a load → what a load says as the part begins.
PARTS = {
    "reading and checking": "Reading", "model": "Modelling", "rollup": "Counting every metric",
    "decision": "Deciding", "files kept": "Keeping",
}  # fmt: skip


def write(folder: Path, rows: int, roster: Path | None, files: Iterable[str] = FILES) -> int:
    """Files of an export with that many activities; how many schools it has."""
    folder.mkdir(exist_ok=True)
    schools = max(45, min(rows // 10_000, STATE * max(1, rows // STATE_ROWS)))
    names = NAMED.format(roster) if roster and roster.exists() else UNNAMED
    given = {"rows": rows, "schools": schools, "officers": schools * 14 // 45, "roster": names, "happened": HAPPENED}
    with duckdb.connect() as connection:
        connection.execute(DAYS)
        for name in files:
            connection.execute(f"COPY ({FILES[name].format(**given)}) TO '{folder / name}.csv' (HEADER)")
    return schools


def settings_in(home: Path) -> Settings:
    return read_settings(PROJECT / "program.toml", Folders(data=home))


def read(folder: Path, home: Path) -> float:
    home.mkdir(parents=True)
    return seconds(lambda: bare(folder, home))


def loaded(folder: Path, home: Path) -> dict[str, float]:
    """Seconds of a load, in all and by part."""
    took, part, began = dict.fromkeys(PARTS, 0.0), "reading and checking", time.perf_counter()
    started = began

    def tell(what: str, done: int, total: int) -> None:
        nonlocal part, began
        now = time.perf_counter()
        took[part] += now - began
        part, began = next((name for name, opens in PARTS.items() if what.startswith(opens)), part), now

    report = vintages.load(folder, settings_in(home), progress=tell)
    assert report.is_good, report.lines()
    tell("", 1, 1)
    return {**took, "load": time.perf_counter() - started}


def shown(home: Path) -> dict[str, dict[str, float]]:
    """Screen → milliseconds of all that a server does for it, of a vintage that nobody asked before."""
    os.environ["SRO_DATA"] = str(home)
    from benchmarks import change
    from sro import ask as door

    answer, ended = door._answer, set()

    def answered(question: Any, asker: Any) -> Any:
        try:
            return answer(question, asker)
        except TooMuch:  # a person is told so; here it is counted
            ended.add(question)
            raise

    def anew(screen: str) -> float:
        change.forget()
        return seconds(lambda: change.shown(screen, PATIENCE)) * 1000

    change.shown("definitions", PATIENCE)  # what a process imports
    found: dict[str, dict[str, float]] = {}
    with patch.object(door, "_answer", answered):
        for screen in ADDRESSES:
            ended.clear()
            times = spread([anew(screen) for _ in range(FEW)])
            found[screen] = {"too much": len(ended), **times}
    return found


@contextmanager
def state(given: Path | None) -> Iterator[Path]:
    """The folder that was given, or a new one that serves a state until the block ends."""
    if given:
        yield given
        return
    with TemporaryDirectory() as place:
        write(Path(place) / "export", STATE_ROWS, ROSTER)
        alone(loaded, Path(place) / "export", Path(place) / "home")
        yield Path(place) / "home"


def alone(run: Callable[..., Any], *given: Any) -> Any:
    """What a function gives in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(run, *given).result()


def grown(rows: int, place: Path, roster: Path | None) -> dict[str, Any]:
    """Everything at so many rows; a small export is read and loaded several times."""
    export = place / "export"
    schools = write(export, rows, roster, [name for name in FILES if name not in LATER])
    reads, loads = [], []
    for _ in range(3 if rows <= 1_000_000 else 1):
        for name in ("bare", "home"):
            shutil.rmtree(place / name, ignore_errors=True)
        reads.append(alone(read, export, place / "bare"))
        shutil.rmtree(place / "bare")
        loads.append(alone(loaded, export, place / "home"))
    found = {
        "rows": rows,
        "schools": schools,
        "megabytes": (export / "activities.csv").stat().st_size / 1e6,
        "read_csv": min(reads),
        **min(loads, key=lambda one: one["load"]),
        "busy": os.getloadavg()[0],
        "screens": {},
    }
    if rows <= STATE_ROWS:
        write(export, rows, roster, LATER)
        found[WHOLE] = alone(loaded, export, place / "home")["load"]
        found["screens"] = alone(shown, place / "home")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--roster", type=Path, default=ROSTER)
    options = parser.parse_args()
    found = {one["rows"]: one for one in measured().get("growth", {}).get("found", ())}
    for rows in options.rows:
        with TemporaryDirectory() as place:
            one = found[rows] = grown(rows, Path(place), options.roster)
        parts = ", ".join(f"{part} {one[part]:.2f}" for part in PARTS)
        screens = ", ".join(f"{screen} {took['median']:.0f} ms" for screen, took in one["screens"].items())
        print(f"{rows:>12,} rows, {one['schools']:,} schools")
        print(f"    read_csv {one['read_csv']:.2f} s; load {one['load']:.2f} s: {parts}")
        print(f"    screens {screens}", flush=True)
        keep("growth", [found[size] for size in sorted(found)])


if __name__ == "__main__":
    main()
