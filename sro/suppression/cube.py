"""The cube: every cell of a person-related count that could ever be published, with the equations between them.

A cell is a unit (program, district, school) × a period (month, quarter, semester, year) × a category (or `all`), and
for a proportion × a part (`both`, `counted`, `rest`). Nothing links two school years, so the cube falls into one block
a school year and group of linked metrics; blocks are decided apart.

Schools and months never meet in one cell. That a table of school-months exists behind the published margins adds no
equation: within each finest period that schools show, the months of the program and the schools are two margins of one
table, and a table of non-negative whole numbers exists for any two margins of equal sum. The same holds wherever the
finer unit has no finer periods or categories than the coarser one, which `Spec` insists on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain, pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from sro import calendar
from sro.suppression import primary

# A scipy.sparse.csr_array; what is published of its types does not know that it has a shape.
Matrix = Any
UNIT_KINDS = ("program", "district", "school")
GRAINS = ("year", "semester", "quarter", "month")
PROGRAM = "program"
ALL = "all"
EACH = "each"  # of a link: it holds for every category, and for all of them
PARTS = ("both", "counted", "rest")
KEY = ["metric", "unit_kind", "unit", "period_kind", "period_start", "slice", "part"]
DEFAULT_GRAINS: Mapping[str, tuple[str, ...]] = {
    "program": ("year", "semester", "quarter", "month"),
    "district": ("year", "semester"),
    "school": ("year", "semester"),
}


class CubeError(ValueError):
    """Counts that cannot make a cube; the message says which and why."""


@dataclass(frozen=True)
class Spec:
    """Which cells of one metric exist.

    `grains`: the periods that each kind of unit shows. `sliced`: the kinds of unit that show categories.
    `proportion`: atoms carry `whole` besides `count`, and the rest (whole − count) counts persons too.
    `zeros_protected`: a zero tells as much as a small count (demographics), so it is hidden like one.
    """

    metric: str
    grains: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_GRAINS)
    sliced: tuple[str, ...] = UNIT_KINDS
    proportion: bool = False
    zeros_protected: bool = False

    def __post_init__(self) -> None:
        shown = [kind for kind in UNIT_KINDS if self.grains.get(kind)]
        for coarse, fine in pairwise(shown):
            more_slices = fine in self.sliced and coarse not in self.sliced
            if more_slices or not set(self.grains[fine]) <= set(self.grains[coarse]):
                raise CubeError(
                    f"{self.metric}: a {fine} may show no period or category that a {coarse} does not show."
                )


@dataclass(frozen=True)
class Same:
    """Two categories of two metrics that are one number (calls handled by officers = all their outcomes)."""

    metric: str
    slice: str
    other_metric: str
    other_slice: str


@dataclass(frozen=True)
class Within:
    """A category of one metric that counts some of the persons of another's (arrests are among referrals).

    `supposed`: nobody promised it, but anybody may suppose it; it binds where the numbers bear it out.
    """

    metric: str
    slice: str
    other_metric: str
    other_slice: str
    supposed: bool = False


@dataclass(frozen=True)
class Count:
    """A number that a metric has for every unit and period: a category's (or all), and of a proportion a part."""

    metric: str
    slice: str = ALL
    part: str = "counted"


@dataclass(frozen=True)
class Sum:
    """A number of one metric that is the sum of numbers of others (resolved = the outcomes that count as resolved).

    `supposed`: as of `Within`.
    """

    total: Count
    parts: tuple[Count, ...]
    supposed: bool = False

    @property
    def metric(self) -> str:
        return self.total.metric

    @property
    def other_metric(self) -> str:
        return self.parts[0].metric


@dataclass(frozen=True)
class Public:
    """A number that everybody knows from a metric that is not about persons (calls that an officer handled).

    Categories beside a public total show for the program only. Then nothing but the totals of schools ties schools to
    categories, which `crowd` accounts for; with categories of schools and of months beside totals of school-months,
    three ways of adding up would have to agree.
    """

    count: Count

    @property
    def metric(self) -> str:
        return self.count.metric


Link = Same | Within | Sum


