"""What several tests need whole is made once a run, by the first that asks, and copied to the others."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sro.locks import only_one

LONGEST_SECONDS = 600.0


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of the caller's own with what `make(folder)` wrote, whichever worker of this run made it."""
    of_the_run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_the_run = of_the_run.parent
    made, unfinished = of_the_run / f"once-{name}", of_the_run / f"unfinished-{name}"
    with only_one(of_the_run / f"{name}.lock", LONGEST_SECONDS, tell=lambda: None):
        if not made.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return shutil.copytree(made, factory.mktemp(name), dirs_exist_ok=True)
