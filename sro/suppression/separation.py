"""What an attacker could learn from a choice of hidden cells, and the inequality that every safe choice obeys.

The attacker knows the shown cells and all lines. A hidden set is safe when every secret variable can lie, consistently
with what is known, anywhere in an interval of the protection width. Where it cannot, linear-programming duality gives
a *cut*: an inequality over "is hidden" variables that this set breaks and every safe set keeps
(Fischetti and Salazar 2001, "Solving the cell suppression problem on tabular data with linear constraints",
Management Science 47:1008-1027; the protection of a cell by its lines goes back to Cox 1980, "Suppression methodology
and statistical disclosure control", JASA 75:377-385).
Of their three protection levels we use the sliding one: the width.

All programs here are about deviations z from the true values: lines · z = 0, z = 0 where shown, z ≥ −room where hidden.
A dual vector γ turns z_p into Σ c_i z_i with c = e_p + γ·lines, hence z_p ≤ Σ (c_i⁻ room_i + c_i⁺ ∞) over hidden i.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from sro.suppression.system import System

TOLERANCE = 1e-6


class OutOfTime(Exception):
    """The time for a block has run out."""


@dataclass(frozen=True)
class Cut:
    """Σ reach · hidden[places] ≥ need, over variables that may be hidden or shown."""

    places: np.ndarray
    reach: np.ndarray
    need: float


def cut_from(reach: np.ndarray, need: float, system: System) -> Cut | None:
    """The cut that `reach` of all variables makes; None when what is always hidden is reach enough."""
    need = need - reach[system.sealed].sum()
    if need <= TOLERANCE:
        return None
    places = np.flatnonzero((reach > TOLERANCE) & ~system.sealed)
    return Cut(places, np.minimum(reach[places], need), need)


def line_cuts(system: System) -> list[Cut]:
    """The cuts of single lines: who shares a line with a secret cell must give it room."""
    cuts: dict[tuple[bytes, bytes, float], Cut] = {}
    lines = system.lines
    for row in range(lines.shape[0]):
        part = slice(lines.indptr[row], lines.indptr[row + 1])
        members, signs = lines.indices[part], lines.data[part]
        for at in np.flatnonzero(system.secret[members]):
            others = np.delete(members, at)
            against = -np.delete(signs, at) / signs[at]
            need = float(system.width[members[at]] - system.room[members[at]])
            reach = np.zeros(system.size)
            if need > 0:  # upward it moves only with the others; those on its own side can go up without end
                reach[others] = np.where(against > 0, need, -against * system.room[others])
            else:  # it has room enough below itself, if anybody moves with it
                need = 1.0
                reach[others] = 1.0
            cut = cut_from(reach, need, system)
            if cut is not None:
                cuts[cut.places.tobytes(), cut.reach.tobytes(), cut.need] = cut
    return list(cuts.values())


@dataclass
class Witnesses:
    """Deviations that are known to be possible. Each proves room for all secret variables of its block at once."""

    deviations: list[np.ndarray] = field(default_factory=list)

    def keep(self, deviation: np.ndarray) -> None:
        self.deviations.append(deviation)
        del self.deviations[:-2000]

    def reached(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far each variable is known to go down and up when only `hidden` ones may move."""
        down, up = np.zeros(len(hidden)), np.zeros(len(hidden))
        if self.deviations:
            all_of_them = np.vstack(self.deviations)
            possible = all_of_them[~(np.abs(all_of_them[:, ~hidden]) > TOLERANCE).any(axis=1)]
            if len(possible):
                down, up = np.maximum(-possible.min(axis=0), 0), np.maximum(possible.max(axis=0), 0)
        return down, up


