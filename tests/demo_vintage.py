"""The demo county as a vintage, whole or in part."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

from sro import vintages
from sro.demo import generate
from sro.settings import Folders, Settings, read_settings
from tests.once import once

THROUGH = date(2026, 10, 21)
TODAY = date(2026, 11, 2)


def served(factory: pytest.TempPathFactory) -> Settings:
    """Settings whose data folder serves the demo; the folder is the caller's own."""
    return read_settings(folders=Folders(data=once(factory, "demo", build)))


def build(data: Path, *leave_out: str, through: date = THROUGH, today: date = TODAY) -> Settings:
    """Settings whose data folder `data` serves the demo up to a day, without the tables `leave_out`."""
    settings = read_settings(folders=Folders(data=data))
    generate(settings.folders.demo, through=through)
    for name in leave_out:
        (settings.folders.demo / f"{name}.csv").unlink()
    if leave_out:
        _forget(settings.folders.demo / "manifest.csv", leave_out)
    _load(settings, today)
    return settings


def small(
    data: Path, leave_out: Collection[str] = (), school: str | None = None, month: date | None = None
) -> Settings:
    """Settings whose data folder serves a part of the demo: without tables, of one school, or of one month."""
    settings = read_settings(folders=Folders(data=data))
    settings.folders.demo.mkdir(parents=True)
    kept: dict[str, pd.DataFrame] = {}
    for name, rows in _county().items():
        if name in leave_out:
            continue
        if school and "school_id" in rows:
            rows = rows[rows["school_id"].isin([school, ""])]
        if month and (day := next((name for name in ("date", "occurred_at", "month") if name in rows), None)):
            rows = rows[rows[day].str.startswith(f"{month:%Y-%m}")]
        if "incident_id" in rows and name != "incidents" and "incidents" in kept:
            rows = rows[rows["incident_id"].isin([*kept["incidents"]["incident_id"], ""])]
        kept[name] = rows
    counts = kept["manifest"]["table_name"].map({name: str(len(rows)) for name, rows in kept.items()})
    kept["manifest"] = kept["manifest"].assign(row_count=counts, sha256="")[counts.notna()]
    for name, rows in kept.items():
        rows.to_csv(settings.folders.demo / f"{name}.csv", index=False)
    _load(settings, TODAY)
    return settings


def _load(settings: Settings, today: date) -> None:
    """Serve the files of the demo folder, and take them away."""
    report = vintages.load(settings.folders.demo, settings, today=lambda: today)
    assert report.is_good, "\n".join(report.lines())
    shutil.rmtree(settings.folders.demo)


@cache
def _county() -> dict[str, pd.DataFrame]:
    """Every table of the demo, as text; those that others point to come first."""
    with TemporaryDirectory() as folder:
        generate(Path(folder), through=THROUGH, seed=2016)
        paths = sorted(Path(folder).glob("*.csv"), key=lambda path: (path.stem != "incidents", path.stem))
        return {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths}


def _forget(manifest: Path, names: tuple[str, ...]) -> None:
    """Take tables out of the manifest."""
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.split(",")[0] not in names]
    manifest.write_text("".join(kept), encoding="utf-8")
