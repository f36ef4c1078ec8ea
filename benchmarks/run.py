"""Every benchmark, one after the other, and benchmarks/RESULTS.md of what was measured: `make bench`.

python -m benchmarks.run [options of benchmarks.growth]; one alone: python -m benchmarks.suppression (as modules, from
the project's folder). Each prints its own table; none of them can fail a test run.
"""

from __future__ import annotations

import subprocess
import sys

from sro.settings import PROJECT

NAMES = (
    "scenes",
    "change",
    "page",
    "memory",
    "growth",
    "loading",
    "publishing",
    "sessions",
    "suppression",
    "operating_curve",
)


def main() -> int:
    failed = []
    for number, name in enumerate(NAMES, start=1):
        print(f"\n{number} of {len(NAMES)}: {name}", flush=True)
        given = sys.argv[1:] if name == "growth" else []
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *given], cwd=PROJECT).returncode:
            failed.append(name)
    subprocess.run([sys.executable, "-m", "benchmarks.results"], cwd=PROJECT, check=True)
    print(f"\nDone. {'All ran.' if not failed else 'Did not run to the end: ' + ', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
