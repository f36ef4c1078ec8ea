"""A load, in a process of its own, that dies just before one of its steps of publishing."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from signal import SIGKILL
from typing import Any

from sro import store
from tests.office import load_into


def load_and_die(home: Path, export: Path, step: int) -> None:
    """The steps are those that reach the disk (fsync) or give a file its name (replace), counted from 1."""
    steps = count(1)

    def or_die(run: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any) -> Any:
            if next(steps) == step:
                os.kill(os.getpid(), SIGKILL)
            return run(*given)

        return watched

    store.os.replace, store.os.fsync = or_die(os.replace), or_die(os.fsync)
    load_into(home, export)
