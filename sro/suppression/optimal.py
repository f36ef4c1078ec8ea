"""The least weight of cells to hide that keeps all known cuts: a covering problem for HiGHS."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from sro.suppression.greedy import cuts_as_matrix
from sro.suppression.separation import Cut
from sro.suppression.system import System

# The share above the least at which a mask still counts as least.
EXACT = 1e-6


def choose(
    cuts: Sequence[Cut], system: System, seconds: float, gap: float = EXACT, branches: int | None = None
) -> tuple[np.ndarray | None, float]:
    """A mask of hidden variables of least weight (up to a share `gap` above), and a weight under which none can lie.

    The mask is None when `seconds` or `branches` (of the search tree) did not suffice to prove that; the bound holds all the same.
    """
    if not cuts:
        return system.sealed.copy(), 0.0
    matrix, need = cuts_as_matrix(cuts, system.size)
    used = np.unique(matrix.indices)
    options: dict[str, float] = {"mip_rel_gap": gap}
    if np.isfinite(seconds):
        options["time_limit"] = max(seconds, 0.01)
    if branches is not None:
        options["node_limit"] = branches
    solution = milp(
        system.weight[used],
        constraints=LinearConstraint(matrix[:, used], need, np.inf),  # pyright: ignore[reportArgumentType]
        integrality=np.ones(len(used)),
        bounds=Bounds(0, 1),
        options=options,
    )
    bound = float(solution.mip_dual_bound) if solution.mip_dual_bound is not None else 0.0
    if solution.status != 0:
        return None, max(bound, 0.0)
    hidden = system.sealed.copy()
    hidden[used] |= solution.x > 0.5
    return hidden, bound
