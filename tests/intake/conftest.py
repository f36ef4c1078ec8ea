"""An office of its own for every test."""

import pytest

from sro.settings import Settings
from tests.office import settings_in


@pytest.fixture
def settings(tmp_path) -> Settings:
    return settings_in(tmp_path / "home")
