"""The smallest and largest value that each unknown can have, given everything that is known.

Bounds are first tightened row by row, which already finds most of what can be found; what remains open is asked of a
linear program (whole numbers relaxed, as is usual: the true interval can only be narrower by less than one).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

TINY = 1e-6
ENDLESS = 1e7
# So many attempts at many cells at once may prove nothing new; then each is asked alone.
PATIENCE = 5


class Contradiction(Exception):
    """No values agree with everything that is known."""


@dataclass(frozen=True)
class Unknowns:
    """low ≤ x ≤ high, row_low ≤ rows · x ≤ row_high."""

    low: np.ndarray
    high: np.ndarray
    rows: Any  # a scipy.sparse.csr_array
    row_low: np.ndarray
    row_high: np.ndarray


@dataclass(frozen=True)
class Interval:
    """What is known of one cell, and the cells (numbers) and rows that the knowledge rests on."""

    cell: int
    low: float
    high: float
    because: tuple[int, ...]


def tightened(unknowns: Unknowns, passes: int = 60) -> Unknowns:
    """The same with bounds that each row, taken alone and over and over, allows.

    Raises Contradiction when a cell is left without a value.
    """
    low, high = unknowns.low.copy(), unknowns.high.copy()
    entries = unknowns.rows.tocoo()
    row, column = entries.coords
    weight = entries.data
    for _ in range(passes):
        least = np.where(weight > 0, weight * low[column], weight * high[column])
        most = np.where(weight > 0, weight * high[column], weight * low[column])
        rest_least = _without_own(least, row, len(unknowns.row_low), -np.inf)
        rest_most = _without_own(most, row, len(unknowns.row_low), np.inf)
        with np.errstate(invalid="ignore"):
            one, other = (unknowns.row_high[row] - rest_least) / weight, (unknowns.row_low[row] - rest_most) / weight
        above, below = np.where(weight > 0, one, other), np.where(weight > 0, other, one)
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, column, np.nan_to_num(below, nan=-np.inf, posinf=np.inf, neginf=-np.inf))
        np.minimum.at(new_high, column, np.nan_to_num(above, nan=np.inf, posinf=np.inf, neginf=-np.inf))
        if (new_low > new_high + 1e-4).any():
            raise Contradiction
        close = new_high - new_low < TINY
        middle = (new_low[close] + new_high[close]) / 2
        new_low[close] = new_high[close] = middle
        with np.errstate(invalid="ignore"):
            still = np.nanmax(np.abs(np.concatenate([new_low - low, new_high - high])), initial=0) < TINY
        low, high = new_low, new_high
        if still:
            break
    return Unknowns(low, high, unknowns.rows, unknowns.row_low, unknowns.row_high)


def _without_own(term: np.ndarray, row: np.ndarray, rows: int, endless: float) -> np.ndarray:
    """For every entry, the sum of its row's other terms; `endless` where one of those is."""
    infinite = np.isinf(term)
    total = np.bincount(row, weights=np.where(infinite, 0, term), minlength=rows)
    unlimited = np.bincount(row, weights=infinite, minlength=rows)
    rest = total[row] - np.where(infinite, 0, term)
    return np.where(unlimited[row] - infinite > 0, endless, rest)


def narrow(
    unknowns: Unknowns, asked: np.ndarray, width: np.ndarray, matters: Callable[[int, float, float], bool]
) -> list[Interval]:
    """The asked cells of which too much is known: intervals narrower than `width`, where (cell, low, high) matters.

    Raises Contradiction when nothing agrees with everything that is known.
    """
    found: list[Interval] = []
    tight = tightened(unknowns)
    for cells, rows in _components(tight, asked):
        found += _narrow_in(unknowns, tight, cells, rows, np.intersect1d(asked, cells), width, matters)
    settled = asked[(tight.high[asked] - tight.low[asked] <= TINY) & (width[asked] > TINY)]
    return found + [
        _traced(unknowns, int(cell))
        for cell in settled
        if matters(int(cell), float(tight.low[cell]), float(tight.high[cell]))
    ]


