"""Domination, sums between metrics and the file of links, on numbers that a pencil suffices for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sro.suppression import Count, CubeError, Public, Spec, Sum, build, decide, read_links
from sro.suppression.primary import is_dominated
from sro.suppression.separation import Prober, Witnesses, exposed
from sro.suppression.system import system_of
from tests.suppression.tables import YEAR, hidden, schools, table

YEARS = {"program": ("year",)}


@pytest.mark.parametrize(
    ("value", "crowd", "tells"),
    [
        (20, (18, 2), True),  # the second school's 2 calls are all among the 20: it is 2 of 2
        (10, (10, 10), False),  # each school has 0 to 10 of them
        (19, (10, 10), True),  # each has 9 or 10: one number too few, and 9 is small
        (40, (30, 30), False),  # each has 10 to 30
        (0, (10, 10), True),  # none of 10: everybody's zero is known
        (3, (3, 40), True),  # 0 to 3 of both; the larger could have been anything to 9
    ],
)
def test_a_number_tells_too_much_of_a_school_where_its_calls_leave_few_numbers(value, crowd, tells):
    assert is_dominated(value, np.array(crowd), 10) is tells


def test_the_total_of_another_metric_is_hidden_with_the_only_part_that_is_small():
    parts = table([("A", "2024-09", "x", 4), ("A", "2024-09", "y", 30), ("A", "2024-09", "z", 50)], "outcomes")
    total = table([("A", "2024-09", "all", 34)], "resolved")
    specs = [Spec("outcomes", YEARS, ("program",)), Spec("resolved", YEARS, ())]
    link = Sum(Count("resolved"), (Count("outcomes", "x"), Count("outcomes", "y")))
    cells = decide(build(pd.concat([parts, total]), schools(D1="A"), specs, *YEAR, [link]), 10).cells
    small = hidden(cells, metric="outcomes")
    assert ("program", "x") in small
    # x = resolved − y = all − y − z: one of resolved and y is hidden, and one of all, y and z.
    assert hidden(cells, metric="resolved") or ("program", "y") in small
    assert small & {("program", "all"), ("program", "y"), ("program", "z")}


def test_a_sum_that_does_not_add_up_is_refused():
    parts = table([("A", "2024-09", "x", 4), ("A", "2024-09", "y", 30)], "outcomes")
    total = table([("A", "2024-09", "all", 35)], "resolved")
    specs = [Spec("outcomes", YEARS, ("program",)), Spec("resolved", YEARS, ())]
    link = Sum(Count("resolved"), (Count("outcomes", "x"), Count("outcomes", "y")))
    with pytest.raises(CubeError, match="resolved is not the sum"):
        build(pd.concat([parts, total]), schools(D1="A"), specs, *YEAR, [link])


def test_a_public_number_shows_however_small_and_its_parts_do_not():
    atoms = table([("A", "2024-09", "x", 2), ("A", "2024-09", "y", 4)], "outcomes")
    spec = Spec("outcomes", YEARS, ("program",), zeros_protected=True)
    cubes = build(atoms, schools(D1="A"), [spec], *YEAR, public=[Public(Count("outcomes"))])
    assert hidden(decide(cubes, 10).cells) == {("program", "x"), ("program", "y")}


def test_a_large_number_between_a_small_one_and_their_total_is_exposed_only_where_it_may_be_small():
    """x + y = 14 is known, x is 3 and y is 11."""
    atoms = table([("A", "2024-09", "x", 3), ("A", "2024-09", "y", 11)], "outcomes")
    (cube,) = build(atoms, schools(D1="A"), [Spec("outcomes", YEARS, ("program",))], *YEAR)
    system = system_of(cube, 10)
    both = system.value != 14
    found = exposed(system, both, Prober(system), Witnesses())
    assert not found.any()  # y can be any of 1 to 13, more than nine numbers
    held = replace(system, room=np.where(system.value == 11, 4, system.room), width=np.full(system.size, 9.0))
    found = exposed(held, both, Prober(held), Witnesses())
    assert list(held.value[found]) == [11]  # 7 to 13 only, and 7 is small


@pytest.mark.parametrize(
    "text",
    [
        "[[public]\n",
        '[[public]]\nslice = "all"\n\n[[sum]]\n',
        '[[sum]]\ntotal = { metric = "a" }\n',
        'public = [{ metric = "a", part = "some" }]\nsum = []\n',
        "public = 3\nsum = []\n",
        "public = []\n",
    ],
)
def test_a_file_of_links_that_cannot_be_read_is_named(text, tmp_path):
    path = tmp_path / "links.toml"
    path.write_text(text)
    with pytest.raises(CubeError, match=r"links\.toml: an entry cannot be read \(.+\)\. Write it as the others are"):
        read_links(path)
