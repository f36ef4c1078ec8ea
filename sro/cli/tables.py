"""Tables of text for a terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from unicodedata import east_asian_width

GAP = "  "


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> str:
    """Rows beneath underlined headings, columns as wide as their widest cell; those in `right` are set flush right."""
    lines = [tuple(headings), *map(tuple, rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    underline = tuple("─" * width for width in widths)

    def line(cells: Sequence[str]) -> str:
        placed = (
            f"{' ' * (width - _width(cell))}{cell}" if place in right else f"{cell}{' ' * (width - _width(cell))}"
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return GAP.join(placed).rstrip()

    return "\n".join(map(line, [lines[0], underline, *lines[1:]]))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def many(count: int, noun: str) -> str:
    """`1 row`, `3 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
