"""The plotly.js that draws every chart, on screens and in published pictures: the one that comes with plotly."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import plotly

FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
ADDRESS = f"charts/plotly-{plotly.__version__}.min.js"  # below the dashboard's own; another version is another file


@lru_cache(maxsize=1)
def packed() -> bytes:
    """Compressed once: a third of its size, and a quarter of a second for who asks first."""
    return gzip.compress(FILE.read_bytes(), compresslevel=6)
