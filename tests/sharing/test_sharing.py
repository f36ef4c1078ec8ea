"""What several ask for at once is worked out once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from sro.sharing import shared


def test_who_asks_the_same_at_the_same_time_waits_for_the_first():
    began, may_end, worked = threading.Event(), threading.Event(), []

    @shared(kept=8)
    def slow(what):
        worked.append(what)
        began.set()
        assert may_end.wait(10)
        return what.upper()

    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(slow, "a")
        assert began.wait(10)
        others = [pool.submit(slow, "a") for _ in range(4)]
        may_end.set()
        assert [one.result(10) for one in (first, *others)] == ["A"] * 5
    assert worked == ["a"]


def test_who_asks_for_something_else_does_not_wait():
    inside = threading.Barrier(2, timeout=10)

    @shared(kept=8)
    def meeting(what):
        inside.wait()
        return what

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(meeting, ["a", "b"])) == ["a", "b"]


def test_what_fails_is_tried_again_by_the_next():
    tried = []

    @shared(kept=8)
    def failing(what):
        tried.append(what)
        if len(tried) == 1:
            raise ValueError("not now")
        return what

    with pytest.raises(ValueError, match="not now"):
        failing("a")
    assert failing("a") == failing("a") == "a" and tried == ["a", "a"]


def test_work_may_ask_for_other_work_of_the_same_kind():
    @shared(kept=8)
    def steps(number):
        return 0 if number == 0 else 1 + steps(number - 1)

    assert steps(5) == 5 and steps.cache_info().misses == 6
