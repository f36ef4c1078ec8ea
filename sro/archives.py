"""Unpacking what somebody sent, without trusting it: size, ratio, names and nesting are looked at before and while."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from sro.problems import ERROR, Problem

NESTED = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst")
SMALL = 10 << 20
CHUNK = 1 << 20
ENCRYPTED = 0x1
# What the zip reader raises on a damaged or unusual archive; encrypted members raise RuntimeError.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def unpack(archive: Path, target: Path, limits: Mapping[str, int]) -> tuple[list[tuple[str, Path]], list[Problem]]:
    """(name inside the archive, unpacked file) of every member, or the problem for which nothing is used.

    Files get numbers for names, so that no name inside the archive ever reaches the disk.
    """
    files: list[tuple[str, Path]] = []
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.filename.endswith("/")]
            if problem := inspect(archive.name, members, limits):
                return [], [problem]
            target.mkdir(parents=True, exist_ok=True)
            room = limits["archive_megabytes"] << 20
            for number, member in enumerate(members):
                path = target / f"{number:04d}{PurePosixPath(member.filename).suffix.lower()}"
                with opened.open(member) as packed, path.open("wb") as unpacked:
                    for chunk in _chunks(packed):
                        room -= len(chunk)
                        if room < 0:
                            return [], [_too_large(archive.name, limits)]
                        unpacked.write(chunk)
                files.append((member.filename, path))
    except DAMAGED as error:
        return [], [_damaged(archive.name, error)]
    return files, []


def verify(archive: Path, name: str, limits: Mapping[str, int]) -> Problem | None:
    """What speaks against handing an archive on, such as a workbook to its reader: it is unpacked once into nothing."""
    try:
        with zipfile.ZipFile(archive) as opened:
            members = opened.infolist()
            if problem := inspect(name, members, limits):
                return problem
            room = limits["archive_megabytes"] << 20
            for member in members:
                with opened.open(member) as packed:
                    room -= sum(map(len, _chunks(packed)))
                if room < 0:
                    return _too_large(name, limits)
    except DAMAGED as error:
        return _damaged(name, error)
    return None


def inspect(name: str, members: list[zipfile.ZipInfo], limits: Mapping[str, int]) -> Problem | None:
    """What speaks against unpacking, from the directory of the archive alone."""
    if len(members) > limits["archive_files"]:
        return _refused(name, f"holds {len(members):,} files", f"Send at most {limits['archive_files']:,} at once.")
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if size > limits["archive_megabytes"] << 20 or (size > SMALL and size > packed * limits["archive_ratio"]):
        return _too_large(name, limits)
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if not path.parts:
            return _refused(name, "holds a file without a name", "Make the zip again from one folder.")
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            return _refused(name, f"holds an unsafe name ({path.name[:60]!r})", "Make the zip again from one folder.")
        if member.flag_bits & ENCRYPTED:
            return _refused(name, "is locked with a password", "Send it without one, over a safe way.")
        if path.suffix.lower() in NESTED:
            return _refused(name, f"holds another archive ({path.name[:60]!r})", "Put the files themselves into it.")
    return None


def _chunks(packed: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: packed.read(CHUNK), b"")


def _too_large(name: str, limits: Mapping[str, int]) -> Problem:
    return _refused(
        name,
        f"would unpack to more than {limits['archive_megabytes']:,} MB or {limits['archive_ratio']:,} times its size",
        "Send the files themselves, or raise [limits] in program.toml if you trust the sender.",
    )


def _damaged(name: str, error: Exception) -> Problem:
    return _refused(name, f"is damaged ({str(error)[:100]})", "Make it again, or send the files themselves.")


def _refused(name: str, says: str, remedy: str) -> Problem:
    return Problem(ERROR, "archive", f"The archive {says}. Nothing of it was used.", remedy, file=name)