@dataclass(frozen=True)
class Cube:
    """One block: its cells, and `lines` (rows × cells), each of which sums to zero over the true values.

    `within` holds pairs (part, whole) of cells where the first counts some of the second. `public`: cells that
    everybody knows. `crowd`: cell → the public totals of all schools in its period, among which its persons are; empty
    where no total is public.
    """

    name: str
    cells: pd.DataFrame
    zeros_protected: np.ndarray
    lines: Matrix
    within: np.ndarray
    public: np.ndarray
    crowd: Mapping[int, np.ndarray] = field(default_factory=dict)

    @cached_property
    def weight(self) -> np.ndarray:
        """What hiding each cell costs, to whichever audience."""
        return primary.weights(self.cells)


def build(
    atoms: pd.DataFrame,
    geography: pd.DataFrame,
    specs: Sequence[Spec],
    first: date,
    through: date,
    links: Sequence[Link] = (),
    public: Sequence[Public] = (),
    slices: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Cube, ...]:
    """The blocks of all metrics and school years, in order.

    atoms: metric, school_id, month (a first of month), slice, count, and `whole` for proportions; months whose report
    is missing left out. geography: school_id, district_id (missing: under the program directly); school `*` stands for
    counts known for the program only. Only periods that lie within `first`…`through` (dates) as a whole become cells.
    slices: metric → its categories, where years without some of them have those at zero.
    Raises CubeError for a count that is no whole number, an unknown school, or a part greater than its whole.
    """
    atoms = _checked(atoms, geography, specs)
    groups = _linked_groups([spec.metric for spec in specs], links)
    by_metric = {spec.metric: spec for spec in specs}
    cubes = []
    for school_year in calendar.periods_within(calendar.span(first, through), "year"):
        opening = calendar.school_year_start(school_year.start)
        in_year = atoms[(atoms["month"] >= date(opening, 7, 1)) & (atoms["month"] <= date(opening + 1, 6, 1))]
        for group in groups:
            grids = [
                _grid(
                    by_metric[metric],
                    in_year[in_year["metric"] == metric],
                    geography,
                    (opening, first, through),
                    (slices or {}).get(metric, ()),
                )
                for metric in group
            ]
            cube = _joined(f"{' + '.join(group)}, {calendar.year(opening).label}", grids, links, public)
            if len(cube.cells):
                cubes.append(cube)
    return tuple(cubes)


def _checked(atoms: pd.DataFrame, geography: pd.DataFrame, specs: Sequence[Spec]) -> pd.DataFrame:
    atoms = atoms.assign(month=pd.to_datetime(atoms["month"]).dt.date, slice=atoms["slice"].fillna(ALL))
    atoms = atoms.assign(
        count=pd.to_numeric(atoms["count"]), whole=pd.to_numeric(atoms["whole"]) if "whole" in atoms else np.nan
    )
    strangers = set(atoms["school_id"]) - set(geography["school_id"]) - {"*"}
    if strangers:
        raise CubeError(f"Counts for {sorted(strangers)[0]!r}, which is no school of the geography. Add the school.")
    proportions = [spec.metric for spec in specs if spec.proportion]
    wanted = atoms[atoms["metric"].isin([spec.metric for spec in specs])]
    numbers = pd.concat([wanted["count"], wanted.loc[wanted["metric"].isin(proportions), "whole"]])
    if (numbers.isna() | (numbers < 0) | (numbers % 1 != 0)).any():
        raise CubeError("A count of persons is missing, negative or no whole number. Leave out what was not reported.")
    over = wanted[wanted["metric"].isin(proportions) & (wanted["count"] > wanted["whole"])]
    if len(over):
        raise CubeError(f"{over['metric'].iloc[0]}: a part is greater than its whole in {over['month'].iloc[0]}.")
    return wanted


def _linked_groups(metrics: Sequence[str], links: Sequence[Link]) -> list[tuple[str, ...]]:
    place = {metric: at for at, metric in enumerate(metrics)}
    pairs = [
        (place[link.metric], place[link.other_metric])
        for link in links
        if link.metric in place and link.other_metric in place
    ]
    graph = sparse.coo_array(
        (np.ones(len(pairs)), ([a for a, _ in pairs], [b for _, b in pairs])), shape=(len(metrics), len(metrics))
    )
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    return [tuple(np.array(metrics, dtype=object)[label == group]) for group in dict.fromkeys(label)]


@dataclass(frozen=True)
class _Grid:
    """One metric and school year as a dense array, units × periods × categories × parts, and which of it are cells."""

    spec: Spec
    units: list[tuple[str, str]]
    periods: list[tuple[str, date]]
    slices: list[str]
    parts: tuple[str, ...]
    value: np.ndarray
    is_cell: np.ndarray
    district: dict[str, str]


