"""load --watch: what appears in a folder is loaded, and told as it happens."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from sro.cli.command import DONE, NOT_AGREED, REFUSED, CommandError, local_name
from sro.cli.tables import many
from sro.contract import Contract, load_contract
from sro.settings import Settings
from sro.vintages import LoadReport
from sro.watching import SETTLE_SECONDS, Outcome, Watch

CODES = {"served": DONE, "refused": REFUSED, "stopped": REFUSED, "not_agreed": NOT_AGREED}


def watch_arguments(parser: ArgumentParser) -> None:
    """--watch and what goes with it."""
    says = "load what appears in this folder, once it is complete; the last good data stays served (Ctrl+C ends it)"
    parser.add_argument("--watch", type=Path, metavar="FOLDER", help=says)
    parser.add_argument("--once", action="store_true", help="with --watch: load what is there now, then end")
    says = f"with --watch: a file is complete when it did not change for so long (default: {SETTLE_SECONDS:g})"
    parser.add_argument("--settle", type=float, metavar="SECONDS", default=SETTLE_SECONDS, help=says)


def watch(options: Namespace, settings: Settings) -> int:
    """Tell what becomes of every drop, on standard output, and of what was not loaded, on standard error.

    With --once the exit code is that of the worst. Raises CommandError for a folder that is none.
    """
    if not options.watch.is_dir():
        raise CommandError(f"{options.watch} is no folder. Make it, then watch it.")
    if not options.settle >= 0:
        raise CommandError("--settle takes a number of seconds.")
    if options.report:
        raise CommandError("--report does not go with --watch; the list of problems is written beside the files.")
    contract = load_contract(settings.folders.contract)
    settings.folders.data.mkdir(parents=True, exist_ok=True)
    if not (options.quiet or options.json):
        print(f"Watching {options.watch}. Ctrl+C ends it.", flush=True)
    worst = DONE
    watched = Watch(options.watch, settings, options.add, options.remove_missing, who=local_name())
    for outcome in watched.outcomes(options.once, options.settle):
        worst = max(worst, CODES[outcome.became], key=(DONE, NOT_AGREED, REFUSED).index)
        if options.json:
            print(json.dumps(_outcome_json(outcome), ensure_ascii=False), flush=True)
        elif outcome.became != "served" or not options.quiet:
            where = sys.stdout if outcome.became == "served" else sys.stderr
            print(*_told(outcome, contract), sep="\n", file=where, flush=True)
    return worst


def _told(outcome: Outcome, contract: Contract) -> list[str]:
    files = many(len(outcome.files), "file")
    report = outcome.report
    if report is None:
        return [f"{outcome.drop} ({files}): {outcome.says} It is tried again."]
    if outcome.became == "refused":
        where = f" Look into {outcome.beside}." if outcome.beside else ""
        why = many(report.errors, "error") if report.errors else "no table and no mapping knows what is in it"
        return [*report.lines(), f"{outcome.drop} ({files}): refused, {why}.{where}"]
    changes = [] if report.unchanged else outcome.preview.lines(contract)
    if outcome.became == "not_agreed":
        rows = many(outcome.preview.removed, "row")
        return [*changes, f"{outcome.drop} ({files}): not published, {rows} would be removed. See --remove-missing."]
    return [*changes, f"{outcome.drop} ({files}): vintage {report.vintage} is served."]


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    report = as_json(outcome.report) if outcome.report else {"vintage": None, "served": False, "good": False}
    return {
        "drop": outcome.drop,
        "became": outcome.became,
        "files": list(outcome.files),
        "beside": str(outcome.beside) if outcome.beside else None,
        **report,
        **outcome.preview.as_json(),
        **({"says": outcome.says} if outcome.says else {}),
    }


def as_json(report: LoadReport) -> dict[str, Any]:
    """What a scheduler is told of a load or a check; docs/loading.md lists it."""
    return {
        "vintage": report.vintage,
        "served": report.is_served,
        "good": report.is_good,
        "unchanged": report.unchanged,
        "errors": report.errors,
        "warnings": report.warnings,
        "seconds": round(report.seconds, 2),
        "rows": dict(report.rows),
        "rules": [count.__dict__ for count in report.counts],
        "report": str(report.report) if report.report else None,
    }
