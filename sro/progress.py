"""Says how far something is: a bar in a terminal once it takes longer than a second, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from tqdm import tqdm

# (what is being done, steps done, steps in all)
Progress = Callable[[str, int, int], None]
PATIENCE_SECONDS = 1.0


def silent(what: str, done: int, total: int) -> None:
    """No word."""


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    with tqdm(total=1, delay=PATIENCE_SECONDS, leave=False, bar_format="{desc:<44.44} {bar} {n}/{total}") as bar:
        appears = Timer(PATIENCE_SECONDS, bar.refresh)  # even in the midst of one long step
        appears.start()

        def show(what: str, done: int, total: int) -> None:
            bar.total = total
            bar.n = done
            bar.set_description_str(what, refresh=not appears.is_alive())

        try:
            yield show
        finally:
            appears.cancel()
            appears.join()
