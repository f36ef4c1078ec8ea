"""Intervals against exhaustive search: what a patient attacker with a pencil finds."""

from itertools import product

import numpy as np
import pytest
from scipy import sparse

from sro.audit.bounds import Contradiction, Unknowns, narrow
from sro.audit.equations import relations


def always(cell, low, high):
    return True


def unknowns(rows, low, high):
    matrix = sparse.csr_array(np.array(rows, dtype=float))
    return Unknowns(np.array(low, float), np.array(high, float), matrix, np.zeros(len(rows)), np.zeros(len(rows)))


def test_every_interval_is_the_one_that_trying_all_tables_gives():
    rows = [[1, -1, -1, 0, 0], [0, 0, 1, -1, -1]]  # total = a + b, b = c + d
    low, high = [7, 0, 0, 1, 0], [7, 99, 99, 3, 99]
    tables = [(a, b, c, d) for a, b, c, d in product(range(8), repeat=4) if a + b == 7 and b == c + d and 1 <= c <= 3]
    found = narrow(unknowns(rows, low, high), np.arange(1, 5), np.full(5, 100.0), always)
    for interval in found:
        values = [table[interval.cell - 1] for table in tables]
        assert (interval.low, interval.high) == (min(values), max(values))
    assert len(found) == 4


def test_numbers_that_do_not_add_up_are_a_contradiction():
    with pytest.raises(Contradiction):
        narrow(unknowns([[1, -1, -1]], [5, 2, 2], [5, 2, 2]), np.array([1]), np.full(3, 9.0), always)


def sets(*texts):
    return frozenset(frozenset(text) for text in texts)


def test_nested_sets_are_sums_of_the_largest_inside_them():
    assert dict(relations(sets("abcd", "ab", "cd", "a", "b"))) == {
        frozenset("ab"): (frozenset("a"), frozenset("b")),
        frozenset("abcd"): (frozenset("ab"), frozenset("cd")),
    }


def test_what_is_not_filled_leaves_a_remainder():
    assert dict(relations(sets("abcd", "ab"))) == {frozenset("abcd"): (frozenset("ab"), frozenset("cd"))}


def test_overlapping_sets_are_cut_into_common_pieces():
    found = {whole: set(pieces) for whole, pieces in relations(sets("abc", "bcd"))}
    assert found == {
        frozenset("abc"): {frozenset("a"), frozenset("bc")},
        frozenset("bcd"): {frozenset("bc"), frozenset("d")},
    }
