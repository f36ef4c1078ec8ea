"""What differs from office to office: program.toml, and where the project keeps its things."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sro.people import EVERYTHING, Reach

PROJECT = Path(__file__).resolve().parent.parent
# The office's own files in what is published: a logo (PNG or JPEG), and templates of its slides and documents.
BRANDING = ("logo", "deck_template", "report_template")
AUDIENCES = ("public", "leadership", "restricted")


def program_file() -> Path:
    """Where program.toml is: in the project, unless the environment (SRO_PROGRAM) names another."""
    return Path(os.environ.get("SRO_PROGRAM") or PROJECT / "program.toml").resolve()


class SettingsError(Exception):
    """program.toml cannot be used; the message says where and what to do."""


@dataclass(frozen=True)
class Folders:
    """Where things are, below one project folder; what the office owns may lie elsewhere (environment SRO_DATA)."""

    project: Path = PROJECT
    data: Path = PROJECT / "data"

    @cached_property
    def contract(self) -> Path:
        return self.project / "data" / "contract"

    @cached_property
    def reference(self) -> Path:
        return self.project / "data" / "reference"

    @cached_property
    def mappings(self) -> Path:
        return self.project / "data" / "mappings"

    @cached_property
    def own_mappings(self) -> Path:
        """What this office confirmed of its own files."""
        return self.data / "mappings" / "own"

    @cached_property
    def queries(self) -> Path:
        return self.project / "queries"

    @cached_property
    def demo(self) -> Path:
        return self.data / "demo"

    @cached_property
    def vintages(self) -> Path:
        return self.data / "vintages"


@dataclass(frozen=True)
class Settings:
    """program.toml, read once and checked."""

    program: str
    office: str
    county: str
    audience: str
    thresholds: Mapping[str, int]
    stable_events: int
    confidence: float
    parameters: Mapping[str, float]
    targets: Mapping[str, float]
    limits: Mapping[str, int]
    keep_vintages: int
    retention: Mapping[str, int]
    branding: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    folders: Folders = field(default_factory=Folders)
    reach: Reach = EVERYTHING  # what the person for whom all this is done may ask and do

    def seen_by(self, reach: Reach) -> Settings:
        """The same, for somebody who reaches so far; drawn for the audience that they belong to."""
        return replace(self, reach=reach, audience=reach.audience)


def read_settings(path: Path | None = None, folders: Folders | None = None) -> Settings:
    """The office's settings.

    Raises SettingsError naming the file and key when a value is missing or makes no sense.
    """
    folders = folders or Folders(data=Path(os.environ.get("SRO_DATA") or PROJECT / "data").resolve())
    path = path or program_file()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: not found. Restore program.toml from the project.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not readable as TOML ({error}). Mend that line.") from None
    settings = Settings(
        program=_text(raw, path, "program", "name"),
        office=_text(raw, path, "program", "office"),
        county=_text(raw, path, "program", "county"),
        audience=_text(raw, path, "screen", "audience"),
        thresholds=MappingProxyType(
            {tier: int(_number(raw, path, "disclosure", tier)) for tier in ("public", "leadership")}
        ),
        stable_events=int(_number(raw, path, "statistics", "stable_events")),
        confidence=_number(raw, path, "statistics", "confidence"),
        parameters=MappingProxyType(
            {name: _number(raw, path, "parameters", name) for name in raw.get("parameters", {})}
        ),
        targets=MappingProxyType({name: _number(raw, path, "targets", name) for name in raw.get("targets", {})}),
        limits=MappingProxyType({name: int(_number(raw, path, "limits", name)) for name in raw.get("limits", {})}),
        keep_vintages=int(_number(raw, path, "vintages", "keep")),
        retention=MappingProxyType(
            {name: int(_number(raw, path, "retention", name)) for name in ("inbox_days", "log_days")}
        ),
        branding=MappingProxyType(
            {
                name: folders.project / _text(raw, path, "publish", name)
                for name in BRANDING
                if raw.get("publish", {}).get(name)
            }
        ),
        folders=folders,
    )
    if settings.audience not in AUDIENCES:
        raise SettingsError(f"{path}: [screen] audience is {settings.audience!r}; use one of {', '.join(AUDIENCES)}.")
    for name in settings.targets:
        if not (folders.queries / "metrics" / f"{name}.sql").is_file():
            raise SettingsError(f"{path}: [targets] {name} is no metric. `python -m sro metrics` lists their names.")
    for name, file in settings.branding.items():
        if not file.is_file():
            raise SettingsError(f"{path}: [publish] {name} names {file}, and there is no such file. Correct the path.")
    for name, days in settings.retention.items():
        if days < 1:
            raise SettingsError(f"{path}: [retention] {name} is {days}; write 1 or more days.")
    if not 0.5 < settings.confidence < 1:
        raise SettingsError(f"{path}: [statistics] confidence is {settings.confidence}; use a share such as 0.95.")
    return settings


def _value(raw: Mapping[str, Any], path: Path, section: str, key: str) -> Any:
    try:
        return raw[section][key]
    except KeyError:
        raise SettingsError(
            f"{path}: [{section}] {key} is missing. Add it; the project's program.toml shows how."
        ) from None


def _text(raw: Mapping[str, Any], path: Path, section: str, key: str) -> str:
    value = _value(raw, path, section, key)
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{path}: [{section}] {key} is {value!r}; write a text in quotation marks.")
    return value.strip()


def _number(raw: Mapping[str, Any], path: Path, section: str, key: str) -> float:
    value = _value(raw, path, section, key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SettingsError(f"{path}: [{section}] {key} is {value!r}; write a number.")
    return value
