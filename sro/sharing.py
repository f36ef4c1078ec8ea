"""Work that several people ask for at the same time is done once: the others wait for it, and it is remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Shared(Generic[P, R]):
    """A function whose last results are remembered, and which nobody runs while somebody runs it with the same.

    When new data is published, everybody's screen asks the same at once. What raises is not remembered.
    """

    def __init__(self, function: Callable[P, R], kept: int) -> None:
        self._remembered = lru_cache(maxsize=kept)(function)
        self._guard = threading.Lock()
        self._running: dict[Hashable, threading.RLock] = {}
        self.cache_info = self._remembered.cache_info

    def __call__(self, *given: P.args, **named: P.kwargs) -> R:
        key = (given, tuple(sorted(named.items())))
        with self._guard:
            running = self._running.setdefault(key, threading.RLock())
        with running:
            try:
                return self._remembered(*given, **named)  # type: ignore[arg-type]  # its stub asks for hashable ones
            finally:
                with self._guard:
                    self._running.pop(key, None)


def shared(kept: int) -> Callable[[Callable[P, R]], Shared[P, R]]:
    """Remembers so many results of a function, whoever asks for them, and works out none of them twice at once."""
    return lambda function: Shared(function, kept)
