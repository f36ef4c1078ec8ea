"""Every equation that a publication implies, found from the coordinates alone.

A cell is a set of schools × a set of months × a set of categories. Along each dimension, cells that agree in the other
two are compared as sets: one that others make up is their sum; one that others fill in part is their sum and a
remainder that nobody printed; overlapping ones are cut into the pieces that they share. Remainders and pieces are cells
like any other, so a school's "so far this year" of two months' releases gives the month between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations
from typing import Any

import pandas as pd

from sro.audit.knowledge import AuditError, Knowledge

Family = frozenset[frozenset[object]]
ROUNDS = 4
OTHERS = "all others"


@dataclass(frozen=True)
class Cell:
    """What a number counts; `part` is numerator, denominator or rest."""

    metric: str
    part: str
    schools: frozenset[str]
    months: frozenset[int]
    slices: frozenset[str]


@dataclass
class Row:
    """low ≤ Σ coefficient × cell ≤ high."""

    members: dict[int, float]
    low: float
    high: float


@dataclass
class Puzzle:
    """The attacker's unknowns: cells, what they are known to be, the rows that tie them.

    observed: cell → (release, number), latest first. marked: cells that a statement marks as hidden.
    label: cell → how the publication names it. everything: metric → all of its categories.
    """

    cells: list[Cell] = field(default_factory=list)
    place: dict[Cell, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    observed: dict[int, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    marked: set[int] = field(default_factory=set)
    label: dict[int, str] = field(default_factory=dict)
    everything: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, cell: Cell) -> int:
        if cell not in self.place:
            self.place[cell] = len(self.cells)
            self.cells.append(cell)
        return self.place[cell]


def puzzle_of(published: pd.DataFrame, knowledge: Knowledge) -> Puzzle:
    """All cells, observations and equations of the statements of one group of tied metrics."""
    puzzle = Puzzle()
    everything = {
        str(metric): _categories(frozenset(names) - {"all"}, knowledge.slices.get(str(metric)))
        for metric, names in published.groupby("metric")["slice"]
    }
    puzzle.everything = everything
    for row in published.itertuples(index=False):
        _state(puzzle, row, everything, knowledge)
    _put_together(puzzle, everything)
    _tie(puzzle, everything, knowledge)
    _bridge(puzzle)
    known: set[tuple[int, frozenset[int]]] = set()
    for _ in range(ROUNDS):
        before = len(puzzle.cells)
        for dimension in ("schools", "months", "slices"):
            _sums(puzzle, dimension, known)
        if len(puzzle.cells) == before:
            return puzzle
    return puzzle


def _categories(stated: frozenset[str], known: frozenset[str] | None) -> frozenset[str]:
    """What "all" is the sum of. Where nobody knows all categories, there may be others beside those stated."""
    if known:
        return stated | known
    return stated | {OTHERS} if stated else frozenset({"all"})


def _state(puzzle: Puzzle, row, everything: dict[str, frozenset[str]], knowledge: Knowledge) -> None:
    """What one statement says."""
    slices = everything[row.metric] if row.slice == "all" else frozenset({row.slice})
    months = frozenset(
        range(row.period_start.year * 12 + row.period_start.month - 1, row.period_end.year * 12 + row.period_end.month)
    )
    if not months:
        raise AuditError(f"A statement on {row.metric} ends before it begins.")
    where = (knowledge.schools_of(row.unit_kind, row.unit), months, slices)
    name = f"{row.metric}, {row.unit}, {row.period_start:%Y-%m} to {row.period_end:%Y-%m}, {row.slice}"
    top = puzzle.of(Cell(row.metric, "numerator", *where))
    puzzle.label.setdefault(top, name)
    shown = [not pd.isna(number) for number in (row.numerator, row.denominator, row.value)]
    if shown[0]:
        puzzle.observed[top].append((str(row.release), float(row.numerator)))
    else:
        puzzle.marked.add(top)
    is_proportion = row.metric in knowledge.proportions
    if not (shown[1] or shown[2] or is_proportion):
        return
    bottom = puzzle.of(Cell(row.metric, "denominator", *where))
    puzzle.label.setdefault(bottom, f"{name}, denominator")
    if shown[1]:
        puzzle.observed[bottom].append((str(row.release), float(row.denominator)))
    elif is_proportion:
        puzzle.marked.add(bottom)
    if shown[2]:
        half = 0.5 * 10.0 ** -(0 if pd.isna(row.decimals) else row.decimals)
        scale = float(row.scale)
        puzzle.rows.append(Row({top: scale, bottom: -(row.value - half)}, 0.0, float("inf")))
        puzzle.rows.append(Row({top: scale, bottom: -(row.value + half)}, -float("inf"), 0.0))
    if is_proportion:
        rest = puzzle.of(Cell(row.metric, "rest", *where))
        puzzle.label.setdefault(rest, f"{name}, all others")
        puzzle.rows.append(Row({bottom: 1.0, top: -1.0, rest: -1.0}, 0.0, 0.0))


def _put_together(puzzle: Puzzle, everything: dict[str, frozenset[str]]) -> None:
    """The total of all categories wherever one of them stands: nobody printed it, yet it may be tied to what is."""
    for cell in list(puzzle.cells):
        if cell.slices < everything.get(cell.metric, frozenset()):
            puzzle.of(replace(cell, slices=everything[cell.metric]))


def _tie(puzzle: Puzzle, everything: dict[str, frozenset[str]], knowledge: Knowledge) -> None:
    """What the public facts about two metrics say, wherever either of them stands.

    Also where only one does: the other's number there may be the sum of what was printed of it for other months.
    """
    for tie in knowledge.ties:
        if tie.metric not in everything or tie.other_metric not in everything:
            continue
        wanted = everything[tie.metric] if tie.slice == "all" else frozenset(tie.slice.split("+"))
        other = everything[tie.other_metric] if tie.other_slice == "all" else frozenset(tie.other_slice.split("+"))
        tied = {tie.metric, tie.other_metric}
        for schools, months in dict.fromkeys((one.schools, one.months) for one in puzzle.cells if one.metric in tied):
            if tie.only is not None and months not in tie.only:
                continue
            one = puzzle.of(Cell(tie.metric, tie.part, schools, months, wanted))
            twin = puzzle.of(Cell(tie.other_metric, "numerator", schools, months, other))
            members = {one: 1.0, twin: -1.0}
            if tie.kind == "of":
                rest = Cell(f"{tie.other_metric} without {tie.metric}", "rest", schools, months, other)
                members = {twin: 1.0, one: -1.0, puzzle.of(rest): -1.0}
            puzzle.rows.append(Row(members, 0.0, 0.0))


def _bridge(puzzle: Puzzle) -> None:
    """A unit's total of a longer period, where it stands for parts of it only and a larger unit for the whole.

    Sums are taken along one dimension at a time; a district's year and its schools' halves meet in the schools' years.
    """
    places: dict[tuple[str, str, frozenset[str]], set[tuple[frozenset[str], frozenset[int]]]] = defaultdict(set)
    for cell in puzzle.cells:
        places[cell.metric, cell.part, cell.slices].add((cell.schools, cell.months))
    for (metric, part, slices), found in places.items():
        for schools, months in sorted(found, key=lambda place: (sorted(place[0]), sorted(place[1]))):
            for more_schools, more_months in found:
                if schools < more_schools and months < more_months:
                    puzzle.of(Cell(metric, part, schools, more_months, slices))


def _sums(puzzle: Puzzle, dimension: str, known: set[tuple[int, frozenset[int]]]) -> None:
    """The equations along one dimension, between all cells that agree in the others."""
    groups: dict[tuple[object, ...], dict[frozenset, int]] = defaultdict(dict)
    others = [name for name in ("metric", "part", "schools", "months", "slices") if name != dimension]
    for at, cell in enumerate(puzzle.cells):
        groups[tuple(getattr(cell, name) for name in others)][getattr(cell, dimension)] = at
    for coordinates, members in groups.items():
        if len(members) < 2:
            continue
        for whole, pieces in relations(frozenset(members)):
            parts = [puzzle.of(_cell(others, coordinates, dimension, piece)) for piece in pieces]
            if (members[whole], frozenset(parts)) not in known:
                known.add((members[whole], frozenset(parts)))
                puzzle.rows.append(Row({members[whole]: 1.0} | dict.fromkeys(parts, -1.0), 0.0, 0.0))


def _cell(names: Sequence[str], coordinates: Sequence[Any], dimension: str, piece: frozenset) -> Cell:
    place: dict[str, Any] = {**dict(zip(names, coordinates, strict=True)), dimension: piece}
    return Cell(**place)


@cache
def relations(family: Family) -> tuple[tuple[frozenset, tuple[frozenset, ...]], ...]:
    """Which of the sets are sums of which sets, some of them perhaps not in the family (remainders, common pieces)."""
    sets = sorted(family, key=lambda members: (len(members), sorted(map(str, members))))
    if all(not (a & b) or a <= b or b <= a for a, b in combinations(sets, 2)):
        return tuple(_nested(sets))
    pieces = _pieces(sets)
    return tuple(
        (whole, inside) for whole in sets if len(inside := tuple(piece for piece in pieces if piece <= whole)) > 1
    )


def _nested(sets: Sequence[frozenset]) -> Iterable[tuple[frozenset, tuple[frozenset, ...]]]:
    for at, whole in enumerate(sets):
        inside = [part for part in sets[:at] if part < whole]
        largest = [part for part in inside if not any(part < other for other in inside)]
        rest = whole.difference(*largest) if largest else frozenset()
        if largest:
            yield whole, (*largest, rest) if rest else tuple(largest)


def _pieces(sets: Sequence[frozenset]) -> list[frozenset]:
    """The smallest sets that all of them can be put together from."""
    by_signature: dict[tuple[bool, ...], set] = defaultdict(set)
    for member in frozenset().union(*sets):
        by_signature[tuple(member in one for one in sets)].add(member)
    return [frozenset(piece) for piece in by_signature.values()]
