"""check, load, status, rebuild, prune: from exports to the vintage that is served."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

from sro import trail, vintages
from sro.backup import prune_inbox
from sro.calendar import day_label
from sro.cli.command import DONE, NOT_AGREED, REFUSED, Command, CommandError, local_name
from sro.cli.tables import aligned, many
from sro.cli.watching import as_json, watch, watch_arguments
from sro.contract import load_contract
from sro.engine import DUCKDB, Engine
from sro.findings import RuleCount
from sro.preview import Agreement, Preview
from sro.progress import progress_bar
from sro.settings import Settings
from sro.spark.exchange import fetched
from sro.vintages import LoadReport


def _path_arguments(parser: ArgumentParser, needed: bool = True) -> None:
    says = "CSV, XLSX or Parquet; a folder of them; or a zip"
    parser.add_argument("path", type=Path, metavar="PATH", nargs=None if needed else "?", help=says)
    _told_arguments(parser)


def _told_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--report", type=Path, metavar="FILE", help="write every problem to this CSV file")
    parser.add_argument("--quiet", action="store_true", help="say only why it was refused")
    parser.add_argument("--json", action="store_true", help="one line of JSON, for schedulers")


def _check_arguments(parser: ArgumentParser) -> None:
    _path_arguments(parser)
    says = "write a copy of each file to this folder, with what is wrong marked in it"
    parser.add_argument("--marked", type=Path, metavar="FOLDER", help=says)


def _check(options: Namespace, settings: Settings) -> int:
    with progress_bar() as progress:
        report = vintages.check(options.path, settings, report=options.report, marked=options.marked, progress=progress)
    if options.json:
        return _tell_json(report)
    found = f"{many(report.errors, 'error')}, {many(report.warnings, 'warning')}"
    summary = f"{options.path}: {found} in {_amount(report)}, {report.seconds:.1f} s."
    return _tell(report, f"{summary} {'It can be loaded.' if report.is_good else 'It would be refused.'}", options)


def _load_arguments(parser: ArgumentParser) -> None:
    _path_arguments(parser, needed=False)
    says = "lay the files over what is served: rows replace those with the same key, others stay"
    parser.add_argument("--add", action="store_true", help=says)
    says = (
        "agree that served rows go which these files leave out (with --add: of the schools and months that they "
        f"cover); a load that removes rows without it is not published and ends with exit code {NOT_AGREED}"
    )
    parser.add_argument("--remove-missing", action="store_true", help=says)
    watch_arguments(parser)


def load(options: Namespace, settings: Settings) -> int:
    if bool(options.path) == bool(options.watch):
        raise CommandError("Name a PATH to load, or a folder to --watch.")
    if options.watch:
        return watch(options, settings)
    return _serve(options.path, options, settings, DUCKDB)


def _serve(path: Path, options: Namespace, settings: Settings, engine: Engine) -> int:
    before = vintages.served_id(settings)
    contract = load_contract(settings.folders.contract)

    def say(preview: Preview, agreed: bool) -> None:
        if not (options.json or (options.quiet and agreed)):
            print(*preview.lines(contract), sep="\n", file=sys.stdout if agreed else sys.stderr)

    agreement = Agreement(settings, options.remove_missing, say, local_name())
    with progress_bar() as progress:
        report = vintages.load(
            path, settings, add=options.add, remove_missing=options.add and options.remove_missing,
            report=options.report, agree=agreement, progress=progress, engine=engine,
        )  # fmt: skip
    if options.json:
        return _tell_json(report, agreement.preview)
    still = f"Vintage {before} is still served." if before else "Nothing is served yet."
    if report.is_good and not report.is_served:
        rows = many(agreement.preview.removed, "row")
        print(f"Not published: {rows} would be removed. If that is meant, add --remove-missing.", file=sys.stderr)
        if not options.add:
            print("If these files are a part of the data only, add --add.", file=sys.stderr)
        print(still, file=sys.stderr)
        return NOT_AGREED
    if report.unchanged:
        summary = f"Vintage {report.vintage} holds these files already; it is served."
    elif report.is_good:
        warnings = f" with {many(report.warnings, 'warning')}" if report.warnings else ""
        summary = f"Vintage {report.vintage} is served{warnings}: {_amount(report)}, {report.seconds:.1f} s."
    else:
        summary = f"Refused: {many(report.errors, 'error')}, {many(report.warnings, 'warning')}. {still}"
    return _tell(report, summary, options)


def _build_arguments(parser: ArgumentParser) -> None:
    says = "as for load; or the address of an object store, such as s3://bucket/folder"
    parser.add_argument("path", metavar="PATH", help=says)
    says = "what works model and metrics out (default: duckdb); spark needs requirements-spark.txt"
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help=says)
    says = "which Spark: local[*] (default), spark://HOST:7077, yarn or k8s://…"
    parser.add_argument("--master", metavar="URL", default="local[*]", help=says)
    says = "folder or address that this machine and all of Spark's reach, for tables on their way"
    parser.add_argument("--exchange", metavar="PLACE", default="", help=says)
    _told_arguments(parser)
    says = f"agree that served rows go which these files leave out; without it exit code {NOT_AGREED}, not published"
    parser.add_argument("--remove-missing", action="store_true", help=says)
    parser.set_defaults(add=False)


def build(options: Namespace, settings: Settings) -> int:
    with fetched(options.path) as path:
        return _serve(path, options, settings, _engine(options))


def _engine(options: Namespace) -> Engine:
    if options.engine == "duckdb":
        return DUCKDB
    try:
        from sro.spark.engine import Spark  # only here: it needs packages that nothing else does
    except ImportError as error:
        raise CommandError(f"Spark is not installed here ({error}). Install requirements-spark.txt.") from error
    return Spark(options.master, options.exchange)


def _tell(report: LoadReport, summary: str, options: Namespace) -> int:
    if not (options.quiet and report.is_good):
        print(*report.lines(), sep="\n", end="\n" if report.problems else "", file=sys.stderr, flush=True)
        print(summary, file=sys.stdout if report.is_good else sys.stderr)
    return DONE if report.is_good else REFUSED


def refusal(error: Exception) -> str:
    """The line for a scheduler when a load came to nothing."""
    return json.dumps({"vintage": None, "served": False, "good": False, "says": str(error)}, ensure_ascii=False)


def _tell_json(report: LoadReport, changes: Preview | None = None) -> int:
    """One line for a scheduler; of a load also what it changes, or would change."""
    print(json.dumps(as_json(report) | (changes.as_json() if changes else {}), ensure_ascii=False))
    if changes and report.is_good and not report.is_served:
        return NOT_AGREED
    return DONE if report.is_good else REFUSED


def _amount(report: LoadReport) -> str:
    return f"{many(sum(report.rows.values()), 'row')} of {many(len(report.rows), 'table')}"


def _status(options: Namespace, settings: Settings) -> int:
    status = vintages.status(settings)
    if status.current is None:
        print("No data has been loaded yet. Run `python -m sro load PATH`.", file=sys.stderr)
        return REFUSED
    facts = status.facts
    days = (day_label(date.fromisoformat(facts[name])) for name in ("data_from", "data_through"))
    synthetic = " · SYNTHETIC" if facts["synthetic"] == "true" else ""
    print(f"Vintage {status.current} is served: {' to '.join(days)}, built from {facts['built_from']}{synthetic}\n")
    sources = [(file, table.replace("_", " "), f"{rows:,}") for file, table, rows in status.sources]
    print(aligned(("File", "Table", "Rows"), sources, right=(2,)))
    if status.warnings:
        print(f"\n{aligned(('Warning', 'Table', 'Column', 'Times'), map(_counted, status.warnings), right=(3,))}")
    kept = [
        (vintage.id, f"{vintage.built:%Y-%m-%d %H:%M}", f"{vintage.megabytes:,.1f}", "served" * vintage.is_current)
        for vintage in status.stored
    ]
    print(f"\n{aligned(('Vintage', 'Built', 'MB', ''), kept, right=(2,))}")
    return DONE


def _counted(count: RuleCount) -> tuple[str, ...]:
    return count.rule.replace("_", " "), count.table.replace("_", " "), count.column, f"{count.count:,}"


def _rebuild(options: Namespace, settings: Settings) -> int:
    with progress_bar() as progress:
        if options.verify:
            rebuilt = vintages.verify(options.id, settings, progress)
            report, says, is_good = rebuilt.again, str(rebuilt), rebuilt.is_same
        else:
            report = vintages.rebuild(options.id, settings, progress=progress)
            is_good = report.is_good
            refused = f"Refused: {many(report.errors, 'error')}. Nothing was changed."
            says = f"Vintage {report.vintage} is served: {_amount(report)}." if is_good else refused
    if not report.is_good:
        print(*report.lines(), sep="\n", file=sys.stderr)
    print(says, file=sys.stdout if is_good else sys.stderr)
    return DONE if is_good else REFUSED


def _rebuild_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a vintage; `python -m sro status` lists them")
    says = "change nothing; say whether id and tables are the same (exit code 1 if not)"
    parser.add_argument("--verify", action="store_true", help=says)


def _prune(options: Namespace, settings: Settings) -> int:
    removed = vintages.prune(settings, options.keep)
    kept = len(vintages.stored(settings))
    print(f"{many(len(removed), 'vintage')} removed, {kept:,} kept.")
    dropped = prune_inbox(settings, settings.retention["inbox_days"])
    noted = trail.prune(settings, settings.retention["log_days"])
    if dropped or noted:
        print(f"{many(dropped, 'dropped file')} and {noted:,} entries of the audit trail were past their time.")
    return DONE


def _prune_arguments(parser: ArgumentParser) -> None:
    says = "how many to keep (default: [vintages] keep in program.toml)"
    parser.add_argument("--keep", type=_at_least_one, metavar="N", help=says)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no number of vintages; write 1 or more")
    return int(text)


COMMANDS = (
    Command("check", "Check a file, folder or zip against the contract; nothing is stored.", _check, _check_arguments),
    Command("load", "Check exports, build a vintage from them and serve it.", load, _load_arguments, did="loaded"),
    Command(
        "build", "As load, from a folder or object store, on the engine named.", build, _build_arguments, did="loaded"
    ),
    Command("status", "Which vintage is served, from which files, with which warnings.", _status),
    Command("rebuild", "Build a vintage again from the files kept of it.", _rebuild, _rebuild_arguments, did="loaded"),
    Command(
        "prune", "Remove what is past its time; the vintage that is served always stays.", _prune, _prune_arguments
    ),
)
