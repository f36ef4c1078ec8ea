"""A folder that is watched: what appears in it is loaded once it is complete, and nothing twice.

A zip and a folder are loaded by themselves, loose files together. With `add`, only those loose files are loaded that
were not loaded yet; where some of them are refused, the others are loaded without them. What was done stands in a
journal, so that a watch that begins anew repeats nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sro import vintages
from sro.exports import IGNORED
from sro.preview import Agreement, Preview
from sro.problems import ERROR
from sro.settings import Settings
from sro.sources import mappings_in
from sro.trail import TrailError
from sro.vintages import LoadReport, VintageError

SETTLE_SECONDS = 5.0
BESIDE = "sro-refused"
JOURNAL = "watched.jsonl"
UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp")
SERVED, REFUSED, NOT_AGREED, STOPPED = "served", "refused", "not_agreed", "stopped"
State = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Drop:
    """What is loaded at once. `files` is name → path; `state` is name → size and time of change."""

    name: str
    files: Mapping[str, Path]
    state: State
    is_loose: bool = False

    @property
    def key(self) -> tuple[str, bool]:
        return self.name, self.is_loose

    def without(self, names: set[str]) -> Drop:
        files = {name: path for name, path in self.files.items() if name not in names}
        return replace(self, files=files, state={name: self.state[name] for name in files})


@dataclass(frozen=True)
class Outcome:
    """What became of a drop: served, refused, not_agreed (rows would go), or stopped by a fault, which `says` which.

    `beside` is the folder with marked copies and the list of problems.
    """

    drop: str
    files: Mapping[str, str]
    became: str
    report: LoadReport | None = None
    preview: Preview = field(default_factory=Preview)
    says: str = ""
    beside: Path | None = None


@dataclass(frozen=True)
class Watch:
    """A folder, how its files are loaded, and under which name the audit trail has it."""

    folder: Path
    settings: Settings
    add: bool = False
    remove_missing: bool = False
    today: Callable[[], date] = date.today
    who: str = ""

    def outcomes(
        self, once: bool = False, settle: float = SETTLE_SECONDS, sleep: Callable[[float], None] = time.sleep
    ) -> Iterator[Outcome]:
        """What becomes of every drop, for ever; with `once`, until each that is there was looked at.

        A drop is complete when none of its files changed between two looks, `settle` seconds apart. What was stopped by
        a fault is tried again.
        """
        before, handled = self.drops(), dict[tuple[str, bool], object]()
        while True:
            sleep(settle)
            now = self.drops()
            complete = [drop for drop in now if any((one.key, one.state) == (drop.key, drop.state) for one in before)]
            for drop in complete:
                seen = (drop.state, self._circumstances())
                if handled.get(drop.key) == seen:
                    continue
                became = list(self._bring(drop))
                yield from became
                if all(one.became != STOPPED for one in became):
                    handled[drop.key] = (drop.state, self._circumstances())
            if once and len(complete) == len(now):
                return
            before = now

    def drops(self) -> list[Drop]:
        """What lies in the folder now, the oldest first; nothing where it cannot be read, as a share that is away."""
        found: list[Drop] = []
        loose: dict[str, Path] = {}
        with contextlib.suppress(OSError):
            for path in sorted(self.folder.iterdir()):
                if path.name == BESIDE or IGNORED.search(path.name):
                    continue
                if path.is_dir():
                    inside = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.is_file()}
                    found.append(_drop(path.name, inside))
                elif path.suffix.lower() == ".zip":
                    found.append(_drop(path.name, {path.name: path}))
                else:
                    loose[path.name] = path
            found.append(replace(_drop(self.folder.resolve().name, loose), is_loose=True))
        whole = (one for one in found if one.files and not any(name.lower().endswith(UNFINISHED) for name in one.files))
        return sorted(whole, key=lambda drop: max(changed for _, changed in drop.state.values()))

    def _bring(self, drop: Drop) -> Iterator[Outcome]:
        """Load a drop, or as much of it as is new; after a refusal, the loose files in which nothing is wrong."""
        refused = False
        with tempfile.TemporaryDirectory(prefix="sro-watch-", ignore_cleanup_errors=True) as scratch:
            while True:
                place = Path(scratch) / "staged" / drop.name
                shutil.rmtree(place, ignore_errors=True)
                try:
                    digests = _staged(drop, place)
                except OSError:  # still written to, or held by another program: at the next look
                    return
                if digests is None:
                    return
                if drop.is_loose and self.add:
                    done = self._loaded()
                    drop = drop.without({name for name, digest in digests.items() if digest in done})
                    digests = {name: digests[name] for name in drop.files}
                    for name in {path.name for path in place.iterdir()} - digests.keys():
                        (place / name).unlink()
                if not digests or self._was_tried(drop, digests):
                    return
                outcome = self._load(drop, digests, place, Path(scratch), keep=refused)
                self._note(outcome)
                yield outcome
                refused = refused or outcome.became == REFUSED
                wrong = _named(outcome.report) & digests.keys()
                if not (self.add and drop.is_loose and outcome.became == REFUSED) or not wrong < digests.keys():
                    return
                drop = drop.without(wrong)

    def _load(self, drop: Drop, digests: Mapping[str, str], place: Path, scratch: Path, keep: bool) -> Outcome:
        path = place / next(iter(digests)) if not drop.is_loose and drop.name in digests else place
        marked = scratch / "marked"
        shutil.rmtree(marked, ignore_errors=True)
        agreement = Agreement(self.settings, self.remove_missing, who=self.who)
        try:
            report = vintages.load(
                path, self.settings, add=self.add, remove_missing=self.add and self.remove_missing, marked=marked,
                agree=agreement, today=self.today,
            )  # fmt: skip
        except (VintageError, TrailError) as error:
            return Outcome(drop.name, digests, STOPPED, says=str(error))
        became = SERVED if report.is_served else NOT_AGREED if report.is_good else REFUSED
        if became == SERVED and digests.keys() == _named(report, "file_not_used"):
            became = REFUSED  # they came with others that were loaded, and are as unknown as they were
        beside = self.folder / BESIDE / drop.name
        with contextlib.suppress(OSError):  # a folder that may only be read; the report is in the data folder, too
            if not keep:
                shutil.rmtree(beside, ignore_errors=True)
            if became == REFUSED:
                beside.mkdir(parents=True, exist_ok=True)
                copies = sorted(marked.glob("*")) if marked.is_dir() else []
                for copy in [*copies, *([report.report] if report.report else [])]:
                    shutil.copyfile(copy, beside / copy.name)
            elif not any((self.folder / BESIDE).iterdir()):
                (self.folder / BESIDE).rmdir()
        there = beside if became == REFUSED and beside.is_dir() else None
        return Outcome(drop.name, digests, became, report, agreement.preview, beside=there)

    # The journal -----------------------------------------------------------------------------------------------------

    def _note(self, outcome: Outcome) -> None:
        if outcome.became == STOPPED:
            return
        unused = _named(outcome.report, "file_not_used") if outcome.became == SERVED else set()
        told = {
            "at": datetime.now().isoformat(timespec="seconds"),
            "folder": str(self.folder.resolve()),
            "drop": outcome.drop,
            "files": {name: digest for name, digest in outcome.files.items() if name not in unused},
            "add": self.add,
            "became": outcome.became,
            "beside": self._circumstances(),
        }
        with (self.settings.folders.data / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(told, ensure_ascii=False) + "\n")

    def _noted(self) -> list[dict]:
        """What this watch did, the earliest first; a line that a crash cut short is passed over."""
        try:
            lines = (self.settings.folders.data / JOURNAL).read_text(encoding="utf-8").splitlines()
        except OSError:
            return []
        noted = []
        for line in lines:
            with contextlib.suppress(ValueError):
                noted.append(json.loads(line))
        return [one for one in noted if one["folder"] == str(self.folder.resolve()) and one["add"] == self.add]

    def _loaded(self) -> set[str]:
        """The digests of all files that were laid over what was served."""
        return {digest for one in self._noted() if one["became"] == SERVED for digest in one["files"].values()}

    def _was_tried(self, drop: Drop, digests: Mapping[str, str]) -> bool:
        """Whether these files were loaded last from this drop, or refused beside the very data that is served now."""
        noted = [one for one in self._noted() if one["drop"] == drop.name]
        if self.add:
            loaded = any(one["became"] == SERVED and one["files"] == dict(digests) for one in noted)
        else:
            loaded = bool(noted) and noted[-1]["became"] == SERVED and noted[-1]["files"] == dict(digests)
        now = (dict(digests), self._circumstances())
        return loaded or any(one["became"] != SERVED and (one["files"], one["beside"]) == now for one in noted)

    def _circumstances(self) -> list:
        """What else decides whether files can be loaded: what is served, known mappings, the consent to removals."""
        known = [file.sha256 for file in mappings_in(self.settings.folders.own_mappings)]
        return [vintages.served_id(self.settings), known, self.remove_missing]


def _drop(name: str, files: Mapping[str, Path]) -> Drop:
    stats = {name: path.stat() for name, path in files.items()}
    return Drop(name, files, {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()})


def _staged(drop: Drop, place: Path) -> dict[str, str] | None:
    """Copy the files to a place where nobody writes; gives name → digest, None where one changed meanwhile."""
    digests = {}
    for name, path in drop.files.items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        stat = path.stat()
        if (stat.st_size, stat.st_mtime_ns) != drop.state[name] or target.stat().st_size != stat.st_size:
            return None
        with target.open("rb") as copy:
            digests[name] = hashlib.file_digest(copy, "sha256").hexdigest()  # type: ignore[arg-type]
    return digests


def _named(report: LoadReport | None, rule: str = "") -> set[str]:
    """The files in which errors were found, or those of which a rule speaks."""
    problems = report.problems if report else ()
    found = (one for one in problems if (one.rule == rule if rule else one.severity == ERROR))
    return {one.file.split(" [")[0] for one in found}
