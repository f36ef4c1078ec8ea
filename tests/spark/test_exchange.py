"""Files brought from an address, and tables handed over through a folder or an object store; no Spark is needed."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from sro.engine import EngineError
from sro.spark.exchange import Exchange, exchange_at, fetched


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE sent AS SELECT * FROM (VALUES (2, TIME '08:30'), (1, NULL)) AS t (a, b)")
        connection.execute("CREATE TABLE got AS FROM sent LIMIT 0")
        yield connection


def test_a_path_is_used_as_it_is(tmp_path):
    with fetched(str(tmp_path)) as here:
        assert here == tmp_path


def test_a_folder_at_an_address_is_brought_with_its_name(tmp_path):
    (tmp_path / "october" / "parts").mkdir(parents=True)
    (tmp_path / "october" / "parts" / "shifts.csv").write_text("a\n")
    with fetched((tmp_path / "october").as_uri()) as here:
        assert here.name == "october" and (here / "parts" / "shifts.csv").read_text() == "a\n"
    assert not here.exists()


def test_a_file_at_an_address_is_brought(tmp_path):
    (tmp_path / "shifts.csv").write_text("a\n")
    with fetched((tmp_path / "shifts.csv").as_uri()) as here:
        assert here.name == "shifts.csv" and here.read_text() == "a\n"


@pytest.mark.parametrize("address", ["file:///nowhere/at/all", "unheard-of://bucket/folder"])
def test_an_address_where_nothing_is_read_is_named(address):
    with pytest.raises(EngineError, match=address.split("/at")[0]), fetched(address):
        pass


@pytest.mark.parametrize("form", ["scratch", "folder", "address"])
def test_what_is_given_comes_back_and_nothing_stays(form, tmp_path, connection):
    place = {"scratch": "", "folder": str(tmp_path), "address": tmp_path.as_uri()}[form]
    with exchange_at(place) as exchange:
        assert exchange.give(connection, "FROM sent", "export/sent").startswith("file:///")
        if form == "address":  # what comes back comes from there
            shutil.rmtree(exchange.here / "export")
        exchange.take(connection, "export/sent", into="got")
    assert connection.execute("FROM got").fetchall() == connection.execute("FROM sent ORDER BY ALL").fetchall()
    assert list(tmp_path.iterdir()) == []


def test_files_of_which_one_holds_whole_numbers_keep_the_fractions_of_the_others(tmp_path, connection):
    """A table comes back in several files; the first one alone does not say what all of them hold."""
    (tmp_path / "parts").mkdir()
    for place, number in enumerate(["1::BIGINT", "2.5::DOUBLE", "4::DECIMAL(10, 2)"]):
        connection.execute(f"COPY (SELECT {number} AS n) TO '{tmp_path}/parts/{place}.parquet'")
    connection.execute("CREATE TABLE numbers (n DOUBLE)")
    Exchange(str(tmp_path), tmp_path).take(connection, "parts", into="numbers")
    assert connection.execute("FROM numbers").fetchall() == [(1.0,), (2.5,), (4.0,)]


def test_spark_calls_a_store_by_its_own_name(tmp_path):
    assert Exchange("s3://bucket/x/", tmp_path).address("model/a") == "s3a://bucket/x/model/a"
    assert Exchange("gcs://bucket/x", tmp_path).address("a") == "gs://bucket/x/a"
    assert Exchange("hdfs://host/x", tmp_path).address("a") == "hdfs://host/x/a"
