"""From the decision to a single question: the table that a vintage keeps, and the rule for totals that are no cell.

cells, blocks = cells_of(atoms, geography, specs, first, through, {"public": 10, "leadership": 5})
allowed = permission_of(cells_of_one_metric_and_audience, geography)
allowed.permits(schools, period.start, period.end, "all")
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import pandas as pd

from sro import calendar
from sro.suppression.cube import ALL, GRAINS, PROGRAM, Count, Spec, build
from sro.suppression.decide import decide
from sro.suppression.links import Links

NO_LINKS = Links()

CELL_COLUMNS = ["metric", "audience", "unit_kind", "unit", "period_kind", "period_start", "slice", "shown"]
PROGRAM_YEARS: Mapping[str, tuple[str, ...]] = {"program": ("year",)}
PROGRAM_PERIODS: Mapping[str, tuple[str, ...]] = {"program": GRAINS}
DEMOGRAPHIC = frozenset({"race_eth", "sex", "disability", "grade_band", "ell", "econ"})


class Definition(Protocol):
    """What a metric's card says that matters here."""

    @property
    def name(self) -> str: ...
    @property
    def aggregate(self) -> str: ...
    @property
    def interval(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def grain(self) -> str: ...
    @property
    def slice(self) -> str: ...


def spec_of(card: Definition, links: Links = NO_LINKS) -> Spec:
    """Which cells a metric has, by the way it adds up, and by what its numbers are tied to.

    What does not add up (distinct persons, medians, runs) has one number a school year, for the program: no line ties
    it to another number. Categories show for the program only: a school's would nearly all be hidden, and take others
    along. Demographic categories have year cells only, and their zeros are hidden. Beside a public total, proportions
    show for the program only (see `Public`), and zeros are hidden as well: a small total and a few zeros would leave
    nothing to guess.
    """
    spec = _own_spec(card)
    if card.name not in links.beside_public:
        return spec
    has_public_total = Count(card.name) in [one.count for one in links.public]
    return replace(
        spec,
        grains=spec.grains if has_public_total else {"program": spec.grains["program"]},
        zeros_protected=True,
    )


def _own_spec(card: Definition) -> Spec:
    sliced = ("program",) if card.slice != "none" else ()
    if card.aggregate in ("distinct", "distinct_sum", "median", "p90", "longest_run"):
        return Spec(card.name, grains=PROGRAM_YEARS, sliced=())
    proportion = card.aggregate == "ratio" and card.interval == "wilson"
    if card.slice in DEMOGRAPHIC:
        return Spec(card.name, grains=PROGRAM_YEARS, sliced=sliced, proportion=proportion, zeros_protected=True)
    if card.level == "program":
        grains = PROGRAM_YEARS if card.grain == "year" else PROGRAM_PERIODS
        return Spec(card.name, grains=grains, sliced=sliced, proportion=proportion)
    if card.grain == "year":
        grains = {kind: ("year",) for kind in ("program", "district", "school")}
        return Spec(card.name, grains=grains, sliced=sliced, proportion=proportion)
    return Spec(card.name, sliced=sliced, proportion=proportion)


def cells_of(
    atoms: pd.DataFrame,
    geography: pd.DataFrame,
    specs: Sequence[Spec],
    first: date,
    through: date,
    thresholds: Mapping[str, int],
    links: Links = NO_LINKS,
    slices: Mapping[str, Sequence[str]] | None = None,
    budget_seconds: float | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of `disclosure_cell` for every audience, and how each block was decided.

    Arguments as `build` takes them; thresholds: audience → n. A proportion shows only if counted, rest and both do.
    Without a budget the same counts give the same decision.
    """
    cubes = build(atoms, geography, specs, first, through, links.between, links.public, slices)
    tables, blocks = [], []
    for audience, threshold in thresholds.items():
        decision = decide(cubes, threshold, budget_seconds / len(thresholds) if budget_seconds is not None else None)
        blocks.append(decision.blocks.assign(audience=audience))
        if len(decision.cells):
            cells = decision.cells.assign(audience=audience)
            key = [name for name in CELL_COLUMNS if name != "shown"]
            tables.append(cells.groupby(key, sort=False, as_index=False)["shown"].all()[CELL_COLUMNS])
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=CELL_COLUMNS)
    return table, pd.concat(blocks, ignore_index=True) if blocks else pd.DataFrame()


@dataclass(frozen=True)
class Permission:
    """What one audience may see of one metric.

    shown: (unit kind, unit, period start, period end, slice) of every cell that shows. schools_of: district → schools.
    """

    shown: frozenset[tuple[str, str, date, date, str]]
    grains: Mapping[str, tuple[str, ...]]
    schools: frozenset[str]
    schools_of: Mapping[str, frozenset[str]]

    def permits(self, schools: frozenset[str], start: date, end: date, slice_: str | None) -> bool:
        """Whether the total of these schools over these months may show.

        A cell shows as decided. Any other total shows only if the largest cells that it is made of all show: then it
        can be added up from what shows anyway. Smaller cells need no look: if all showed, the larger one would too.
        """
        units = self._units(schools)
        return bool(units) and all(
            bool(periods := list(self._periods(kind, start, end)))
            and all((kind, unit, *period, slice_ or ALL) in self.shown for period in periods)
            for kind, unit in units
        )

    def _units(self, schools: frozenset[str]) -> list[tuple[str, str]]:
        if schools >= self.schools:
            return [("program", PROGRAM)]
        units: list[tuple[str, str]] = []
        left = set(schools)
        for district, members in self.schools_of.items():
            if members <= schools:
                units.append(("district", district))
                left -= members
        return units + [("school", school) for school in sorted(left)]

    def _periods(self, kind: str, start: date, end: date) -> Iterator[tuple[date, date]]:
        """The largest periods of a kind of unit that fill start…end exactly; one that no cell has where they do not."""
        at = start
        while at <= end:
            for months, grain in ((12, "year"), (6, "semester"), (3, "quarter"), (1, "month")):
                last = calendar.month_end(calendar.add_months(at, months - 1))
                nests = at.day == 1 and (at.month - calendar.FIRST_MONTH) % 12 % months == 0
                if grain in self.grains.get(kind, ()) and nests and last <= end:
                    yield at, last
                    at = calendar.add_months(at, months)
                    break
            else:
                yield at, at
                return


def permission_of(cells: pd.DataFrame, geography: pd.DataFrame) -> Permission:
    """The permission that the rows of one metric and audience of `disclosure_cell` give."""
    months = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
    starts = pd.to_datetime(cells["period_start"]).dt.date
    shown = frozenset(
        (kind, unit, start, calendar.month_end(calendar.add_months(start, months[grain] - 1)), slice_)
        for kind, unit, grain, start, slice_, shows in zip(
            cells["unit_kind"], cells["unit"], cells["period_kind"], starts, cells["slice"], cells["shown"], strict=True
        )
        if shows
    )
    with_district = geography.dropna(subset=["district_id"])
    return Permission(
        shown,
        {str(kind): tuple(set(rows["period_kind"])) for kind, rows in cells.groupby("unit_kind")},
        frozenset(geography["school_id"]),
        {str(district): frozenset(rows["school_id"]) for district, rows in with_district.groupby("district_id")},
    )
