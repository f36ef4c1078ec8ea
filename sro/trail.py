"""The audit trail: who asked, saw, loaded, released and exported what, when, and for which audience.

One JSON object a line in data/log/trail.jsonl, only ever added to. Each line is sealed with a key that only this
installation has, over itself and the seal before it; `head` keeps how many there are and the last seal. So a line that
is changed, taken out, put elsewhere or cut off at the end is found. Who holds the key and both files can write another
history: `audit-log verify` prints the last seal, to be kept where they cannot reach.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import logging
import os
import secrets
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any, BinaryIO

from sro.locks import Busy, only_one
from sro.people import READ_LOG
from sro.settings import Settings

TRAIL, HEAD, KEY, LOCK = "trail.jsonl", "head", "key", ".lock"
log = logging.getLogger(__name__)
BEGINNING, BROKEN = "0" * 64, "f" * 64
WAIT_SECONDS, POLL_SECONDS = 10.0, 0.002
LONGEST = 2000  # characters of what may stand in one entry
DOES = ("signed_in", "saw", "asked", "exported", "released", "loaded", "served", "refused", "pruned")


class TrailError(Exception):
    """Something cannot be written to the audit trail, so it is not done; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did. `when` is UTC, `what` names it, `audience` is for whom it was."""

    number: int
    when: str
    who: str
    did: str
    what: str
    audience: str
    vintage: str


def note(
    settings: Settings,
    who: str,
    did: str,
    what: str,
    audience: str = "",
    vintage: str = "",
    now: datetime | None = None,
) -> None:
    """Add one entry; safe among threads and processes.

    Raises TrailError when it cannot be written: what cannot be noted must not be done.
    """
    if did not in DOES:
        raise ValueError(f"{did!r} is nothing that the trail knows.")
    when = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")
    entry = {"when": when, "who": who, "did": did, "what": what, "audience": audience, "vintage": vintage}
    cut = {name: text if len(text) <= LONGEST else f"{text[:LONGEST]}…" for name, text in entry.items()}
    home = _home(settings)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with only_one(home / LOCK, WAIT_SECONDS, lambda: None, POLL_SECONDS):
            _append(home, cut)
    except (OSError, Busy) as error:
        _failed.append(when)
        raise TrailError(
            f"The audit trail cannot be written ({home}: {error}). What cannot be noted is not done: free the disk, or "
            "let the dashboard write there."
        ) from None


_failed: deque[str] = deque(maxlen=1_000_000)


def failures() -> int:
    """How often this process could not write to the trail."""
    return len(_failed)


def try_note(settings: Settings, who: str, did: str, what: str, audience: str = "", vintage: str = "") -> None:
    """As `note`, for what is only looked at: where nothing can be written the server's log says so, and it is shown."""
    try:
        note(settings, who, did, what, audience, vintage)
    except TrailError as error:
        log.warning("Shown to %s, though it could not be noted: %s. %s", who, what, error)