def _grid(
    spec: Spec,
    atoms: pd.DataFrame,
    geography: pd.DataFrame,
    dates: tuple[int, date, date],
    known_slices: Sequence[str],
) -> _Grid:
    opening, first, through = dates
    months = [part.start for part in calendar.periods_within(calendar.year(opening), "month")]
    schools = [*geography["school_id"], "*"]
    district = {
        school: district
        for school, district in zip(geography["school_id"], geography["district_id"], strict=True)
        if isinstance(district, str)
    }
    districts = list(dict.fromkeys(district.values()))
    if spec.grains.get("district") and not spec.grains.get("school") and len(district) < len(geography):
        raise CubeError(f"{spec.metric}: a school without a district needs a cell of its own; let schools show.")
    slices = sorted({*atoms["slice"], *known_slices} - {ALL}) if spec.sliced else []
    leaves = slices or [ALL]
    leaf = atoms["slice"] if slices else pd.Series(ALL, index=atoms.index)
    if slices and (leaf == ALL).any():
        raise CubeError(f"{spec.metric}: some counts have a category and some have none.")
    parts = PARTS if spec.proportion else ("counted",)

    where = (
        pd.Index(schools).get_indexer(pd.Index(atoms["school_id"])),
        pd.Index(months).get_indexer(pd.Index(atoms["month"])),
        pd.Index(leaves).get_indexer(pd.Index(leaf)),
    )
    atom = np.zeros((len(schools), 12, len(leaves), len(parts)), dtype=np.int64)
    counted = parts.index("counted")
    np.add.at(atom[..., counted], where, atoms["count"].to_numpy(dtype=np.int64))
    if spec.proportion:
        np.add.at(atom[..., 0], where, atoms["whole"].to_numpy(dtype=np.int64))
        atom[..., 2] = atom[..., 0] - atom[..., 1]

    units = [("program", PROGRAM), *(("district", name) for name in districts), *(("school", s) for s in schools[:-1])]
    unit_of = np.array(
        [
            [kind == "program" or name == (school if kind == "school" else district.get(school)) for school in schools]
            for kind, name in units
        ]
    )
    periods = [
        (grain, part.start, part.end)
        for grain in GRAINS
        for part in calendar.periods_within(calendar.year(opening), grain)
    ]
    period_of = np.array([[start <= month <= end for month in months] for _, start, end in periods])
    slice_of = np.vstack([np.ones((1, len(leaves))), np.eye(len(leaves))]) if slices else np.ones((1, 1))
    value = np.einsum(
        "us,pm,ck,smkq->upcq", unit_of.astype(np.int64), period_of.astype(np.int64), slice_of.astype(np.int64), atom,
        optimize=True,
    )  # fmt: skip

    whole = np.array([start >= first.replace(day=1) and end <= through for _, start, end in periods])
    is_cell = np.zeros(value.shape, dtype=bool)
    for kind in UNIT_KINDS:
        of_kind = np.array([unit_kind == kind for unit_kind, _ in units])
        grains = np.array([grain in spec.grains.get(kind, ()) for grain, _, _ in periods]) & whole
        cuts = np.array([True] + [kind in spec.sliced] * len(slices))
        is_cell |= (of_kind[:, None, None] & grains[None, :, None] & cuts[None, None, :])[..., None]
    return _Grid(spec, units, [period[:2] for period in periods], [ALL, *slices], parts, value, is_cell, district)


