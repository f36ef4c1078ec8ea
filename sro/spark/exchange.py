"""The folder or object store through which DuckDB and Spark hand each other tables, as Parquet; and files from one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pyarrow import fs

from sro.engine import EngineError
from sro.places import bring, file_system, is_address, reached, send

# pyarrow and Spark call the same store by different names.
SPARK_SCHEMES = {"s3://": "s3a://", "gcs://": "gs://"}


@contextmanager
def fetched(place: str) -> Iterator[Path]:
    """The files of a folder or object store, here: brought for as long as they are needed, if they are elsewhere.

    Raises EngineError where nothing can be read.
    """
    if not is_address(place):
        yield Path(place)
        return
    with tempfile.TemporaryDirectory(prefix="sro-fetched-", ignore_cleanup_errors=True) as scratch:
        here = Path(scratch) / (place.rstrip("/").rsplit("/", 1)[-1] or "export")
        with reached(place, EngineError, "read") as (store, path):
            found = store.get_file_info(path).type
            if found == fs.FileType.NotFound:
                raise EngineError(f"{place}: there is nothing here. Check the address.")
            if found != fs.FileType.File:
                here.mkdir()
            bring(store, path, here)
        yield here


@dataclass(frozen=True)
class Exchange:
    """A place that this machine and all of Spark's reach; `here` is where this machine works on its files.

    Both are the same folder, unless the place is an object store.
    """

    place: str
    here: Path

    def give(self, connection: duckdb.DuckDBPyConnection, query: str, name: str) -> str:
        """Write what a query answers, and tell Spark's address of it. Raises EngineError where it cannot be written."""
        folder = self.here / name
        folder.mkdir(parents=True)
        file = str(folder / "rows.parquet").replace("'", "''")
        connection.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
        if is_address(self.place):
            with self._there(name) as (store, path):
                store.create_dir(path)
                send(folder, store, path)
        return self.address(name)

    def address(self, name: str) -> str:
        """Where Spark finds, or puts, a table."""
        whole = f"{self.place.rstrip('/')}/{name}"
        for ours, theirs in SPARK_SCHEMES.items():
            if whole.startswith(ours):
                return theirs + whole.removeprefix(ours)
        return whole if is_address(whole) else Path(whole).resolve().as_uri()

    def take(self, connection: duckdb.DuckDBPyConnection, name: str, into: str) -> None:
        """Add the rows that Spark put there to a table of DuckDB, column by column, as that table's types.

        Raises EngineError where they cannot be read.
        """
        if is_address(self.place):
            with self._there(name) as (store, path):
                (self.here / name).mkdir(parents=True, exist_ok=True)
                bring(store, path, self.here / name)
        files = sorted(str(file) for file in (self.here / name).glob("*.parquet"))
        if files:
            # Some of them may hold whole numbers only: all say together what the columns are.
            rows = "SELECT * FROM read_parquet($files, union_by_name = true) ORDER BY ALL"
            connection.execute(f"INSERT INTO {into} {rows}", {"files": files})

    @contextmanager
    def _there(self, name: str) -> Iterator[tuple[fs.FileSystem, str]]:
        with reached(self.place, EngineError) as (store, path):
            yield store, f"{path}/{name}"


@contextmanager
def exchange_at(place: str) -> Iterator[Exchange]:
    """A folder of its own below `place`, which goes when the work is done; a scratch folder here without one."""
    with tempfile.TemporaryDirectory(prefix="sro-exchange-", ignore_cleanup_errors=True) as scratch:
        if not place:
            yield Exchange(scratch, Path(scratch))
            return
        own = f"{place.rstrip('/')}/{Path(scratch).name}"
        here = Path(scratch) if is_address(place) else Path(own)
        try:
            yield Exchange(own, here)
        finally:
            _remove(own)


def _remove(place: str) -> None:
    store, path = file_system(place)
    if store.get_file_info(path).type == fs.FileType.Directory:
        store.delete_dir(path)
