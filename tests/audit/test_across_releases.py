"""Leaks that no release has by itself: what two of them give away together, one planted leak of each kind."""

import numpy as np
import pandas as pd

from sro.audit import Knowledge, audit

KNOWN = Knowledge({"A": "D1", "B": "D1", "C": "D2", "E": "D2"}, slices={"arrests": frozenset({"x", "y"})})
HIDDEN = np.nan


def said(unit, number, slice_="all", kind="school", **more):
    return {
        "metric": "arrests", "unit_kind": kind, "unit": unit, "period_start": "2024-07-01",
        "period_end": "2025-06-30", "slice": slice_, "numerator": number, **more,
    }  # fmt: skip


def leaks(*releases):
    rows = [row | {"release": str(number)} for number, release in enumerate(releases, 1) for row in release]
    return audit(pd.DataFrame(rows), KNOWN, 10)


def together(first, second):
    """The leaks of both releases, of which neither leaks alone."""
    assert not leaks(first)
    assert not leaks(second)
    return leaks(first, second)


def test_a_school_that_joined_the_total():
    (leak,) = together([said("A+B", 30, kind="schools")], [said("A+B+C", 34, kind="schools")])
    assert (leak.kind, leak.low, leak.high) == ("unprinted", 4, 4)


def test_a_revised_vintage_beside_what_the_earlier_one_printed():
    first = [said("D1", 40, kind="district"), said("A", HIDDEN), said("B", HIDDEN), said("C", 20)]
    found = together(first, [said("C", 21), said("B", 36)])
    assert any(leak.cell.startswith("arrests, A,") and leak.low == leak.high == 4 for leak in found)


def test_a_category_that_is_published_later():
    first = [said("A", 30), said("A", HIDDEN, "x"), said("A", HIDDEN, "y")]
    found = together(first, [said("A", 27, "x")])
    assert any(leak.cell.endswith("y") and leak.low == leak.high == 3 for leak in found)


def test_a_rate_in_one_release_and_the_enrollment_in_another():
    rate = [said("A", HIDDEN, value=4.9, decimals=1, scale=1000)]
    found = together(rate, [said("A", HIDDEN, denominator=812)])
    assert any(round(leak.low) == round(leak.high) == 4 for leak in found)


def test_a_picture_and_a_workbook_that_hide_different_cells():
    picture = [said("D1", 40, kind="district"), said("A", HIDDEN), said("B", HIDDEN)]
    found = together(picture, [said("B", 36)])
    assert any(leak.cell.startswith("arrests, A,") and leak.low == 4 for leak in found)
