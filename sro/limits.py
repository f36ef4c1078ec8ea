"""How often somebody may do something: so many times in so many seconds, for each of those who do it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque

KEPT = 10_000  # callers remembered; the one heard of longest ago is forgotten first


class Limit:
    """At most `times` in any `seconds`, by caller. Safe among threads; each process counts its own."""

    def __init__(self, times: int, seconds: float) -> None:
        self.times, self.seconds = times, seconds
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, caller: str, now: float | None = None) -> float:
        """Seconds until the caller may do it; 0 where it may be done now, which is counted then."""
        now = time.monotonic() if now is None else now
        with self._lock:
            seen = self._seen.setdefault(caller, deque())
            self._seen.move_to_end(caller)
            while len(self._seen) > KEPT:
                self._seen.popitem(last=False)
            while seen and seen[0] <= now - self.seconds:
                seen.popleft()
            if len(seen) >= self.times:
                return seen[0] + self.seconds - now
            seen.append(now)
            return 0.0
