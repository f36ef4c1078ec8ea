"""From files to a database: reads them, fits them to the contract, checks, models, rolls up, decides."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import duckdb

from sro import __version__, cells, decisions, digests, exports, findings, keys, mapping, overlay
from sro.checks import load_checks, run_check
from sro.contract import Contract, ddl
from sro.engine import DUCKDB, Engine
from sro.exports import recognized
from sro.metrics import add_up_program, read_catalogue
from sro.problems import ERROR, WARNING, Problem
from sro.progress import Progress
from sro.raw import RawTable, Source, fill
from sro.settings import Folders, Settings

# What a vintage is made by: a change in any of these makes another vintage of the same files.
RECIPE_FOLDERS = ("cells", "load", "checks", "model", "metrics", "rollup", "disclosure")
RECIPE_MODULES = (
    "archives", "building", "cells", "checks", "contract", "decisions", "digests", "engine", "exports", "findings",
    "keys", "mapping", "metrics", "overlay", "raw", "texts", "workbooks", "suppression/*",
)  # fmt: skip
NOT_REFERENCE = ("forbidden",)
ID_LENGTH = 16
MEMORY = "25%"  # of the machine's


@dataclass(frozen=True)
class Export:
    """What was read: the sheets of every contract table, in the order of their files."""

    sheets: Mapping[str, Sequence[RawTable]]
    used: Sequence[tuple[RawTable, str]]

    @property
    def present(self) -> list[str]:
        return list(self.sheets)


def vintage_id(
    sources: Sequence[Source],
    removing: Collection[int],
    contract: Contract,
    settings: Settings,
    recipe: str,
) -> str:
    """The digest of the files of each load, whatever folder or zip they came in, and of all that a vintage is made by.

    `removing` are the numbers of the loads that remove what they leave out.

    The office's own mappings belong to its files: a new one leaves the recipe, and what is compared by it, as it was.
    """
    inputs = sorted(
        (source.load, recognized(source.name, contract.tables) or "", source.suffix, source.sha256)
        for source in sources
    )
    own = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in settings.folders.own_mappings.glob("*.toml"))
    digest = hashlib.sha256(repr((inputs, sorted(removing), own, recipe)).encode())
    return digest.hexdigest()[:ID_LENGTH]


def recipe_digest(settings: Settings, engine: Engine = DUCKDB) -> str:
    """The digest of contract, reference, mappings, queries, parameters, thresholds, loader and the engines it uses."""
    folders = settings.folders
    files = [*folders.contract.glob("*.json"), *folders.reference.glob("*.csv"), *folders.mappings.glob("*.toml")]
    files += [path for name in RECIPE_FOLDERS for path in (folders.queries / name).glob("*.*")]
    files += [path for name in RECIPE_MODULES for path in Path(__file__).parent.glob(f"{name}.py")]
    contents = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(files)]
    engines = (duckdb.__version__, *(version(name) for name in ("scipy", "highspy")))
    versions = (
        __version__,
        *engines,
        sorted(settings.parameters.items()),
        sorted(settings.thresholds.items()),
        engine.recipe,
    )
    return hashlib.sha256(repr((contents, versions)).encode()).hexdigest()


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """An engine that leaves memory to those who are served meanwhile; what it has no room for goes to `scratch`."""
    return duckdb.connect(config={"temp_directory": str(scratch / "spilled"), "memory_limit": MEMORY})


def create(database: Path) -> duckdb.DuckDBPyConnection:
    """A new database to build in. It keeps no log against a crash: what is unfinished is thrown away."""
    connection = connect(database.parent)
    path = str(database).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS vintage (RECOVERY_MODE no_wal_writes); USE vintage")
    return connection


def prepare(connection: duckdb.DuckDBPyConnection, contract: Contract, folders: Folders) -> None:
    """Empty tables of the contract, a place for text (`raw`), and the parsers."""
    connection.execute("ATTACH ':memory:' AS raw; CREATE SCHEMA export; CREATE SCHEMA reference; CREATE SCHEMA meta")
    cells.load_macros(connection, folders.queries / "cells")
    findings.prepare(connection)
    connection.execute(";".join(ddl(table) for table in contract.in_load_order()))


def read_export(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    scratch: Path,
    contract: Contract,
    settings: Settings,
    progress: Progress,
) -> Export:
    """Every sheet of every file, as a contract table or through a mapping; what cannot be used is recorded."""
    mappings = known_mappings(contract, settings)
    sheets: dict[str, list[RawTable]] = {}
    used: list[tuple[RawTable, str]] = []
    failed = False
    for number, source in enumerate(sources):
        progress(f"Reading {source.name}", number, len(sources))
        raws, problems = exports.read(connection, source, scratch, settings.limits)
        table = recognized(source.name, contract.tables) or ""
        findings.record(connection, [_with_table(problem, table) for problem in problems])
        failed = failed or bool(problems)
        for raw in raws:
            if second := cells.second_header(connection, raw, contract):
                findings.record(connection, [_with_table(second, table)])
                failed = True
                continue
            if foreign := mapping.find_mapping(raw, mappings):
                for name, mapped in mapping.apply(connection, raw, foreign).items():
                    sheets.setdefault(name, []).append(mapped)
                used.append((raw, foreign.title))
            elif name := table_of(raw, len(raws), contract):
                sheets.setdefault(name, []).append(raw)
                used.append((raw, name))
            else:
                findings.record(connection, [_not_used(raw)])
    latest = max((source.load for source in sources), default=0)
    if sources and not failed and all(raw.source.load < latest for raw, _ in used):
        says = "Nothing here is a table of the contract, and no mapping knows these files."
        remedy = (
            "Name files after tables (`python -m sro template` writes them all), or add a mapping to data/mappings."
        )
        findings.record(connection, [Problem(ERROR, "nothing_usable", says, remedy)])
    return Export(sheets, used)


def known_mappings(contract: Contract, settings: Settings) -> list[mapping.ForeignFile]:
    """What the office confirmed goes before what came with the project."""
    folders = settings.folders
    own = mapping.load_mappings(folders.own_mappings, contract)
    return own + mapping.load_mappings(folders.mappings, contract)


def _with_table(problem: Problem, table: str) -> Problem:
    return problem if problem.table else Problem(**{**problem.__dict__, "table": table})


def table_of(raw: RawTable, sheets: int, contract: Contract) -> str | None:
    """By the sheet's name; the file's name stands for its only sheet."""
    by_sheet = recognized(raw.sheet, contract.tables) if raw.sheet else None
    return by_sheet or (recognized(raw.source.name, contract.tables) if sheets == 1 else None)


def _not_used(raw: RawTable) -> Problem:
    says = "Neither its name is that of a table, nor are its columns those of a known file; it was not used."
    remedy = "Name it after a table such as shifts or incidents_2025, or leave it out."
    return Problem(WARNING, "file_not_used", says, remedy, file=raw.label)


def fit_export(
    connection: duckdb.DuckDBPyConnection,
    export: Export,
    contract: Contract,
    settings: Settings,
    today: date,
    progress: Progress,
    removing: Collection[int] = (),
) -> None:
    """Fill the schema `export`, later loads over earlier ones, and record whatever breaks the contract or a check."""
    checks = [check for check in load_checks(settings.folders.queries / "checks") if check.applies_to(export.present)]
    tables = [table for table in contract.in_load_order() if table.name in export.sheets]
    total = len(tables) + len(checks)
    absent = [name for name in contract.tables if name not in export.sheets]
    for number, table in enumerate(tables):
        progress(f"Checking {table.name}", number, total)
        raws = export.sheets[table.name]
        for raw in raws:
            findings.record(connection, cells.check_headers(raw, table, contract))
        rows = cells.fit_table(connection, raws, table, contract.forbidden)
        if not rows:
            findings.record(connection, [_empty(table.name, table.required, raws[0])])
    overlay.lay_over(connection, export.sheets, contract, removing)
    for table in tables:
        usable = set(export.present) - findings.tables_with_errors(connection)
        keys.check_keys(connection, table, usable, absent)
    digests.check_digests(connection, export.used)
    broken = findings.tables_with_errors(connection)
    for table in contract.tables.values():
        if table.required and table.name not in export.sheets and export.sheets and table.name not in broken:
            says = f"The table {table.name} is missing; every export needs it."
            remedy = f"Add {table.name}.csv; `python -m sro template {table.name}` writes a blank one."
            findings.record(connection, [Problem(ERROR, "missing_table", says, remedy, table.name)])
    broken = findings.tables_with_errors(connection)
    for number, check in enumerate(checks, start=len(tables)):
        progress(check.asks, number, total)
        if not broken & {*check.needs, check.table}:
            findings.record(connection, run_check(connection, check, today))


def _empty(table: str, required: bool, raw: RawTable) -> Problem:
    if required:
        return Problem(ERROR, "no_rows", "There are no rows.", "Export it again.", table, raw.label)
    remedy = "Leave the file out if the table was not collected; with it, nothing happened."
    return Problem(WARNING, "no_rows", "There are column names but no rows.", remedy, table, raw.label)


def describe_export(
    connection: duckdb.DuckDBPyConnection,
    export: Export,
    contract: Contract,
    settings: Settings,
    today: date,
    facts: Mapping[str, str],
) -> None:
    """Fill the schemas `reference` and `meta`; `facts` are added to those that come from the export itself."""
    for path in sorted(settings.folders.reference.glob("*.csv")):
        if path.stem not in NOT_REFERENCE:
            _read_reference(connection, path)
    connection.execute("CREATE TABLE meta.fact (name VARCHAR, value VARCHAR)")
    connection.execute("CREATE TABLE meta.table_presence (table_name VARCHAR, present BOOLEAN, row_count BIGINT)")
    connection.execute(
        "CREATE TABLE meta.source (file VARCHAR, sheet VARCHAR, table_name VARCHAR, sha256 VARCHAR, row_count BIGINT)"
    )
    connection.execute("CREATE TABLE meta.setting (name VARCHAR, value DOUBLE)")
    connection.execute(
        "CREATE TABLE meta.warning AS SELECT rule, table_name, file, row_number, column_name, value, message, remedy "
        "FROM raw.finding WHERE severity = 'warning' ORDER BY table_name, rule, file, row_number, column_name, value"
    )
    presence = [(name, name in export.sheets, rows) for name, rows in row_counts(connection, contract).items()]
    fill(connection, "meta.table_presence", presence)
    sources = [(raw.source.name, raw.sheet, table, raw.source.sha256, raw.rows) for raw, table in export.used]
    fill(connection, "meta.source", sources)
    fill(connection, "meta.setting", sorted(settings.parameters.items()))
    dates = (settings.folders.queries / "load" / "data_dates.sql").read_text(encoding="utf-8")
    data_from, data_through = connection.execute(dates, {"today": today}).fetchone() or (today, today)
    synthetic = connection.execute("SELECT coalesce(bool_or(synthetic), FALSE) FROM export.manifest").fetchone()
    stated = {
        "data_from": str(data_from),
        "data_through": str(data_through),
        "synthetic": "true" if synthetic and synthetic[0] else "false",
        "loader_version": __version__,
        **facts,
    }
    fill(connection, "meta.fact", sorted(stated.items()))


def _read_reference(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A file of public facts as reference.<singular>; codes stay text, only the place in lists is a number."""
    name = f"{path.stem.removesuffix('ies')}y" if path.stem.endswith("ies") else path.stem.removesuffix("s")
    rows = connection.from_csv_auto(str(path), header=True, all_varchar=True)
    columns = ", ".join(
        f'"{column}"::BIGINT AS "{column}"' if column == "sort_order" else f'"{column}"' for column in rows.columns
    )
    connection.execute(f"CREATE TABLE reference.{name} AS SELECT {columns} FROM rows")


def row_counts(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, int]:
    """Rows of every table of the contract."""
    counted = " UNION ALL ".join(
        f"SELECT {place} AS place, '{name}' AS name, count(*) AS rows FROM export.\"{name}\""
        for place, name in enumerate(contract.tables)
    )
    return dict(connection.execute(f"SELECT name, rows FROM ({counted}) ORDER BY place").fetchall())


def build_model(
    connection: duckdb.DuckDBPyConnection,
    export: Export,
    settings: Settings,
    progress: Progress,
    engine: Engine = DUCKDB,
) -> None:
    """Model and roll up on an engine, then decide what may show; `raw` is let go first."""
    connection.execute("DETACH raw")
    queries = settings.folders.queries
    catalogue = read_catalogue(queries / "metrics")
    engine.run(connection, catalogue, export.present, queries, progress)
    add_up_program(connection, catalogue, queries / "rollup")
    progress("Deciding what each audience may see", 0, 1)
    decisions.store(connection, catalogue, export.present, queries / "disclosure", settings.thresholds)
