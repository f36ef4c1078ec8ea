"""What is worked out ahead: which questions, when, and that nobody waits for it."""

from __future__ import annotations

import threading

import pytest

from sro.ask import remembered, vintage_facts
from sro.screen import ahead, here
from sro.screen.ahead import Ahead, neighbors
from sro.screen.view import View


@pytest.fixture
def works(monkeypatch):
    """What a screen leaves to be done, instead of doing it."""
    left: list = []
    monkeypatch.setattr(ahead.AHEAD, "add", left.extend)
    return left


def test_the_school_year_beside_the_one_shown_is_then_answered_from_memory(serve, demo, works):
    app = serve(demo)("engagement", period="2024-25")
    assert {view.period for _, view in works} == {"2023-24", "2025-26"}
    for work, view in works:
        work(view)
    before = remembered()["data"]
    app.selectbox(key="filter_year").select("2023-24").run()
    assert not app.exception and remembered()["data"] == before


def test_a_screen_without_a_filter_bar_leaves_nothing(serve, demo, works):
    assert not serve(demo)("definitions").exception and works == []


@pytest.mark.parametrize(
    ("period", "near"),
    [
        ("2024-25", ["2023-24", "2025-26"]),
        ("2026-27", ["2025-26"]),
        ("2024-25-Q2", ["2026-27", "2025-26"]),
        ("2025-10..2026-09", ["2026-27", "2025-26"]),
    ],
)
def test_neighbors_are_school_years_with_the_same_schools(period, near, serve, demo):
    serve(demo)
    facts = vintage_facts(here.here().vintage, demo)
    view = View(period, schools=("990401060001",))
    assert neighbors(view, facts) == [View(year, schools=("990401060001",)) for year in near]


def test_the_newest_comes_first_nothing_is_done_while_a_screen_is_drawn_and_an_error_ends_nothing():
    done, finished, mine = [], threading.Event(), Ahead()

    def fails(view):
        done.append(view.period)
        raise ValueError("no such period")

    def works(view):
        done.append(view.period)
        finished.set()

    mine.add([(works, View("2020-21"))])  # nobody is there to do it
    mine.start()
    with mine.resting():
        mine.add([(works, View("2021-22"))])
        mine.add([(fails, View("2022-23"))])
        assert not finished.wait(0.2) and done == []
    assert finished.wait(5) and done == ["2022-23", "2021-22"]
