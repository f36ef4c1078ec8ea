"""Bytes at random at the readers of exports, guided by which code they reach.

python -m tests.attacks.fuzzing [-atheris_runs=N] [-seed=N] [CORPUS]; needs atheris, which there is for Linux only. The
first byte says what the rest is: a text, a workbook, a Parquet file, a zip, or one part of a whole workbook or zip.
Whatever comes, a reader gives tables or says what is wrong and what to do; anything raised, and any crash, ends it.
"""

from __future__ import annotations

import io
import sys
import zipfile
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import atheris

with atheris.instrument_imports(  # type: ignore[reportAttributeAccessIssue]  # atheris has no types
    include=["sro.archives", "sro.exports", "sro.raw", "sro.texts", "sro.workbooks"]
):
    from sro import archives, exports, raw, texts, workbooks  # noqa: F401

import duckdb

from sro import building
from sro.contract import load_contract
from sro.settings import PROJECT, Folders, read_settings
from tests.vintages.mutations import files, workbook, zipped

CONTRACT = load_contract(PROJECT / "data" / "contract")
LIMITS = read_settings(folders=Folders()).limits
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = workbook([["school_id", "name"], ["A", "Alder"]])
RENEWED = 200  # runs after which the database is another


def inside(whole: bytes, name: str, content: bytes) -> bytes:
    """A zip with one of its parts replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, content)
    return packed.getvalue()


KINDS = (
    ("schools.csv", lambda content: content),
    ("schools.xlsx", lambda content: content),
    ("schools.xlsx", lambda content: inside(WORKBOOK, SHEET, content)),
    ("schools.xlsx", lambda content: inside(WORKBOOK, "xl/workbook.xml", content)),
    ("schools.parquet", lambda content: content),
    ("sent.zip", lambda content: content),
    ("sent.zip", lambda content: zipped({"schools.csv": content})),
)


def seeds() -> list[bytes]:
    """Something healthy of each kind, so that what is tried begins where files are read and not only refused."""
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as parts:
        sheet, book = parts.read(SHEET), parts.read("xl/workbook.xml")
    table = files()["schools.csv"]
    with TemporaryDirectory() as scratch, duckdb.connect() as connection:
        path = Path(scratch) / "schools.parquet"
        connection.execute(f"COPY (SELECT 'A' AS school_id, 'Alder' AS name) TO '{path}' (FORMAT parquet)")
        parquet = path.read_bytes()
    healthy = (table, WORKBOOK, sheet, book, parquet, zipped(files()), table)
    texts_of = [table.decode().encode(encoding) for encoding in ("utf-16", "utf-8-sig", "cp1252")]
    return [bytes([kind]) + content for kind, content in [*enumerate(healthy), *((0, text) for text in texts_of)]]


class Reader:
    """Reads as a load does, in a database that is renewed now and then."""

    def __init__(self, home: Path) -> None:
        self.home, self.runs = home, count()

    def __call__(self, data: bytes) -> None:
        if not data:
            return
        number = next(self.runs)
        if number % RENEWED == 0:
            self.connection = duckdb.connect()
            building.prepare(self.connection, CONTRACT, Folders())
        name, made = KINDS[data[0] % len(KINDS)]
        with TemporaryDirectory(dir=self.home) as place:
            path = Path(place) / name
            path.write_bytes(made(data[1:]))
            sources, problems = exports.find_sources(path, Path(place) / "unpacked", LIMITS)
            for source in sources:
                raws, wrong = exports.read(self.connection, source, Path(place), LIMITS)
                problems += wrong
                assert raws or wrong, f"{source.name} was passed over in silence"
            assert sources or problems
            for problem in problems:
                assert problem.message and problem.remedy and str(place) not in str(problem), problem


def main() -> None:
    with TemporaryDirectory() as home:
        corpus = Path(home) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds()):
            (corpus / f"{number}").write_bytes(seed)
        found = f"-artifact_prefix={gettempdir()}/sro-"
        atheris.Setup([*sys.argv, "-max_len=4096", found, str(corpus)], Reader(Path(home)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
