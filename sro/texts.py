"""Reads delimited text: any common delimiter, UTF-8, UTF-16 with its mark, or cp1252.

A healthy file goes through DuckDB's reader. Whatever that will not take (blank lines, ragged rows, loose quotation
marks) is read again slowly, row by row, so that a problem is named with the row that a person sees.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import duckdb
import pyarrow as pa

from sro.problems import Problem
from sro.raw import RawTable, Source, count_rows, new_relation, read_headers, unreadable

DELIMITERS = ",;\t|"
CHUNK = 1 << 20
HEAD = 4 << 20
LONGEST_ROW = 16 << 20
CONTROLS = bytes([*range(0, 9), *range(14, 32), 127])
BLANK_LINE = re.compile(rb"\n\r?\n[\r\n]*[^\r\n]|\r\r+[^\r\n]")
MOST_ROWS_NAMED = 1000
csv.field_size_limit(LONGEST_ROW)


def read_text(
    connection: duckdb.DuckDBPyConnection, source: Source, scratch: Path
) -> tuple[list[RawTable], list[Problem]]:
    """The file as one table of text, or what is wrong with it."""
    path, encoding = _as_utf8(source, scratch)
    if not path:
        return [], [unreadable(source, "The file is not text.", "Export it as CSV in UTF-8, or as XLSX.")]
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(HEAD)
    if not head.strip():
        return [], [unreadable(source, "The file is empty.", "Export it again.")]
    delimiter = find_delimiter(head)
    try:
        first = next(csv.reader(_lines(head), delimiter=delimiter, strict=True), [])
    except csv.Error:
        says = "A quotation mark in the first row is not closed."
        return [], [unreadable(source, says, "Mend the row or export the file again.", 1)]
    headers, problems = read_headers(source, first)
    if problems:
        return [], problems
    try:
        if _has_blank_lines(path):
            raise duckdb.InvalidInputException("blank lines would shift the row numbers")
        relation, row = _read_fast(connection, path, delimiter, len(first)), "rowid + 2"
    except duckdb.Error:
        with path.open(encoding=encoding, newline="") as file:
            relation, problems = _read_slowly(connection, source, file, delimiter, len(first))
        row = "_row"
    if problems:
        return [], problems
    return [RawTable(source, "", relation, headers, row, count_rows(connection, relation))], []


def _as_utf8(source: Source, scratch: Path) -> tuple[Path | None, str]:
    """The file itself when it is UTF-8, else a copy that is; nothing when its bytes are no text at all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return _transcoded(source, "utf-16", scratch), "utf-8"
        file.seek(0)
        try:
            for chunk in iter(lambda: file.read(CHUNK), b""):
                if _has_controls(chunk):
                    return None, ""
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _transcoded(source, "cp1252", scratch), "utf-8"
    return source.path, "utf-8-sig"


def _has_controls(chunk: bytes) -> bool:
    return len(chunk.translate(None, CONTROLS)) != len(chunk)


def _transcoded(source: Source, encoding: str, scratch: Path) -> Path | None:
    scratch.mkdir(parents=True, exist_ok=True)
    copy = scratch / f"{source.sha256[:16]}.csv"
    try:
        with source.path.open(encoding=encoding, newline="") as text, copy.open("wb") as out:
            for chunk in iter(lambda: text.read(CHUNK), ""):
                encoded = chunk.encode("utf-8")
                if _has_controls(encoded):
                    return None
                out.write(encoded)
    except UnicodeError:
        return None
    return copy


def _lines(text: str) -> Iterable[str]:
    return io.StringIO(text, newline="")


def find_delimiter(head: str) -> str:
    """The delimiter that cuts the most lines into as many cells as the header, and into more than one."""
    lines = list(itertools.islice((line for line in _lines(head) if line.strip()), 50))

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return 0, 0
        return (widths.count(widths[0]), widths[0]) if widths and widths[0] > 1 else (0, 0)

    return max(DELIMITERS, key=fit)


def _has_blank_lines(path: Path) -> bool:
    """Whether an empty line stands anywhere but at the end."""
    ends = b""
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            text = ends + chunk
            pairs = (b"\n\n", b"\n\r\n", b"\r\r") if b"\r" in text else (b"\n\n",)
            if any(pair in text for pair in pairs) and BLANK_LINE.search(text):
                return True
            ends = text[len(text.rstrip(b"\r\n")) :]
    return False


def _read_fast(connection: duckdb.DuckDBPyConnection, path: Path, delimiter: str, width: int) -> str:
    relation = new_relation(connection)
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    connection.execute(
        f"""CREATE TABLE {relation} AS
        SELECT * FROM read_csv(
            $path, columns = {{{columns}}}, delim = $delimiter, quote = '"', escape = '"', header = true,
            auto_detect = false, strict_mode = true, max_line_size = {LONGEST_ROW}, buffer_size = {2 * LONGEST_ROW}
        )""",
        {"path": str(path), "delimiter": delimiter},
    )
    return relation


def _read_slowly(
    connection: duckdb.DuckDBPyConnection, source: Source, file: TextIO, delimiter: str, width: int
) -> tuple[str, list[Problem]]:
    """Row by row; the first thousand rows that cannot be read are named, and how many others there are."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    problems: list[Problem] = []
    mend = "Mend the row or export the file again."
    number = 0
    try:
        for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True), start=1):
            if number == 1 or not any(cell.strip() for cell in row):
                continue
            if len(row) != width:
                says = "fewer" if len(row) < width else "more"
                problems.append(
                    unreadable(source, f"The row has {len(row)} cells, {says} than the header's {width}.", mend, number)
                )
            else:
                rows.append(row)
                numbers.append(number)
    except csv.Error as error:
        says = (
            "A quotation mark is not closed, or text stands behind a closed one."
            if "field larger" not in str(error)
            else f"A cell is longer than {LONGEST_ROW >> 20} million characters."
        )
        problems.append(unreadable(source, says, mend, number + 1))
    if problems:
        more = len(problems) - MOST_ROWS_NAMED
        last = [unreadable(source, f"{more:,} more rows cannot be read.", mend)] if more > 0 else []
        return "", problems[:MOST_ROWS_NAMED] + last
    columns = zip(*rows, strict=True) if rows else ([] for _ in range(width))
    cells = {f"c{place}": pa.array(list(column), pa.string()) for place, column in enumerate(columns)}
    return store(connection, pa.table({**cells, "_row": pa.array(numbers, pa.int64())})), []


def store(connection: duckdb.DuckDBPyConnection, text: pa.Table) -> str:
    """A table of text and row numbers, in the database `raw`."""
    relation = new_relation(connection)
    connection.register("text_read", text)
    connection.execute(f"CREATE TABLE {relation} AS SELECT * FROM text_read")
    connection.unregister("text_read")
    return relation
