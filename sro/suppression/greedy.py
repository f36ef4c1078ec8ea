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
    cheap = 1.0 / np.maximum(system.weight, 1e-9)
    missing = need - matrix @ (hidden & ~system.sealed)
    row = np.repeat(np.arange(len(need)), np.diff(matrix.indptr))
    column, reach = matrix.indices, matrix.data
    added = []
    while (missing > TOLERANCE).any():
        useful = (missing[row] > TOLERANCE) & ~hidden[column]
        row, column, reach = row[useful], column[useful], reach[useful]
        share = np.minimum(reach / missing[row], 1.0)  # of what its cut lacks
        helps = np.bincount(column, weights=share, minlength=system.size)
        best = int(np.argmax(helps * cheap))
        if helps[best] <= 0:
            raise RuntimeError("No cell is left to hide, yet a secret cell is not protected.")
        hidden[best] = True
        added.append(best)
        its_cuts = slice(by_column.indptr[best], by_column.indptr[best + 1])
        missing[by_column.indices[its_cuts]] -= by_column.data[its_cuts]
    for place in sorted(added, key=lambda place: -system.weight[place]):
        its_cuts = slice(by_column.indptr[place], by_column.indptr[place + 1])
        without = missing[by_column.indices[its_cuts]] + by_column.data[its_cuts]
        if (without <= TOLERANCE).all():
            hidden[place] = False
            missing[by_column.indices[its_cuts]] = without
    return hidden
