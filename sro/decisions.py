"""The disclosure decision of a vintage, made once from its rollups and kept in it: what each audience may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb
import pandas as pd

from sro.metrics import BY_MEMBER, Card, Catalogue, CatalogueError, available
from sro.suppression import CubeError, cells_of, read_links, spec_of

LINKS = "links.toml"
# What has no total that other numbers add up to, and no count of its own: it stays with named staff.
NEVER = ("median", "p90", "longest_run")


def store(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    present: Collection[str],
    folder: Path,
    thresholds: Mapping[str, int],
) -> None:
    """Fill disclosure_cell and disclosure_block for every metric that counts persons; leave them empty without one.

    `folder` is queries/disclosure; thresholds: audience → the least count that it may see.
    Raises CatalogueError where a metric's rows are no counts of persons, or two metrics break the link between them.
    """
    statements = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.sql")}
    connection.execute(statements["tables"])
    cards = [
        card
        for card in catalogue.cards.values()
        if card.counts_persons and available(card, present) and card.aggregate not in NEVER
    ]
    atoms = {card.name: _atoms(connection, card, statements) for card in cards}
    if not any(len(rows) for rows in atoms.values()):
        return
    dates = connection.execute(statements["dates"]).fetchone()
    geography = connection.execute(statements["schools"]).df()
    if dates is None or geography.empty:
        return
    try:
        links = read_links(folder / LINKS).among({card.name for card in cards})
        decided, blocks = cells_of(
            pd.concat(list(atoms.values()), ignore_index=True),
            geography,
            [spec_of(card, links) for card in cards],
            dates[0],
            dates[1],
            thresholds,
            links,
            {card.name: _slices(connection, card, statements) for card in cards if card.is_sliced},
        )
    except CubeError as error:
        raise CatalogueError(f"What may be shown of persons could not be decided. {error}") from error
    blocks = blocks.drop(columns="seconds").rename(columns={"primary": "primary_cells"})
    for table, rows in (("disclosure_cell", decided), ("disclosure_block", blocks)):
        connection.register("decided_row", rows)
        connection.execute(f"INSERT INTO {table} BY NAME FROM decided_row")
        connection.unregister("decided_row")


def _atoms(connection: duckdb.DuckDBPyConnection, card: Card, statements: Mapping[str, str]) -> pd.DataFrame:
    parameters = {"metric": card.name, "stream": card.stream, "level": card.level}
    if card.aggregate in BY_MEMBER:
        return connection.execute(statements["members"], {**parameters, "aggregate": card.aggregate}).df()
    return connection.execute(statements["atoms"], parameters).df()


def _slices(connection: duckdb.DuckDBPyConnection, card: Card, statements: Mapping[str, str]) -> list[str]:
    rows = connection.execute(statements["slices"], {"metric": card.name, "dimension": card.slice}).fetchall()
    return [slice_ for (slice_,) in rows]
