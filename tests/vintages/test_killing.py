"""A load that dies at any moment leaves a whole vintage served, and the next load cleans up behind it."""

from __future__ import annotations

import sys
import time
from multiprocessing import get_context
from random import Random

import pytest

from sro.store import connect
from tests.office import FILES, LESSONS, lessons, load_into, load_office, write

if sys.platform == "win32":
    pytest.skip("Windows has no SIGKILL.", allow_module_level=True)

KILLS = 50
# The child has everything imported, so that a kill hits the load and not the start of Python.
CHILDREN = get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.office"])


def with_more_lessons(folder, number):
    more = "".join(f"MORE-{n},,B,2025-09-09,14:00,20,classroom_lesson,12\n" for n in range(number))
    return write(folder, {"activities.csv": FILES["activities.csv"] + more})


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
    random = Random(9)
    load_office(with_more_lessons(tmp_path / "export", 0), settings)
    started = time.monotonic()
    child = loading(with_more_lessons(tmp_path / "export", 999), settings)
    child.join()
    whole = time.monotonic() - started
    served, killed, number = lessons(settings), 0, 0
    while killed < KILLS:
        number += 1
        child = loading(with_more_lessons(tmp_path / "export", number), settings)
        time.sleep(random.uniform(0, whole))
        child.kill()
        child.join()
        killed += child.exitcode == -9
        assert_all_is_whole(settings, {served, LESSONS + number})
        served = lessons(settings)
        assert len(list(settings.folders.vintages.glob(".building-*"))) <= 1  # what one load left, the next removes
    load_office(with_more_lessons(tmp_path / "export", KILLS + 1), settings)
    assert_all_is_whole(settings, {LESSONS + KILLS + 1})
    assert list(settings.folders.vintages.glob(".building-*")) == []
