"""What somebody dropped, before anything is loaded: which sheets, which of them are known, what the others could be."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from sro import building, exports, mapping
from sro.contract import Contract, load_contract, normalized
from sro.problems import Problem
from sro.raw import RawTable
from sro.recognition import Likeness, Proposal, Vocabulary, likeness, likenesses, mapping_toml, read_vocabulary
from sro.settings import Settings
from sro.store import Vintage, VintageError

MOST_TEXTS = 200
SCHOOLS = "SELECT school_id, name, short_name FROM export.schools ORDER BY school_id"


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was found.

    `known` says as what it will be read; empty where a person has to say it, with `likely` tables to choose from.
    `texts` holds the different texts of each column that has at most 200.
    """

    label: str
    headers: tuple[str, ...]
    rows: int
    known: str
    likely: tuple[Likeness, ...]
    texts: Mapping[str, tuple[str, ...]]


def put_aside(files: Iterable[tuple[str, bytes]], inbox: Path) -> Path:
    """Write files to a folder named by their content; gives what can be loaded: the folder, or a single zip in it.

    What others dropped stays beside it until `[retention] inbox_days` are over.
    Raises VintageError when two files have one name.
    """
    files = sorted((Path(name).name, content) for name, content in files)
    repeated = next((one for (one, _), (other, _) in pairwise(files) if one == other), None)
    if repeated:
        raise VintageError(f"Two of the files are named {repeated}. Give one another name and drop them again.")
    digest = hashlib.sha256(repr([(name, hashlib.sha256(content).digest()) for name, content in files]).encode())
    folder = inbox / digest.hexdigest()[:16]
    if not folder.is_dir():
        inbox.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".dropping-", dir=inbox) as scratch:
            whole = Path(scratch) / folder.name
            whole.mkdir()
            for name, content in files:
                (whole / name).write_bytes(content)
            with contextlib.suppress(OSError):  # somebody dropped the same at the same moment
                whole.rename(folder)
    is_zip = len(files) == 1 and files[0][0].lower().endswith(".zip")
    return folder / files[0][0] if is_zip else folder


def look(path: Path, settings: Settings, words: Vocabulary) -> tuple[list[Sheet], list[Problem]]:
    """Every sheet of a file, folder or zip, and what cannot be read. Nothing is stored."""
    contract = load_contract(settings.folders.contract)
    known = building.known_mappings(contract, settings)
    with (
        tempfile.TemporaryDirectory(prefix="sro-look-", ignore_cleanup_errors=True) as scratch,
        contextlib.closing(duckdb.connect(config={"temp_directory": scratch})) as connection,
    ):
        building.prepare(connection, contract, settings.folders)
        sources, problems = exports.find_sources(path, Path(scratch) / "unpacked", settings.limits)
        sheets = []
        for source in sources:
            raws, wrong = exports.read(connection, source, Path(scratch), settings.limits)
            problems += wrong
            sheets += [_sheet(connection, raw, len(raws), contract, known, words) for raw in raws]
        return sheets, problems


def _sheet(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    sheets: int,
    contract: Contract,
    mappings: Sequence[mapping.ForeignFile],
    words: Vocabulary,
) -> Sheet:
    foreign = mapping.find_mapping(raw, mappings)
    named = contract.tables.get(building.table_of(raw, sheets, contract) or "")
    if foreign:
        return Sheet(raw.label, raw.headers, raw.rows, foreign.title, (), {})
    if named and {field.name for field in named.fields if field.required} <= raw.columns.keys():
        return Sheet(raw.label, raw.headers, raw.rows, named.title, (), {})
    likely = likenesses(raw.headers, contract, words)
    if named:
        rest = [one for one in likely if one.table.name != named.name]
        likely = [likeness(raw.headers, named, words), *rest]
    texts = {header: _texts(connection, raw, place) for place, header in enumerate(raw.headers)}
    return Sheet(raw.label, raw.headers, raw.rows, "", tuple(likely), texts)


def _texts(connection: duckdb.DuckDBPyConnection, raw: RawTable, place: int) -> tuple[str, ...]:
    found = connection.execute(
        f"SELECT DISTINCT clean(c{place}) AS said FROM {raw.relation} WHERE clean(c{place}) IS NOT NULL "
        f"ORDER BY said LIMIT {MOST_TEXTS + 1}"
    ).fetchall()
    return tuple(text for (text,) in found) if len(found) <= MOST_TEXTS else ()


def vocabulary(settings: Settings, served: Vintage | None) -> Vocabulary:
    """The synonyms of the project, and the schools of what is served by their names."""
    words = read_vocabulary(settings.folders.reference)
    if served is None:
        return words
    schools = served.cursor().execute(SCHOOLS).fetchall()
    return words.knowing("school_id", {school: [school, *names] for school, *names in schools})


def remember(sheet: Sheet, proposals: Sequence[Proposal], settings: Settings, nothing: Sequence[str] = ()) -> Path:
    """Write what was confirmed as a mapping of the office's own; gives its path. `nothing` are texts for empty cells.

    Raises MappingError, and keeps nothing, when a needed column is missing or a template cannot be read.
    """
    contract = load_contract(settings.folders.contract)
    title = Path(sheet.label.split(" [")[0]).stem
    text = mapping_toml(title, sheet.headers, proposals, nothing)
    digest = hashlib.sha256(repr([normalized(header) for header in sheet.headers]).encode()).hexdigest()[:8]
    name = f"{normalized(title)[:40] or 'file'}_{digest}.toml"
    with tempfile.TemporaryDirectory(prefix="sro-mapping-") as scratch:
        (Path(scratch) / name).write_text(text, encoding="utf-8")
        mapping.load_mappings(Path(scratch), contract)
    folder = settings.folders.own_mappings
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name
