"""What was measured is kept in results.json, and told in RESULTS.md.

python -m benchmarks.results: the page anew from what is kept
"""

from __future__ import annotations

import json
import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("results.json")


def measured() -> dict[str, Any]:
    """Everything that is kept, by the benchmark that measured it; nothing before the first."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def keep(name: str, found: Any) -> None:
    """Keeps what a benchmark found, with when and on what."""
    where = {
        "date": date.today().isoformat(),
        "cores": os.cpu_count(),
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in ("streamlit", "duckdb", "plotly", "pandas")},
    }
    everything = measured() | {name: {**where, "found": found}}
    KEPT.write_text(json.dumps(everything, indent=1, sort_keys=True) + "\n", encoding="utf-8")
