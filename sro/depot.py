"""A folder or object store through which the vintage that one machine serves reaches others, each file with its digest.

`served.sha256` names both files of the vintage and comes last, so what it names is there; `sha256sum -c` reads it too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyarrow import fs

from sro.digests import sha256_of
from sro.locks import Busy
from sro.people import LOAD
from sro.places import bring, reached, send
from sro.settings import Settings
from sro.store import DATABASE, SOURCES, connect, point_to, publish, served_id, workplace

LISTING = "served.sha256"
LINE = re.compile(r"([0-9a-f]{64})  ([0-9A-Za-z]+)(\.duckdb|\.zip)")


class DepotError(Exception):
    """A depot cannot be read or written, or is not whole; the message says why and what to do."""


@dataclass(frozen=True)
class Listing:
    """What a depot serves: the vintage, and the digest of each of its files by its suffix."""

    vintage: str
    digests: Mapping[str, str]

    def __str__(self) -> str:
        return "".join(f"{digest}  {self.vintage}{suffix}\n" for suffix, digest in self.digests.items())


def push(place: str, settings: Settings) -> Listing:
    """Put the vintage that is served into a depot, and name it there. Vintages that are there already stay.

    Raises DepotError when nothing is served, or the depot cannot be written.
    """
    name = served_id(settings)
    if name is None:
        raise DepotError("Nothing is served yet, so there is nothing to push. Run `python -m sro load PATH`.")
    files = {suffix: settings.folders.vintages / f"{name}{suffix}" for suffix in (SOURCES, DATABASE)}
    listing = Listing(name, {suffix: sha256_of(path) for suffix, path in files.items()})
    with reached(place, DepotError) as (store, folder):
        store.create_dir(folder)
        for path in files.values():
            send(path, store, f"{folder}/{path.name}")
        with store.open_output_stream(f"{folder}/{LISTING}") as out:
            out.write(str(listing).encode("ascii"))
    return listing


def listed(place: str) -> Listing:
    """What a depot serves.

    Raises DepotError when it serves nothing, or its listing is no listing.
    """
    with reached(place, DepotError) as (store, folder):
        if store.get_file_info(f"{folder}/{LISTING}").type == fs.FileType.NotFound:
            raise DepotError(f"{place}: no vintage was pushed here. Check the address.")
        with store.open_input_stream(f"{folder}/{LISTING}") as file:
            lines = file.read().decode("ascii", "replace").splitlines()
    found = [match.groups() for line in lines if (match := LINE.fullmatch(line))]
    names = {name for _, name, _ in found}
    digests = {suffix: digest for digest, _, suffix in found}
    if len(names) != 1 or len(lines) != len(found) or digests.keys() != {SOURCES, DATABASE}:
        raise DepotError(f"{place}: {LISTING} is not whole. Push again.")
    return Listing(names.pop(), digests)


def fetch(place: str, listing: Listing, settings: Settings) -> None:
    """Serve here what a depot serves. Files come aside first and are held against their digests; the pointer is last.

    A vintage that is here already is only pointed to. Raises DepotError when the files are not those of the listing,
    VintageError when the vintage cannot be opened, and NotAllowed for a role that does not load.
    """
    settings.reach.must(LOAD)
    home = settings.folders.vintages
    home.mkdir(parents=True, exist_ok=True)
    try:
        with workplace(home) as aside:
            there = home / f"{listing.vintage}{DATABASE}"
            if there.is_file():
                connect(there).close()
                point_to(home, listing.vintage)
            else:
                publish(_brought(place, listing, aside), home, listing.vintage)
    except Busy:
        raise DepotError("A load is running. Fetch when it has ended.") from None


def _brought(place: str, listing: Listing, aside: Path) -> Path:
    for suffix, digest in listing.digests.items():
        here = aside / f"{listing.vintage}{suffix}"
        with reached(place, DepotError) as (store, folder):
            bring(store, f"{folder}/{here.name}", here)
        if sha256_of(here) != digest:
            raise DepotError(f"{place}: {here.name} is not as it was pushed. Push it again.")
    database = aside / f"{listing.vintage}{DATABASE}"
    connect(database).close()
    return database
