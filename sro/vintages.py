"""From exports to a vintage: read, fitted, checked, modelled, and only then published (store.py says how)."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from sro import building, findings
from sro.checks import CheckError
from sro.contract import Contract, ContractError, load_contract
from sro.engine import DUCKDB, Engine, EngineError
from sro.exports import find_sources
from sro.findings import RuleCount
from sro.locks import Busy
from sro.mapping import MappingError
from sro.marking import write_marked
from sro.metrics import CatalogueError
from sro.people import LOAD
from sro.problems import ERROR, WARNING, Problem
from sro.progress import Progress, silent
from sro.settings import Settings
from sro.sources import Kept, Load, brought, in_order, keep, laid_over, mappings_in, unpack
from sro.store import (
    DATABASE,
    SOURCES,
    WAIT_SECONDS,
    Status,
    Stored,
    Vintage,
    VintageError,
    before,
    connect,
    content_digests,
    current,
    keep_prepared,
    open_vintage,
    point_to,
    prepared,
    prune,
    publish,
    serve,
    served_id,
    status,
    stored,
    warning_counts,
    workplace,
)

__all__ = [
    "LoadReport", "Rebuilt", "Status", "Stored", "Vintage", "VintageError", "always", "before", "check", "current",
    "load", "never", "open_vintage", "prepared", "prune", "rebuild", "serve", "served_id", "status", "stored", "verify",
]  # fmt: skip
REPORT = "problems.csv"
# Asked with a finished database whether it may be published.
Agreement = Callable[[Path], bool]
PROJECT_FAULTS = (CheckError, ContractError, MappingError, CatalogueError, EngineError)


@dataclass(frozen=True)
class LoadReport:
    """What became of a load or a check.

    `vintage` is what good files made, and `is_served` whether it is published. `problems` are the first few of every
    rule and column; `counts` says how many there are, `report` where all stand.
    """

    vintage: str | None
    problems: tuple[Problem, ...]
    counts: tuple[RuleCount, ...]
    unchanged: bool
    seconds: float
    rows: Mapping[str, int]
    report: Path | None = None
    is_served: bool = False

    @property
    def errors(self) -> int:
        return sum(count.count for count in self.counts if count.severity == ERROR)

    @property
    def warnings(self) -> int:
        return sum(count.count for count in self.counts if count.severity == WARNING)

    @property
    def is_good(self) -> bool:
        return self.errors == 0

    def lines(self) -> list[str]:
        """For a console: the first few of every rule and column, how many more there are, and where all stand."""
        totals = {(c.severity, c.rule, c.table, c.column): c.count for c in self.counts}
        lines: list[str] = []
        shown: dict[tuple[str, str, str, str], int] = {}
        for place, problem in enumerate(self.problems):
            key = (problem.severity, problem.rule, problem.table, problem.column)
            shown[key] = shown.get(key, 0) + 1
            lines.append(f"{problem.severity.upper():<8}{problem}")
            is_last = all((p.severity, p.rule, p.table, p.column) != key for p in self.problems[place + 1 :])
            if is_last and totals.get(key, 0) > shown[key]:
                lines.append(f"{'':<8}… and {totals[key] - shown[key]:,} more like it.")
        if self.report:
            lines.append(f"All of them: {self.report}")
        return lines


@dataclass(frozen=True)
class Rebuilt:
    """A vintage beside what its kept files make now: tables and files counted, and the tables that are not the same."""

    name: str
    again: LoadReport
    files: int
    tables: int
    differing: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.again.vintage == self.name and not self.differing

    def __str__(self) -> str:
        if self.is_same:
            return f"Vintage {self.name} is the same: its id, and all {self.tables:,} tables of {self.files:,} files."
        if not self.again.vintage:
            return (
                f"Vintage {self.name} cannot be built again: its files are refused now ({self.again.errors:,} errors)."
            )
        says = f"Vintage {self.name} is not the same when it is built again."
        if self.again.vintage != self.name:
            says += f" Definitions, settings or the program have changed since; its id would be {self.again.vintage}."
        return (
            f"{says} {'Other tables: ' + ', '.join(self.differing) if self.differing else 'All tables are the same'}."
        )


def always(finished: Path) -> bool:
    """Publish whatever is without errors."""
    return True


def never(finished: Path) -> bool:
    """Only prepare it."""
    return False


# Loading -------------------------------------------------------------------------------------------------------------


def check(
    path: Path,
    settings: Settings,
    *,
    report: Path | None = None,
    marked: Path | None = None,
    progress: Progress = silent,
    today: Callable[[], date] = date.today,
) -> LoadReport:
    """Whether an export keeps the contract and its checks; nothing is stored but the report.

    Where something was found, a marked copy of each file goes to the folder `marked`.
    """
    started = time.monotonic()
    with _told_in_a_sentence(), tempfile.TemporaryDirectory(prefix="sro-check-", ignore_cleanup_errors=True) as scratch:
        contract = load_contract(settings.folders.contract)
        with contextlib.closing(building.connect(Path(scratch))) as connection:
            building.prepare(connection, contract, settings.folders)
            sources, problems = find_sources(path, Path(scratch) / "unpacked", settings.limits)
            findings.record(connection, problems)
            _read_and_fit(connection, sources, Path(scratch), contract, settings, today(), progress)
            if marked:
                known = building.known_mappings(contract, settings)
                write_marked(connection, sources, Path(scratch), known, settings.limits, marked)
            return _report(connection, None, started, settings, report, contract)


def load(
    path: Path,
    settings: Settings,
    *,
    add: bool = False,
    remove_missing: bool = False,
    report: Path | None = None,
    marked: Path | None = None,
    agree: Agreement = always,
    progress: Progress = silent,
    today: Callable[[], date] = date.today,
    wait_seconds: float = WAIT_SECONDS,
    engine: Engine = DUCKDB,
) -> LoadReport:
    """Check an export, build a vintage from it and publish that; errors refuse it and leave the last one served.

    The same files give the same vintage, and no work is done twice. Two loads at once wait for each other. `agree` is
    shown the finished vintage before anybody is served from it; without its consent, the vintage is only prepared:
    `prepared` opens it, `serve` publishes it.
    With `add`, the files are laid over those of the vintage that is served: rows with new keys join it, others replace
    those with the same key. `remove_missing` takes away rows of the school-months covered that the files leave out.
    `engine` works model and rollups out; whatever is before and after them is done here.
    Raises VintageError when another load does not end within `wait_seconds`, or the disk is full, and NotAllowed for a
    role that does not load.
    """
    settings.reach.must(LOAD)
    started = time.monotonic()
    with _workplace(settings, wait_seconds, progress) as aside:
        progress("Looking for files", 0, 1)
        found, problems = find_sources(path, aside / "unpacked", settings.limits)
        new = brought(found, path, remove_missing)
        loads = laid_over(_served_loads(settings, aside), new) if add else [new]
        return _load(loads, problems, aside, settings, report, marked, agree, progress, today(), started, engine)


def _served_loads(settings: Settings, aside: Path) -> Sequence[Load]:
    served = served_id(settings)
    return unpack(settings.folders.vintages / f"{served}{SOURCES}", aside / "kept").loads if served else ()


@contextlib.contextmanager
def _workplace(settings: Settings, wait_seconds: float, progress: Progress) -> Iterator[Path]:
    """A folder to build in, for one load at a time; whatever goes wrong in it is told in a sentence."""
    home = settings.folders.vintages
    home.mkdir(parents=True, exist_ok=True)
    try:
        with (
            _told_in_a_sentence(),
            workplace(home, wait_seconds, lambda: progress("Another load is running", 0, 1)) as aside,
        ):
            yield aside
    except Busy:
        raise VintageError("Another load is still running. Wait until it has ended, then load again.") from None


def rebuild(
    name: str, settings: Settings, *, progress: Progress = silent, wait_seconds: float = WAIT_SECONDS
) -> LoadReport:
    """Build a vintage again from the files that were kept of it, as of the day on which it was built, and serve it.

    Under other definitions it gets another id. Raises VintageError when the files are not there or were changed.
    """
    started = time.monotonic()
    with _workplace(settings, wait_seconds, progress) as aside:
        kept = unpack(settings.folders.vintages / f"{name}{SOURCES}", aside / "kept")
        return _load(kept.loads, (), aside, settings, None, None, always, progress, kept.day, started)


def verify(name: str, settings: Settings, progress: Progress = silent) -> Rebuilt:
    """Build a vintage again in a place of its own, and compare; nothing is changed.

    Raises VintageError when the vintage or its files are not there, damaged, or were changed.
    """
    if (made_by := _engine_of(settings.folders.vintages / f"{name}{DATABASE}")) != DUCKDB.name:
        raise VintageError(
            f"Vintage {name} was built by {made_by}, whose sums of fractions may end in other digits each time. "
            f"`python -m sro rebuild {name}` makes one of the same files here."
        )
    with _told_in_a_sentence(), tempfile.TemporaryDirectory(prefix="sro-verify-", ignore_cleanup_errors=True) as place:
        elsewhere = replace(settings, folders=replace(settings.folders, data=Path(place)))
        archive = settings.folders.vintages / f"{name}{SOURCES}"
        kept = unpack(archive, Path(place) / "kept")
        for folder, files in ((elsewhere.folders.own_mappings, kept.mappings), (elsewhere.folders.vintages, ())):
            folder.mkdir(parents=True)
            for file in files:
                shutil.copyfile(file.path, folder / file.name)
        shutil.copyfile(archive, elsewhere.folders.vintages / archive.name)
        again = rebuild(name, elsewhere, progress=progress)
        progress("Comparing every table", 0, 1)
        before = content_digests(settings.folders.vintages / f"{name}{DATABASE}")
        after = content_digests(elsewhere.folders.vintages / f"{again.vintage}{DATABASE}") if again.vintage else {}
        differing = sorted(table for table in before.keys() | after.keys() if before.get(table) != after.get(table))
        files = sum(len(load.files) for load in kept.loads)
        return Rebuilt(name, again, files, len(before), tuple(differing))


def _engine_of(path: Path) -> str:
    """What a vintage was built by; one from before engines were noted, by DuckDB."""
    with contextlib.closing(connect(path)) as connection:
        said = connection.execute("SELECT value FROM meta.fact WHERE name = 'engine'").fetchone()
        return said[0] if said else DUCKDB.name


def _load(
    loads: Sequence[Load],
    problems: Sequence[Problem],
    aside: Path,
    settings: Settings,
    report: Path | None,
    marked: Path | None,
    agree: Agreement,
    progress: Progress,
    today: date,
    started: float,
    engine: Engine = DUCKDB,
) -> LoadReport:
    home, contract = settings.folders.vintages, load_contract(settings.folders.contract)
    sources, removing = in_order(loads), [place for place, load in enumerate(loads) if load.removes]
    recipe = building.recipe_digest(settings, engine)
    name = building.vintage_id(sources, removing, contract, settings, recipe)
    if sources and not any(problem.severity == ERROR for problem in problems):
        kept = _kept_report(home, name, started)
        if kept:
            is_served = name == served_id(settings)
            if not is_served and agree(home / f"{name}{DATABASE}"):
                point_to(home, name)
                is_served = True
            return replace(kept, is_served=is_served)
    database = aside / "vintage.duckdb"
    with (
        ThreadPoolExecutor(1, thread_name_prefix="keeping") as beside,
        contextlib.closing(building.create(database)) as connection,
    ):
        building.prepare(connection, contract, settings.folders)
        findings.record(connection, problems)
        export = _read_and_fit(connection, sources, aside, contract, settings, today, progress, removing)
        told = _report(connection, name, started, settings, report, contract)
        if marked:
            known = building.known_mappings(contract, settings)
            newest = [source for source in sources if source.load == len(loads) - 1]
            write_marked(connection, newest, aside, known, settings.limits, marked)
        if not told.is_good:
            return told
        kept_files = Kept(tuple(loads), mappings_in(settings.folders.own_mappings), today)
        keeping = beside.submit(keep, kept_files, database.with_suffix(SOURCES))
        came_as = " + ".join(load.came_as for load in loads)
        facts = {"vintage": name, "built_from": came_as, "recipe_digest": recipe, "engine": engine.name}
        building.describe_export(connection, export, contract, settings, today, facts)
        building.build_model(connection, export, settings, progress, engine)
        connection.execute("CHECKPOINT")
        progress("Keeping the files", 0, 1)
        keeping.result()
    progress("Publishing", 1, 1)
    is_served = agree(database)
    (publish if is_served else keep_prepared)(database, home, name)
    return replace(told, is_served=is_served, seconds=time.monotonic() - started)


def _read_and_fit(
    connection: duckdb.DuckDBPyConnection,
    sources: list,
    scratch: Path,
    contract: Contract,
    settings: Settings,
    today: date,
    progress: Progress,
    removing: Sequence[int] = (),
) -> building.Export:
    export = building.read_export(connection, sources, scratch, contract, settings, progress)
    building.fit_export(connection, export, contract, settings, today, progress, removing)
    return export


def _report(
    connection: duckdb.DuckDBPyConnection,
    name: str | None,
    started: float,
    settings: Settings,
    report: Path | None,
    contract: Contract,
) -> LoadReport:
    """What was found; every problem goes to the report file, and one of an earlier load is removed when all is well."""
    counts = findings.counts(connection)
    path = report or settings.folders.data / REPORT
    if counts:
        findings.write_report(connection, path)
    else:
        path.unlink(missing_ok=True)
    is_good = not any(count.severity == ERROR for count in counts)
    rows = building.row_counts(connection, contract)
    return LoadReport(
        vintage=name if is_good else None,
        problems=findings.examples(connection),
        counts=counts,
        unchanged=False,
        seconds=time.monotonic() - started,
        rows={table: number for table, number in rows.items() if number},
        report=path if counts else None,
    )


def _kept_report(home: Path, name: str, started: float) -> LoadReport | None:
    """The report of a vintage that is there already; None when it is not, or cannot be opened."""
    try:
        with contextlib.closing(connect(home / f"{name}.duckdb")) as connection:
            sample = "PARTITION BY rule, table_name, column_name ORDER BY file, row_number"
            warnings = connection.execute(
                "SELECT 'warning', rule, table_name, file, row_number, column_name, value, message, remedy "
                f"FROM meta.warning QUALIFY row_number() OVER ({sample}) <= {findings.SHOWN_A_RULE}"
            ).fetchall()
            counts = warning_counts(connection)
            rows = dict(connection.execute("SELECT table_name, row_count FROM meta.table_presence").fetchall())
    except VintageError:
        return None
    problems = tuple(findings.as_problem(row) for row in warnings)
    present = {table: number for table, number in rows.items() if number}
    return LoadReport(name, problems, counts, True, time.monotonic() - started, present)


@contextlib.contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    """A fault of the project's own files, of the database or of the disk; whatever was served still is."""
    try:
        yield
    except PROJECT_FAULTS as error:
        raise VintageError(f"{error} Nothing was changed.") from error
    except duckdb.Error as error:
        says = str(error).strip().splitlines()[0][:200]
        raise VintageError(f"The database stopped ({says}). Nothing was changed.") from error
    except OSError as error:
        says = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise VintageError(f"A file could not be written or read ({says}). Nothing was changed.") from error
