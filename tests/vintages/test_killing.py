"""A load that dies at any moment leaves a whole vintage served, and the next load cleans up behind it."""

from __future__ import annotations

import sys
import time
from multiprocessing import get_context
from random import Random
from signal import SIGKILL
from types import ModuleType

import pytest

from sro.store import connect
from tests.office import LESSONS, LOGGED, lessons, load_into, load_office, write
from tests.vintages.dying import load_and_die

if sys.platform == "win32":
    pytest.skip("Windows has no SIGKILL.", allow_module_level=True)

KILLS = 50
STEPS = 8
# The child has everything imported, so that a kill hits the load and not the start of Python.
CHILDREN = get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.vintages.dying"])


@pytest.fixture(autouse=True)
def nothing_to_run_again(monkeypatch):
    """A child runs its parent's main module again, which an AppTest before this may have made to be a page."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))


def with_more_lessons(folder, number):
    more = "".join(f"MORE-{n},B,2025-09-09,14:00,20,classroom_lesson,12\n" for n in range(number))
    return write(folder, {"activities.csv": LOGGED["activities.csv"] + more})


def loading(export, settings):
    child = CHILDREN.Process(target=load_into, args=(settings.folders.data, export))
    child.start()
    return child


def assert_all_is_whole(settings, expected):
    """Every file that bears a vintage's name opens, and the one that is served answers as it should."""
    for path in settings.folders.vintages.glob("*.duckdb"):
        connect(path).close()
    assert lessons(settings) in expected


def test_fifty_loads_killed_at_random_moments(settings, tmp_path):
    random, home = Random(9), settings.folders.vintages
    for number in (0, 1):  # the first starts the server of the children, the second shows how long a load takes
        started = time.monotonic()
        loading(with_more_lessons(tmp_path / "export", number), settings).join()
        whole = time.monotonic() - started
    served, killed = LESSONS + 1, 0
    for number in range(2, 4 * KILLS):
        child = loading(with_more_lessons(tmp_path / "export", number), settings)
        time.sleep(random.uniform(0, whole))
        child.kill()
        child.join()
        assert_all_is_whole(settings, {served, LESSONS + number})
        served = lessons(settings)
        assert len(list(home.glob(".building-*"))) <= 1  # what one load left, the next removes
        # A load that ended before it could be killed does not count; the moments stay spread over nearly all of it.
        killed += child.exitcode == -SIGKILL
        whole *= 1.02 if child.exitcode == -SIGKILL else 0.9
        if killed == KILLS:
            break
    assert killed == KILLS
    load_office(with_more_lessons(tmp_path / "export", 999), settings)
    assert_all_is_whole(settings, {LESSONS + 999})
    assert list(home.glob(".building-*")) == []


@pytest.mark.parametrize("step", range(1, STEPS + 2))
def test_a_load_killed_between_two_steps_of_publishing(step, settings, tmp_path):
    """Vintage to disk, its name, the folder, pointer to disk, its name, the folder: only the last may serve the new."""
    load_office(with_more_lessons(tmp_path / "export", 0), settings)
    export = with_more_lessons(tmp_path / "export", 1)
    child = CHILDREN.Process(target=load_and_die, args=(settings.folders.data, export, step))
    child.start()
    child.join()
    assert child.exitcode == (-SIGKILL if step <= STEPS else 0)
    assert_all_is_whole(settings, {LESSONS + (step >= STEPS)})
    load_office(export, settings)
    assert_all_is_whole(settings, {LESSONS + 1})
    assert list(settings.folders.vintages.glob(".building-*")) == []
