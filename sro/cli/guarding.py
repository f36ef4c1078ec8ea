"""audit-log: who did what, and whether anybody has been at the trail of it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sro import trail
from sro.cli.command import DONE, REFUSED, Command
from sro.cli.tables import aligned
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


COMMANDS = (
    Command("audit-log", "Who asked, saw, loaded and published what, and whether the trail is whole.", _audit_log,
            _audit_log_arguments),
)  # fmt: skip
