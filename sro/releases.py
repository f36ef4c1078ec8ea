"""Releases: what was published, frozen with all that it said of persons, and what all releases give away together.

A release is a folder `data/releases/<day-nn>` that nobody changes any more: its files, the statements that its figures
make about persons, and a manifest of digests under the installation's seal. The statements stay readable when the
vintage is long gone. Before a release is made, an attacker who has read every earlier one tries to work out a count.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sro import publication
from sro.audit import AuditError, Leak, audit
from sro.calendar import parse_period
from sro.people import PUBLISH, NotAllowed
from sro.publish.passport import key_of
from sro.question import Question
from sro.settings import Settings

if TYPE_CHECKING:  # both know corrections.py, which asks here what was released
    from sro.publish.desk import Desk
    from sro.publish.presets import Collection

MANIFEST, STATEMENTS, FILES = "release.json", "statements.csv", "files"
ASIDE, WITHDRAWN = ".making-", ".withdrawn"
# Who reads what is made for whom; staff who see everything need no protection from it.
READERS: Mapping[str, tuple[str, ...]] = {"public": ("public", "leadership"), "leadership": ("leadership",)}


class ReleaseError(Exception):
    """What cannot be released, or is no release; the message says why and what to do."""


@dataclass(frozen=True)
class Release:
    """What the manifest says. `questions` are in the order of the figures; `files` is name → SHA-256."""

    id: str
    made_at: str
    audience: str
    vintage: str
    data_through: str
    synthetic: bool
    title: str
    period: str
    questions: tuple[Mapping[str, str], ...]
    files: Mapping[str, str]
    statements: str
    withdrawn: str = ""


def freeze(collection: Collection, files: Mapping[str, bytes], desk: Desk, now: datetime | None = None) -> Release:
    """Make a release of a collection's files (name → bytes), whole or not at all.

    Raises ReleaseError when it is for named staff only, and when it and the earlier releases give a count away;
    NotAllowed for a role that does not publish, or is not told what this audience is.
    """
    desk.settings.reach.must(PUBLISH)
    audience = collection.choice.audience
    if audience not in desk.settings.reach.audiences:
        raise NotAllowed("Your role does not see what is told to this audience. Ask whoever runs the dashboard.")
    if audience not in READERS:
        raise ReleaseError("What is drawn for named staff is never released. Choose the audience public or leadership.")
    cleared(collection, desk)
    now = now or datetime.now(UTC)
    home = _home(desk.settings)
    home.mkdir(parents=True, exist_ok=True)
    table = statements_of(collection, desk).to_csv(index=False).encode()
    aside = home / f"{ASIDE}{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    (aside / FILES).mkdir(parents=True)
    for name, data in files.items():
        _write(aside / FILES / Path(name).name, data)
    _write(aside / STATEMENTS, table)
    made = Release(
        id=_free_name(home, now),
        made_at=now.isoformat(timespec="seconds"),
        audience=audience,
        vintage=desk.vintage.id,
        data_through=desk.facts.data_through.isoformat(),
        synthetic=desk.facts.synthetic,
        title=collection.preset.title,
        period=collection.choice.period,
        questions=tuple(question.to_query() for figure in collection.figures for question in figure.questions),
        files={Path(name).name: _digest(data) for name, data in files.items()},
        statements=_digest(table),
    )
    _write(aside / MANIFEST, _sealed(made, desk.settings))
    for path in sorted(aside.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    os.rename(aside, home / made.id)
    (home / made.id).chmod(0o555)
    return made


def cleared(collection: Collection, desk: Desk) -> None:
    """Nothing, where the collection beside all earlier releases gives no count away.

    Raises ReleaseError naming the count, and what gives it away; also where that cannot be told.
    """
    audience = collection.choice.audience
    own = statements_of(collection, desk)
    if audience not in READERS or own.empty:
        return
    for reader in READERS[audience]:
        leaks = attacked([*_seen_by(reader, desk.settings), own.assign(release="now")], desk, reader)
        if leaks:
            more = f", and {len(leaks) - 1} more" if len(leaks) > 1 else ""
            raise ReleaseError(
                f"Not published: whoever reads for {reader} could work out a hidden count. {leaks[0]}{more}. Leave out "
                "the figure that was added, or choose the period and schools of the earlier release."
            )


def attacked(told: Sequence[pd.DataFrame], desk: Desk, reader: str) -> list[Leak]:
    """What somebody who has read all of these statements could work out too closely.

    Raises ReleaseError for statements that cannot be held against each other.
    """
    told = [part for part in told if len(part)]
    if not told:
        return []
    knowledge = publication.knowledge_of(desk.vintage, desk.settings)
    try:
        return audit(pd.concat(told, ignore_index=True), knowledge, desk.settings.thresholds[reader])
    except AuditError as error:
        raise ReleaseError(
            f"Nobody can tell whether a count could be worked out of these statements and the earlier releases. {error}"
        ) from None


def statements_of(collection: Collection, desk: Desk) -> pd.DataFrame:
    """What the figures of a collection say of persons, as the auditor takes it."""
    answers = [answer for one in collection.placed for answer in one.exhibit.answers]
    answers += [answer.comparison for answer in answers if answer.comparison is not None]
    return publication.stated(answers, desk.vintage, desk.settings)


# What there is -------------------------------------------------------------------------------------------------------


def releases(settings: Settings) -> list[Release]:
    """All of them, the oldest first.

    Raises ReleaseError for one whose manifest cannot be read or is not sealed by this installation.
    """
    home = _home(settings)
    folders = sorted(path for path in home.glob("*") if path.is_dir() and not path.name.startswith("."))
    return [_read(folder, settings) for folder in folders]


def released_with(question: Question, settings: Settings) -> list[str]:
    """The releases in which a figure shows the same measure over some of the same months; also those withdrawn since.

    Raises ReleaseError as `releases` does.
    """
    span = question.span
    return [
        release.id
        for release in releases(settings)
        if any(
            asked["metric"] == question.metric and (other := parse_period(asked["period"])).start <= span.end
            and span.start <= other.end
            for asked in release.questions
        )
    ]  # fmt: skip


def broken(release: Release, settings: Settings) -> list[str]:
    """What of a release is not as it was frozen: names of files that are missing, changed or new. Reads every byte."""
    return _unlike(release, settings, lambda path: _digest(path.read_bytes()))


def touched(release: Release, settings: Settings) -> list[str]:
    """As `broken`, but a file whose size and times are those of the last reading is not read again.

    For screens, which run at every click. A change that keeps all of them (a disk that rots) is found by `broken`.
    """
    return _unlike(release, settings, _digest_once)


def _unlike(release: Release, settings: Settings, digest: Callable[[Path], str]) -> list[str]:
    folder = _home(settings) / release.id
    there = {path.name: digest(path) for path in (folder / FILES).glob("*")}
    found = [name for name in sorted({*there, *release.files}) if there.get(name) != release.files.get(name)]
    table = folder / STATEMENTS
    if not table.is_file() or digest(table) != release.statements:
        found.append(STATEMENTS)
    return found


def _digest_once(path: Path) -> str:
    seen = path.stat()
    return _digest_of(path, (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns))


@lru_cache(maxsize=4096)
def _digest_of(path: Path, seen: tuple[int, ...]) -> str:
    """The digest of a file as it was `seen`: number, size, time of its content and of its entry."""
    return _digest(path.read_bytes())


def withdraw(name: str, reason: str, settings: Settings) -> None:
    """Say that a release is not to be used any more. What was read stays read: it still counts in every attack.

    Raises ReleaseError when there is no such release or no reason, NotAllowed for a role that does not publish.
    """
    settings.reach.must(PUBLISH)
    if not reason.strip():
        raise ReleaseError("A release is withdrawn with a reason.")
    folder = _home(settings) / name
    if not (folder / MANIFEST).is_file():
        raise ReleaseError(f"There is no release {name!r}. `python -m sro releases` lists them.")
    _write(folder.with_name(f"{name}{WITHDRAWN}"), f"{reason.strip()}\n".encode())


def told_in(names: Iterable[str], settings: Settings) -> list[pd.DataFrame]:
    """The statements of these releases.

    Raises ReleaseError for a name that is none, and for one whose statements are missing or changed.
    """
    known = {release.id: release for release in releases(settings)}
    strangers = [name for name in names if name not in known]
    if strangers:
        raise ReleaseError(f"There is no release {strangers[0]!r}. `python -m sro releases` lists them.")
    return [_statements(known[name], settings) for name in names]


def named(text: str, settings: Settings) -> str:
    """The id of the release that a text means: its id, its folder, a file of it or a copy of one.

    Raises ReleaseError for a path that is not there, and for a file that no release holds.
    """
    known = releases(settings)
    if any(release.id == text for release in known):
        return text
    path = Path(text)
    if path.is_dir():
        home = _home(settings).resolve()
        if (at := path.resolve()).parent == home and at.name in {release.id for release in known}:
            return at.name
        raise ReleaseError(f"{text}: this folder is no release. Releases are folders of {home}.")
    if not path.is_file():
        raise ReleaseError(f"There is no release or file {text!r}. `python -m sro releases` lists the releases.")
    digest = _digest(path.read_bytes())
    holding = [release.id for release in known if digest in (*release.files.values(), release.statements)]
    if not holding:
        raise ReleaseError(
            f"{text}: no release holds this file as it is. It was changed, or never released. "
            "Give the file as it was published, or the id of its release."
        )
    return holding[-1]


def _seen_by(reader: str, settings: Settings) -> list[pd.DataFrame]:
    return [_statements(release, settings) for release in releases(settings) if reader in READERS[release.audience]]


def _statements(release: Release, settings: Settings) -> pd.DataFrame:
    """What a release says of persons; one that says nothing has an empty file, and never none."""
    path = _home(settings) / release.id / STATEMENTS
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReleaseError(
            f"{path}: what the release {release.id} says of persons cannot be read ({error.strerror or error}). "
            "Restore it from a backup: without it nobody can tell what releases give away together."
        ) from None
    if _digest(data) != release.statements:
        raise ReleaseError(
            f"{path}: what the release {release.id} says of persons was changed. Restore it from a backup: "
            "without it nobody can tell what releases give away together."
        )
    if not data.strip():
        return pd.DataFrame()
    table = pd.read_csv(BytesIO(data), parse_dates=["period_start", "period_end"], dtype={"unit": str, "slice": str})
    return table.assign(release=release.id)


def _read(folder: Path, settings: Settings) -> Release:
    try:
        whole = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        seal = whole.pop("seal")
        release = Release(**{**whole, "questions": tuple(whole["questions"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{folder}: its manifest cannot be read ({error}). Restore it from a backup.") from None
    if not hmac.compare_digest(seal, _seal(whole, settings)):
        raise ReleaseError(f"{folder}: its manifest was changed, or made elsewhere. Restore it from a backup.")
    note = folder.with_name(f"{folder.name}{WITHDRAWN}")
    reason = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
    return replace(release, withdrawn=reason)


def _home(settings: Settings) -> Path:
    return settings.folders.data / "releases"


def _free_name(home: Path, now: datetime) -> str:
    day = now.date().isoformat()
    taken = [int(path.name[-2:]) for path in home.glob(f"{day}-[0-9][0-9]")]
    return f"{day}-{max(taken, default=0) + 1:02d}"


def _sealed(release: Release, settings: Settings) -> bytes:
    plain = json.loads(json.dumps(asdict(release)))
    return json.dumps({**plain, "seal": _seal(plain, settings)}, indent=1).encode()


def _seal(plain: Mapping[str, object], settings: Settings) -> str:
    text = json.dumps({**plain, "withdrawn": ""}, sort_keys=True, separators=(",", ":"))
    return hmac.new(key_of(settings), text.encode(), hashlib.sha256).hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
