"""Backup and restore: everything that an office cannot make again, in one file that proves itself whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from sro import trail
from sro.locks import Busy, only_one
from sro.settings import Settings, program_file
from sro.store import ASIDE, LOCK, POINTER, WAIT_SECONDS

MANIFEST, PROGRAM = "backup.json", "program.toml"
KEPT = ("vintages", "releases", "log", "mappings/own", "passport.key")
SECRET = ("passport.key", "log/key")
CHUNK = 1 << 20
INBOX = "inbox"


class BackupError(Exception):
    """A backup cannot be made or used; the message says why and what to do."""


@dataclass(frozen=True)
class Backup:
    """What stands in a backup: files, bytes, when it was made, and which vintage it serves."""

    files: int
    size: int
    made: str
    vintage: str


def back_up(settings: Settings, to: Path) -> Backup:
    """Write everything that is kept to the zip `to`; loads wait meanwhile, readers do not.

    It holds the keys of this installation, so only its owner may read it. Raises BackupError when a load is running.
    """
    data = settings.folders.data
    aside = to.with_name(f".{to.name}-{os.getpid()}")
    try:
        with ExitStack() as held:
            for lock in (data / "vintages" / LOCK, data / "log" / trail.LOCK):
                lock.parent.mkdir(parents=True, exist_ok=True)
                held.enter_context(only_one(lock, WAIT_SECONDS, lambda: None))
            held.callback(aside.unlink, missing_ok=True)
            digests: dict[str, str] = {}
            handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for path, name in _kept(data):
                    digests[name] = _store(archive, path, name)
                pointer = data / "vintages" / POINTER
                vintage = pointer.read_text(encoding="ascii").strip() if pointer.is_file() else ""
                made = datetime.now(UTC).isoformat(timespec="seconds")
                whole = {"made": made, "vintage": vintage, "files": digests}
                archive.writestr(MANIFEST, json.dumps(whole, indent=1))
            with aside.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(aside, to)
    except Busy:
        raise BackupError("A load is running. Make the backup when it has ended.") from None
    return Backup(len(digests), to.stat().st_size, made, vintage)


def check_backup(path: Path) -> Backup:
    """What a backup holds, after every file was held against its digest.

    Raises BackupError for a file that is no backup, or not whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            whole = _manifest(archive)
            for name, digest in whole["files"].items():
                with archive.open(name) as file:
                    if _digest(file) != digest:
                        raise BackupError(f"{path}: {name} is not as it was. Take an earlier backup.")
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise BackupError(f"{path} is no backup, or damaged ({error}). Take an earlier one.") from None
    return Backup(len(whole["files"]), path.stat().st_size, whole["made"], whole["vintage"])


def restore(path: Path, settings: Settings) -> Backup:
    """Bring a backup back into a data folder that holds no vintage yet; the pointer comes last.

    program.toml lies beside it as `program.toml.restored`, to be compared by hand. Raises BackupError for a backup that
    is not whole, and for a folder in which something is served: nothing is ever overwritten.
    """
    found = check_backup(path)
    data = settings.folders.data
    there = [name for name in KEPT if (data / name).is_file() or any(_visible(data / name))]
    if there:
        raise BackupError(
            f"{data} holds {', '.join(there)} already. Name an empty folder by SRO_DATA, and nothing is overwritten."
        )
    aside = data.with_name(f".{data.name}-restoring-{os.getpid()}")
    try:
        with zipfile.ZipFile(path) as archive:
            for name in _manifest(archive)["files"]:
                target = aside / (f"{PROGRAM}.restored" if name == PROGRAM else name)
                target.parent.mkdir(parents=True, exist_ok=True)
                flags = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if name in SECRET else 0o644)
                with archive.open(name) as packed, os.fdopen(flags, "wb") as file:
                    shutil.copyfileobj(packed, file, CHUNK)
                    file.flush()
                    os.fsync(file.fileno())
        data.mkdir(parents=True, exist_ok=True)
        for source in sorted(_files(aside), key=lambda one: one.name == POINTER):
            target = data / source.relative_to(aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return found


def prune_inbox(settings: Settings, days: int, now: float | None = None) -> int:
    """Remove what was dropped over `days` ago; gives how many files. What was loaded stays with its vintage."""
    oldest = (time.time() if now is None else now) - days * 86400
    gone = [path for path in _files(settings.folders.data / INBOX) if path.stat().st_mtime < oldest]
    for path in gone:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    return len(gone)


def _kept(data: Path) -> Iterator[tuple[Path, str]]:
    """(file, its name in the backup): all that is kept, without what a load or a lock left."""
    for name in KEPT:
        for path in [data / name] if (data / name).is_file() else sorted(_files(data / name)):
            inside = path.relative_to(data)
            if not any(part.startswith((".", ASIDE)) or part == "prepared" for part in inside.parts):
                yield path, inside.as_posix()
    if program_file().is_file():
        yield program_file(), PROGRAM


def _visible(folder: Path) -> list[Path]:
    return [path for path in _files(folder) if not path.name.startswith(".")]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _store(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as packed:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            packed.write(chunk)
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> dict:
    """The manifest, whose names are those that a backup writes: none leads out of the data folder."""
    whole = json.loads(archive.read(MANIFEST))
    for name in whole["files"]:
        parts = PurePosixPath(name).parts
        allowed = name == PROGRAM or any(name == kept or name.startswith(f"{kept}/") for kept in KEPT)
        if not allowed or ".." in parts or "\\" in name or "\x00" in name:
            raise ValueError(f"it names {name[:60]!r}")
    return whole


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
