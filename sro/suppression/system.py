"""A block as the smallest set of equations that says the same.

Zeros that show, and numbers that everybody knows, are constants and fall out. Cells that are one number by the
equations alone (a line with one child that is not zero; a one-school district) are hidden or shown together, so they
become one variable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from sro.suppression import primary
from sro.suppression.cube import Cube, Matrix


@dataclass(frozen=True)
class System:
    """Variables with their true values, and `lines` (rows × variables) that each sum to zero over them.

    room: how far a hidden variable could lie under its true value (to 1, or to 0 where zeros are hidden too; everybody
    knows that a hidden count is no zero when zeros show). secret: must be protected. sealed: never shown (secret
    cells, and differences that no cell states). width: how wide the interval of each secret variable must be, and
    ceiling: the widest that public totals leave it. variable_of: cell → variable, −1 for a constant.
    """

    value: np.ndarray
    room: np.ndarray
    weight: np.ndarray
    secret: np.ndarray
    sealed: np.ndarray
    lines: Matrix
    variable_of: np.ndarray
    width: np.ndarray
    ceiling: np.ndarray
    threshold: int

    @property
    def size(self) -> int:
        return len(self.value)

    def weight_of(self, hidden: np.ndarray) -> float:
        """What a mask of hidden variables costs, beyond those that are never shown."""
        return float(self.weight[hidden & ~self.sealed].sum())


def system_of(cube: Cube, threshold: int) -> System:
    """The block's system for an audience that may not learn counts under `threshold`."""
    value = cube.cells["value"].to_numpy()
    ceiling = np.full(len(value), np.inf)
    for at, crowd in cube.crowd.items():
        ceiling[at] = crowd.sum()
    constant = cube.public | (ceiling == 0)
    present = ((value > 0) | cube.zeros_protected) & ~constant
    surely_nothing = _surely_nothing(cube, (value == 0) & ~present)
    constant |= surely_nothing
    present &= ~surely_nothing
    secret = primary.is_primary(value, cube.zeros_protected, threshold) & ~constant
    for at, crowd in cube.crowd.items():
        secret[at] |= not constant[at] and primary.is_dominated(int(value[at]), crowd, threshold)
    weight = cube.weight
    floor = np.where(cube.zeros_protected, 0, 1)

    lines: Matrix = sparse.csr_array(cube.lines @ sparse.diags_array(present.astype(float)))
    lines.eliminate_zeros()
    entries = np.diff(lines.indptr)
    is_one_number = (entries == 2) & (np.asarray(lines.sum(axis=1)).ravel() == 0) & (np.abs(lines @ value) < 0.5)
    starts = lines.indptr[:-1][is_one_number]
    first, second = lines.indices[starts], lines.indices[starts + 1]
    graph = sparse.coo_array((np.ones(len(first)), (first, second)), shape=(len(value), len(value)))
    _, label = connected_components(graph, directed=False)
    label = np.where(present, label, -1)
    kept, variable_of = np.unique(label, return_inverse=True)
    if len(kept) and kept[0] == -1:
        variable_of = variable_of - 1
    count = int(variable_of.max(initial=-1)) + 1
    of, at = variable_of[present], np.flatnonzero(present)

    merge = sparse.csr_array((np.ones(len(at)), (at, of)), shape=(len(value), count))
    merged_value = np.zeros(count, dtype=np.int64)
    merged_value[of] = value[at]
    merged_floor = np.zeros(count, dtype=np.int64)
    np.maximum.at(merged_floor, of, floor[at])
    merged_secret = np.zeros(count, dtype=bool)
    np.logical_or.at(merged_secret, of, secret[at])
    merged_ceiling = np.full(count, np.inf)
    np.minimum.at(merged_ceiling, of, ceiling[at])
    lines = _distinct(sparse.csr_array(lines @ merge))

    # What a part leaves of its whole is never printed, but anybody can subtract: it is a sealed variable of its own.
    pairs = {(variable_of[part], variable_of[whole]) for part, whole in cube.within if present[part] and present[whole]}
    pairs = sorted((part, whole) for part, whole in pairs if part != whole)
    rest = np.array([merged_value[whole] - merged_value[part] for part, whole in pairs], dtype=np.int64)
    more = len(pairs)
    if more:
        places = np.repeat(np.arange(more), 3)
        columns = np.array([(whole, part, count + n) for n, (part, whole) in enumerate(pairs)]).ravel()
        signs = np.tile([1.0, -1.0, -1.0], more)
        lines = sparse.csr_array(sparse.vstack([
            sparse.csr_array((lines.data, lines.indices, lines.indptr), shape=(lines.shape[0], count + more)),
            sparse.csr_array((signs, (places, columns)), shape=(more, count + more)),
        ]))  # fmt: skip
    small_rest = (rest > 0) & (rest < threshold)
    secret = np.concatenate([merged_secret, small_rest])
    ceiling = np.concatenate([merged_ceiling, np.full(more, np.inf)])
    return System(
        value=np.concatenate([merged_value, rest]),
        room=np.concatenate([merged_value - merged_floor, rest]),
        weight=np.concatenate([np.bincount(of, weights=weight[at], minlength=count), np.zeros(more)]),
        secret=secret,
        sealed=np.concatenate([merged_secret, np.ones(more, dtype=bool)]),
        lines=lines,
        variable_of=variable_of,
        width=np.minimum(primary.protection(threshold), ceiling),
        ceiling=ceiling,
        threshold=threshold,
    )


def _surely_nothing(cube: Cube, shown: np.ndarray) -> np.ndarray:
    """Cells that must be zero because of zeros that show: all parts of one, and what is one number with it.

    A zero that would be hidden elsewhere (of a group) is no secret beside the zero that everybody sees.
    """
    wholes, parts = (cube.lines > 0).astype(float), (cube.lines < 0).astype(float)
    zero, before = shown.copy(), -1
    while before < (before := int(zero.sum())):
        zero |= parts.T @ (wholes @ zero.astype(float)) > 0
        zero |= wholes.T @ (parts @ (~zero).astype(float) == 0).astype(float) > 0
        for part, whole in cube.within:
            zero[part] |= zero[whole]
    return zero


def _distinct(lines: Matrix) -> Matrix:
    """The lines that say something, each once."""
    lines.sum_duplicates()
    lines.eliminate_zeros()
    seen: dict[tuple[bytes, bytes], int] = {}
    for row in range(lines.shape[0]):
        part = slice(lines.indptr[row], lines.indptr[row + 1])
        if part.stop > part.start:
            seen.setdefault((lines.indices[part].tobytes(), lines.data[part].tobytes()), row)
    return sparse.csr_array(lines[list(seen.values())]) if seen else sparse.csr_array((0, lines.shape[1]))
