"""Folders and object stores by their address: `s3://…`, `gs://…`, `hdfs://…`, or a path here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from pyarrow import fs


def is_address(place: str) -> bool:
    """Whether it names an object store or another address, and no path here."""
    return "://" in place


def file_system(place: str) -> tuple[fs.FileSystem, str]:
    """The file system of an address or path, and the path in it."""
    return fs.FileSystem.from_uri(place if is_address(place) else Path(place).resolve().as_uri())


@contextmanager
def reached(place: str, refused: type[Exception], use: str = "used") -> Iterator[tuple[fs.FileSystem, str]]:
    """A `file_system` to work with, its path without a slash at the end.

    What goes wrong there is raised as `refused`, in a sentence that says the use.
    """
    try:
        store, path = file_system(place)
        yield store, path.rstrip("/")
    except (OSError, pa.ArrowException) as error:
        says = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise refused(f"{place} cannot be {use} ({says}). Check address and rights.") from error


def bring(store: fs.FileSystem, path: str, here: Path) -> None:
    """Copy a file or a folder's files to this machine."""
    fs.copy_files(path, str(here), source_filesystem=store, destination_filesystem=fs.LocalFileSystem())


def send(here: Path, store: fs.FileSystem, path: str) -> None:
    """Copy a file or a folder's files from this machine."""
    fs.copy_files(str(here), path, source_filesystem=fs.LocalFileSystem(), destination_filesystem=store)
