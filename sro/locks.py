"""A lock file that only one process can hold, and that the system frees when its holder dies, however it dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

POLL_SECONDS = 0.1

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class Busy(Exception):
    """Another process holds the lock and did not free it in time."""


@contextmanager
def only_one(
    path: Path, wait_seconds: float, tell: Callable[[], None], poll_seconds: float = POLL_SECONDS
) -> Iterator[None]:
    """Hold the lock at `path`; while another process has it, `tell` once and wait.

    Raises Busy after `wait_seconds`.
    """
    with path.open("a+b") as file:
        deadline = time.monotonic() + wait_seconds
        told = False
        while True:
            try:
                _try_lock(file)
                break
            except OSError:
                if time.monotonic() >= deadline:
                    raise Busy(str(path)) from None
                if not told:
                    tell()
                    told = True
                time.sleep(poll_seconds)
        yield  # closing the file frees the lock
