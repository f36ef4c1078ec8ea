"""What funders ask for: measures kept as data with their source, to begin an award's own list with."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sro.contract import Table


@dataclass(frozen=True)
class Asked:
    """A measure that funders ask for, from data/reference/award_measures.csv.

    `wording` is verbatim, or named: then `measure` says what it is about, and the award's own words are due.
    """

    preset: str
    funder: str
    program: str
    assistance_listing: str
    measure_id: str
    wording: str
    measure: str
    metric_id: str
    aggregation: str
    exact_match: str
    source: str

    @property
    def text(self) -> str:
        """What stands in an award's own words, or what to put in their place."""
        return self.measure if self.wording == "verbatim" else f"[Paste the award's own words: {self.measure}]"


def asked_by_funders(folder: Path) -> dict[str, tuple[Asked, ...]]:
    """Preset → its measures, in the order of data/reference/award_measures.csv."""
    with (folder / "award_measures.csv").open(encoding="utf-8", newline="") as lines:
        every = [Asked(**row) for row in csv.DictReader(lines)]
    return {
        name: tuple(one for one in every if one.preset == name) for name in dict.fromkeys(one.preset for one in every)
    }


def measures_file(asked: Sequence[Asked], table: Table, grant_id: str = "YOUR-AWARD") -> str:
    """Measures as a file of the contract's table grant_measures, to fill in and load."""
    out = io.StringIO()
    writer = csv.DictWriter(out, table.columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for one in asked:
        writer.writerow(
            {"grant_id": grant_id, "measure_id": one.measure_id, "verbatim_text": one.text, "source": one.source,
             "metric_id": one.metric_id, "aggregation": one.aggregation, "exact_match": one.exact_match}
        )  # fmt: skip
    return out.getvalue()
