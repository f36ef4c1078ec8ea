"""What turns a checked export into a model and rollups: DuckDB on this machine, or another that reads the same SQL."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

import duckdb

from sro.metrics import Catalogue, materialize
from sro.progress import Progress


class EngineError(Exception):
    """An engine that is not there, or stopped; the message says why and what to do."""


class Engine(Protocol):
    """Runs the files of queries/model in number order, then every metric that the export can answer.

    It finds the schemas `export`, `reference` and `meta` in the database and leaves the model's tables and views and
    the tables of queries/rollup there. `name` says what made them; `recipe` is what else a vintage's id depends on.
    """

    @property
    def name(self) -> str: ...

    @property
    def recipe(self) -> str: ...

    def run(
        self,
        connection: duckdb.DuckDBPyConnection,
        catalogue: Catalogue,
        present: Collection[str],
        queries: Path,
        progress: Progress,
    ) -> None:
        """Raises EngineError or CatalogueError, naming the file that does not run."""
        ...


class ThisMachine:
    """DuckDB, in the database of the vintage itself; its version is part of every recipe already."""

    name = "DuckDB"
    recipe = ""

    def run(
        self,
        connection: duckdb.DuckDBPyConnection,
        catalogue: Catalogue,
        present: Collection[str],
        queries: Path,
        progress: Progress,
    ) -> None:
        steps = model_files(queries)
        for number, path in enumerate(steps):
            progress(step_name(path), number, len(steps) + 1)
            connection.execute(path.read_text(encoding="utf-8"))
        progress("Counting every metric", len(steps), len(steps) + 1)
        materialize(connection, catalogue, present, queries / "rollup")


DUCKDB = ThisMachine()


def model_files(queries: Path) -> list[Path]:
    """The files of queries/model in the order in which they run."""
    return sorted((queries / "model").glob("*.sql"))


def step_name(path: Path) -> str:
    """What a file of queries/model does, for a progress bar."""
    return f"Modelling {path.stem.split('_', 1)[-1]}"
