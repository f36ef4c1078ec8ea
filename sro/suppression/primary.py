"""Which cells must not be learned, how well they are protected, and what hiding any other cell costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

# A cell tells more the more schools and months it sums, so hiding it costs more; and more when its number is large.
UNIT_WEIGHT = {"program": 8.0, "district": 2.0, "school": 1.0}
PERIOD_WEIGHT = {"year": 4.0, "semester": 2.0, "quarter": 1.5, "month": 1.0}
WHOLE_WEIGHT = 2.0  # all categories together, against one of them
IMPLIED_WEIGHT = 0.1  # the rest of a proportion: nobody prints it


def protection(threshold: int) -> int:
    """The least width of what anybody may know of a protected cell: `threshold` whole numbers stay possible.

    Counts 1…n−1 are hidden; an interval of width n−1 is as wide as if nothing but their being hidden were known.
    """
    return threshold - 1


def is_primary(value: np.ndarray, zeros_protected: np.ndarray, threshold: int) -> np.ndarray:
    """Counts of 1…n−1 persons, and zeros where a zero tells as much."""
    return (value < threshold) & ((value > 0) | zeros_protected)


def is_dominated(value: int, crowd: np.ndarray, threshold: int) -> bool:
    """Whether a shown number would tell too much of one school, whose public total everybody knows.

    Of `value` persons among sum(crowd) a school with a total of t has at least t + value − sum and at most
    min(t, value) (Fréchet), and no more is known. Too much: fewer than `threshold` numbers (or than its total leaves),
    a small one among them.
    """
    low = np.maximum(0, crowd + value - crowd.sum())
    width = np.minimum(crowd, value) - low
    return bool(((width < np.minimum(protection(threshold), crowd)) & (low < threshold)).any())


def weights(cells: pd.DataFrame) -> np.ndarray:
    """What is lost when a cell is hidden: coarseness × log₂(1 + value)."""
    coarseness = cells["unit_kind"].map(UNIT_WEIGHT) * cells["period_kind"].map(PERIOD_WEIGHT)
    whole = np.where(cells["slice"] == "all", WHOLE_WEIGHT, 1.0)
    implied = np.where(cells["part"] == "rest", IMPLIED_WEIGHT, 1.0)
    return (coarseness * whole * implied * np.log2(2.0 + cells["value"])).to_numpy(dtype=float)
