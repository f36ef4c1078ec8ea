"""Files that nobody here wrote, as they are: they lie beside the project, or where SRO_REAL says."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sro.answer import Answer
from sro.ask import ask
from sro.question import Question
from sro.settings import PROJECT, Settings
from sro.vintages import LoadReport, Vintage, current, load
from tests.office import settings_in

REAL = Path(os.environ.get("SRO_REAL") or PROJECT.parent / "shared" / "real")


@dataclass(frozen=True)
class Loaded:
    """A real file, and the vintage that `load` made of it."""

    path: Path
    report: LoadReport
    vintage: Vintage
    settings: Settings

    def ask(self, metric: str, period: str, **parts) -> Answer:
        return ask(Question(metric=metric, period=period, **parts), self.vintage, self.settings)


@pytest.fixture(scope="session")
def real(tmp_path_factory) -> Callable[[str], Loaded]:
    """`real("file.csv")` is loaded once; a test is skipped where the file is not at hand."""
    loaded: dict[str, Loaded] = {}

    def load_once(name: str) -> Loaded:
        path = REAL / name
        if not path.is_file():
            pytest.skip(f"{name} is not in {REAL}; SRO_REAL can name another folder.")
        if name not in loaded:
            settings = settings_in(tmp_path_factory.mktemp("office"))
            report = load(path, settings)
            loaded[name] = Loaded(path, report, current(settings), settings)
        return loaded[name]

    return load_once
