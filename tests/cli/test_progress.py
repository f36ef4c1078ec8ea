"""A bar where somebody watches and waits; silence elsewhere."""

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sro import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def watched(monkeypatch, stream: io.StringIO) -> Iterator[tuple[progress.Progress, io.StringIO]]:
    """A bar whose patience lasts a fifth of a second, on a stream of its own."""
    with monkeypatch.context() as patch:
        patch.setattr(progress, "PATIENCE_SECONDS", 0.2)
        patch.setattr(sys, "stderr", stream)
        with progress.progress_bar() as show:
            yield show, stream


def test_what_is_quick_shows_nothing(monkeypatch):
    with watched(monkeypatch, Terminal()) as (show, screen):
        show("Reading schools.csv", 0, 10)
        show("Reading shifts.csv", 1, 10)
        assert screen.getvalue() == ""


def test_a_long_step_is_shown_in_its_midst(monkeypatch):
    with watched(monkeypatch, Terminal()) as (show, screen):
        show("Reading shifts.csv", 3, 10)
        time.sleep(0.5)
        assert "Reading shifts.csv" in screen.getvalue() and "3/10" in screen.getvalue()
        show("Reading surveys.csv", 4, 10)
        assert "Reading surveys.csv" in screen.getvalue() and "4/10" in screen.getvalue()


def test_the_bar_leaves_nothing_behind(monkeypatch):
    with watched(monkeypatch, Terminal()) as (show, screen):
        show("Reading shifts.csv", 3, 10)
        time.sleep(0.5)
    assert "Reading shifts.csv" in screen.getvalue()
    assert screen.getvalue().split("\r")[-2].strip() == ""


def test_no_terminal_no_bar(monkeypatch):
    with watched(monkeypatch, io.StringIO()) as (show, screen):
        show("Reading schools.csv", 0, 10)
        time.sleep(0.5)
    assert screen.getvalue() == ""
