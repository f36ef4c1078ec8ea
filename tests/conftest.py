"""The demo county up to December 2025, when what is true of it shows; and the small office, served."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from sro import vintages
from sro.answer import Answer
from sro.ask import OpenVintage, ask
from sro.gates import Context, context_of
from sro.question import Question
from sro.screen import here
from sro.settings import Folders, Settings, read_settings
from tests import demo_vintage
from tests.office import SERVED, load_office, settings_in, write
from tests.once import once

THROUGH = date(2025, 12, 12)


@dataclass(frozen=True)
class County:
    vintage: OpenVintage
    settings: Settings
    context: Context

    def ask(self, metric: str, period: str = "2021-07..2025-12", **parts) -> Answer:
        return ask(Question(metric, period, **parts), self.vintage, self.settings)


def county_through(last: date, factory: pytest.TempPathFactory) -> County:
    make = partial(demo_vintage.build, through=last, today=last)
    settings = read_settings(folders=Folders(data=once(factory, f"county-{last}", make)))
    vintage = vintages.current(settings)
    return County(vintage, settings, context_of(vintage, settings))


@pytest.fixture(scope="session")
def county_2025(tmp_path_factory: pytest.TempPathFactory) -> County:
    return county_through(THROUGH, tmp_path_factory)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The small office with its export in `tmp_path`, served to screens and commands of this process."""
    settings = settings_in(tmp_path / "home")
    load_office(write(tmp_path / "export", SERVED), settings)
    monkeypatch.setenv("SRO_DATA", str(settings.folders.data))
    here.settings.cache_clear()
    yield settings
    here.settings.cache_clear()
