"""Which cells of each block may show: the decision that every answer outside the restricted audience obeys."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd

from sro.suppression import greedy, optimal
from sro.suppression.cube import Cube
from sro.suppression.separation import Cut, OutOfTime, Prober, Witnesses, line_cuts, separate
from sro.suppression.system import System, system_of

# HiGHS works outside Python's lock, so two blocks at a time keep two cores busy.
THREADS = 2
# So often may a greedy cover be chosen anew.
REVISIONS = 40


@dataclass(frozen=True)
class Decision:
    """cells: the cube's cells with `shown` and `reason` (shown, primary, complementary), and their block.

    blocks: one row a block: method (none: nothing to add; optimal: proved least; greedy), weight hidden beyond the
    primary cells, bound (no safe choice weighs less), cells, hidden, primary, seconds.
    """

    cells: pd.DataFrame
    blocks: pd.DataFrame

    @property
    def ratio_to_bound(self) -> float:
        """Weight hidden, over the least that it could be (1 is optimal)."""
        bound = self.blocks["bound"].sum()
        return float(self.blocks["weight"].sum() / bound) if bound else 1.0


def decide(cubes: Sequence[Cube], threshold: int, budget_seconds: float = 60.0) -> Decision:
    """What an audience that may not learn counts under `threshold` may see of the blocks.

    Safe whatever the time: blocks that `budget_seconds` does not suffice to solve to the least weight are decided
    greedily, and checked as strictly. Small blocks go first, so that time they leave helps large ones.
    """
    started = time.monotonic()
    systems = [system_of(cube, threshold) for cube in cubes]
    effort = [float(system.secret.sum() * system.size) for system in systems]
    workers = THREADS if len(cubes) >= 2 * THREADS else 1
    waiting = sorted(range(len(cubes)), key=lambda at: effort[at])
    results: dict[int, tuple[pd.DataFrame, dict[str, object]]] = {}

    def next_block() -> None:
        while waiting:
            ahead, blocks = sum(effort[at] for at in waiting), len(waiting)
            at = waiting.pop(0)
            left = max(budget_seconds - (time.monotonic() - started), 0.0)
            share = left * workers * (0.5 * effort[at] / max(ahead, 1.0) + 0.5 / blocks)
            results[at] = _decide_block(cubes[at], systems[at], min(share, left))

    if workers == 1:
        next_block()
    else:
        with ThreadPoolExecutor(workers) as pool:
            for worker in [pool.submit(next_block) for _ in range(workers)]:
                worker.result()
    frames = [results[at][0] for at in range(len(cubes))]
    columns = ["block", "method", "weight", "bound", "cells", "hidden", "primary", "seconds"]
    return Decision(
        pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(),
        pd.DataFrame([results[at][1] for at in range(len(cubes))], columns=columns),
    )


def _decide_block(cube: Cube, system: System, seconds: float) -> tuple[pd.DataFrame, dict[str, object]]:
    started = time.monotonic()
    hidden, method, bound = solve(system, seconds)
    placed = system.variable_of >= 0
    is_hidden = np.zeros(len(cube.cells), dtype=bool)
    is_hidden[placed] = hidden[system.variable_of[placed]]
    is_primary = np.zeros(len(cube.cells), dtype=bool)
    is_primary[placed] = system.secret[system.variable_of[placed]]
    reason = np.select([is_primary, is_hidden], ["primary", "complementary"], "shown")
    return (
        cube.cells.assign(shown=~is_hidden, reason=reason, block=cube.name),
        {
            "block": cube.name,
            "method": method,
            "weight": system.weight_of(hidden),
            "bound": bound,
            "cells": len(cube.cells),
            "hidden": int(is_hidden.sum()),
            "primary": int(is_primary.sum()),
            "seconds": time.monotonic() - started,
        },
    )


def solve(system: System, seconds: float) -> tuple[np.ndarray, str, float]:
    """A safe mask of hidden variables, how it was found, and a weight that no safe mask can lie under.

    First a greedy cover, whose repairs leave cuts behind; then, as long as the time lasts, the least cover of all cuts
    so far, attacked and cut again, until the attack finds nothing: that one is the least of all safe masks.
    """
    if not system.secret.any():
        return system.sealed.copy(), "none", 0.0
    until = time.monotonic() + seconds
    cuts, witnesses, prober = line_cuts(system), Witnesses(), Prober(system)
    best = _cover(system, cuts, system.sealed, prober, witnesses)
    bound, nearest = 0.0, None
    try:
        while time.monotonic() < until:
            hidden, lower = optimal.choose(cuts, system, until - time.monotonic())
            bound = max(bound, lower)
            if hidden is None:
                break
            nearest = hidden
            broken = separate(system, hidden, prober, witnesses, lambda: time.monotonic() < until)
            if not broken:
                weight = system.weight_of(hidden)
                return hidden, "optimal" if weight else "none", weight
            cuts += broken
    except OutOfTime:
        pass
    if nearest is not None:
        best = min(best, _cover(system, cuts, nearest, prober, witnesses), key=system.weight_of)
    return best, "greedy", bound


def _cover(system: System, cuts: list[Cut], start: np.ndarray, prober: Prober, witnesses: Witnesses) -> np.ndarray:
    """Greedy cover, attack, repair, until the attack finds nothing. Adds the cuts it finds to `cuts`.

    What `start` hides stays hidden; after `REVISIONS` repairs so does everything else, and the end is near.
    """
    hidden = greedy.choose(cuts, system, start)
    for repair in count():
        broken = separate(system, hidden, prober, witnesses, lambda: True)
        if not broken:
            return hidden
        cuts += broken
        hidden = greedy.choose(cuts, system, start if repair < REVISIONS else hidden)
    raise AssertionError
