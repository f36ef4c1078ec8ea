"""An export small enough to check by hand, modelled in memory.

`TinyExport().add("shifts", {...}, …).build()` gives a DuckDB connection with everything that a vintage holds.
Tables that nothing was added to are absent; `add(table)` without rows makes one that is there and empty.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from sro.contract import Contract, ddl, load_contract
from sro.metrics import Catalogue, available, materialize, read_catalogue
from sro.settings import PROJECT, read_settings

QUERIES = PROJECT / "queries"
REFERENCES = {
    "activity_type": "activity_types.csv",
    "incident_category": "incident_categories.csv",
    "code_title": "code_titles.csv",
}
BELLS = {"bell_start": "08:00", "bell_end": "14:30"}
BELL_MINUTES = 390


@cache
def contract() -> Contract:
    return load_contract(PROJECT / "data" / "contract")


@cache
def catalogue() -> Catalogue:
    return read_catalogue(QUERIES / "metrics")


class TinyExport:
    """Rows by table, and the first and last day that they speak of."""

    def __init__(self, data_from: str = "2025-07-01", data_through: str = "2026-06-30") -> None:
        self.dates = {"data_from": data_from, "data_through": data_through}
        self.tables: dict[str, list[Mapping[str, Any]]] = {"schools": [{"school_id": "A", "name": "Alder"}]}
        self._numbers = itertools.count(1)

    def add(self, table: str, *rows: Mapping[str, Any]) -> TinyExport:
        self.tables.setdefault(table, []).extend(rows)
        return self

    def school(self, school_id: str, **more: Any) -> TinyExport:
        return self.add("schools", {"school_id": school_id, "name": f"School {school_id}", **more})

    def days(self, *dates: str, school: str = "A", day_type: str = "instructional", **bells: Any) -> TinyExport:
        """Calendar days, 8:00 to 14:30 (390 minutes) unless told."""
        times = {**BELLS, **bells}
        return self.add(
            "calendar", *({"school_id": school, "date": day, "day_type": day_type, **times} for day in dates)
        )

    def year(self, count: int, school: str = "A", first: str = "2025-09-01") -> TinyExport:
        """A calendar of `count` instructional days in a row, and 30 June so that the year is whole."""
        start = date.fromisoformat(first)
        days = [(start + timedelta(days=place)).isoformat() for place in range(count)]
        june = date(start.year + (start.month >= 7), 6, 30).isoformat()
        return self.days(*days, school=school).days(june, school=school, day_type="holiday")

    def assign(self, school: str = "A", start: str = "2025-07-01", end: str | None = None, **more: Any) -> TinyExport:
        officer = more.pop("officer_id", "O1")
        row = {"officer_id": officer, "school_id": school, "start_date": start, "end_date": end, **more}
        return self.add("assignments", {"assignment_id": self._id(), **row})

    def shift(
        self, day: str, actual: str | None = "08:00-14:30", planned: str | None = "08:00-14:30", **more: Any
    ) -> TinyExport:
        """A completed school shift from bell to bell, unless told."""
        row: dict[str, Any] = {"shift_id": self._id(), "officer_id": "O1", "school_id": "A", "date": day}
        row |= {"status": "completed", "duty_type": "school"}
        for kind, times in (("actual", actual), ("sched", planned)):
            if times:
                row[f"{kind}_start"], row[f"{kind}_end"] = times.split("-")
        return self.add("shifts", row | more)

    def absent(self, day: str, reason: str | None = "sick", **more: Any) -> TinyExport:
        return self.shift(day, actual=None, status="absent", absence_reason=reason, **more)

    def activity(self, day: str, activity_type: str = "classroom_lesson", **more: Any) -> TinyExport:
        row = {"activity_id": self._id(), "school_id": "A", "date": day, "activity_type": activity_type}
        return self.add("activities", row | more)

    def incident(self, day: str, **more: Any) -> TinyExport:
        """An incident of the log's own category to which an officer responded, unless told."""
        row = {"incident_id": self._id(), "school_id": "A", "occurred_on": day, "sro_responded": True}
        if "ssec_code" not in more:
            row |= {"category_scheme": "local", "local_category": "disorderly"}
        return self.add("incidents", row | more)

    def log(self, *months: str, school: str = "A", submitted: bool = True, **more: Any) -> TinyExport:
        rows = ({"school_id": school, "month": f"{month}-01", "submitted": submitted, **more} for month in months)
        return self.add("log_submissions", *rows)

    def students(self, n: int, school: str = "A", school_year: str = "2025-26", basis: str = "beds_day") -> TinyExport:
        row = {"school_id": school, "school_year": school_year, "basis": basis, "n": n}
        return self.add("enrollment", row | {"subgroup_dim": "all", "subgroup": "all"})

    def build(self) -> duckdb.DuckDBPyConnection:
        """The vintage's tables: the export, the reference, meta, and the model on top."""
        connection = duckdb.connect()
        connection.execute("CREATE SCHEMA export; CREATE SCHEMA reference; CREATE SCHEMA meta;")
        for name, table in contract().tables.items():
            connection.execute(ddl(table))
            for row in self.tables.get(name, []):
                columns = ", ".join(f'"{column}"' for column in row)
                places = ", ".join("?" for _ in row)
                connection.execute(f'INSERT INTO export."{name}" ({columns}) VALUES ({places})', [*row.values()])
        for name, file in REFERENCES.items():
            text = "{'category': 'VARCHAR'}" if name == "incident_category" else "{}"
            path = PROJECT / "data" / "reference" / file
            connection.execute(
                f"CREATE TABLE reference.{name} AS FROM read_csv('{path}', header = true, types = {text})"
            )
        self._meta(connection)
        for file in sorted((QUERIES / "model").glob("*.sql")):
            connection.execute(file.read_text(encoding="utf-8"))
        return connection

    def _meta(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("CREATE TABLE meta.fact (name VARCHAR, value VARCHAR)")
        connection.execute("CREATE TABLE meta.table_presence (table_name VARCHAR, present BOOLEAN, row_count BIGINT)")
        connection.execute("CREATE TABLE meta.setting (name VARCHAR, value DOUBLE)")
        connection.executemany("INSERT INTO meta.fact VALUES (?, ?)", [*self.dates.items()])
        presence = [[name, name in self.tables, len(self.tables.get(name, []))] for name in contract().tables]
        connection.executemany("INSERT INTO meta.table_presence VALUES (?, ?, ?)", presence)
        parameters = read_settings(PROJECT / "program.toml").parameters
        connection.executemany("INSERT INTO meta.setting VALUES (?, ?)", [*parameters.items()])

    def _id(self) -> str:
        return f"x{next(self._numbers):03d}"


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives, dates as ISO text and whole numbers as integers, so that expectations read easily."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        return int(value) if isinstance(value, float) and value.is_integer() else value

    return [tuple(plain(value) for value in row) for row in connection.execute(sql).fetchall()]


def sums(export: TinyExport, metric: str, where: str = "true") -> tuple[Any, Any]:
    """Σ numerator and Σ denominator of one metric over the rows of its SQL."""
    sql = catalogue().cards[metric].sql
    query = f"SELECT sum(numerator)::DOUBLE, sum(denominator)::DOUBLE FROM ({sql}) AS metric_row WHERE {where}"
    return rows(export.build(), query)[0]  # type: ignore[return-value]


def by_slice(export: TinyExport, metric: str) -> dict[str, Any]:
    """Slice → Σ numerator, rows without a slice left out."""
    sql = catalogue().cards[metric].sql
    query = f"SELECT slice, sum(numerator)::DOUBLE FROM ({sql}) AS metric_row WHERE slice IS NOT NULL GROUP BY slice"
    return dict(rows(export.build(), query))


def members(export: TinyExport, metric: str) -> dict[str, Any]:
    """Member → its largest numerator."""
    sql = catalogue().cards[metric].sql
    return dict(rows(export.build(), f"SELECT member, max(numerator)::DOUBLE FROM ({sql}) AS m GROUP BY member"))


def rolled_up(export: TinyExport) -> duckdb.DuckDBPyConnection:
    """The vintage with every metric that the export can answer."""
    connection = export.build()
    present = set(export.tables)
    materialize(connection, catalogue(), present, QUERIES / "rollup")
    return connection


def answerable(export: TinyExport) -> list[str]:
    return [name for name, card in catalogue().cards.items() if available(card, export.tables)]


def sql_files(folder: str) -> list[Path]:
    return sorted((QUERIES / folder).glob("*.sql"))
