"""Who asks: a vintage and the settings, which together are the key of everything that is remembered of answers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np

from sro.metrics import Catalogue, read_catalogue
from sro.settings import Settings, read_settings
from sro.sharing import shared


class OpenVintage(Protocol):
    """What `ask` needs of a vintage."""

    @property
    def id(self) -> str: ...
    def cursor(self) -> duckdb.DuckDBPyConnection: ...


@lru_cache(maxsize=1)
def default_settings() -> Settings:
    return read_settings()


@lru_cache(maxsize=4)
def catalogue_of(folder: Path) -> Catalogue:
    return read_catalogue(folder)


@lru_cache(maxsize=64)
def _query(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class Asker:
    """A vintage and the settings, as one cache key."""

    def __init__(self, vintage: OpenVintage, settings: Settings) -> None:
        self.vintage = vintage
        self.settings = settings
        self.catalogue = catalogue_of(settings.folders.queries / "metrics")

    def __hash__(self) -> int:
        return hash(self.vintage.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asker) and (self.vintage.id, self.settings) == (other.vintage.id, other.settings)

    def rows(self, file: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of one query of queries/ask; the questions of a screen share more than half of theirs."""
        named = sorted(parameters.items())
        asked = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in named)
        return list(_rows(self, file, asked))

    def columns(self, file: str, **parameters: Any) -> list[np.ndarray]:
        """The same as one array a column, to be remembered by whoever asks."""
        return [*self._executed(file, parameters).fetchnumpy().values()]  # type: ignore[list-item]  # no enums here

    def _executed(self, file: str, parameters: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        sql = _query(self.settings.folders.queries / "ask" / f"{file}.sql")
        return self.vintage.cursor().execute(sql, parameters)


@shared(kept=4096)
def _rows(asker: Asker, file: str, asked: tuple[tuple[str, Any], ...]) -> tuple[tuple[Any, ...], ...]:
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in asked}
    return tuple(asker._executed(file, given).fetchall())
