"""Which cells of each block may show: the decision that every answer outside the restricted audience obeys."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sro.suppression import greedy, optimal
from sro.suppression.cube import Cube
from sro.suppression.separation import (
    TOLERANCE,
    Cut,
    OutOfTime,
    Prober,
    Witnesses,
    as_wide_as_can_be,
    exposed,
    line_cuts,
    separate,
)
from sro.suppression.system import System, system_of

# HiGHS works outside Python's lock, so two blocks at a time keep two cores busy.
THREADS = 2
# What a block may cost where the same counts must give the same decision: attacks, branches of each covering problem.
ATTACKS = 40
BRANCHES = 200
# Of a block's time, what the search for the least may take; the rest is for the greedy completion.
EXACT_SHARE = 0.6
# How far above the least the first covers may lie.
ROUGH = 0.05


class Effort:
    """How much the search for the least may cost: seconds, or without a clock a number of attacks and branches."""

    def __init__(self, seconds: float | None) -> None:
        self.until = math.inf if seconds is None else time.monotonic() + EXACT_SHARE * seconds
        self.branches = BRANCHES if seconds is None else None
        self.attacks = ATTACKS if seconds is None else math.inf
        self.gap = ROUGH if seconds is None else optimal.EXACT

    def is_left(self) -> bool:
        return self.attacks > 0 and time.monotonic() < self.until

    def in_time(self) -> bool:
        return time.monotonic() < self.until

    @property
    def seconds(self) -> float:
        return self.until - time.monotonic()


@dataclass(frozen=True)
class Decision:
    """cells: the cube's cells with `shown` and `reason` (shown, primary, complementary), and their block.

    blocks: one row a block: method (none: nothing to add; optimal: proved least; near: found so, but within a few
    percent only; greedy), weight hidden beyond the
    primary cells, bound (no safe choice weighs less), cells, hidden, primary, seconds.
    """

    cells: pd.DataFrame
    blocks: pd.DataFrame

    @property
    def ratio_to_bound(self) -> float:
        """Weight hidden, over the least that it could be (1 is optimal)."""
        bound = self.blocks["bound"].sum()
        return float(self.blocks["weight"].sum() / bound) if bound else 1.0


def decide(cubes: Sequence[Cube], threshold: int, budget_seconds: float | None = 60.0) -> Decision:
    """What an audience that may not learn counts under `threshold` may see of the blocks.

    Safe whatever the time: blocks that `budget_seconds` does not suffice to solve to the least weight are decided
    greedily, and checked as strictly. Small blocks go first, so that time they leave helps large ones. Without a budget
    large ones do, so that no thread waits for the last, and no clock is looked at: the same counts give the same
    decision, however busy the machine is.
    """
    started = time.monotonic()
    systems = [system_of(cube, threshold) for cube in cubes]
    effort = [float(system.secret.sum() * system.size) for system in systems]
    workers = THREADS if len(cubes) >= 2 * THREADS else 1
    waiting = sorted(range(len(cubes)), key=lambda at: effort[at], reverse=budget_seconds is None)
    results: dict[int, tuple[pd.DataFrame, dict[str, object]]] = {}

    def next_block() -> None:
        while waiting:
            ahead, blocks = sum(effort[at] for at in waiting), len(waiting)
            at = waiting.pop(0)
            if budget_seconds is None:
                results[at] = _decide_block(cubes[at], systems[at], None)
                continue
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


def _decide_block(cube: Cube, system: System, seconds: float | None) -> tuple[pd.DataFrame, dict[str, object]]:
    started = time.monotonic()
    system, hidden, method, bound = solve(system, seconds)
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


def solve(system: System, seconds: float | None) -> tuple[System, np.ndarray, str, float]:
    """The system with widths that can be had, a safe mask of its hidden variables, how it was found, and a weight that
    no safe mask can lie under.

    The cheapest cover of the cuts so far is attacked and cut again until the attack finds nothing: first roughly the
    cheapest, which HiGHS finds fast, then exactly. When time runs out on the way, what it hides is completed greedily.
    What it hides must not itself be pinned down to where it may be small: then that is secret too, and all begins anew.
    """
    if not system.secret.any():
        return system, system.sealed.copy(), "none", 0.0
    effort, prober = Effort(seconds), Prober(system)
    system = as_wide_as_can_be(system, prober)
    cuts, witnesses = line_cuts(system), Witnesses()
    bound, nearest, safe, gap = 0.0, system.sealed, None, ROUGH
    try:
        while effort.is_left():
            hidden, lower = optimal.choose(cuts, system, effort.seconds, gap, effort.branches)
            bound = max(bound, lower)
            if hidden is None:
                break
            nearest = hidden
            effort.attacks -= 1
            broken = separate(system, hidden, prober, witnesses, effort.in_time)
            cuts += broken
            if not broken:
                safe, gap = hidden, effort.gap
                weight = system.weight_of(safe)
                if weight <= bound * (1 + effort.gap) + TOLERANCE:
                    break
    except OutOfTime:
        pass
    method = "near"
    if safe is None:
        safe, method = _completed(system, cuts, nearest, prober, witnesses), "greedy"
    more = exposed(system, safe, prober, witnesses)
    if more.any():
        stricter = replace(system, secret=system.secret | more, sealed=system.sealed | more)
        _, safe, method, _ = solve(stricter, seconds)
        return system, safe, method if method == "greedy" else "near", bound
    if method == "greedy":
        return system, safe, method, bound
    weight = system.weight_of(safe)
    if weight <= bound * (1 + optimal.EXACT) + TOLERANCE:
        return system, safe, "optimal" if weight else "none", weight
    return system, safe, "near", bound


def _completed(system: System, cuts: list[Cut], start: np.ndarray, prober: Prober, witnesses: Witnesses) -> np.ndarray:
    """From `start` on: hide, attack, hide more, until the attack finds nothing. Adds the cuts it finds to `cuts`."""
    hidden = greedy.choose(cuts, system, start)
    while broken := separate(system, hidden, prober, witnesses, lambda: True, enough=24):
        cuts += broken
        hidden = greedy.choose(cuts, system, hidden)
    return hidden
