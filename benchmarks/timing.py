"""How things are timed here: several runs of each, in turn, so that a busy moment of the machine meets all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any


def interleaved(runs: Mapping[str, Callable[[], float]], repeats: int) -> dict[str, list[float]]:
    """Name → what each of its runs took, in the runs' own unit; first run of all, second of all, and so on."""
    took: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeats):
        for name, run in runs.items():
            took[name].append(run())
    return took


def seconds(run: Callable[[], Any]) -> float:
    gc.collect()
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def spread(times: Sequence[float]) -> dict[str, float]:
    """The median and the two quartiles between which half of the runs lie, and how many there were."""
    if len(times) < 2:
        return {"median": times[0], "low": times[0], "high": times[0], "runs": 1}
    low, middle, high = statistics.quantiles(times, n=4, method="inclusive")
    return {"median": middle, "low": low, "high": high, "runs": len(times)}


def spreads(taken: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The spread of each part over runs that were taken apart alike, and of all parts together."""
    parts = {part: spread([one[part] for one in taken]) for part in taken[0]}
    return parts | {"in all": spread([sum(one.values()) for one in taken])}
