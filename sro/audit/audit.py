"""Leaks of a publication: hidden or unprinted counts of persons that can be worked out too closely.

Releases. A number published earlier stays known: a later release that hides the cell does not take it back. Where two
releases print different numbers for one cell, the data were revised and the newer number counts. Beyond what was
visibly revised the attacker supposes that nothing changed, which is the supposition that reveals most. Where that
contradicts itself, the fewest earlier numbers (least total change) that make sense of both releases are given up, and
only those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from sro.audit.bounds import Contradiction, Unknowns, narrow, tightened
from sro.audit.equations import Puzzle, puzzle_of
from sro.audit.knowledge import AuditError, Knowledge, statements


@dataclass(frozen=True)
class Leak:
    """A count that is known too closely, and the published cells that give it away.

    kind: `hidden` (the publication marks it as hidden), `unprinted` (a remainder or complement that nobody printed) or
    `earlier` (hidden now, printed in an earlier release).
    """

    cell: str
    low: float
    high: float
    kind: str
    given_away_by: tuple[str, ...]

    def __str__(self) -> str:
        known = (
            f"is {self.low:.0f}" if self.high - self.low < 0.5 else f"lies between {self.low:.1f} and {self.high:.1f}"
        )
        return f"{self.cell}: {known}, from {'; '.join(self.given_away_by) or 'the statement itself'}"


def audit(published: pd.DataFrame, knowledge: Knowledge, threshold: int) -> list[Leak]:
    """Every count of persons of which the statements tell more than that it is one of `threshold` numbers.

    A hidden cell leaks when its feasible interval is narrower than threshold − 1 (or than a public total leaves it
    anyway) and reaches under the threshold. A count that nobody printed leaks only when it is surely one of
    1…threshold − 1: nobody promised to hide large ones.
    Only statements about persons belong here. Raises AuditError for statements that contradict each other.
    """
    published = statements(published)
    leaks: list[Leak] = []
    for group in _tied_groups(published, knowledge):
        leaks += _audit_group(published[published["metric"].isin(group)], knowledge, threshold)
    return leaks


def _tied_groups(published: pd.DataFrame, knowledge: Knowledge) -> list[set[str]]:
    groups = [{metric} for metric in dict.fromkeys(published["metric"])]
    for tie in knowledge.ties:
        joined = [group for group in groups if group & {tie.metric, tie.other_metric}]
        groups = [group for group in groups if group not in joined] + ([set().union(*joined)] if joined else [])
    return groups


def _audit_group(published: pd.DataFrame, knowledge: Knowledge, threshold: int) -> list[Leak]:
    puzzle = puzzle_of(published, knowledge)
    newest = max(published["release"].astype(str))
    unknowns, known = _consistent(puzzle, knowledge, newest)
    leaks = [
        Leak(puzzle.label[at], known[at], known[at], "earlier", (f"{puzzle.label[at]} (an earlier release)",))
        for at in sorted(puzzle.marked)
        if at in known and 0 < known[at] < threshold
    ]
    open_cells = [at for at in range(len(puzzle.cells)) if at not in known]
    asked = np.array(
        [at for at in open_cells if at in puzzle.marked and _counts_persons(puzzle, at, knowledge)], dtype=int
    )
    unprinted = np.array(
        [at for at in open_cells if at not in puzzle.marked and _counts_persons(puzzle, at, knowledge)], dtype=int
    )
    room = _rooms(puzzle, known, knowledge)

    def is_small(cell: int, low: float, high: float) -> bool:
        is_known_zero = high < 0.5 and puzzle.cells[cell].metric not in knowledge.hides_zeros
        return low < threshold - 1e-6 and not is_known_zero

    def is_surely_small(_: int, low: float, high: float) -> bool:
        return low > 0.5 and high < threshold - 0.5

    for found, kind in (
        (narrow(unknowns, asked, np.minimum(threshold - 1, room), is_small), "hidden"),
        (narrow(unknowns, unprinted, np.full(len(room), threshold - 1.0), is_surely_small), "unprinted"),
    ):
        for one in found:
            reasons = tuple(_label(puzzle, at) for at in one.because)
            leaks.append(Leak(_label(puzzle, one.cell), one.low, one.high, kind, reasons))
    return leaks


def _counts_persons(puzzle: Puzzle, at: int, knowledge: Knowledge) -> bool:
    """Whether a cell counts persons: denominators do only where the numerator is a part of them."""
    cell = puzzle.cells[at]
    names = {"all"} if cell.slices == puzzle.everything.get(cell.metric) else cell.slices
    if all((cell.metric, name, cell.part) in knowledge.public for name in names):
        return False
    return cell.part != "denominator" or cell.metric in knowledge.proportions


def _rooms(puzzle: Puzzle, known: dict[int, float], knowledge: Knowledge) -> np.ndarray:
    """How wide every cell's interval can be at best: the least public total that its persons are among.

    Calls are told up to the last day, persons up to the last whole month: a total of more months bounds as well.
    """
    totals: dict[tuple[str, frozenset[str], frozenset[str]], list[tuple[frozenset[int], float]]] = defaultdict(list)
    for at, number in known.items():
        cell = puzzle.cells[at]
        if cell.part == "numerator":
            totals[cell.metric, cell.slices, cell.schools].append((cell.months, number))
    room = np.full(len(puzzle.cells), np.inf)
    for at, cell in enumerate(puzzle.cells):
        if cell.metric in knowledge.among:
            metric, slice_ = knowledge.among[cell.metric]
            around = totals[metric, frozenset({slice_}), cell.schools]
            room[at] = min((number for months, number in around if months >= cell.months), default=np.inf)
    return room


def _label(puzzle: Puzzle, at: int) -> str:
    if at in puzzle.label:
        return puzzle.label[at]
    cell = puzzle.cells[at]
    months = [f"{month // 12}-{month % 12 + 1:02d}" for month in sorted(cell.months)]
    parts = [cell.metric, cell.part, "+".join(sorted(cell.schools)), "+".join(months), "+".join(sorted(cell.slices))]
    return ", ".join(part for part in parts if part != "numerator")


def _consistent(puzzle: Puzzle, knowledge: Knowledge, newest: str) -> tuple[Unknowns, dict[int, float]]:
    """The unknowns with all that was observed, less the earlier numbers that a revision has overtaken."""
    known = {at: max(seen, key=lambda one: one[0])[1] for at, seen in puzzle.observed.items()}
    old = {at for at, seen in puzzle.observed.items() if max(release for release, _ in seen) != newest}
    rows = _matrix(puzzle)
    low_row = np.array([row.low for row in puzzle.rows])
    high_row = np.array([row.high for row in puzzle.rows])

    def unknowns(left_out: set[int]) -> Unknowns:
        low, high = np.zeros(len(puzzle.cells)), np.full(len(puzzle.cells), np.inf)
        for at in puzzle.marked:
            cell = puzzle.cells[at]
            if cell.part == "numerator" and cell.metric not in knowledge.hides_zeros:
                low[at] = 1.0
        for at, number in known.items():
            if at not in left_out:
                low[at] = high[at] = number
        return Unknowns(low, high, rows, low_row, high_row)

    everything = unknowns(set())
    try:
        tightened(everything)
        if not old or _change_needed(everything, set()) is not None:
            return everything, known
    except Contradiction:
        pass
    changed = _change_needed(unknowns(set()), old)
    if changed is None:
        raise AuditError(
            f"The statements on {puzzle.cells[0].metric} contradict each other: some total is not the sum of its parts."
        )
    return unknowns(changed), {at: number for at, number in known.items() if at not in changed}


def _change_needed(unknowns: Unknowns, movable: set[int]) -> set[int] | None:
    """The movable cells that must differ from their numbers, by the least total change; None when nothing helps."""
    places = np.array(sorted(movable), dtype=int)
    count, more = len(unknowns.low), len(places)
    pick = sparse.csr_array((np.ones(more), (places, np.arange(more))), shape=(count, more))
    shift = sparse.hstack([sparse.eye_array(count), pick, -pick]).tocsr()
    matrix = unknowns.rows @ shift
    upper, lower = np.isfinite(unknowns.row_high), np.isfinite(unknowns.row_low)
    floor = np.concatenate([unknowns.low, np.zeros(2 * more)])
    ceiling = np.concatenate([unknowns.high, np.full(more, np.inf), unknowns.low[places]])
    solution = linprog(
        np.concatenate([np.zeros(count), np.ones(2 * more)]),
        A_ub=sparse.vstack([matrix[upper], -matrix[lower]]).tocsr(),
        b_ub=np.concatenate([unknowns.row_high[upper], -unknowns.row_low[lower]]) + 1e-7,
        bounds=np.column_stack([floor, ceiling]),
        method="highs",
    )
    if solution.status != 0:
        return None
    moved = solution.x[count : count + more] + solution.x[count + more :]
    return set(places[moved > 1e-5].tolist())


def _matrix(puzzle: Puzzle) -> sparse.csr_array:
    entries: Sequence[tuple[int, int, float]] = [
        (number, at, weight) for number, row in enumerate(puzzle.rows) for at, weight in row.members.items()
    ]
    rows, columns, weights = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(puzzle.rows), len(puzzle.cells))
    return sparse.csr_array(sparse.coo_array((np.array(weights, float), (rows, columns)), shape=shape))
