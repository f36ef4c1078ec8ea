"""Every benchmark, one after the other, and benchmarks/RESULTS.md of what was measured: `make bench`.

python -m benchmarks.run [--state] [--nation]; one alone: python -m benchmarks.suppression (as modules, from the
project's folder). Each prints its own table; none of them can fail a test run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from sro.settings import PROJECT

USUAL = ("10000", "100000", "1000000")
STATE, NATION = ("10000000", "50000000"), ("400000000",)


def runs(state: bool, nation: bool) -> list[list[str]]:
    """Each benchmark with its options. A state takes the better part of an hour and 20 GB, a nation hours and 120."""
    rows = [*USUAL, *(STATE if state else ()), *(NATION if nation else ())]
    return [
        ["scenes"],
        *([["scenes", "--at", "state"]] if state else []),
        ["change"],
        *([["change", "--at", "state"]] if state else []),
        ["page"],
        ["memory"],
        ["growth", "--rows", *rows],
        ["loading"],
        ["publishing"],
        ["sessions"],
        ["suppression"],
        ["operating_curve"],
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", action="store_true")
    parser.add_argument("--nation", action="store_true")
    every = runs(**vars(parser.parse_args()))
    failed = []
    for number, (name, *given) in enumerate(every, start=1):
        print(f"\n{number} of {len(every)}: {' '.join([name, *given])}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *given], cwd=PROJECT).returncode:
            failed.append(name)
    subprocess.run([sys.executable, "-m", "benchmarks.results"], cwd=PROJECT, check=True)
    print(f"\nDone. {'All ran.' if not failed else 'Did not run to the end: ' + ', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
