"""Says how far something is: a bar in a terminal once it takes longer than a second, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

# (what is being done, steps done, steps in all)
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """No word."""


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error; nothing where that is no terminal."""
    with tqdm(
        delay=1, leave=False, disable=not sys.stderr.isatty(), bar_format="{desc:<44.44} {bar} {n}/{total}"
    ) as bar:

        def show(what: str, done: int, total: int) -> None:
            bar.total = total
            bar.n = done
            bar.set_description_str(what)

        yield show
