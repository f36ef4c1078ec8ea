"""Spark and DuckDB make the same vintage of the demo: `make spark` runs this; it is skipped where Spark is not."""

from __future__ import annotations

import contextlib
import os
import shutil
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest

pytest.importorskip("pyspark", reason="pyspark is not installed (make spark).")
pytest.importorskip("sqlglot", reason="sqlglot is not installed (make spark).")
if not shutil.which("java") and "JAVA_HOME" not in os.environ:
    pytest.skip("There is no Java.", allow_module_level=True)

from sro import vintages
from sro.contract import load_contract
from sro.settings import PROJECT, Folders, Settings, read_settings
from sro.spark.engine import Spark
from sro.spark.exchange import fetched
from tests import demo_vintage
from tests.office import SERVED, TODAY, write
from tests.spark.parity import as_table, metrics, tables

TWO_CORES = "local[2]"


@pytest.fixture(scope="module")
def duck(tmp_path_factory) -> Settings:
    return demo_vintage.served(tmp_path_factory)


@pytest.fixture(scope="module")
def parquet(duck, tmp_path_factory) -> Path:
    """The tables that DuckDB read from CSV, as an office's Parquet files."""
    folder = tmp_path_factory.mktemp("parquet")
    kept = shutil.copy(vintages.current(duck).path, tmp_path_factory.mktemp("kept"))
    contract = load_contract(duck.folders.contract)
    with contextlib.closing(duckdb.connect(kept)) as connection:
        connection.execute("UPDATE export.manifest SET sha256 = NULL")  # digests are those of the CSV files
        there = connection.execute("SELECT table_name FROM meta.table_presence WHERE present").fetchall()
        for (name,) in there:
            columns = ", ".join(f'"{column}"' for column in contract.tables[name].columns)
            rows = f'SELECT {columns} FROM export."{name}"'
            connection.execute(f"COPY ({rows}) TO '{folder / name}.parquet' (FORMAT parquet)")
    return folder


@pytest.fixture(scope="module")
def spark(parquet, tmp_path_factory) -> Settings:
    """Served by Spark, from an address, through an exchange at an address: as from an object store."""
    settings = read_settings(folders=Folders(data=tmp_path_factory.mktemp("spark")))
    engine = Spark(TWO_CORES, exchange=tmp_path_factory.mktemp("exchange").as_uri())
    with fetched(parquet.as_uri()) as path:
        report = vintages.load(path, settings, engine=engine, today=lambda: demo_vintage.TODAY)
    assert report.is_good and report.is_served, "\n".join(report.lines())
    return settings


def test_every_table_of_both_vintages_is_equal(duck, spark):
    found = list(tables(vintages.current(duck), vintages.current(spark)))
    rows = {one.name: one for one in found}
    assert {"metric_month", "metric_day", "metric_member", "coverage_day", "disclosure_cell"} <= set(rows)
    assert all(rows[name].one > 100 for name in ("metric_month", "metric_day", "coverage_day", "disclosure_cell"))
    wrong = [f"{one.name}: {one.one} / {one.other} {one.differing[:3]}" for one in found if not one.is_equal]
    assert not wrong, "\n".join(wrong)


def test_every_metric_has_equal_rows_and_equal_answers(duck, spark, capsys):
    found = metrics(vintages.current(duck), vintages.current(spark), duck)
    table = as_table(found)
    with capsys.disabled():
        print(f"\n{table}")
    if wanted := os.environ.get("SRO_PARITY"):
        opening = (
            f"# Metrics on both engines\n\nThe demo, Spark {version('pyspark')} beside DuckDB {duckdb.__version__}; "
            "what is compared: [state.md](state.md#held-against-duckdb).\n\n"
        )
        Path(wanted).write_text(f"{opening}{table}\n", encoding="utf-8")
    assert len(found) > 50 and sum(rows.one > 0 for _, rows, _ in found) > 50
    wrong = [
        f"{one.name}: {one.one} / {one.other} {one.differing[:3]}"
        for _, rows, cells in found
        for one in (rows, cells)
        if not one.is_equal
    ]
    assert not wrong, "\n".join(wrong)


def test_the_vintage_says_what_made_it_and_leaves_nothing_behind(duck, spark):
    said = "SELECT value FROM meta.fact WHERE name = 'engine'"
    assert vintages.current(duck).cursor().execute(said).fetchone() == ("DuckDB",)
    (name,) = vintages.current(spark).cursor().execute(said).fetchone() or ("",)
    assert name == Spark(TWO_CORES).name
    assert not list(spark.folders.vintages.glob(".building-*"))


def test_a_vintage_of_spark_is_not_held_against_one_of_duckdb(spark):
    name = vintages.served_id(spark) or ""
    with pytest.raises(vintages.VintageError, match="built by Spark"):
        vintages.verify(name, spark)


def test_other_machines_need_a_place_that_they_reach(parquet, tmp_path):
    settings = read_settings(folders=Folders(data=tmp_path))
    with pytest.raises(vintages.VintageError, match="--exchange"):
        vintages.load(parquet, settings, engine=Spark("spark://elsewhere:7077"), today=lambda: demo_vintage.TODAY)


def test_a_query_that_does_not_run_is_named(tmp_path):
    """A function of DuckDB alone, in a metric; nothing is served."""
    for folder in ("queries", "data/contract", "data/reference", "data/mappings"):
        shutil.copytree(PROJECT / folder, tmp_path / "project" / folder)
    metric = tmp_path / "project" / "queries" / "metrics" / "lessons_delivered.sql"
    sql = metric.read_text(encoding="utf-8")
    metric.write_text(sql.replace("    sessions AS", "    jaro_similarity(activity_id, 'A') AS"), encoding="utf-8")
    settings = read_settings(folders=Folders(project=tmp_path / "project", data=tmp_path / "data"))
    export = write(tmp_path / "export", SERVED)
    with pytest.raises(vintages.VintageError, match=r"lessons_delivered\.sql does not run on Spark: .*JARO_SIMILARITY"):
        vintages.load(export, settings, engine=Spark(TWO_CORES), today=lambda: TODAY)
    assert vintages.served_id(settings) is None
