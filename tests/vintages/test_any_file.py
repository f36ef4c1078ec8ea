"""Whatever fits the contract comes back as it was; whatever bytes a file holds, a load answers in words."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sro import building, exports, findings
from sro.cells import fit_table
from sro.contract import Field, load_contract
from sro.problems import ERROR
from sro.settings import PROJECT, Folders
from sro.vintages import check
from tests.office import TODAY, settings_in
from tests.vintages.mutations import files, workbook, zipped

CONTRACT = load_contract(PROJECT / "data" / "contract")
TABLES = ("schools", "activities", "incidents", "shifts", "enrollment", "costs", "training", "manifest")
LARGEST = 10**12


def examples(number: int) -> settings:
    """The same examples in every run, however slow the machine is."""
    return settings(max_examples=number, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


# What fits comes back ------------------------------------------------------------------------------------------------


def fitting(field: Field) -> st.SearchStrategy:
    """(text of a cell, value that must come of it)."""
    if field.enum:
        return st.sampled_from(field.enum).map(lambda code: (code, code))
    if field.pattern:
        return (
            st.from_regex(field.pattern, fullmatch=True)
            .filter(str.isascii)
            .map(lambda text: (text.strip(), text.strip()))
        )
    low = -LARGEST if field.minimum is None else int(field.minimum)
    high = LARGEST if field.maximum is None else int(field.maximum)
    match field.type:
        case "integer":
            spelled = st.sampled_from(("{}", "{:,}", " {} ", "{}.0"))
            return st.builds(lambda n, form: (form.format(n), n), st.integers(low, high), spelled)
        case "number":
            return st.floats(low, high, allow_nan=False).map(lambda x: round(x, 6)).map(lambda x: (repr(x), x))
        case "boolean":
            return st.sampled_from([("true", True), ("FALSE", False), ("Yes", True), ("n", False), ("1", True)])
        case "date" if field.unit == "month":
            months = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda day: day.replace(day=1))
            return months.map(lambda day: (f"{day:%Y-%m}", day))
        case "date":
            spelled = st.sampled_from(("{0:%Y-%m-%d}", "{0.month}/{0.day}/{0.year}"))
            days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
            return st.builds(lambda day, form: (form.format(day), day), days, spelled)
        case "time":
            return st.times().map(lambda t: t.replace(microsecond=0)).map(lambda t: (t.isoformat(), t))
        case "datetime":
            moments = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31))
            return moments.map(lambda moment: moment.replace(microsecond=0)).map(lambda m: (m.isoformat(), m))
        case _:
            text = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40)
            return text.map(lambda t: t.strip()).filter(is_plain).map(lambda t: (t, t))


def is_plain(text: str) -> bool:
    return bool(text) and text[0] not in "=+-@" and not CONTRACT.forbidden.reason(text)


@st.composite
def exported(draw) -> tuple[str, list[list[str]], list[tuple]]:
    """A table's name, its cells as text, and the values that they stand for."""
    table = CONTRACT.tables[draw(st.sampled_from(TABLES))]
    empty = ("", None)
    row = st.tuples(
        *(fitting(field) if field.required else st.one_of(st.just(empty), fitting(field)) for field in table.fields)
    )
    rows = draw(st.lists(row, min_size=1, max_size=6))
    return table.name, [[text for text, _ in row] for row in rows], [tuple(value for _, value in row) for row in rows]


@examples(40)
@given(
    exported(),
    st.sampled_from(",;\t|"),
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
)
def test_what_fits_the_contract_comes_back_as_it_was(given_table, delimiter, newline, encoding):
    name, cells, values = given_table
    table = CONTRACT.tables[name]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows([table.columns, *cells])
    with TemporaryDirectory() as scratch, duckdb.connect() as connection:
        path = Path(scratch) / f"{name}.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        building.prepare(connection, CONTRACT, Folders())
        sources, problems = exports.find_sources(path, Path(scratch), {})
        raws, unreadable = exports.read(connection, sources[0], Path(scratch), {})
        assert problems + unreadable == []
        fit_table(connection, raws, table, CONTRACT.forbidden)
        assert findings.examples(connection) == ()
        columns = ", ".join(f'"{column}"' for column in table.columns)
        assert connection.execute(f'SELECT {columns} FROM export."{name}" ORDER BY _row').fetchall() == values


# Any bytes are answered ----------------------------------------------------------------------------------------------


def told(name: str, content: bytes) -> None:
    """A check of a file answers: it is good, or an error names the file and what to do."""
    with TemporaryDirectory() as home:
        path = Path(home) / name
        path.write_bytes(content)
        report = check(path, settings_in(Path(home)), today=lambda: TODAY)
    for problem in report.problems:
        assert problem.message and problem.remedy
    assert report.is_good or any(problem.severity == ERROR for problem in report.problems)


@examples(20)
@given(
    st.binary(max_size=2000), st.sampled_from(("schools.csv", "schools.xlsx", "schools.parquet", "sent.zip", "x.txt"))
)
def test_any_bytes_are_answered_in_words(content, name):
    told(name, content)


@examples(15)
@given(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=300), st.sampled_from(("utf-8", "utf-16", "latin-1"))
)
def test_any_text_is_answered_in_words(text, encoding):
    told("schools.csv", ("school_id,name\n" + text).encode(encoding, errors="ignore"))
    told("schools.csv", text.encode(encoding, errors="ignore"))


HEALTHY = {
    "schools.xlsx": workbook([["school_id", "name"], ["A", "Alder"]]),
    "sent.zip": zipped(files()),
    "schools.csv": files()["schools.csv"],
}


@examples(25)
@given(
    st.sampled_from(sorted(HEALTHY)), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8)
)
def test_healthy_files_with_some_bytes_changed_are_answered_in_words(name, changes):
    content = bytearray(HEALTHY[name])
    for place, byte in changes:
        content[int(place * (len(content) - 1))] = byte
    told(name, bytes(content))
