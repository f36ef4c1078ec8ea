"""From the decision to questions: cells show as decided, other totals only if all of their parts show."""

from dataclasses import dataclass
from datetime import date

import pytest

from sro.suppression import cells_of, permission_of, spec_of
from sro.suppression.permission import CELL_COLUMNS
from tests.suppression.tables import YEAR, schools, table

GEOGRAPHY = schools(D1="A B", D2="C D")
SEPTEMBER = (date(2024, 9, 1), date(2024, 9, 30))


@dataclass(frozen=True)
class Definition:
    name: str = "arrests"
    aggregate: str = "sum"
    interval: str = "poisson"
    level: str = "school"
    grain: str = "month"
    slice: str = "offense_level"


@pytest.fixture
def allowed():
    counts = {"A": 3, "B": 11, "C": 40, "D": 50}
    rows = [(school, month, "x", count) for school, count in counts.items() for month in ("2024-09", "2025-02")]
    cells, _ = cells_of(table(rows), GEOGRAPHY, [spec_of(Definition())], *YEAR, {"public": 10})
    assert list(cells.columns) == CELL_COLUMNS
    return permission_of(cells, GEOGRAPHY)


@pytest.mark.parametrize(
    ("names", "start", "end", "shows"),
    [
        ("A B C D", *YEAR, True),  # the program's year
        ("A B", *YEAR, True),  # a district's year
        ("C", *YEAR, True),
        ("C D", *YEAR, True),  # all schools of a district are the district
        ("A B C", *YEAR, True),  # a district and a school, both shown
        ("A", *YEAR, False),  # 6 a year
        ("A C", *YEAR, False),
        ("B", date(2024, 7, 1), date(2024, 12, 31), False),  # hidden with A's 3
        ("C", *SEPTEMBER, False),  # a school shows no month
        ("A B C D", *SEPTEMBER, True),
        ("A B C D", date(2024, 8, 1), date(2025, 1, 31), True),  # six months, each shown
        ("C", date(2024, 9, 1), date(2025, 2, 28), False),
        ("A B C D", date(2024, 9, 1), date(2024, 9, 15), False),
        ("A B C D", date(2023, 7, 1), date(2025, 6, 30), False),  # a year that is not there
    ],
)
def test_a_total_shows_only_if_all_of_its_parts_do(allowed, names, start, end, shows):
    assert allowed.permits(frozenset(names.split()), start, end, None) is shows


def test_nothing_is_not_permitted(allowed):
    assert not allowed.permits(frozenset(), *YEAR, None)


def test_an_unknown_category_is_not_permitted(allowed):
    assert not allowed.permits(frozenset("ABCD"), *YEAR, "never heard of")


def test_distinct_persons_have_one_number_a_year():
    assert spec_of(Definition(aggregate="distinct")).grains == {"program": ("year",)}


def test_demographics_stay_with_the_program_and_hide_their_zeros():
    spec = spec_of(Definition(slice="race_eth"))
    assert spec.zeros_protected
    assert spec.grains == {"program": ("year",)}


def test_each_audience_has_its_own_rows():
    cells, blocks = cells_of(
        table([("A", "2024-09", "x", 7)]), GEOGRAPHY, [spec_of(Definition())], *YEAR, {"public": 10, "leadership": 5}
    )
    assert cells[cells["audience"] == "leadership"]["shown"].all()
    assert not cells[cells["audience"] == "public"]["shown"].all()
    assert set(blocks["audience"]) == {"public", "leadership"}
