"""A cheap set of cells to hide that keeps all known cuts: dearest need first, then without what turned out needless."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from sro.suppression.cube import Matrix
from sro.suppression.separation import TOLERANCE, Cut
from sro.suppression.system import System


def cuts_as_matrix(cuts: Sequence[Cut], size: int) -> tuple[Matrix, np.ndarray]:
    """Cuts as rows over all variables, and their needs."""
    rows = np.repeat(np.arange(len(cuts)), [len(cut.places) for cut in cuts])
    columns = np.concatenate([cut.places for cut in cuts]) if cuts else np.zeros(0, int)
    reach = np.concatenate([cut.reach for cut in cuts]) if cuts else np.zeros(0)
    matrix = sparse.csr_array(sparse.coo_array((reach, (rows, columns)), shape=(len(cuts), size)))
    return matrix, np.array([cut.need for cut in cuts])


def choose(cuts: Sequence[Cut], system: System, already: np.ndarray) -> np.ndarray:
    """A mask of hidden variables that keeps every cut; those of `already` stay hidden."""
    hidden = already | system.sealed
    matrix, need = cuts_as_matrix(cuts, system.size)
    by_column = matrix.tocsc()
    missing = need - matrix @ (hidden & ~system.sealed)
    added = []
    while (missing > TOLERANCE).any():
        helps = _useful(matrix, missing)
        helps[hidden] = 0
        best = int(np.argmax(helps / np.maximum(system.weight, 1e-9)))
        if helps[best] <= 0:
            raise RuntimeError("No cell is left to hide, yet a secret cell is not protected.")
        hidden[best] = True
        added.append(best)
        column = slice(by_column.indptr[best], by_column.indptr[best + 1])
        missing[by_column.indices[column]] -= by_column.data[column]
    for place in sorted(added, key=lambda place: -system.weight[place]):
        column = slice(by_column.indptr[place], by_column.indptr[place + 1])
        without = missing[by_column.indices[column]] + by_column.data[column]
        if (without <= TOLERANCE).all():
            hidden[place] = False
            missing[by_column.indices[column]] = without
    return hidden


def _useful(matrix: Matrix, missing: np.ndarray) -> np.ndarray:
    """For every variable, the share of what is missing that it would bring, summed over the cuts."""
    open_rows = np.flatnonzero(missing > TOLERANCE)
    part = matrix[open_rows]
    lacking = np.repeat(missing[open_rows], np.diff(part.indptr))
    return np.bincount(part.indices, weights=np.minimum(part.data, lacking) / lacking, minlength=matrix.shape[1])
