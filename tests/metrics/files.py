"""The demo's exported files, a table each, with nothing of the model."""

from __future__ import annotations

import duckdb
import pytest

from sro.demo import generate
from tests import demo_vintage
from tests.once import once


def exported(factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """A database of the files of the demo that `demo_vintage.served` serves."""
    folder = once(factory, "files", lambda made: generate(made, through=demo_vintage.THROUGH, seed=2016))
    connection = duckdb.connect()
    for path in folder.glob("*.csv"):
        connection.execute(f"CREATE TABLE {path.stem} AS FROM read_csv('{path}', header = true, sample_size = -1)")
    return connection
