"""Vintages on disk: published by replacing a pointer, opened read-only, pruned; never half there.

A vintage is one DuckDB file, named by the digest of what it was made from; beside it lie the files themselves, in a zip
(sources.py). `current` names the one that is served.
Whatever a crash leaves behind has a name beginning with `.building-` and is removed by the next load.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import duckdb
import pandas as pd

from sro.findings import RuleCount
from sro.locks import Busy, only_one
from sro.people import LOAD
from sro.question import QuestionError
from sro.settings import Settings

LOCK = ".lock"
WAIT_SECONDS = 600.0
POINTER = "current"
ASIDE = ".building-"
PREPARED = "prepared"
DATABASE, SOURCES = ".duckdb", ".zip"
ROLLUPS = ("metric_month", "metric_day", "metric_member", "metric_run", "program_month", "program_day")
LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "2GB",
    "threads": min(4, os.cpu_count() or 1),
    "lock_configuration": "true",
}
LONGEST_SECONDS = 30.0  # for which one query may run
WATCH_SECONDS = 0.1


class VintageError(Exception):
    """There is no vintage to serve, or none can be built; the message says why and what to do."""


class TooMuch(QuestionError):
    """A question that takes more time or memory than one may have."""


class Watch:
    """One thread that ends what runs too long; a thread for each query would cost more than most queries do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._running: dict[int, tuple[float, duckdb.DuckDBPyConnection]] = {}
        self._number = 0
        self._thread: threading.Thread | None = None

    def begin(self, cursor: duckdb.DuckDBPyConnection) -> int:
        """End what the cursor does from now on in LONGEST_SECONDS, unless `end` is told this number before."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():  # a forked process has none
                self._thread = threading.Thread(target=self._look, name="query-watch", daemon=True)
                self._thread.start()
            self._number += 1
            self._running[self._number] = (time.monotonic() + LONGEST_SECONDS, cursor)
            self._some.set()
            return self._number

    def end(self, number: int) -> None:
        with self._lock:
            self._running.pop(number, None)

    def _look(self) -> None:
        while True:
            self._some.wait()
            time.sleep(WATCH_SECONDS)
            with self._lock:
                now = time.monotonic()
                for ends, cursor in self._running.values():
                    if ends <= now:
                        cursor.interrupt()
                if not self._running:
                    self._some.clear()


_WATCH = Watch()


class Timed:
    """A cursor whose queries, and the fetching of their rows, end after LONGEST_SECONDS; else as any other."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._cursor, name)
        if not callable(found):
            return found

        def run(*given: Any, **named: Any) -> Any:
            ending = _WATCH.begin(self._cursor)
            try:
                made = found(*given, **named)
            except duckdb.InterruptException:
                raise TooMuch(
                    f"This took longer than {LONGEST_SECONDS:g} seconds and was ended. Ask for a shorter period or "
                    "fewer schools."
                ) from None
            except duckdb.OutOfMemoryException:
                raise TooMuch("This needs more memory than one question may have. Ask for a shorter period.") from None
            finally:
                _WATCH.end(ending)
            return self if made is self._cursor else made

        return run