def _joined(name: str, grids: Sequence[_Grid], links: Sequence[Link], public: Sequence[Public]) -> Cube:
    """The cells of linked metrics side by side, with all their lines."""
    frames, lines, protected = [], [], []
    tables: dict[str, _Table] = {}
    offset = 0
    for grid in grids:
        number = np.where(grid.is_cell, np.cumsum(grid.is_cell).reshape(grid.is_cell.shape) - 1 + offset, -1)
        tables[grid.spec.metric] = _Table(grid, number)
        u, p, c, q = np.nonzero(grid.is_cell)
        frames.append(
            {
                "metric": np.full(len(u), grid.spec.metric, dtype=object),
                "unit_kind": np.array([kind for kind, _ in grid.units], dtype=object)[u],
                "unit": np.array([unit for _, unit in grid.units], dtype=object)[u],
                "period_kind": np.array([kind for kind, _ in grid.periods], dtype=object)[p],
                "period_start": np.array([start for _, start in grid.periods], dtype=object)[p],
                "slice": np.array(grid.slices, dtype=object)[c],
                "part": np.array(grid.parts, dtype=object)[q],
                "value": grid.value[grid.is_cell],
            }
        )
        protected.append(np.full(len(u), grid.spec.zeros_protected))
        lines.extend(_lines(grid, number))
        offset += len(u)
    cells = pd.DataFrame({column: np.concatenate([frame[column] for frame in frames]) for column in frames[0]})
    same, within = _link_pairs(tables, links)
    lines.extend((np.array([a]), np.array([[b]])) for a, b in same)
    lines.extend(_sum_lines(tables, links))
    is_public = np.zeros(offset, dtype=bool)
    for one in public:
        if (found := _numbers(tables, one.count)) is not None:
            is_public[found[found >= 0]] = True
    return Cube(
        name,
        cells,
        np.concatenate(protected),
        _matrix(lines, offset),
        np.array(within, int).reshape(-1, 2),
        is_public,
        _crowd(cells, is_public, grids, public),
    )


@dataclass(frozen=True)
class _Table:
    """A grid and the numbers of its cells in the block, −1 where there is none.

    All grids of a block have the same units and periods, so that cells of two metrics meet place by place.
    """

    grid: _Grid
    number: np.ndarray


def _numbers(tables: Mapping[str, _Table], count: Count) -> np.ndarray | None:
    """Units × periods: the cell of a number, −1 where there is none; None where the block has no such number."""
    where = _where(tables, count)
    return None if where is None else tables[count.metric].number[where]


def _values(tables: Mapping[str, _Table], count: Count) -> np.ndarray:
    return tables[count.metric].grid.value[_where(tables, count)]


def _where(tables: Mapping[str, _Table], count: Count) -> tuple[Any, ...] | None:
    table = tables.get(count.metric)
    if table is None or count.slice not in table.grid.slices or count.part not in table.grid.parts:
        return None
    return (..., table.grid.slices.index(count.slice), table.grid.parts.index(count.part))


def _crowd(
    cells: pd.DataFrame, is_public: np.ndarray, grids: Sequence[_Grid], public: Sequence[Public]
) -> dict[int, np.ndarray]:
    """For every cell that is not public itself, the schools' public totals of its period, less public categories."""
    known = [one.count for one in public if any(one.metric == grid.spec.metric for grid in grids)]
    wholes = {count.part: count for count in known if count.slice == ALL}
    total = wholes.get("counted") or wholes.get("both")
    grid = next((grid for grid in grids if total and grid.spec.metric == total.metric), None)
    if total is None or grid is None:
        return {}
    part = grid.parts.index(total.part)
    schools = [at for at, (kind, _) in enumerate(grid.units) if kind == "school"]
    others = [count.slice for count in known if count.metric == total.metric and count.slice in grid.slices[1:]]
    by_period = grid.value[schools][..., 0, part] - sum(
        grid.value[schools][..., grid.slices.index(slice_), part] for slice_ in others
    )
    place = {period: at for at, period in enumerate(grid.periods)}
    where = zip(cells["unit_kind"], cells["period_kind"], cells["period_start"], strict=True)
    return {
        at: by_period[:, place[kind, start]]
        for at, (unit_kind, kind, start) in enumerate(where)
        if unit_kind == PROGRAM and not is_public[at]
    }