def _components(tight: Unknowns, asked: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Open cells and the rows that tie them, where one of them is asked for."""
    is_open = tight.high - tight.low > TINY
    entries = tight.rows.tocoo()
    live = is_open[entries.coords[1]]
    row, column = entries.coords[0][live], entries.coords[1][live]
    count = len(is_open)
    graph = sparse.coo_array((np.ones(len(row)), (column, row + count)), shape=(count + tight.rows.shape[0],) * 2)
    _, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    wanted = set(label[asked[is_open[asked]]])
    members = [part for part in np.split(order, starts[1:]) if label[part[0]] in wanted]
    return [(part[part < count], part[part >= count] - count) for part in members]


class _Highs(highspy.Highs):
    """HiGHS without its callbacks, the setting up of which prints a banner."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class _Program:
    """A linear program over some cells; the others stand at `low`, which for them is `high` too."""

    def __init__(self, bounds: Unknowns, cells: np.ndarray, rows: np.ndarray) -> None:
        part = bounds.rows[rows]
        fixed = bounds.low.copy()
        fixed[cells] = 0
        known = part @ np.where(np.isfinite(fixed), fixed, 0)
        matrix = sparse.csc_array(part[:, cells])
        self.low, self.high = bounds.low[cells].copy(), bounds.high[cells].copy()
        self.size = len(cells)
        model: Any = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, len(rows)
        model.col_cost_ = np.zeros(self.size)
        model.col_lower_, model.col_upper_ = self.low, self.high
        model.row_lower_, model.row_upper_ = bounds.row_low[rows] - known, bounds.row_high[rows] - known
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (
            matrix.indptr, matrix.indices, matrix.data,
        )  # fmt: skip
        self.highs = _Highs()
        self.highs.silent()
        for option, choice in (("presolve", "off"), ("threads", 1), ("simplex_strategy", 4)):
            self.highs.setOptionValue(option, choice)
        self.highs.passModel(model)
        self.everything = np.arange(self.size, dtype=np.int32)

    def push(self, weight: np.ndarray, limit: np.ndarray | float = np.inf) -> tuple[np.ndarray, np.ndarray]:
        """The values of greatest Σ weight · x with x ≤ limit, and what each cell's bounds are worth to it."""
        self.highs.changeColsBounds(
            self.size, self.everything, self.low, np.maximum(self.low, np.minimum(self.high, limit))
        )
        self.highs.changeColsCost(self.size, self.everything, -weight)
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.highs.clearSolver()
            self.highs.run()
        if self.highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS could not bound a hidden cell: {self.highs.getModelStatus()}")
        solution = self.highs.getSolution()
        return np.array(solution.col_value), np.array(solution.col_dual)


def _narrow_in(
    unknowns: Unknowns,
    tight: Unknowns,
    cells: np.ndarray,
    rows: np.ndarray,
    asked: np.ndarray,
    width: np.ndarray,
    matters: Callable[[int, float, float], bool],
) -> list[Interval]:
    program = _Program(tight, cells, rows)
    asked_at = np.searchsorted(cells, asked)
    width = width[cells]
    seen_low, seen_high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)
    random = np.random.default_rng(7)

    def see(values: np.ndarray) -> None:
        np.minimum(seen_low, values, out=seen_low)
        np.maximum(seen_high, values, out=seen_high)

    def undecided() -> np.ndarray:
        outer_is_narrow = tight.high[cells[asked_at]] - tight.low[cells[asked_at]] < width[asked_at] - TINY
        return asked_at[outer_is_narrow | (seen_high - seen_low < width - TINY)[asked_at]]

    see(program.push(-np.isin(np.arange(len(cells)), asked_at).astype(float))[0])
    see(program.push(-random.random(len(cells)))[0])
    left = undecided()
    in_vain = 0
    while len(left) and in_vain < PATIENCE:
        weight, limit = np.zeros(len(cells)), np.full(len(cells), ENDLESS)
        weight[left] = random.random(len(left)) ** 4
        limit[left] = np.maximum(seen_low[left] + width[left], tight.low[cells[left]])
        see(program.push(weight, np.maximum(limit, seen_low))[0])
        see(program.push(-weight)[0])
        before, left = len(left), undecided()
        in_vain = 0 if len(left) < before else in_vain + 1
    found = []
    while len(left):
        place, left = left[0], left[1:]
        weight = np.zeros(len(cells))
        weight[place] = 1.0
        limit = np.full(len(cells), np.inf)
        limit[place] = seen_low[place] + width[place]
        highest = program.push(weight, limit)[0]
        lowest = program.push(-weight)[0]
        see(highest)
        see(lowest)
        is_narrow = highest[place] - lowest[place] < width[place] - TINY
        if is_narrow and matters(int(cells[place]), float(lowest[place]), float(highest[place])):
            found.append(_traced(unknowns, int(cells[place])))
        left = left[np.isin(left, undecided())]
    return found


def _traced(unknowns: Unknowns, cell: int) -> Interval:
    """The exact interval of one cell from what was published, and the known cells it rests on."""
    cells, rows = _around(unknowns, cell)
    program = _Program(unknowns, cells, rows)
    place = int(np.searchsorted(cells, cell))
    weight = np.zeros(len(cells))
    weight[place] = 1.0
    limit = np.full(len(cells), np.inf)
    limit[place] = ENDLESS
    highest, worth_high = program.push(weight, limit)
    lowest, worth_low = program.push(-weight)
    used = (np.abs(worth_high) > TINY) | (np.abs(worth_low) > TINY)
    known = unknowns.high[cells] - unknowns.low[cells] < TINY
    return Interval(cell, float(lowest[place]), float(highest[place]), tuple(int(c) for c in cells[used & known]))


def _around(unknowns: Unknowns, cell: int) -> tuple[np.ndarray, np.ndarray]:
    """The cell's own puzzle: everything that unknown cells tie it to, and the known cells at its edge."""
    tied = next(iter(_components(unknowns, np.array([cell]))), None)
    if tied is None:
        return np.array([cell]), np.zeros(0, dtype=int)
    cells, rows = tied
    edge = np.unique(unknowns.rows[rows].indices)
    return np.union1d(cells, edge), rows
