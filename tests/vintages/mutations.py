"""Ways in which an export arrives broken, each drawn from a seed, with what a load must say of it.

The files are those that tests/office.py logged, and a manifest that counts their rows.
"""

from __future__ import annotations

import csv
import io
import string
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.office import LOGGED

TABLES = tuple(name.removesuffix(".csv") for name in LOGGED)
TYPES = {
    "date": [("activities", "date"), ("incidents", "occurred_on")],
    "count": [("activities", "students_reached"), ("activities", "duration_min")],
    "code": [("activities", "activity_type"), ("incidents", "local_category"), ("schools", "level")],
    "key": [("districts", "district_id"), ("schools", "school_id"), ("activities", "activity_id")],
    "reference": [("schools", "district_id"), ("activities", "school_id"), ("log_submissions", "school_id")],
    "required": [("schools", "name"), ("activities", "date"), ("log_submissions", "submitted"), ("districts", "name")],
    "optional": [("schools", "level"), ("activities", "students_reached"), ("incidents", "occurred_time")],
    "text": [("schools", "name"), ("districts", "name")],
}
FORMULAS = ("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "+1", "-1", '=HYPERLINK("http://example.org";"x")', "\t=1+1")
BAD_DATES = ("30.9.2025", "2025/09/30", "09-30-2025", "9/30/25", "20250930", "Sept 30", "45930", "2025-09-30T10:00Z")
IMPOSSIBLE_DATES = ("2025-02-30", "2025-13-01", "2025-00-10", "0000-00-00", "2/30/2025", "1025-09-08", "9999-09-08")
NOT_NUMBERS = ("NaN", "inf", "-Infinity", "1e400", "0x1F", "twenty", "1.5", "12,34", "٣", "1_000")
HUGE = ("9" * 30, str(2**63), "1e30", "-" + "9" * 19)
PERSONS = ("student_name", "Date of Birth", "DOB", "parent_phone", "E-Mail", "home_address", "Case Number", "narrative")
IDENTIFYING = ("Ask jo@example.org", "call 607-555-0123", "SSN 123-45-6789")


@dataclass(frozen=True)
class Mutation:
    """The files to load, or a zip of its own. `says` is the rule that must be named; without one, nothing is wrong.

    Where `file`, `row`, `column` and `value` are given, a problem of that rule must name them.
    """

    files: Mapping[str, bytes]
    says: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    archive: bytes = b""


Rows = list[list[str]]


def tables() -> dict[str, Rows]:
    """What the office logged, header first."""
    return {name: list(csv.reader(io.StringIO(LOGGED[f"{name}.csv"]))) for name in TABLES}


def written(rows: Rows, newline: str = "\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows(rows)
    return out.getvalue().encode()


def files(changed: Mapping[str, Rows] | None = None, contents: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """All files, some with other rows or other bytes; the manifest counts the rows of the healthy ones."""
    healthy = tables()
    counts = [[name, str(len(rows) - 1)] for name, rows in healthy.items()]
    made = {f"{name}.csv": written(rows) for name, rows in {**healthy, **(changed or {})}.items()}
    made["manifest.csv"] = written([["table_name", "row_count"], *counts])
    return made | {f"{name}.csv": content for name, content in (contents or {}).items()}


def cell_becomes(random: Random, kind: str, values: tuple[str, ...], says: str) -> Mutation:
    """One cell of a column of that kind holds one of the values."""
    (table, column), value = random.choice(TYPES[kind]), random.choice(values)
    rows = tables()[table]
    place, row = rows[0].index(column), random.randrange(1, len(rows))
    rows[row][place] = value
    return Mutation(files({table: rows}), says, f"{table}.csv", row + 1, column, value.strip())


def without_column(random: Random, kind: str, says: str) -> Mutation:
    table, column = random.choice(TYPES[kind])
    rows = tables()[table]
    place = rows[0].index(column)
    return Mutation(
        files({table: [row[:place] + row[place + 1 :] for row in rows]}), says, f"{table}.csv", None, column
    )


def renamed_column(random: Random) -> Mutation:
    table, column = random.choice(TYPES["required"])
    rows = tables()[table]
    rows[0][rows[0].index(column)] = column + random.choice(("_x", "2", " (old)"))
    return Mutation(files({table: rows}), "missing_column", f"{table}.csv", None, column)


def swapped_types(random: Random) -> Mutation:
    table, (one, other) = "activities", ("date", random.choice(("students_reached", "duration_min", "activity_type")))
    rows = tables()[table]
    first, second = rows[0].index(one), rows[0].index(other)
    for row in rows[1:]:
        row[first], row[second] = row[second], row[first]
    return Mutation(files({table: rows}), "wrong_type", f"{table}.csv", 2, one, rows[1][first])


def repeated_key(random: Random) -> Mutation:
    table, column = random.choice(TYPES["key"])
    rows = tables()[table]
    again = random.choice(rows[1:])
    return Mutation(files({table: [*rows, again]}), "repeated_key", f"{table}.csv", len(rows) + 1, column, again[0])


def cut_off(random: Random) -> Mutation:
    """The file ends in the midst of a row, before its last cell."""
    table = random.choice(("activities", "schools", "log_submissions"))
    content = written(tables()[table])
    last = content.rstrip().rfind(b"\n") + 1
    end = random.randrange(last + 1, content.rstrip().rfind(b",") + 1)
    return Mutation(
        files(contents={table: content[:end]}), "unreadable_file", f"{table}.csv", content[:last].count(b"\n") + 1
    )


def cut_between_rows(random: Random) -> Mutation:
    """Only the manifest can tell."""
    table = random.choice(("activities", "schools", "log_submissions"))
    rows = tables()[table]
    return Mutation(files({table: rows[:-1]}), "row_count_differs", "manifest.csv", None, "row_count")


def junk(random: Random) -> Mutation:
    table = random.choice(TABLES)
    return Mutation(files(contents={table: b"\0" + random.randbytes(5000)}), "unreadable_file", f"{table}.csv")


def nul_bytes(random: Random) -> Mutation:
    content = written(tables()["activities"])
    place = random.randrange(len(content))
    return Mutation(
        files(contents={"activities": content[:place] + b"\0" + content[place:]}), "unreadable_file", "activities.csv"
    )


def long_cell(random: Random) -> Mutation:
    table, column = random.choice(TYPES["text"])
    rows = tables()[table]
    rows[1][rows[0].index(column)] = random.choice(string.ascii_letters) * 10**6
    return Mutation(files({table: rows}), "too_long", f"{table}.csv", 2, column, "1,000,000 characters")


def zipped(contents: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return packed.getvalue()


def zip_bomb(random: Random) -> Mutation:
    size = random.randrange(12, 20) << 20
    return Mutation({}, "archive", "export.zip", archive=zipped({**files(), "schools.csv": b"0" * size}))


def zip_traversal(random: Random) -> Mutation:
    name = random.choice(("../{}", "a/../../{}", "/tmp/{}", "C:/{}", "..\\{}")).format("sro-escaped.csv")
    return Mutation({}, "archive", "export.zip", archive=zipped({**files(), name: b"a,b\n1,2\n"}))


def zip_cut_short(random: Random) -> Mutation:
    archive = zipped(files())
    return Mutation({}, "archive", "export.zip", archive=archive[: random.randrange(30, len(archive) - 30)])


def other_encoding(random: Random) -> Mutation:
    """Encodings that programs write; the name has a letter that they spell differently."""
    rows = tables()["schools"]
    rows[1][2] = "École Alder"
    text = written(rows).decode()
    return Mutation(files(contents={"schools": text.encode(random.choice(("utf-8-sig", "utf-16", "cp1252", "utf-8")))}))


def wrong_encoding(random: Random) -> Mutation:
    """UTF-16 without its mark, and bytes that cp1252 does not have."""
    text = written(tables()["schools"]).decode()
    content = random.choice((text.encode("utf-16-le"), text.encode().replace(b"Alder", b"\x81\x8d\xff")))
    return Mutation(files(contents={"schools": content}), "unreadable_file", "schools.csv")


def open_quotation_mark(random: Random) -> Mutation:
    table = random.choice(("activities", "schools"))
    lines = written(tables()[table]).splitlines(keepends=True)
    row = random.randrange(1, len(lines))
    cells = lines[row].split(b",")
    cells[1] = b'"' + cells[1]
    lines[row] = b",".join(cells)
    return Mutation(files(contents={table: b"".join(lines)}), "unreadable_file", f"{table}.csv")


def ragged_row(random: Random) -> Mutation:
    table = random.choice(TABLES)
    rows = tables()[table]
    row = random.randrange(1, len(rows))
    rows[row] = rows[row] + ["more"] if random.random() < 0.5 else rows[row][:-1]
    if len(rows[0]) == 2 and len(rows[row]) == 1:
        rows[row] += ["", "more"]
    return Mutation(files({table: rows}), "unreadable_file", f"{table}.csv", row + 1)


def header_only(random: Random) -> Mutation:
    return Mutation(files({"schools": tables()["schools"][:1]}), "no_rows", "schools.csv")


def empty_file(random: Random) -> Mutation:
    table = random.choice(TABLES)
    content = random.choice((b"", b"\n\n", b"   ", b"\xef\xbb\xbf"))
    return Mutation(files(contents={table: content}), "unreadable_file", f"{table}.csv")


def more_columns(random: Random) -> Mutation:
    """Columns that the contract does not have are left out, with a warning."""
    table = random.choice(TABLES)
    extra = random.choice(("shade", "x9", "weather"))
    return Mutation(files({table: [[*row, extra if not n else "1"] for n, row in enumerate(tables()[table])]}))


def personal_column(random: Random) -> Mutation:
    table, column = random.choice(TABLES), random.choice(PERSONS)
    rows = [[*row, column if not number else "Jo Doe"] for number, row in enumerate(tables()[table])]
    return Mutation(files({table: rows}), "forbidden_column", f"{table}.csv", None, column)


def personal_value(random: Random) -> Mutation:
    mutation = cell_becomes(random, "text", IDENTIFYING, "forbidden_value")
    return Mutation(mutation.files, mutation.says, mutation.file, mutation.row, mutation.column)  # never repeated


def repeated_header(random: Random) -> Mutation:
    table = random.choice(TABLES)
    rows = tables()[table]
    rows[0][-1] = random.choice((rows[0][0], rows[0][0].upper(), f" {rows[0][0]} "))
    return Mutation(files({table: rows}), "repeated_column", f"{table}.csv", 1, rows[0][-1].strip())


def mixed_line_ends(random: Random) -> Mutation:
    lines = written(tables()["activities"]).splitlines()
    return Mutation(files(contents={"activities": b"".join(line + random.choice((b"\n", b"\r\n")) for line in lines)}))


def blank_lines(random: Random) -> Mutation:
    lines = written(tables()["activities"]).splitlines(keepends=True)
    lines.insert(random.randrange(1, len(lines) + 1), random.choice((b"\n", b"\r\n", b",,,,,,\n", b" , ,,,,,\n")))
    return Mutation(files(contents={"activities": b"".join(lines)}))


def other_delimiter(random: Random) -> Mutation:
    text = written(tables()["activities"]).decode()
    return Mutation(files(contents={"activities": text.replace(",", random.choice(";\t|")).encode()}))


def spelled_headers(random: Random) -> Mutation:
    rows = tables()["activities"]
    spell: Callable[[str], str] = random.choice((str.upper, str.title, lambda name: f" {name.replace('_', ' ')} "))
    rows[0] = [spell(name) for name in rows[0]]
    return Mutation(files({"activities": rows}))


def workbook(rows: Rows) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def without(table: str) -> dict[str, bytes]:
    made = files()
    del made[f"{table}.csv"]
    return made


def broken_workbook(random: Random) -> Mutation:
    healthy = workbook(tables()["activities"])
    with zipfile.ZipFile(io.BytesIO(healthy)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    content = random.choice(
        (
            healthy[: random.randrange(4, len(healthy) - 30)],
            b"PK\x03\x04" + random.randbytes(2000),
            written(tables()["activities"]),
            zipped({**parts, "xl/worksheets/sheet1.xml": random.randbytes(500)}),
            zipped({**parts, "xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]}),
            zipped({name: part for name, part in parts.items() if "sheet1" not in name}),
        )
    )
    name = "activities.xlsx"
    return Mutation({**without("activities"), name: content}, "unreadable_file archive", name)


def broken_parquet(random: Random) -> Mutation:
    header, *rows = tables()["activities"]
    columns = {name: pa.array(column) for name, column in zip(header, zip(*rows, strict=True), strict=True)}
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    healthy = content.getvalue()
    broken = random.choice(
        (healthy[: random.randrange(1, len(healthy) - 8)], b"PAR1" + random.randbytes(900) + b"PAR1")
    )
    name = "activities.parquet"
    return Mutation({**without("activities"), name: broken}, "unreadable_file", name)


# How often each is drawn.
KINDS: Mapping[str, tuple[int, Callable[[Random], Mutation]]] = {
    "a required column is gone": (6, lambda random: without_column(random, "required", "missing_column")),
    "a column that may be absent is gone": (4, lambda random: without_column(random, "optional", "")),
    "a column has another name": (6, renamed_column),
    "two columns have changed places": (5, swapped_types),
    "a code is not in its list": (
        8,
        lambda random: cell_becomes(random, "code", ("lektion", "X", "0"), "unknown_code"),
    ),
    "a key stands twice": (5, repeated_key),
    "a key leads nowhere": (6, lambda random: cell_becomes(random, "reference", ("ZZZ",), "unknown_reference")),
    "a required cell is empty": (5, lambda random: cell_becomes(random, "required", ("", " "), "missing_value")),
    "the file is cut off in a row": (6, cut_off),
    "the file is cut off between rows": (5, cut_between_rows),
    "the file is junk": (4, junk),
    "NUL bytes": (4, nul_bytes),
    "a cell of a million characters": (4, long_cell),
    "a formula": (9, lambda random: cell_becomes(random, "text", FORMULAS, "formula")),
    "a zip bomb": (3, zip_bomb),
    "a zip with names that lead outside": (5, zip_traversal),
    "a zip that is cut short": (4, zip_cut_short),
    "another encoding": (4, other_encoding),
    "bytes of no encoding": (4, wrong_encoding),
    "a quotation mark is not closed": (5, open_quotation_mark),
    "a row is too long or too short": (6, ragged_row),
    "a header and no rows": (1, header_only),
    "an empty file": (5, empty_file),
    "columns that nobody knows": (5, more_columns),
    "columns that speak of persons": (8, personal_column),
    "text that identifies a person": (5, personal_value),
    "a date in another form": (8, lambda random: cell_becomes(random, "date", BAD_DATES, "wrong_type")),
    "a date that never was": (6, lambda random: cell_becomes(random, "date", IMPOSSIBLE_DATES, "wrong_type")),
    "a number below zero": (4, lambda random: cell_becomes(random, "count", ("-3", "-1"), "out_of_range")),
    "no number": (8, lambda random: cell_becomes(random, "count", NOT_NUMBERS, "wrong_type")),
    "a number without end": (6, lambda random: cell_becomes(random, "count", HUGE, "wrong_type")),
    "a header stands twice": (5, repeated_header),
    "mixed line ends": (4, mixed_line_ends),
    "blank lines": (5, blank_lines),
    "another delimiter": (4, other_delimiter),
    "headers spelled by hand": (4, spelled_headers),
    "a broken workbook": (8, broken_workbook),
    "a broken Parquet file": (6, broken_parquet),
}
