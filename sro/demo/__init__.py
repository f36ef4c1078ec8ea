"""Writes the exports of Tamarack County, a county that does not exist, so that the dashboard can be tried and tested.

Everything follows from a seed and the last day of the data: the same two give the same files, byte for byte, and a
later day adds rows. `TRUTH` says what is true of the county, so that tests can ask whether the dashboard finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sro.demo.draws import Scene
from sro.demo.files import write
from sro.demo.tables import tables
from sro.demo.truth import PLANTED_WARNINGS, SYNTHETIC_FIRST_DAY, TRUTH, Change, PlantedWarning

__all__ = ["PLANTED_WARNINGS", "TRUTH", "Change", "PlantedWarning", "generate"]


def generate(
    folder: Path, through: date, seed: int = 2016, progress: Callable[[str], None] = lambda table: None
) -> dict[str, int]:
    """Write one CSV a table into `folder`, data from July 2021 through a day; gives the number of rows by table.

    `progress` hears the name of each table once it is written.
    Raises ValueError when the day lies before the first school year of the data.
    """
    if through < SYNTHETIC_FIRST_DAY:
        raise ValueError(f"The demo data begin on {SYNTHETIC_FIRST_DAY}; choose a last day after it, not {through}.")
    return write(folder, tables(Scene(seed, through)), through, progress)
