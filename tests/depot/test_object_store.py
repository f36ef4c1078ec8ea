"""What a folder does, an object store does: exports come from it, tables cross it, vintages are kept in it."""

from __future__ import annotations

import shutil

import duckdb
import pytest
from pyarrow import fs

from sro.cli import main
from sro.depot import DepotError, fetch, listed, push
from sro.engine import EngineError
from sro.spark.exchange import exchange_at, fetched
from sro.store import content_digests, current, served_id
from tests.office import LOGGED, SERVED, lessons, load_office, settings_in, write

MORE = {"activities.csv": LOGGED["activities.csv"] + "ACT-4,B,2025-09-10,13:00,40,classroom_lesson,20\n"}


def put(folder, address):
    store, path = fs.FileSystem.from_uri(address)
    fs.copy_files(str(folder), path, source_filesystem=fs.LocalFileSystem(), destination_filesystem=store)


def names(address):
    store, path = fs.FileSystem.from_uri(address)
    found = store.get_file_info(fs.FileSelector(path, recursive=True))
    return sorted(one.path.removeprefix(f"{path}/") for one in found if one.type == fs.FileType.File)


@pytest.fixture
def parquet(tmp_path):
    """An office's export, whose log is a Parquet file."""
    folder = write(tmp_path / "october", SERVED)
    with duckdb.connect() as connection:
        log = folder / "activities.csv"
        connection.execute(f"COPY (FROM '{log}') TO '{log.with_suffix('.parquet')}' (FORMAT parquet)")
        log.unlink()
    return folder


def test_a_build_reads_parquet_from_a_bucket(bucket, parquet, tmp_path, monkeypatch, capsys):
    put(parquet, f"{bucket}/exports/october")
    server = settings_in(tmp_path / "home")
    monkeypatch.setenv("SRO_DATA", str(server.folders.data))
    assert main(["build", f"{bucket}/exports/october", "--quiet"]) == 0, capsys.readouterr().err
    assert lessons(server) == 3


def test_a_bucket_without_the_folder_or_no_bucket_at_all_is_told(bucket):
    for address in (f"{bucket}/nowhere", f"{bucket}-other/nowhere"):
        with pytest.raises(EngineError, match="there is nothing here"), fetched(address):
            pass


def test_tables_cross_a_bucket_and_nothing_stays(bucket):
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE sent AS FROM range(3); CREATE TABLE got AS FROM sent LIMIT 0")
        with exchange_at(f"{bucket}/exchange") as exchange:
            assert exchange.give(connection, "FROM sent", "export/sent").startswith(f"s3a{bucket[2:]}/exchange/")
            shutil.rmtree(exchange.here / "export")
            exchange.take(connection, "export/sent", into="got")
        assert connection.execute("FROM got").fetchall() == [(0,), (1,), (2,)]
    assert names(bucket) == []


@pytest.mark.parametrize("folder", ["", "/state/vintages"])
def test_servers_serve_what_was_pushed_to_a_bucket(folder, bucket, tmp_path):
    place, builder = f"{bucket}{folder}", settings_in(tmp_path / "builder")
    servers = [settings_in(tmp_path / name) for name in ("north", "south")]
    for files, held in (({}, 3), (MORE, 4)):
        load_office(write(tmp_path / str(held), files), builder)
        listing = push(place, builder)
        for server in servers:
            fetch(place, listed(place), server)
            assert served_id(server) == listing.vintage and lessons(server) == held
            assert content_digests(current(server).path) == content_digests(current(builder).path)
    assert len(names(place)) == 5


def test_a_bucket_that_is_not_there_is_told(bucket, tmp_path):
    builder = settings_in(tmp_path / "builder")
    load_office(write(tmp_path / "one"), builder)
    with pytest.raises(DepotError, match="cannot be used"):
        push(f"{bucket}-other/vintages", builder)
