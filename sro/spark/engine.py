"""An engine beside DuckDB: the same files of queries/, translated, run by Spark on one machine or many."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
from pyspark.errors import PySparkException  # pyright: ignore[reportMissingImports]
from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]

from sro.engine import EngineError, model_files, step_name
from sro.metrics import Card, Catalogue, available, check_columns
from sro.progress import Progress
from sro.spark.dialect import Macros, Statement, translate
from sro.spark.exchange import Exchange, exchange_at

# Spark has no time of day that all its versions store: it travels as that time of 1 January 1970, and compares alike.
SPARK_TYPES = {
    "VARCHAR": "STRING",
    "BIGINT": "BIGINT",
    "DOUBLE": "DOUBLE",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIME": "TIMESTAMP_NTZ",
    "TIMESTAMP": "TIMESTAMP_NTZ",
}
TRAVELS_AS = {"TIME": "DATE '1970-01-01' + {column}"}
ON_THIS_MACHINE = "local"
# What the results depend on, wherever Spark runs. ANSI mode stops at an overflow, a division by zero or a date that is
# none, instead of going on with NULL.
MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.ui.showConsoleProgress": "false",
}
# Metrics that Spark counts in one job: in a plan of all, planning and compiling grow faster than what is planned.
TOGETHER = 8
# A process on this machine opens no port to others and asks nobody.
ALONE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
}


@dataclass(frozen=True)
class Spark:
    """`master` is Spark's (`local[2]`, `spark://host:7077`, `yarn`), `exchange` a place that all its machines reach.

    Raises EngineError, when it runs, where Java or the exchange is missing.
    """

    master: str = "local[*]"
    exchange: str = ""

    @property
    def name(self) -> str:
        return f"Spark {version('pyspark')}"

    @property
    def recipe(self) -> str:
        """Versions, this room and what Spark is told: what a vintage's id depends on besides the SQL."""
        own = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
        said = (self.name, version("sqlglot"), hashlib.sha256(own).hexdigest(), sorted(MEANING.items()))
        return repr(said)

    def run(
        self,
        connection: duckdb.DuckDBPyConnection,
        catalogue: Catalogue,
        present: Collection[str],
        queries: Path,
        progress: Progress,
    ) -> None:
        if not self.master.startswith(ON_THIS_MACHINE) and not self.exchange:
            raise EngineError(f"{self.master} runs on other machines: name an --exchange that they all reach.")
        plan = _translated(catalogue, present, queries)
        total = len(plan.model) + len(plan.metrics) + 2
        progress("Handing the tables to Spark", 0, total)
        with exchange_at(self.exchange) as exchange, self._session(exchange) as spark:
            _hand_over(connection, spark, exchange, plan.reads)
            for number, (path, statements) in enumerate(plan.model, start=1):
                progress(step_name(path), number, total)
                with _named(path.name):
                    _model(connection, spark, exchange, path, statements)
            connection.execute((queries / "rollup" / "tables.sql").read_text(encoding="utf-8"))
            parts: dict[str, list[Any]] = {}
            for number, (card, query, rollups) in enumerate(plan.metrics, start=len(plan.model) + 1):
                progress(f"Planning {card.title}", number, total)
                with _named(f"{card.name}.sql"):
                    rows = spark.sql(query.sql)
                    check_columns(card, rows.columns)
                    rows.createOrReplaceTempView("metric_row")
                    for rollup in rollups:
                        parts.setdefault(rollup.name, []).append(spark.sql(rollup.sql))
            for table, rows in parts.items():
                progress(f"Counting every metric for {table}", total - 1, total)
                with _named(f"A metric of {table}"):
                    for start in range(0, len(rows), TOGETHER):
                        some = reduce(lambda one, other: one.union(other), rows[start : start + TOGETHER])
                        some.write.mode("append").parquet(exchange.address(table))
                exchange.take(connection, table, into=table)

    @contextmanager
    def _session(self, exchange: Exchange) -> Iterator[Any]:
        here = ALONE if self.master.startswith(ON_THIS_MACHINE) else {}
        builder = SparkSession.builder.master(self.master).appName("sro build")
        for key, value in (MEANING | here | {"spark.sql.warehouse.dir": exchange.address("warehouse")}).items():
            builder = builder.config(key, value)
        try:
            spark = builder.getOrCreate()
        except PySparkException as error:
            raise EngineError(f"Spark does not start ({_says(error)}). It needs Java 17 or newer.") from error
        spark.sparkContext.setLogLevel("ERROR")
        try:
            yield spark
        finally:
            spark.stop()


