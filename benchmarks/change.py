"""Where the time of a filter change on Engagement goes on our side, first asked and asked before.

python -m benchmarks.change [--at state] [--data FOLDER]

The screen runs without a browser. Each part is the processor time spent in it and not in another part, in milliseconds.
"""

from __future__ import annotations

import argparse
import importlib
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from benchmarks.county import HELP
from benchmarks.results import keep, named
from benchmarks.scenes import PLACES, YEARS
from benchmarks.timing import spreads
from sro import ask, gates, screen
from sro.ask import asker, cells, facts, rows, runs, units
from sro.publish.desk import Desk
from sro.screen import card, here
from sro.settings import PROJECT
from sro.signals import changes, limits
from sro.stats import budget

headline = importlib.import_module("sro.screen.headline")  # the package has a function of that name
# What empties each memory between a question and its figure.
REMEMBERED = (
    *(one._remembered.cache_clear for one in (ask._remember, ask._whole, asker._rows, here._drawn, headline._drawn)),
    *(one._remembered.cache_clear for one in (rows._by_school, rows._of_program, rows._by_unit, runs.runs_of)),
    *(one.cache_clear for one in (ask.facts_of, facts.all_schools, cells.permission, limits._series, rows._sizes)),
    *(one.cache_clear for one in (units.chosen_by, units.unit_names, rows._months_around)),
    *(one.cache_clear for one in (gates._context, changes._changed, budget._simulated)),
)
OTHER = "screen, filter bar and Streamlit"
# Part → where it begins: an object and the name of what it calls.
PARTS: dict[str, tuple[Any, str]] = {
    "queries": (asker.Asker, "_executed"),
    "answers from sums": (ask, "_answer"),
    "control charts": (headline, "series_behind"),
    "control charts of figures": (Desk, "limits_of"),
    "figures": (here, "_drawn"),
    "small lines of tiles": (headline, "spark"),
    "cards handed to Streamlit": (card, "show"),
}


class Clock:
    """Whose turn it is: time goes to the part that was entered last and not left yet."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._inside = [OTHER]
        self._since = 0.0

    def start(self) -> None:
        self.took, self._inside, self._since = dict.fromkeys((*PARTS, OTHER), 0.0), [OTHER], time.thread_time()

    def turn(self) -> None:
        now = time.thread_time()
        self.took[self._inside[-1]] += now - self._since
        self._since = now

    def around(self, part: str, run: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            self.turn()
            self._inside.append(part)
            try:
                return run(*given, **named)
            finally:
                self.turn()
                self._inside.pop()

        return timed


def profile(data: Path, light: str, lives: int) -> dict[str, dict[str, dict[str, float]]]:
    """Way of asking → part → milliseconds, over filter changes from a process's first to its fourth."""
    os.environ["SRO_DATA"] = str(data)
    clock, run = Clock(), screen.run
    found: dict[str, list[dict[str, float]]] = {"first asked": [], "asked before": []}

    def timed_run(rooms: Any) -> None:
        clock.start()
        run(rooms)
        clock.turn()

    with ExitStack() as stack:
        for part, (place, name) in PARTS.items():
            stack.enter_context(patch.object(place, name, clock.around(part, getattr(place, name))))
        stack.enter_context(patch.object(screen, "run", timed_run))
        for _ in range(lives):
            forget()
            app = shown("engagement", 120)
            changed(app, light)
            for way, taken in found.items():
                for year in YEARS:
                    changed(app, year)
                    taken.append({part: seconds * 1000 for part, seconds in clock.took.items()})
                    assert way == "first asked" or clock.took["answers from sums"] == 0
    return {way: spreads(taken) for way, taken in found.items()}


def forget() -> None:
    """As in a process that has just begun."""
    for clear in REMEMBERED:
        clear()


def shown(screen: str, patience: float) -> AppTest:
    """A screen, drawn without a browser, within so many seconds."""
    app = AppTest.from_file(str(PROJECT / "sro" / "screen" / "house.py"), default_timeout=patience)
    if screen != "overview":
        app.switch_page(str(PROJECT / "pages" / f"{screen}.py"))
    assert not app.run().exception
    return app


def changed(app: AppTest, year: str) -> None:
    next(box for box in app.selectbox if box.label == "Period").set_value(year).run()
    assert not app.exception


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--at", choices=PLACES, default="county")
    parser.add_argument("--data", type=Path, help=HELP)
    parser.add_argument("--lives", type=int, default=4)
    options = parser.parse_args()
    place = PLACES[options.at]
    with place.data(options.data) as data:
        found = profile(data, place.light, options.lives)
    for way, parts in found.items():
        print(f"{way}, milliseconds of processor time")
        for part, took in parts.items():
            print(f"  {part:<34} {took['median']:>6.0f} ({took['low']:.0f}–{took['high']:.0f})")
    keep(named("change", options.at), found)


if __name__ == "__main__":
    main()
