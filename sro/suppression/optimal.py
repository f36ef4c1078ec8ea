"""The least weight of cells to hide that keeps all known cuts: a covering problem for HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np

from sro.suppression.greedy import cuts_as_matrix
from sro.suppression.separation import Cut, Highs
from sro.suppression.system import System

# The share above the least at which a mask still counts as least.
EXACT = 1e-6


def choose(
    cuts: Sequence[Cut], system: System, seconds: float, gap: float = EXACT, branches: int | None = None
) -> tuple[np.ndarray | None, float]:
    """A mask of hidden variables of least weight (up to a share `gap` above), and a weight under which none can lie.

    The mask is None when `seconds` or `branches` (of the search tree) did not suffice to prove that; the bound holds
    all the same.
    """
    if not cuts:
        return system.sealed.copy(), 0.0
    matrix, need = cuts_as_matrix(cuts, system.size)
    used = np.unique(matrix.indices)
    program: Any = highspy.HighsLp()
    part = matrix[:, used].tocsc()
    program.num_col_, program.num_row_ = len(used), len(need)
    program.col_cost_ = system.weight[used]
    program.col_lower_, program.col_upper_ = np.zeros(len(used)), np.ones(len(used))
    program.row_lower_, program.row_upper_ = need, np.full(len(need), np.inf)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_, program.a_matrix_.value_ = part.indptr, part.indices, part.data
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(used)
    highs = Highs()
    highs.silent()
    options = {"threads": 1, "random_seed": 1, "mip_rel_gap": gap}
    if np.isfinite(seconds):
        options["time_limit"] = max(seconds, 0.01)
    if branches is not None:
        options["mip_max_nodes"] = branches
    for option, choice in options.items():
        highs.setOptionValue(option, choice)
    highs.passModel(program)
    highs.run()
    bound = highs.getInfo().mip_dual_bound
    bound = max(float(bound), 0.0) if np.isfinite(bound) else 0.0
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None, bound
    hidden = system.sealed.copy()
    hidden[used] |= np.array(highs.getSolution().col_value) > 0.5
    return hidden, bound
