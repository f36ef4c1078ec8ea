"""audit-log, backup, restore, sbom: who did what, what survives a lost disk, and what the program is made of."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sro import trail, vintages
from sro.backup import Backup, back_up, check_backup, restore
from sro.cli.command import DONE, REFUSED, Command
from sro.cli.tables import aligned
from sro.components import sbom
from sro.locks import Busy
from sro.settings import Settings
from sro.trail import TrailError

COLUMNS = ("When (UTC)", "Who", "Did", "What", "Audience", "Vintage")


def _audit_log(options: Namespace, settings: Settings) -> int:
    if options.what == "show":
        last = list(trail.entries(settings))[-options.last :]
        rows = [[one.when, one.who, one.did, one.what, one.audience, one.vintage] for one in last]
        print(aligned(COLUMNS, rows) if rows else "Nothing has been noted yet.")
        return DONE
    try:
        found = trail.verify(settings, options.expect or "")
    except Busy:
        raise TrailError("The audit trail is being written to. Try again.") from None
    print(f"{found.count:,} entries, last seal {found.seal}.")
    print(*(f"  {fault}" for fault in found.faults), sep="\n", end="\n" if found.faults else "")
    print("Somebody has been at it." if found.faults else "Whole: every entry follows on the one before it.")
    return REFUSED if found.faults else DONE


def _audit_log_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("show", "verify"), help="the last entries, or whether all are as they were")
    parser.add_argument("--last", type=int, default=50, metavar="N", help="how many to show (default: 50)")
    parser.add_argument("--expect", metavar="SEAL", help="a last seal that was kept elsewhere; it must be in the trail")


def _backup(options: Namespace, settings: Settings) -> int:
    if options.check:
        found = check_backup(options.file)
    else:
        found = back_up(settings, options.file)
        check_backup(options.file)
    size = f"{found.files:,} files, {found.size / 1e6:,.1f} MB"
    print(f"{options.file}: {size}, made {found.made}, {_serves(found)}. Whole.")
    return DONE


def _backup_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the zip to write; it holds keys, so keep it locked up")
    parser.add_argument("--check", action="store_true", help="write nothing: is this backup whole?")


def _restore(options: Namespace, settings: Settings) -> int:
    found = restore(options.file, settings)
    print(f"{found.files:,} files are back in {settings.folders.data}, {_serves(found)}.")
    vintages.status(settings)
    faults = trail.verify(settings).faults
    print(*faults or ["The audit trail is whole."], sep="\n")
    return REFUSED if faults else DONE


def _serves(found: Backup) -> str:
    return f"serving {found.vintage}" if found.vintage else "serving nothing"


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup; the data folder (SRO_DATA) must be empty")


def _sbom(options: Namespace, settings: Settings) -> int:
    print(json.dumps(sbom(settings.folders.project / "requirements.txt"), indent=1))
    return DONE


COMMANDS = (
    Command("backup", "Everything that cannot be made again, in one file.", _backup, _backup_arguments),
    Command("restore", "Bring a backup back into an empty data folder.", _restore, _restore_arguments),
    Command("sbom", "What the program is made of, as CycloneDX JSON.", _sbom),
    Command("audit-log", "Who asked, saw, loaded and published what, and whether the trail is whole.", _audit_log,
            _audit_log_arguments),
)  # fmt: skip
