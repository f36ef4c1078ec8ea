"""Asks PyPI whether a pinned package has a known hole: `make audit`, a part of `make test`.

Ends with 1 where one has, and with 0 where none has, or where nobody could be asked: then it says so, and why.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
# Holes that do not reach this program, by their id, each with the reason and the day on which it was judged.
ACCEPTED: Mapping[str, str] = {}
PATIENCE = 120


def asked(requirements: Path) -> tuple[list[dict[str, Any]], str]:
    """Every pinned package with what is known of it, as pip-audit tells it; or none, and why."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--require-hashes"]
    try:
        run = subprocess.run(
            [*command, "--disable-pip", "--format", "json", "--aliases", "on", "--progress-spinner", "off"],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [], f"no answer within {PATIENCE} seconds"
    try:
        return json.loads(run.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        return [], (run.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1][:300]


def verdict(packages: list[dict[str, Any]], why_not: str, accepted: Mapping[str, str]) -> tuple[int, list[str]]:
    """The exit code, and what is said. A package of which nothing could be learned never counts as sound."""
    known = [one for one in packages if "vulns" in one]
    silent = [one for one in packages if "vulns" not in one]
    if not known:
        reason = why_not or (silent[0].get("skip_reason", "") if silent else "no package is pinned")
        return 0, [f"SKIPPED: known holes of packages could not be asked for ({reason})."]
    holes = [(one, hole) for one in known for hole in one["vulns"] if not {hole["id"], *hole["aliases"]} & {*accepted}]
    said = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for one, hole in holes
    ]
    if silent:
        said.append(f"Nothing could be learned of {', '.join(one['name'] for one in silent)}.")
    said.append(f"{len(known)} packages asked for, {len(holes)} known holes.")
    return (1 if holes else 0), said


def main() -> int:
    code, said = verdict(*asked(REQUIREMENTS), ACCEPTED)
    print(*said, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
