"""An office in which people have roles, and two districts of which each partner sees one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sro.settings import PROJECT, Settings
from tests import demo_vintage
from tests.office import SERVED, load_office, settings_in, write

PEOPLE = """
[people]
"view@county.test" = "viewer"
"lead@county.test" = "leader"
"grants@county.test" = "grants"
"coord@county.test" = "coordinator"
"admin@county.test" = "admin"
"partner@school.test" = "partner:D1"
"""
TWO_DISTRICTS = {
    "districts.csv": "district_id,name\nD1,Alder Valley\nD2,Birch Hills\n",
    "schools.csv": "school_id,district_id,name,level\nA,D1,Alder School,middle\nB,D2,Birch School,high\n",
}


def program(folder: Path, *changed: tuple[str, str], people: str = PEOPLE) -> Path:
    """The project's program.toml with sign-in required and `people` in the list."""
    text = (PROJECT / "program.toml").read_text(encoding="utf-8")
    for old, new in (("required = false", "required = true"), ("[people]\n", f"{people.lstrip()}\n"), *changed):
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "program.toml"
    path.write_text(text, encoding="utf-8")
    return path


def claims(email: str, hours_ago: float = 0.0, **more: Any) -> dict[str, Any]:
    """What Streamlit hands on from a provider about somebody who signed in."""
    began = time.time() - hours_ago * 3600
    return {"is_logged_in": True, "email": email, "sub": f"sub-{email}", "iat": began, "exp": began + 3600, **more}


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("office")
    settings = settings_in(home / "home")
    report = load_office(write(home / "export", SERVED, TWO_DISTRICTS), settings)
    assert report.is_good, "\n".join(report.lines())
    return settings


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return demo_vintage.served(tmp_path_factory)


@pytest.fixture
def with_people(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Path]:
    """Makes this process require sign-in; gives the program.toml that says so."""

    def require(*changed: tuple[str, str], people: str = PEOPLE) -> Path:
        path = program(tmp_path, *changed, people=people)
        monkeypatch.setenv("SRO_PROGRAM", str(path))
        return path

    return require
