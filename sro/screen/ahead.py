"""What is likely asked next is worked out while nobody waits: the same screen in the school years beside the one shown.

Whoever then chooses such a year is answered from memory. The one thread that does this rests while a screen is drawn.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from sro.ask import Facts
from sro.screen.view import View, years

Work = Callable[[View], object]
log = logging.getLogger(__name__)
SCREEN = "ahead_screen"
REST = 1.0  # seconds after a screen was drawn, in which its messages go out and its browser paints
MOST = 128  # what is not done by then was asked by somebody who is elsewhere now


@dataclass(frozen=True)
class Screen:
    """What a screen says of itself while it is drawn: its view, how each other one comes of it, and what it does."""

    shown: View
    ways: dict[View, Callable[[View], View]]
    works: list[Work]


class Ahead:
    """Work for one thread, the newest first; nothing is done before `start`, nor until screens have been drawn."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[tuple[Work, View]] = deque(maxlen=MOST)
        self._drawing, self._drawn = 0, 0.0
        self._started = False

    def start(self) -> None:
        self._started = True
        threading.Thread(target=self._run, name="ahead", daemon=True).start()

    @contextmanager
    def resting(self) -> Iterator[None]:
        with self._changed:
            self._drawing += 1
        try:
            yield
        finally:
            with self._changed:
                self._drawing, self._drawn = self._drawing - 1, time.monotonic()
                self._changed.notify()

    def add(self, works: list[tuple[Work, View]]) -> None:
        if self._started:
            with self._changed:
                self._waiting.extendleft(reversed(works))
                self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting and not self._drawing)
                if (rest := self._drawn + REST - time.monotonic()) > 0:
                    self._changed.wait(rest)
                    continue
                work, view = self._waiting.popleft()
            try:
                work(view)
            except Exception as error:  # whoever asks for it is told
                log.debug("Not worked out ahead, for %s: %s", view, error)


AHEAD = Ahead()


def start() -> None:
    """For a server; SRO_AHEAD=no leaves a machine alone that has better things to do."""
    if os.environ.get("SRO_AHEAD", "yes") != "no":
        AHEAD.start()


def shows(view: View) -> None:
    """The filter bar of this screen says so now."""
    st.session_state[SCREEN] = Screen(view, {view: lambda of: of}, [])


def derived(view: View, derive: Callable[[View], View]) -> View:
    """Another view that this screen makes of what its filter bar says."""
    made, screen = derive(view), st.session_state.get(SCREEN)
    if screen:
        screen.ways.setdefault(made, derive)
    return made


def also(view: View, work: Work) -> None:
    """This screen does such work for a view of its own; beside it, it would do the same for another."""
    screen = st.session_state.get(SCREEN)
    if screen and (way := screen.ways.get(view)):
        screen.works.append(lambda of: work(way(of)))


def go(facts: Facts) -> None:
    """The screen is drawn: its neighbors may be worked out now."""
    screen = st.session_state.pop(SCREEN, None)
    if screen:
        AHEAD.add([(work, neighbor) for neighbor in neighbors(screen.shown, facts) for work in screen.works])


def neighbors(view: View, facts: Facts) -> list[View]:
    """The view in the school years before and after its own; of another period, in the two newest that have begun."""
    every = [year.key for year in years(facts)]
    if view.period not in every:
        near = every[:2]
    else:
        place = every.index(view.period)
        near = [every[at] for at in (place + 1, place - 1) if 0 <= at < len(every)]
    return [replace(view, period=period) for period in near]
