"""The demo county as a vintage, built once a run and shared by all tests that need a whole export."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from sro import vintages
from sro.demo import generate
from sro.settings import Folders, Settings, read_settings

THROUGH = date(2026, 10, 21)
TODAY = date(2026, 11, 2)


def build(data: Path, *leave_out: str) -> Settings:
    """Settings whose data folder `data` serves the demo, without the tables `leave_out`."""
    settings = read_settings(folders=Folders(data=data))
    generate(settings.folders.demo, through=THROUGH, seed=2016)
    for name in leave_out:
        (settings.folders.demo / f"{name}.csv").unlink()
    if leave_out:
        _forget(settings.folders.demo / "manifest.csv", leave_out)
    report = vintages.load(settings.folders.demo, settings, today=lambda: TODAY)
    assert report.is_good, "\n".join(report.lines())
    shutil.rmtree(settings.folders.demo)
    return settings


def _forget(manifest: Path, names: tuple[str, ...]) -> None:
    """Take tables out of the manifest."""
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.split(",")[0] not in names]
    manifest.write_text("".join(kept), encoding="utf-8")