class Highs(highspy.Highs):
    """HiGHS without its callbacks, the setting up of which prints a banner."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Prober:
    """The attacker's linear program of one block, kept warm: deviations z with lines · z = 0 and z ≥ −room.

    Holds a HiGHS model whose last basis is where the next, little different, question starts.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.upper = np.zeros(system.size)
        self.cost = np.zeros(system.size)
        by_column = system.lines.tocsc()
        self.by_variable = sparse.csr_array(system.lines.T)
        program: Any = highspy.HighsLp()
        program.num_col_, program.num_row_ = system.size, system.lines.shape[0]
        program.col_cost_ = self.cost
        program.col_lower_ = program.col_upper_ = np.zeros(system.size)
        program.row_lower_ = program.row_upper_ = np.zeros(system.lines.shape[0])
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = by_column.indptr
        program.a_matrix_.index_ = by_column.indices
        program.a_matrix_.value_ = by_column.data
        self.highs = Highs()
        self.highs.silent()
        for option, choice in (("presolve", "off"), ("threads", 1), ("random_seed", 1), ("simplex_strategy", 4)):
            self.highs.setOptionValue(option, choice)
        self.highs.passModel(program)
        self.everything = np.arange(system.size, dtype=np.int32)

    def hide(self, hidden: np.ndarray) -> None:
        """Let the hidden variables move, and only them."""
        self.upper = np.where(hidden, np.inf, 0.0)
        self.lower = np.where(hidden, -self.system.room, 0.0).astype(float)

    def push(self, weight: np.ndarray, limit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The deviation of greatest Σ weight · z with z ≤ limit, and the price of every line."""
        size = self.system.size
        self.highs.changeColsBounds(size, self.everything, self.lower, np.minimum(self.upper, limit))
        self.highs.changeColsCost(size, self.everything, -weight)
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.highs.clearSolver()
            self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS could not bound a hidden cell: {self.highs.getModelStatus()}")
        solution = self.highs.getSolution()
        return np.array(solution.col_value), np.array(solution.row_dual)


def as_wide_as_can_be(system: System, prober: Prober) -> System:
    """The system with no secret variable asked to be wider than public totals leave it when everything else is hidden.

    What they leave no room at all is no secret.
    """
    wanted = np.flatnonzero(system.secret & np.isfinite(system.ceiling))
    if not len(wanted):
        return system
    prober.hide(np.ones(system.size, dtype=bool))
    random = np.random.default_rng(system.size)
    down, up = np.zeros(system.size), np.zeros(system.size)
    limits = np.full(system.size, np.inf)
    limits[wanted] = system.width[wanted]

    def push(weight: np.ndarray) -> None:
        nonlocal down, up
        deviation = prober.push(weight, limits)[0]
        down, up = np.maximum(down, -deviation), np.maximum(up, deviation)

    def left() -> np.ndarray:
        return wanted[(down + up)[wanted] < system.width[wanted] - TOLERANCE]

    before = len(wanted) + 1
    while 0 < len(left()) < before:
        before = len(left())
        for sign in (1.0, -1.0):
            weight = np.zeros(system.size)
            weight[left()] = sign * random.random(len(left())) ** 4
            push(weight)
    for place in left():
        for sign in (1.0, -1.0):
            weight = np.zeros(system.size)
            weight[place] = sign
            push(weight)
    width = system.width.copy()
    width[wanted] = np.minimum(width[wanted], (down + up)[wanted])
    is_secret = system.secret & (width > TOLERANCE)
    return replace(system, width=width, secret=is_secret, sealed=system.sealed & (is_secret | ~system.secret))


def exposed(system: System, hidden: np.ndarray, prober: Prober, witnesses: Witnesses) -> np.ndarray:
    """A mask of the hidden variables that are large, yet known so closely, and near the small ones, that they tell."""
    width = system.width
    down, up = witnesses.reached(hidden)
    prober.hide(hidden)
    found = np.zeros(system.size, dtype=bool)
    for place in np.flatnonzero(hidden & ~system.secret & ~system.sealed & (down + up < width - TOLERANCE)):
        weight, limit = np.zeros(system.size), np.full(system.size, np.inf)
        weight[place], limit[place] = 1.0, width[place]
        highest = prober.push(weight, limit)[0][place]
        lowest = prober.push(-weight, np.full(system.size, np.inf))[0][place]
        is_narrow = highest - lowest < width[place] - TOLERANCE
        found[place] = is_narrow and system.value[place] + lowest < system.threshold - TOLERANCE
    return found


def separate(
    system: System,
    hidden: np.ndarray,
    prober: Prober,
    witnesses: Witnesses,
    in_time: Callable[[], bool],
    enough: int = 12,
) -> list[Cut]:
    """Cuts that the hidden set breaks: up to `enough` of them, and at least one if any secret variable is unprotected.

    No cuts: the set is safe. Raises OutOfTime when `in_time()` says so.
    """
    width = system.width
    down, up = witnesses.reached(hidden)
    secret = np.flatnonzero(system.secret)
    wanted = secret[(down + up)[secret] < width[secret] - TOLERANCE]
    prober.hide(hidden)
    random = np.random.default_rng(system.size)
    cuts: list[Cut] = []

    def learn(deviation: np.ndarray) -> None:
        nonlocal down, up, wanted
        witnesses.keep(deviation)
        down, up = np.maximum(down, -deviation), np.maximum(up, deviation)
        wanted = wanted[(down + up)[wanted] < width[wanted] - TOLERANCE]

    def together(sign: float) -> int:
        """One deviation for many: how many more it protects."""
        before = len(wanted)
        weight, limit = np.zeros(system.size), np.full(system.size, np.inf)
        weight[wanted] = sign * random.random(before) ** 4
        if sign > 0:
            limit[wanted] = width[wanted] - down[wanted]
        learn(prober.push(weight, limit)[0])
        return before - len(wanted)

    if (system.room[wanted] > down[wanted] + TOLERANCE).any():
        together(-1.0)
    while len(wanted) and len(cuts) < enough:
        if not in_time():
            raise OutOfTime
        if not cuts and together(1.0) > 0:
            continue
        if not len(wanted):
            break
        place = int(random.choice(wanted))
        wanted = wanted[wanted != place]
        weight, limit = np.zeros(system.size), np.full(system.size, np.inf)
        weight[place], limit[place] = 1.0, width[place]
        highest, rise = prober.push(weight, limit)
        learn(highest)
        if up[place] + down[place] > width[place] - TOLERANCE:
            continue
        fall = np.zeros(len(rise))  # the price of nothing: its own room is all that holds it, where it was seen there
        if down[place] < system.room[place] - TOLERANCE:
            lowest, fall = prober.push(-weight, np.full(system.size, np.inf))
            learn(lowest)
            if highest[place] - lowest[place] > width[place] - TOLERANCE:
                continue
        cut = cut_from(_reach(prober, place, 1.0, rise) + _reach(prober, place, -1.0, fall), width[place], system)
        if cut is None or cut.reach[hidden[cut.places]].sum() > cut.need - TOLERANCE:
            cut = Cut(shown := np.flatnonzero(~hidden & ~system.sealed), np.ones(len(shown)), 1.0)
        cuts.append(cut)
    return cuts


def _reach(prober: Prober, place: int, sign: float, prices: np.ndarray) -> np.ndarray:
    """How much each variable, if hidden, could let `sign` · z_place grow, by these prices."""
    system = prober.system
    towards = prober.by_variable @ prices
    towards[place] += sign
    unlimited = 2.0 * system.width[place]
    return np.where(towards > TOLERANCE, unlimited, np.where(towards < -TOLERANCE, -towards * system.room, 0.0))
