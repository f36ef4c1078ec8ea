"""Commands, run as a person runs them, for an office of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sro.cli import main
from tests.office import SERVED, load_office, settings_in, write


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The folder of an office that serves the two schools of tests/office.py, and their export."""
    home = tmp_path_factory.mktemp("office")
    load_office(write(home / "export", SERVED), settings_in(home))
    return home


@pytest.fixture
def empty(tmp_path):
    """An office that has loaded nothing; its export lies there."""
    write(tmp_path / "export", SERVED)
    return tmp_path


@pytest.fixture
def sro(monkeypatch, capsys) -> Callable[..., Said]:
    """`sro(office, "ask", "C04")` is what `python -m sro ask C04` says there."""

    def run(office, *arguments: str) -> Said:
        monkeypatch.setenv("SRO_DATA", str(office))
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as ended:  # argparse ends so
            code = ended.code if isinstance(ended.code, int) else 1
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(code, said.out, said.err)

    return run
