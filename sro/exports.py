"""Finds what an office exported and reads it as text: single files, folders and zips of CSV, XLSX and Parquet.

Nothing is interpreted here: every cell becomes text with the row that a person sees in the sheet (the header is row 1).
What the cells mean is decided in cells.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from sro import texts, workbooks
from sro.archives import unpack
from sro.contract import normalized
from sro.digests import sha256_of
from sro.problems import ERROR, WARNING, Problem
from sro.raw import RawTable, Source, unreadable

READABLE = (".csv", ".txt", ".tsv", ".xlsx", ".parquet")
# Left lying in folders and zips by people and systems; nobody needs to be told.
IGNORED = re.compile(r"^(\.|~\$|__macosx)|^(thumbs\.db|desktop\.ini)$|\.(md|rst|pdf|html?|log)$|^readme", re.IGNORECASE)
INSTEAD = {
    ".zip": "Load the zip by itself, or unpack it here.",
    ".xls": "Save it as XLSX or CSV.",
    ".xlsm": "Save it as XLSX or CSV.",
    ".xlsb": "Save it as XLSX or CSV.",
    ".ods": "Save it as XLSX or CSV.",
    ".json": "Save it as CSV.",
}


def find_sources(path: Path, scratch: Path, limits: Mapping[str, int]) -> tuple[list[Source], list[Problem]]:
    """The readable files of a file, folder or zip, sorted by name, and what was found but is not read.

    A zip is unpacked into `scratch`, within `limits` (archive_megabytes, archive_ratio, archive_files).
    """
    if not path.exists():
        return [], [Problem(ERROR, "no_file", "There is nothing here.", "Check the path.", file=str(path))]
    named, problems = _named_files(path, scratch, limits)
    sources = []
    for name, file in named:
        if file != path and any(IGNORED.search(part) for part in Path(name).parts):
            continue
        suffix = Path(name).suffix.lower()
        if suffix not in READABLE:
            remedy = INSTEAD.get(suffix, "Leave it out, or save it as CSV or XLSX.")
            problems.append(Problem(WARNING, "file_not_used", "This kind of file is not read.", remedy, file=name))
            continue
        try:
            sources.append(Source(file, name, sha256_of(file)))
        except OSError as error:
            problems.append(_closed(name, error))
    if not sources and not any(problem.severity == ERROR for problem in problems):
        says = "There is no CSV, XLSX or Parquet file here."
        problems.append(Problem(ERROR, "no_file", says, "Check the path.", file=path.name or str(path)))
    return sorted(sources, key=lambda source: source.name), problems


def _named_files(path: Path, scratch: Path, limits: Mapping[str, int]) -> tuple[list[tuple[str, Path]], list[Problem]]:
    if path.is_dir():
        return [(file.relative_to(path).as_posix(), file) for file in path.rglob("*") if file.is_file()], []
    if path.suffix.lower() == ".zip":
        return unpack(path, scratch, limits)
    return [(path.name, path)], []


def _closed(name: str, error: OSError) -> Problem:
    says = f"The file cannot be opened ({error.strerror or error})."
    return Problem(ERROR, "unreadable_file", says, "Close it in other programs and try again.", file=name)


def read(
    connection: duckdb.DuckDBPyConnection, source: Source, scratch: Path, limits: Mapping[str, int]
) -> tuple[list[RawTable], list[Problem]]:
    """Every sheet of a file as a table of text in the database `raw`, or what is wrong with the file."""
    try:
        if source.path.stat().st_size == 0:
            return [], [unreadable(source, "The file is empty.", "Export it again.")]
        if source.suffix == ".xlsx":
            return workbooks.read_workbook(connection, source, limits)
        if source.suffix == ".parquet":
            return workbooks.read_parquet(connection, source)
        return texts.read_text(connection, source, scratch)
    except OSError as error:
        return [], [_closed(source.name, error)]
    except (duckdb.Error, pa.ArrowException, UnicodeError) as error:
        says = str(error).strip().splitlines()[0]
        for place in (source.path, scratch):  # where it lies on the server is nobody's business
            says = says.replace(str(place), source.name)
        return [], [unreadable(source, f"The file cannot be read ({says[:160]}).", "Export it again.")]


def recognized(name: str, tables: Iterable[str]) -> str | None:
    """The contract table that a file or sheet name means: `Shifts 2025.csv`, `shift`, `export_shifts_v2` → shifts."""
    known = set(tables)
    text = normalized(re.sub(r"\.(csv|txt|tsv|xlsx|parquet)$", "", name.rsplit("/", 1)[-1], flags=re.IGNORECASE))
    for candidate in (text, re.sub(r"^(sro|exported|export|data)_", "", text)):
        bare = re.sub(r"(_(\d+|part|v\d+|final|export|data|q[1-4]|s[12]|copy))+$", "", candidate)
        for form in (candidate, bare, f"{bare}s", f"{bare}es", f"{bare.removesuffix('y')}ies"):
            if form in known:
                return form
    return None
