"""A vintage that is served is read, and nothing else: no file, no setting, no endless query."""

from __future__ import annotations

import time

import duckdb
import pytest

from sro import store
from sro.store import TooMuch, current
from tests.office import lessons, load_office, settings_in, write

ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    settings = settings_in(home / "home")
    load_office(write(home / "export"), settings)
    return settings


@pytest.fixture
def cursor(settings):
    return current(settings).cursor()


def test_a_query_without_end_is_ended_with_a_sentence_and_the_next_is_answered(cursor, settings, monkeypatch):
    monkeypatch.setattr(store, "LONGEST_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(TooMuch, match=r"longer than 0\.3 seconds and was ended"):
        cursor.execute(ENDLESS).fetchall()
    assert time.monotonic() - began < 5
    assert cursor.execute("SELECT 7").fetchall() == [(7,)]
    assert lessons(settings) == 3


def test_rows_without_end_are_ended_while_they_are_fetched(cursor, monkeypatch):
    monkeypatch.setattr(store, "LONGEST_SECONDS", 0.3)
    with pytest.raises(TooMuch):
        cursor.execute("SELECT md5(range::VARCHAR) FROM range(100000000)").fetchall()


def test_more_memory_than_there_is_for_a_question_is_refused_with_a_sentence(cursor):
    with pytest.raises(TooMuch, match="memory"):
        cursor.execute("SELECT list(repeat(range::VARCHAR, 200000)) FROM range(100000, 1000000)")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE meta.mine (a INTEGER)",
        "DELETE FROM meta.fact",
        "UPDATE meta.fact SET value = 'x'",
        "DROP TABLE meta.fact",
        "COPY meta.fact TO '/tmp/sro-leak.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "ATTACH '/tmp/sro-other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPORT DATABASE '/tmp/sro-export'",
        "SET enable_external_access = true",
        "SET memory_limit = '64GB'",
        "SET threads = 64",
        "SET lock_configuration = false",
        "RESET memory_limit",
    ],
)
def test_nothing_is_written_read_from_elsewhere_or_unlocked(cursor, statement):
    with pytest.raises(duckdb.Error):
        cursor.execute(statement).fetchall()


def test_limits_are_those_of_the_house(cursor):
    ((memory, threads),) = cursor.execute(
        "SELECT current_setting('memory_limit'), current_setting('threads')"
    ).fetchall()
    assert memory == "1.8 GiB" and 1 <= threads <= 4
