"""What one more open session costs the server: people who each look at two screens and change a filter.

python -m benchmarks.memory [--data FOLDER] [--sessions 40]
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from benchmarks.county import HELP, county
from benchmarks.results import keep
from benchmarks.scenes import YEARS
from benchmarks.sessions import PATIENCE, memory
from tests.serving import Dashboard
from tests.visitor import Session

WARM = 8  # sessions that come first, so that what all share is there already


def look(session: Session) -> None:
    """All look at the same, so that what the server remembers of answers does not grow meanwhile."""
    session.open("coverage")
    session.open("engagement")
    for year in YEARS:
        label = f"School year {year.replace('-', '–')}"
        session.choose("Period", label)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help=HELP)
    parser.add_argument("--sessions", type=int, default=40)
    options = parser.parse_args()
    with county(options.data) as data, ExitStack() as stack:
        dashboard = stack.enter_context(Dashboard(data))
        held = [0.0]
        for number in range(WARM + options.sessions):
            session = stack.enter_context(Session(dashboard.address, dashboard.port, wait=PATIENCE))
            look(session)
            if number == WARM - 1:
                held[0] = memory(dashboard.process)
        each = (memory(dashboard.process) - held[0]) / options.sessions
    print(f"{options.sessions} sessions on top of {held[0]:.0f} MB: {each:.1f} MB each")
    keep("memory", {"sessions": options.sessions, "before": held[0], "each": each})


if __name__ == "__main__":
    main()
