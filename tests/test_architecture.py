"""The house keeps its shape: imports run one way, SQL stays in queries/, only the screen knows Streamlit."""

import ast
from pathlib import Path

import pytest

from sro.settings import PROJECT

MODULES = sorted((PROJECT / "sro").rglob("*.py"))
# A room may import from rooms on the same or a lower floor only.
FLOORS = {
    "settings": 0, "calendar": 0, "stats": 0, "problems": 0, "locks": 0, "progress": 0, "archives": 0,
    "people": 0, "sign_in": 0, "limits": 0, "sharing": 0, "plotly_js": 0, "places": 0, "trail": 1,
    "contract": 1, "metrics": 1, "raw": 1, "findings": 1,
    "checks": 2, "exports": 2, "texts": 2, "workbooks": 2, "mapping": 2, "cells": 2, "keys": 2, "question": 2,
    "overlay": 2, "recognition": 2, "digests": 2, "suppression": 2, "engine": 2,
    "decisions": 3, "building": 3, "marking": 3, "intake": 3, "store": 3, "sources": 3, "templates": 3, "vintages": 3,
    "backup": 3, "components": 3, "depot": 3, "spark": 3,
    "answer": 3,
    "disclosure": 4, "change": 4, "audit": 4,
    "ask": 5, "surroundings": 5, "gates": 5, "geography": 5, "publication": 5,
    "figures": 6,
    "signals": 7, "claims": 7, "impact": 7, "preview": 7, "watching": 7, "publish": 7, "releases": 7,
    "api": 7, "openapi": 7,
    "screen": 8, "server": 8,
    "demo": 9, "cli": 9,
}  # fmt: skip
LEAVES = ("stats", "calendar")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


def room(path: Path) -> str:
    return path.relative_to(PROJECT / "sro").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_imports_run_one_way(path):
    floor = FLOORS.get(room(path))
    if floor is None:
        assert room(path).startswith("__"), f"{room(path)} has no floor: add it to FLOORS where it belongs"
        return
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "sro" and len(parts) > 1 and parts[1] in FLOORS:
            assert FLOORS[parts[1]] <= floor, f"{path.name} imports upward: {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_only_the_screen_knows_streamlit(path):
    if room(path) != "screen":
        assert not any(name.split(".")[0] == "streamlit" for name in imported(path))


@pytest.mark.parametrize("leaf", LEAVES)
def test_leaves_know_nobody(leaf):
    for path in MODULES:
        if room(path) == leaf:
            assert not any(name.startswith("sro.") and not name.startswith(f"sro.{leaf}") for name in imported(path))


@pytest.mark.parametrize("path", sorted((PROJECT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_is_an_outline(path):
    text = path.read_text(encoding="utf-8")
    assert "SELECT" not in text
    assert not {name.split(".")[0] for name in imported(path)} & {"pandas", "numpy", "duckdb", "plotly"}
