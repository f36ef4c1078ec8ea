"""What a vintage was made from, kept beside it in a zip: the files themselves, who brought them and when."""

from __future__ import annotations

import getpass
import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sro.archives import DAMAGED
from sro.raw import Source
from sro.store import VintageError

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Load:
    """Files that came at once; `came_as` is the name of the file, folder or zip.

    `removes` says that earlier rows go which lie in the school-months that these files cover and are not among them.
    """

    files: tuple[Source, ...]
    came_as: str
    by: str
    at: str
    removes: bool = False


@dataclass(frozen=True)
class Kept:
    """All that a vintage was made from: its loads, the earliest first, the office's own mappings, and the day."""

    loads: tuple[Load, ...]
    mappings: tuple[Source, ...]
    day: date


def brought(files: Iterable[Source], path: Path, removes: bool = False) -> Load:
    """What came now, brought by whom the operating system knows."""
    try:
        by = getpass.getuser()
    except (KeyError, OSError, ImportError):  # nobody that the system has a name for
        by = "unknown"
    return Load(tuple(files), path.name, by, datetime.now().isoformat(timespec="seconds"), removes)


def mappings_in(folder: Path) -> tuple[Source, ...]:
    """The office's own mappings as files to keep."""
    files = sorted(folder.glob("*.toml"))
    return tuple(Source(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files)


def laid_over(earlier: Sequence[Load], new: Load) -> Sequence[Load]:
    """The loads with a new one; without it where the last one held all of its files already."""
    if earlier and _said(new) <= _said(earlier[-1]) and new.removes <= earlier[-1].removes:
        return earlier
    return [*earlier, new]


def _said(load: Load) -> set[tuple[str, str]]:
    return {(file.name.rsplit("/", 1)[-1], file.sha256) for file in load.files}


def in_order(loads: Sequence[Load]) -> list[Source]:
    """The files of all loads, each knowing its load; a name of an earlier load says of which."""
    last = len(loads) - 1
    return [
        replace(file, load=place, name=file.name if place == last else f"load {place + 1}/{file.name}")
        for place, load in enumerate(loads)
        for file in load.files
    ]


def keep(kept: Kept, archive: Path) -> None:
    """Write the zip: every file once, named by its digest, and `manifest.json`, which says what each of them is."""
    files = {_member(file): file.path for load in kept.loads for file in load.files}
    files |= {_member(file): file.path for file in kept.mappings}
    told = {
        "day": str(kept.day),
        "loads": [
            {
                "came_as": load.came_as,
                "by": load.by,
                "at": load.at,
                "removes": load.removes,
                "files": _named(load.files),
            }
            for load in kept.loads
        ],
        "mappings": _named(kept.mappings),
    }
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as packed:
        packed.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        for member, path in sorted(files.items()):
            packed.write(path, member)


def _member(file: Source) -> str:
    return f"{file.sha256}{file.suffix}"


def _named(files: Iterable[Source]) -> list[dict[str, str]]:
    return [{"name": file.name, "sha256": file.sha256} for file in files]


def unpack(archive: Path, scratch: Path) -> Kept:
    """What `keep` wrote, unpacked into `scratch`.

    Raises VintageError when it is not there, damaged, or a file is another than the one that came.
    """
    name = archive.stem
    if not archive.is_file():
        raise VintageError(
            f"There is no vintage {name} with its files kept. `python -m sro status` lists what there is."
        )
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(archive) as packed:
            told = json.loads(packed.read(MANIFEST))
            loads = tuple(
                Load(
                    _files(packed, load["files"], scratch, name),
                    load["came_as"], load["by"], load["at"], load["removes"],
                )
                for load in told["loads"]
            )  # fmt: skip
            return Kept(loads, _files(packed, told["mappings"], scratch, name), date.fromisoformat(told["day"]))
    except (*DAMAGED, KeyError, TypeError) as error:
        raise VintageError(
            f"The files kept for vintage {name} are damaged ({str(error)[:100]}). Take {archive.name} from a backup."
        ) from error


def _files(packed: zipfile.ZipFile, named: Iterable[dict[str, str]], scratch: Path, vintage: str) -> tuple[Source, ...]:
    return tuple(_file(packed, Source(scratch, one["name"], one["sha256"]), scratch, vintage) for one in named)


def _file(packed: zipfile.ZipFile, told: Source, scratch: Path, vintage: str) -> Source:
    """A kept file on disk, under a name that comes from its content and from no archive."""
    with packed.open(_member(told)) as member:
        digest = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
    if digest != told.sha256:
        raise VintageError(
            f"{told.name}, kept for vintage {vintage}, was changed: it is not the file that came. "
            f"Take {vintage}.zip from a backup."
        )
    path = scratch / f"{digest}{told.suffix}"
    with packed.open(_member(told)) as member, path.open("wb") as out:
        while chunk := member.read(1 << 20):
            out.write(chunk)
    return replace(told, path=path)