@dataclass(frozen=True)
class Plan:
    """All that Spark is asked, translated: the files of the model in order, and each metric with its rollups."""

    model: Sequence[tuple[Path, Sequence[Statement]]]
    metrics: Sequence[tuple[Card, Statement, Sequence[Statement]]]

    @property
    def reads(self) -> list[str]:
        """The tables of the export, the reference and the facts that any of it asks."""
        asked = [statement for _, statements in self.model for statement in statements]
        asked += [query for _, query, _ in self.metrics]
        return sorted({name for statement in asked for name in statement.reads})


def _translated(catalogue: Catalogue, present: Collection[str], queries: Path) -> Plan:
    """Before anything is started, so that a file that cannot be translated costs no time."""
    macros: Macros = {}
    model = [(path, translate(path.read_text(encoding="utf-8"), path.name, macros)) for path in model_files(queries)]
    rollups = {path.stem: path.read_text(encoding="utf-8") for path in (queries / "rollup").glob("*.sql")}
    metrics = []
    for card in catalogue.cards.values():
        if available(card, set(present)):
            (query,) = translate(card.sql, f"{card.name}.sql", macros)
            parts = [translate(rollups[name], f"{name}.sql", macros, {"metric": card.name}) for name in card.rollups]
            metrics.append((card, query, [statement for part in parts for statement in part]))
    return Plan(model, metrics)


def _hand_over(connection: duckdb.DuckDBPyConnection, spark: Any, exchange: Exchange, names: Iterable[str]) -> None:
    """Tables of the checked export, under their own names: those that are asked, and nothing else leaves."""
    for schema in sorted({name.split(".")[0] for name in names}):
        spark.sql(f"CREATE DATABASE {schema}")
    for name in names:
        schema, table = name.split(".")
        columns = _columns(connection, f'{schema}."{table}"')
        sent = ", ".join(
            f"{TRAVELS_AS.get(type_, '{column}').format(column=_quoted(column))} AS {_quoted(column)}"
            for column, type_ in columns.items()
        )
        address = exchange.give(connection, f'SELECT {sent} FROM {schema}."{table}"', f"{schema}/{table}")
        typed = ", ".join(f"`{column}` {SPARK_TYPES[type_]}" for column, type_ in columns.items())
        spark.sql(f"CREATE TABLE {schema}.`{table}` ({typed}) USING parquet LOCATION '{address}'")


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> Mapping[str, str]:
    return {name: type_ for name, type_, *_ in connection.execute(f"DESCRIBE {relation}").fetchall()}


def _quoted(name: str) -> str:
    return f'"{name}"'


def _model(
    connection: duckdb.DuckDBPyConnection, spark: Any, exchange: Exchange, path: Path, statements: Sequence[Statement]
) -> None:
    """One file of queries/model: views and macros in both, tables worked out by Spark and brought here.

    DuckDB makes each table from the same file, without rows: it knows best what their types are.
    """
    sql = path.read_text(encoding="utf-8")
    has_rows = any(statement.becomes == "TABLE" for statement in statements)
    connection.execute(f"{sql.strip().rstrip(';')} WITH NO DATA" if has_rows else sql)
    for statement in statements:
        rows = spark.sql(statement.sql)
        if statement.becomes == "TABLE":
            name = f"model/{statement.name}"
            rows.write.parquet(exchange.address(name))
            exchange.take(connection, name, into=statement.name)
            rows = spark.read.schema(rows.schema).parquet(exchange.address(name))
        rows.createOrReplaceTempView(statement.name)


@contextmanager
def _named(file: str) -> Iterator[None]:
    """What Spark finds wrong, in a sentence that names the file."""
    try:
        yield
    except PySparkException as error:
        raise EngineError(f"{file} does not run on Spark: {_says(error)}.") from error


def _says(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")[:300]