def _append(home: Path, entry: Mapping[str, str]) -> None:
    """Called by the one who holds the lock."""
    key, head = _began(home)
    with (home / TRAIL).open("a+b") as file:
        head = _caught_up(file, head, key)
        line = {"number": head.count + 1, **entry}
        seal = _seal(line, head.seal, key)
        file.write(json.dumps({**line, "seal": seal}, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
        _keep(home / HEAD, replace(head, count=head.count + 1, seal=seal, size=file.tell()), key)


@dataclass(frozen=True)
class Head:
    """Where the trail ends: entries ever made, the last seal, bytes; and what the first that is kept follows on."""

    count: int = 0
    seal: str = BEGINNING
    size: int = 0
    first: int = 1
    before: str = BEGINNING


def _began(home: Path) -> tuple[bytes, Head]:
    """The key and the head. The head comes first when both are new, so that a head is never missing by accident."""
    if not (home / KEY).is_file():
        key = secrets.token_bytes(32)
        _keep(home / HEAD, Head(), key)
        aside = home / f"{KEY}.new"
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(key)
        os.replace(aside, home / KEY)
    key = (home / KEY).read_bytes()
    return key, _head(home, key) or Head(seal=BROKEN)


def _head(home: Path, key: bytes) -> Head | None:
    """None where it is missing, or somebody changed it."""
    try:
        whole = json.loads((home / HEAD).read_bytes())
        seal = whole.pop("sealed")
        return Head(**whole) if hmac.compare_digest(seal, _seal(whole, HEAD, key)) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _keep(path: Path, head: Head, key: bytes) -> None:
    whole = asdict(head)
    aside = path.with_name(f"{HEAD}.new")
    aside.write_text(json.dumps({**whole, "sealed": _seal(whole, HEAD, key)}), encoding="ascii")
    os.replace(aside, path)


def _caught_up(file: BinaryIO, head: Head, key: bytes) -> Head:
    """The head after lines that a crash left uncounted; half a line is cut off, for what it says was never done."""
    size = file.seek(0, os.SEEK_END)
    if size <= head.size:
        return head
    file.seek(head.size)
    for line in file.readlines():
        if not line.endswith(b"\n"):
            file.truncate(size - len(line))
            break
        whole = _sealed(line)
        if whole and whole[0].get("number") == head.count + 1 and whole[1] == _seal(whole[0], head.seal, key):
            head = replace(head, count=head.count + 1, seal=whole[1])
    return replace(head, size=file.seek(0, os.SEEK_END))


def _sealed(line: bytes) -> tuple[dict[str, Any], str] | None:
    """A line without its seal, and the seal; None where it is no line of a trail."""
    try:
        whole = json.loads(line)
        return whole, str(whole.pop("seal"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _seal(whole: Mapping[str, Any], before: str, key: bytes) -> str:
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(key, f"{before}\n{text}".encode(), hashlib.sha256).hexdigest()


def _home(settings: Settings) -> Path:
    return settings.folders.data / "log"


# Reading -------------------------------------------------------------------------------------------------------------


def entries(settings: Settings) -> Iterator[Entry]:
    """Every entry that is kept, the oldest first.

    Raises NotAllowed for a role that does not read the trail.
    """
    settings.reach.must(READ_LOG)
    path = _home(settings) / TRAIL
    if path.is_file():
        with path.open("rb") as file:
            for line in file:
                found = _sealed(line)
                if found:
                    with contextlib.suppress(TypeError):
                        yield Entry(**found[0])


@dataclass(frozen=True)
class Verified:
    """What a trail is: how many entries, the last seal, and what is wrong with it, line by line."""

    count: int
    seal: str
    faults: tuple[str, ...] = field(default_factory=tuple)


def verify(settings: Settings, expect: str = "") -> Verified:
    """Hold every line against its seal and the one before it, and the end against the head.

    `expect` is a seal that was printed earlier and kept elsewhere: it must stand somewhere in the trail.
    Raises Busy when somebody else holds the trail for too long.
    """
    home = _home(settings)
    if not home.is_dir():
        return Verified(0, BEGINNING, ("There is no audit trail yet.",) if expect else ())
    with only_one(home / LOCK, WAIT_SECONDS, lambda: None, POLL_SECONDS):
        if not (home / KEY).is_file():
            return Verified(0, BEGINNING, (f"The key {home / KEY} is missing; nothing can be held against it.",))
        key = (home / KEY).read_bytes()
        head = _head(home, key)
        lines = (home / TRAIL).read_bytes().splitlines(keepends=True) if (home / TRAIL).is_file() else []
    faults = [] if head else ["The head is missing or was changed: nobody can say how many entries there were."]
    head = head or Head()
    number, before, seals = head.first, head.before, {head.before}
    for place, line in enumerate(lines, 1):
        found = _sealed(line)
        if not found or not line.endswith(b"\n"):
            faults.append(f"Line {place:,} is no entry, or only half of one.")
            continue
        whole, seal = found
        if whole.get("number") != number:
            faults.append(f"Line {place:,} is entry {whole.get('number')}, where entry {number:,} must be.")
        if not hmac.compare_digest(seal, _seal(whole, before, key)):
            faults.append(f"Line {place:,} was changed, or does not follow the line before it.")
        number, before = number + 1, seal
        seals.add(seal)
    if number - 1 < head.count or (number - 1 == head.count and before != head.seal):
        faults.append(f"The trail ends at entry {number - 1:,}; {head.count:,} were made.")
    if expect and expect not in seals:
        faults.append("The seal that was kept elsewhere is not in this trail.")
    return Verified(number - 1, before, tuple(faults))


# Keeping house -------------------------------------------------------------------------------------------------------


def prune(settings: Settings, days: int, now: datetime | None = None) -> int:
    """Take away the entries older than `days`, and note that; gives how many. The rest can still be verified.

    An entry made while the clock was wrong stays until all before it are old: the chain is only ever cut in front.
    Raises TrailError where the trail is not whole: nothing is taken from it then.
    """
    home = _home(settings)
    found = verify(settings)
    if found.faults:
        raise TrailError(f"The audit trail is not whole, so nothing is taken from it: {found.faults[0]}")
    oldest = ((now or datetime.now(UTC)) - timedelta(days=days)).isoformat()
    with only_one(home / LOCK, WAIT_SECONDS, lambda: None, POLL_SECONDS) if home.is_dir() else contextlib.nullcontext():
        if not (home / TRAIL).is_file():
            return 0
        key, head = _began(home)
        lines = (home / TRAIL).read_bytes().splitlines(keepends=True)
        gone = list(takewhile(lambda line: (parsed := _sealed(line)) and parsed[0]["when"] < oldest, lines))
        kept = lines[len(gone) :]
        if not gone:
            return 0
        last = _sealed(gone[-1])
        assert last is not None
        aside = home / f"{TRAIL}.new"
        aside.write_bytes(b"".join(kept))
        os.replace(aside, home / TRAIL)
        size = sum(map(len, kept))
        _keep(home / HEAD, replace(head, size=size, first=last[0]["number"] + 1, before=last[1]), key)
    note(settings, "prune", "pruned", f"{len(gone)} entries older than {days} days", now=now)
    return len(gone)
