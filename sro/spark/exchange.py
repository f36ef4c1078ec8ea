"""The folder or object store through which DuckDB and Spark hand each other tables, as Parquet; and files from one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import fs

from sro.engine import EngineError

# pyarrow and Spark call the same store by different names.
SPARK_SCHEMES = {"s3://": "s3a://", "gcs://": "gs://"}


def is_address(place: str) -> bool:
    """Whether it names an object store (`s3://…`, `gs://…`, `hdfs://…`) or another address, and no path here."""
    return "://" in place


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
        try:
            store, path = fs.FileSystem.from_uri(place)
            if store.get_file_info(path).type == fs.FileType.NotFound:
                raise EngineError(f"{place}: there is nothing here. Check the address.")
            if store.get_file_info(path).type == fs.FileType.File:
                fs.copy_files(path, str(here), source_filesystem=store, destination_filesystem=fs.LocalFileSystem())
            else:
                here.mkdir()
                fs.copy_files(path, str(here), source_filesystem=store, destination_filesystem=fs.LocalFileSystem())
        except (OSError, pa.ArrowException) as error:
            raise EngineError(f"{place} cannot be read ({_first_line(error)}). Check address and rights.") from error
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
            self._copy(folder, name, away=True)
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
            self._copy(self.here / name, name, away=False)
        files = sorted(str(file) for file in (self.here / name).glob("*.parquet"))
        if files:
            rows = "SELECT * FROM read_parquet($files) ORDER BY ALL"
            connection.execute(f"INSERT INTO {into} {rows}", {"files": files})

    def _copy(self, folder: Path, name: str, away: bool) -> None:
        try:
            store, path = fs.FileSystem.from_uri(f"{self.place.rstrip('/')}/{name}")
            here = fs.LocalFileSystem()
            if away:
                store.create_dir(path)
                fs.copy_files(str(folder), path, source_filesystem=here, destination_filesystem=store)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                fs.copy_files(path, str(folder), source_filesystem=store, destination_filesystem=here)
        except (OSError, pa.ArrowException) as error:
            raise EngineError(
                f"{self.place} cannot be used ({_first_line(error)}). Check address and rights."
            ) from error


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
    store, path = fs.FileSystem.from_uri(place if is_address(place) else Path(place).resolve().as_uri())
    if store.get_file_info(path).type == fs.FileType.Directory:
        store.delete_dir(path)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