def _sum_lines(tables: Mapping[str, _Table], links: Sequence[Link]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """One line for every unit and period that a total and all its parts have; a category that never was is no part."""
    for link in chain.from_iterable(_of_each(one, tables) for one in links if isinstance(one, Sum)):
        total = _numbers(tables, link.total)
        parts = [part for part in link.parts if _numbers(tables, part) is not None]
        if total is None or not parts:
            continue
        numbers = np.array([_numbers(tables, part) for part in parts])
        found = (total >= 0) & (numbers >= 0).all(axis=0)
        holds = _values(tables, link.total) == np.array([_values(tables, part) for part in parts]).sum(axis=0)
        if link.supposed:
            found &= holds
        elif not holds[found].all():
            raise CubeError(f"{link.metric} is not the sum that queries/disclosure/links.toml says. Correct either.")
        if found.any():
            yield total[found], numbers[:, found]


def _of_each(link: Sum, tables: Mapping[str, _Table]) -> Iterator[Sum]:
    """The link for every category of its total, where it says `each`."""
    if link.total.slice != EACH:
        yield link
    elif link.metric in tables:
        for slice_ in tables[link.metric].grid.slices:
            yield replace(
                link,
                total=replace(link.total, slice=slice_),
                parts=tuple(replace(part, slice=slice_) for part in link.parts),
            )


def _lines(grid: _Grid, number: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Parents (k,) and their children (m, k), as cell numbers, along every dimension."""
    for axis, families in enumerate(
        (_unit_families(grid), _period_families(grid), _slice_families(grid), _part_families(grid))
    ):
        for parent, children in families:
            parents = number.take(parent, axis=axis).ravel()
            parts = np.moveaxis(number.take(children, axis=axis), axis, 0).reshape(len(children), -1)
            known = (parents >= 0) & (parts >= 0).all(axis=0)
            if known.any():
                yield parents[known], parts[:, known]


def _unit_families(grid: _Grid) -> Iterator[tuple[int, list[int]]]:
    place = {unit: at for at, unit in enumerate(grid.units)}
    districts = [unit for unit in grid.units if unit[0] == "district"]
    schools = [unit for unit in grid.units if unit[0] == "school"]
    has = {kind: bool(grid.spec.grains.get(kind)) for kind in UNIT_KINDS}
    if has["district"]:
        orphans = [unit for unit in schools if unit[1] not in grid.district]
        yield place["program", PROGRAM], [place[unit] for unit in chain(districts, orphans)]
        for unit in districts:
            yield place[unit], [place[school] for school in schools if grid.district.get(school[1]) == unit[1]]
    elif has["school"]:
        yield place["program", PROGRAM], [place[unit] for unit in schools]


def _period_families(grid: _Grid) -> Iterator[tuple[int, list[int]]]:
    """Every pair of grains, coarse over fine, that nest directly for some kind of unit."""
    ladders = [[grain for grain in GRAINS if grain in grains] for grains in grid.spec.grains.values()]
    pairs = {pair for ladder in ladders for pair in pairwise(ladder)}
    for coarse, fine in sorted(pairs):
        for at, (kind, start) in enumerate(grid.periods):
            if kind == coarse:
                months = {"year": 12, "semester": 6, "quarter": 3}[coarse]
                end = calendar.add_months(start, months)
                yield at, [n for n, (other, begin) in enumerate(grid.periods) if other == fine and start <= begin < end]


def _slice_families(grid: _Grid) -> Iterator[tuple[int, list[int]]]:
    if len(grid.slices) > 1:
        yield 0, list(range(1, len(grid.slices)))


def _part_families(grid: _Grid) -> Iterator[tuple[int, list[int]]]:
    if len(grid.parts) > 1:
        yield 0, [1, 2]


def _link_pairs(
    tables: Mapping[str, _Table], links: Sequence[Link]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    same: list[tuple[int, int]] = []
    within: list[tuple[int, int]] = []
    for link in links:
        if isinstance(link, Sum):
            continue
        part, whole = Count(link.metric, link.slice), Count(link.other_metric, link.other_slice)
        first, second = _numbers(tables, part), _numbers(tables, whole)
        if first is None or second is None:
            continue
        found = (first >= 0) & (second >= 0)
        value, other = _values(tables, part), _values(tables, whole)
        holds = value == other if isinstance(link, Same) else value <= other
        if isinstance(link, Within) and link.supposed:
            found &= holds
        elif not holds[found].all():
            unit = tables[link.metric].grid.units[int(np.argwhere(found & ~holds)[0][0])][1]
            raise CubeError(f"{link.metric} and {link.other_metric} break their link in {unit}.")
        (same if isinstance(link, Same) else within).extend(
            zip(first[found].tolist(), second[found].tolist(), strict=True)
        )
    return same, within


def _matrix(lines: Sequence[tuple[np.ndarray, np.ndarray]], cells: int) -> Matrix:
    """Rows `parent − Σ children = 0`."""
    rows, columns, signs = [], [], []
    count = 0
    for parents, children in lines:
        places = np.arange(len(parents)) + count
        rows += [places, np.tile(places, len(children))]
        columns += [parents, children.ravel()]
        signs += [np.ones(len(parents)), -np.ones(children.size)]
        count += len(parents)
    if not rows:
        return sparse.csr_array((0, cells))
    return sparse.csr_array(
        sparse.coo_array((np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns))), shape=(count, cells))
    )
