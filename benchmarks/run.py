"""Every benchmark, one after the other: `make bench`. Each prints its own table; none of them can fail a test run.

python -m benchmarks.run; one alone: python -m benchmarks.suppression (as modules, from the project's folder)
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    names = [path.stem for path in sorted(HERE.glob("*.py")) if path.name != Path(__file__).name]
    failed = []
    for number, name in enumerate(names, start=1):
        print(f"\n{number} of {len(names)}: {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent).returncode:
            failed.append(name)
    print(f"\nDone. {'All ran.' if not failed else 'Did not run to the end: ' + ', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
