"""The county that benchmarks look at: a vintage of the demo, always the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sessions import done, sro

THROUGH = "2026-10-21"
HELP = "a folder that serves a vintage of the demo; made anew without"


@contextmanager
def county(given: Path | None) -> Iterator[Path]:
    """The folder that was given, or a new one that serves the demo until the block ends."""
    if given:
        yield given
        return
    with TemporaryDirectory() as place:
        data = Path(place)
        done(sro(data, "demo", "--through", THROUGH))
        done(sro(data, "load", str(data / "demo")))
        yield data