@dataclass(frozen=True)
class Vintage:
    """An open vintage. Any thread may ask for cursors."""

    id: str
    path: Path
    connection: duckdb.DuckDBPyConnection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one thread.

        Its queries raise TooMuch where they take too long or too much memory.
        """
        return cast(duckdb.DuckDBPyConnection, Timed(self.connection.cursor()))


@dataclass(frozen=True)
class Stored:
    """A vintage on disk."""

    id: str
    megabytes: float
    built: datetime
    is_current: bool


@dataclass(frozen=True)
class Status:
    """What is served, what it was made from, and what else is kept."""

    current: str | None
    facts: Mapping[str, str]
    sources: tuple[tuple[str, str, int], ...]
    tables: Mapping[str, int]
    warnings: tuple[RuleCount, ...]
    stored: tuple[Stored, ...]


# Publishing ----------------------------------------------------------------------------------------------------------


def publish(database: Path, home: Path, name: str) -> None:
    """Give a finished file and its sources their names, then let the pointer name it.

    Each step is on disk before the next begins, and no vintage is ever there without its sources. Times of files say
    which vintage is newer, so one that is published while the clock is wrong is no older than those before it.
    """
    latest = max((path.stat().st_mtime_ns for path in home.glob(f"*{DATABASE}")), default=0)
    if database.stat().st_mtime_ns <= latest:
        os.utime(database, ns=(latest + 1_000_000_000, latest + 1_000_000_000))
    for made in (database.with_suffix(SOURCES), database):
        _sync(made)
        os.replace(made, home / f"{name}{made.suffix}")
    _sync(home)
    point_to(home, name)


def keep_prepared(database: Path, home: Path, name: str) -> None:
    """Keep a finished file where nobody is served from it, in the place of the one that was prepared before."""
    shutil.rmtree(home / PREPARED, ignore_errors=True)
    (home / PREPARED).mkdir()
    for made in (database.with_suffix(SOURCES), database):
        os.replace(made, home / PREPARED / f"{name}{made.suffix}")


@contextlib.contextmanager
def prepared(settings: Settings, name: str) -> Iterator[Vintage]:
    """A vintage that is prepared or stored, open for as long as it is looked at.

    Raises VintageError when there is no such vintage.
    """
    home = settings.folders.vintages
    waiting = home / PREPARED / f"{name}.duckdb"
    with opened(waiting if waiting.is_file() else home / f"{name}.duckdb") as vintage:
        yield vintage


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Vintage]:
    """A vintage file, for as long as it is looked at.

    Raises VintageError when it is missing or damaged.
    """
    with contextlib.closing(connect(path)) as connection:
        yield Vintage(path.stem, path, connection)


@contextlib.contextmanager
def workplace(
    home: Path, wait_seconds: float = WAIT_SECONDS, waits: Callable[[], None] = lambda: None
) -> Iterator[Path]:
    """A folder beside the vintages, for the one process at a time that may change which are there or served.

    Raises Busy when another still works there after so many seconds; `waits` is called when one does.
    """
    with only_one(home / LOCK, wait_seconds, waits):
        remove_leftovers(home)
        aside = home / f"{ASIDE}{os.getpid()}"
        aside.mkdir()
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def serve(settings: Settings, name: str, wait_seconds: float = WAIT_SECONDS, instead_of: str | None = None) -> None:
    """Publish a prepared vintage, or return to a stored one.

    With `instead_of`, only in the place of the vintage that it was compared with ("" for none).
    Raises VintageError when another is served by now, when it is gone or cannot be opened, and while a load is running,
    and NotAllowed for a role that does not load.
    """
    settings.reach.must(LOAD)
    home = settings.folders.vintages
    try:
        with workplace(home, wait_seconds):
            if instead_of is not None and (served_id(settings) or "") != instead_of:
                raise VintageError("Another load was published meanwhile. Check the files again, then load them.")
            waiting = home / PREPARED / f"{name}.duckdb"
            connect(waiting if waiting.is_file() else home / f"{name}.duckdb").close()
            if waiting.is_file():
                publish(waiting, home, name)
            else:
                point_to(home, name)
    except Busy:
        raise VintageError("A load is running. Try again when it has ended.") from None


def point_to(home: Path, name: str) -> None:
    if _pointed(home) == name:
        return
    aside = home / f"{ASIDE}{os.getpid()}" / POINTER
    aside.write_text(f"{name}\n", encoding="ascii")
    _sync(aside)
    _replace_patiently(aside, home / POINTER)
    _sync(home)


def _replace_patiently(source: Path, target: Path) -> None:
    """Windows refuses to replace a file in the moment in which somebody reads it."""
    for wait in (0.01, 0.05, 0.2, 1.0):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            time.sleep(wait)
    os.replace(source, target)


def _sync(path: Path) -> None:
    """Bring a file or folder to the disk; Windows has no such thing for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_leftovers(home: Path) -> None:
    """What dead loads left; called only by the one process that holds the lock."""
    for path in home.glob(f"{ASIDE}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


# Opening -------------------------------------------------------------------------------------------------------------

_opening = threading.Lock()


def current(settings: Settings) -> Vintage:
    """The vintage that is served now; cheap enough for every interaction.

    Raises VintageError when nothing was loaded yet or the file cannot be opened.
    """
    home = settings.folders.vintages
    name = _pointed(home)
    if name is None:
        raise VintageError(
            "No data has been loaded yet. Run `python -m sro load PATH` with the folder of exports, "
            "or `python -m sro demo` for a fictional county."
        )
    return open_vintage(settings, name)


def open_vintage(settings: Settings, name: str) -> Vintage:
    """One vintage, read-only and locked down; opened once and shared by all threads.

    Raises VintageError when the file is missing, damaged, or lacks rollups that are asked for today.
    """
    with _opening:
        return _open(settings.folders.vintages / f"{name}.duckdb")


@lru_cache(maxsize=4)
def _open(path: Path) -> Vintage:
    connection = connect(path)
    there = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not there.issuperset(ROLLUPS):
        connection.close()
        raise VintageError(
            f"The vintage {path.stem} was built by an earlier version of this program. Build it again from its kept "
            f"files: `python -m sro rebuild {path.stem}`."
        )
    return Vintage(path.stem, path, connection)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise VintageError(f"The vintage {path.stem} is missing. Load the exports again: `python -m sro load PATH`.")
    try:
        connection = duckdb.connect(str(path), read_only=True, config=LOCKED_DOWN)
        connection.execute("SELECT count(*) FROM meta.fact").fetchone()
        return connection
    except (duckdb.Error, OSError, UnicodeDecodeError) as error:
        raise VintageError(
            f"The vintage {path.stem} is damaged. Load the exports again: `python -m sro load PATH`."
        ) from error


def served_id(settings: Settings) -> str | None:
    """The id of the vintage that is served; None where nothing was loaded yet."""
    return _pointed(settings.folders.vintages)


def _pointed(home: Path) -> str | None:
    """The id that the pointer names, or None."""
    try:
        name = (home / POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if name.isalnum() else None


# Keeping house -------------------------------------------------------------------------------------------------------


def stored(settings: Settings) -> tuple[Stored, ...]:
    """Every vintage on disk, the newest first."""
    home = settings.folders.vintages
    pointed = _pointed(home)
    found = [(path, path.stat()) for path in home.glob("*.duckdb") if not path.name.startswith(".")]
    return tuple(
        Stored(path.stem, stat.st_size / 1e6, datetime.fromtimestamp(stat.st_mtime), path.stem == pointed)
        for path, stat in sorted(found, key=lambda item: (-item[1].st_mtime, item[0].name))
    )


def before(name: str, settings: Settings) -> Vintage | None:
    """The newest older vintage that differs from this one in its data alone; None where there is none.

    One that was built by other definitions, or is fictional where this one is not, is no earlier state of it.
    """
    home = settings.folders.vintages
    names = [one.id for one in stored(settings)]
    older = names[names.index(name) + 1 :] if name in names else []
    made = _made_by(home / f"{name}.duckdb")
    same = next((other for other in older if _made_by(home / f"{other}.duckdb") == made), None)
    return open_vintage(settings, same) if same else None


@lru_cache(maxsize=64)
def _made_by(path: Path) -> tuple[str, ...]:
    """What two states of the same data share; nothing for a vintage that cannot be opened."""
    facts = "SELECT value FROM meta.fact WHERE name IN ('recipe_digest', 'synthetic') ORDER BY name"
    try:
        with contextlib.closing(connect(path)) as connection:
            return tuple(value for (value,) in connection.execute(facts).fetchall())
    except VintageError:
        return ()


def status(settings: Settings) -> Status:
    """What is served and kept.

    Raises VintageError when the pointer names a vintage that cannot be opened.
    """
    kept = stored(settings)
    if _pointed(settings.folders.vintages) is None:
        return Status(None, {}, (), {}, (), kept)
    vintage = current(settings)
    cursor = vintage.cursor()
    facts = dict(cursor.execute("SELECT name, value FROM meta.fact ORDER BY name").fetchall())
    sources = cursor.execute("SELECT file, table_name, row_count FROM meta.source ORDER BY ALL").fetchall()
    tables = cursor.execute("SELECT table_name, row_count FROM meta.table_presence WHERE present ORDER BY 1").fetchall()
    return Status(vintage.id, facts, tuple(sources), dict(tables), warning_counts(cursor), kept)


def warning_counts(connection: duckdb.DuckDBPyConnection) -> tuple[RuleCount, ...]:
    counted = connection.execute(
        "SELECT 'warning', rule, table_name, column_name, count(*) FROM meta.warning GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return tuple(RuleCount(*row) for row in counted)


def warnings(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every row that a check warned of, with file, row, column, value and what to do."""
    return connection.execute(
        "SELECT file, row_number AS row, column_name AS column, value, message, remedy FROM meta.warning ORDER BY ALL"
    ).df()


def content_digests(path: Path) -> dict[str, tuple]:
    """What stands in every table of a vintage, whatever the order of its rows: how many, and sums of their MD5.

    Raises VintageError when it cannot be opened.
    """
    with contextlib.closing(connect(path)) as connection:
        tables = connection.execute(
            "SELECT table_schema || '.' || table_name, format('\"{}\".\"{}\"', table_schema, table_name) "
            "FROM information_schema.tables WHERE table_type = 'BASE TABLE' ORDER BY ALL"
        ).fetchall()
        sums = ", ".join(f"sum(md5_number_{half}(said::VARCHAR)::HUGEINT)" for half in ("lower", "upper"))
        return {
            name: connection.execute(f"SELECT count(*), {sums} FROM {relation} AS said").fetchone() or ()
            for name, relation in tables
        }


def prune(settings: Settings, keep: int | None = None) -> tuple[str, ...]:
    """Remove all but the newest vintages, and sources without a vintage; the one that is served always stays.

    Gives the ids of the vintages that were removed.
    """
    home = settings.folders.vintages
    if not home.is_dir():
        return ()
    most = max(1, settings.keep_vintages if keep is None else keep)
    try:
        with only_one(home / LOCK, WAIT_SECONDS, lambda: None):
            remove_leftovers(home)
            ranked = sorted(stored(settings), key=lambda vintage: not vintage.is_current)
            removed = []
            for vintage in ranked[most:]:
                if vintage.is_current:
                    continue
                with contextlib.suppress(PermissionError):  # Windows keeps a file that somebody has open
                    (home / f"{vintage.id}.duckdb").unlink()
                    removed.append(vintage.id)
            for sources in home.glob(f"*{SOURCES}"):
                if not sources.with_suffix(DATABASE).is_file():
                    sources.unlink()
            return tuple(removed)
    except Busy:
        raise VintageError("A load is running. Prune again when it has ended.") from None
