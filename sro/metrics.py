"""The catalogue of metrics: one file of queries/metrics each, a definition card in front and its SQL below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import duckdb

AGGREGATES = ("sum", "ratio", "rate", "share", "distinct", "distinct_sum", "median", "p90", "longest_run")
BY_MEMBER = ("distinct", "distinct_sum", "median", "p90")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "aggregate": AGGREGATES,
    "interval": ("poisson", "wilson", "none"),
    "direction": ("up", "down", "neutral"),
    "persons": ("yes", "no"),
    "grain": ("day", "month", "year"),
    "stream": ("log", "shifts", "official", "none"),
    "level": ("school", "district", "program"),
    "daily": ("yes", "no"),
}


class CatalogueError(Exception):
    """A metric file that cannot be used, or a metric that does not exist."""


@dataclass(frozen=True)
class Card:
    """What a metric means, in words that a leader can read; the front matter of its file."""

    name: str
    id: str
    title: str
    asks: str
    unit: str
    numerator: str
    denominator: str
    aggregate: str
    scale: str
    interval: str
    direction: str
    persons: str
    grain: str
    stream: str
    slice: str
    needs: str
    level: str
    defined_by: str
    caution: str
    version: str
    daily: str
    sql: str

    @property
    def factor(self) -> float:
        return float(self.scale)

    @property
    def counts_persons(self) -> bool:
        return self.persons == "yes"

    @property
    def is_sliced(self) -> bool:
        return self.slice != "none"

    @property
    def is_count(self) -> bool:
        return self.aggregate in ("sum", "distinct", "distinct_sum", "longest_run")

    @cached_property
    def tables(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.needs.split(",") if name.strip() and name.strip() != "none")

    @property
    def columns(self) -> list[str]:
        """What its SQL returns, in order."""
        member = ["member"] if self.aggregate in BY_MEMBER else []
        return ["school_id", "day", "slice", "numerator", "denominator", *member]

    @property
    def rollups(self) -> tuple[str, ...]:
        """The files of queries/rollup that its rows go through."""
        if self.aggregate in BY_MEMBER:
            return ("member",)
        by_day = ("day",) if self.daily == "yes" else ()
        return (*by_day, "run" if self.aggregate == "longest_run" else "month")

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")


CARD_FIELDS = tuple(field.name for field in fields(Card) if field.name not in ("name", "sql"))


@dataclass(frozen=True)
class Catalogue:
    """All metrics, found by file name, id or title."""

    cards: Mapping[str, Card]

    def find(self, text: str) -> Card:
        """The card that a person means by `text`: `coverage_rate`, `C04` or `on_site_coverage`.

        Raises CatalogueError naming the nearest known metrics.
        """
        wanted = text.strip()
        if wanted in self.cards:
            return self.cards[wanted]
        for card in self.cards.values():
            if wanted.upper() == card.id.upper() or wanted.lower() == card.slug:
                return card
        near = get_close_matches(wanted.lower(), list(self.cards), n=3, cutoff=0.4)
        hint = f"Did you mean {', '.join(near)}? " if near else ""
        raise CatalogueError(f"There is no metric {wanted!r}. {hint}`python -m sro metrics` lists them all.")


def read_catalogue(folder: Path) -> Catalogue:
    """Every card of queries/metrics, ordered by id.

    Raises CatalogueError naming the file and the field that is missing, unknown or out of its choices.
    """
    cards = sorted((read_card(path) for path in sorted(folder.glob("*.sql"))), key=lambda card: card.id)
    seen: dict[str, str] = {}
    for card in cards:
        if card.id in seen:
            raise CatalogueError(
                f"{card.name}.sql: id {card.id} is taken by {seen[card.id]}.sql. Give it one of its own."
            )
        seen[card.id] = card.name
    return Catalogue({card.name: card for card in cards})


def read_card(path: Path) -> Card:
    """One metric from its file."""
    front, sql = split_front_matter(path.read_text(encoding="utf-8"))
    missing = [name for name in CARD_FIELDS if not front.get(name)]
    unknown = [name for name in front if name not in CARD_FIELDS]
    if missing or unknown:
        wrong = f"lacks {', '.join(missing)}" if missing else f"has unknown {', '.join(unknown)}"
        raise CatalogueError(f"{path.name}: the card {wrong}. Every card has exactly: {', '.join(CARD_FIELDS)}.")
    for name, choices in CHOICES.items():
        if front[name] not in choices:
            raise CatalogueError(f"{path.name}: {name} is {front[name]!r}; use one of {', '.join(choices)}.")
    if not re.fullmatch(r"\d+(\.\d+)?", front["scale"]):
        raise CatalogueError(f"{path.name}: scale is {front['scale']!r}; write a number such as 100.")
    return Card(name=path.stem, sql=sql, **front)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `-- key: value` lines in front (a line `--   …` continues the one above) and the SQL that follows."""
    front: dict[str, str] = {}
    key = ""
    lines = text.splitlines()
    body_from = len(lines)
    for number, line in enumerate(lines):
        if match := re.fullmatch(r"--\s?([a-z_]+):\s*(.*)", line):
            key = match[1]
            front[key] = match[2].strip()
        elif key and (match := re.fullmatch(r"--\s{2,}(\S.*)", line)):
            front[key] = f"{front[key]} {match[1].strip()}".strip()
        elif not line.startswith("--"):
            body_from = number
            break
    return front, "\n".join(lines[body_from:]).strip().rstrip(";")


def available(card: Card, present: Iterable[str]) -> bool:
    """Whether an export that holds the tables `present` can answer this metric."""
    return set(card.tables) <= set(present)


def check_columns(card: Card, returned: list[str]) -> None:
    """Raises CatalogueError where a metric's SQL does not return the agreed columns."""
    if returned != card.columns:
        raise CatalogueError(
            f"{card.name}.sql returns {', '.join(returned)}; it must return {', '.join(card.columns)}."
        )


def materialize(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, present: Iterable[str], rollups: Path
) -> None:
    """Fill metric_month, metric_day, metric_member and metric_run with every metric that the export can answer.

    `rollups` is the folder queries/rollup.
    Raises CatalogueError naming the metric whose SQL does not return the agreed columns.
    """
    present = set(present)
    statements = {path.stem: path.read_text(encoding="utf-8") for path in rollups.glob("*.sql")}
    connection.execute(statements["tables"])
    for card in catalogue.cards.values():
        if not available(card, present):
            continue
        returned = [column[0] for column in connection.execute(f"DESCRIBE {card.sql}").fetchall()]
        check_columns(card, returned)
        for rollup in card.rollups:
            connection.execute(f"WITH metric_row AS ({card.sql}\n) {statements[rollup]}", {"metric": card.name})


def add_up_program(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, rollups: Path) -> None:
    """Fill program_month and program_day from what `materialize`, or another engine, made."""
    streams = {card.name: card.stream for card in catalogue.cards.values()}
    for table in ("program_month", "program_day"):
        sql = (rollups / f"{table}.sql").read_text(encoding="utf-8")
        connection.execute(sql, {"metrics": list(streams), "streams": list(streams.values())})
