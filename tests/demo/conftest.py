"""The fictional county, generated once, and its files in a DuckDB with the contract's types."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from sro.contract import Contract, load_contract
from sro.demo import generate
from sro.settings import PROJECT

THROUGH = date(2025, 12, 12)


@dataclass(frozen=True)
class County:
    folder: Path
    rows: dict[str, int]
    contract: Contract
    database: duckdb.DuckDBPyConnection

    def ask(self, sql: str) -> list[tuple]:
        return self.database.execute(sql).fetchall()

    def number(self, sql: str) -> float:
        return self.ask(sql)[0][0]


@pytest.fixture(scope="session")
def county(tmp_path_factory) -> County:
    folder = tmp_path_factory.mktemp("county")
    rows = generate(folder, through=THROUGH)
    contract = load_contract(PROJECT / "data" / "contract")
    database = duckdb.connect()
    for table in contract.tables.values():
        if table.name in rows:
            types = ", ".join(f"'{field.name}': '{field.duckdb_type}'" for field in table.fields)
            database.execute(
                f"CREATE TABLE {table.name} AS "
                f"SELECT * FROM read_csv('{folder / table.name}.csv', header = true, columns = {{{types}}})"
            )
    database.execute(
        "CREATE MACRO opening(day) AS year(day) - (month(day) < 7)::INT; "
        "CREATE TABLE school_day AS SELECT school_id, date AS day, bell_start, bell_end FROM calendar "
        "WHERE day_type IN ('instructional', 'half_day', 'exam'); "
        "CREATE TABLE service_day AS SELECT * FROM school_day SEMI JOIN assignments ON "
        "school_day.school_id = assignments.school_id "
        "AND school_day.day BETWEEN start_date AND coalesce(end_date, DATE '9999-12-31'); "
        # Program sites are counted on average, others on BEDS day; the year under way may not be counted yet.
        "CREATE TABLE students AS SELECT school_id, left(school_year, 4)::INT AS opening, n FROM enrollment "
        "WHERE subgroup_dim = 'all' AND basis IN ('beds_day', 'adm')"
    )
    return County(folder, rows, contract, database)
