"""What an attacker holds: published statements, and what everybody knows about schools, categories and metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

STATEMENT = [
    "release", "metric", "unit_kind", "unit", "period_start", "period_end", "slice",
    "numerator", "denominator", "value", "decimals", "scale",
]  # fmt: skip


class AuditError(ValueError):
    """Statements that cannot be audited; the message says which and why."""


@dataclass(frozen=True)
class Tie:
    """A public fact about two metrics: a category of one `equals`, or counts some `of`, a category of the other.

    Several categories together are joined by `+`. part: numerator, denominator or rest of the first; the other's is
    its numerator. only: the sets of months for which it holds; for all where there is none.
    """

    kind: str
    metric: str
    slice: str
    other_metric: str
    other_slice: str
    part: str = "numerator"
    only: frozenset[frozenset[int]] | None = None


@dataclass(frozen=True)
class Knowledge:
    """What is public besides the statements.

    district_of: school → district (None: none). slices: all categories of a metric, where they are known; elsewhere
    a total may hold others than those that were stated. proportions: metrics whose numerator counts some of the
    denominator's persons. hides_zeros: metrics whose zeros are hidden like small counts; of all others a hidden
    count is known to be no zero. public: (metric, category, part) that count no persons, or that everybody knows.
    among: metric → the public (metric, category) that its persons are among: nobody can hide that a count lies
    between none and all of them.
    """

    district_of: Mapping[str, str | None]
    slices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    proportions: frozenset[str] = frozenset()
    hides_zeros: frozenset[str] = frozenset()
    ties: tuple[Tie, ...] = ()
    public: frozenset[tuple[str, str, str]] = frozenset()
    among: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def schools_of(self, kind: str, unit: str) -> frozenset[str]:
        """The schools that a unit is made of; kind `schools` names them itself, joined by `+`."""
        if kind == "program":
            return frozenset(self.district_of) or frozenset({"*"})
        if kind == "district":
            found = frozenset(school for school, district in self.district_of.items() if district == unit)
        else:
            found = frozenset(unit.split("+")) & frozenset(self.district_of)
        if not found:
            raise AuditError(f"The {kind} {unit!r} has no school in the list of schools. Add it, or correct its name.")
        return found


def statements(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with every column of a statement; a number that is missing was not shown.

    One row is one cell as published: `numerator`, `denominator` and `value` = scale × numerator ÷ denominator, rounded
    to `decimals`. A row without a numerator is a cell marked hidden. `release` sorts in order of publication.
    """
    defaults = {"release": "", "slice": "all", "scale": 1.0}
    for name in STATEMENT:
        if name not in frame:
            frame = frame.assign(**{name: defaults.get(name, float("nan"))})
    return frame[STATEMENT].assign(
        slice=frame["slice"].fillna("all"),
        period_start=pd.to_datetime(frame["period_start"]),
        period_end=pd.to_datetime(frame["period_end"]),
    )
