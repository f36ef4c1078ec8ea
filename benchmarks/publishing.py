"""How long what leaves the building takes: a picture cold and warm, a pack, a deck, a report, its PDF, a verification.

python -m benchmarks.publishing
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sro import vintages
from sro.calendar import parse_period
from sro.demo import generate
from sro.publish import images, presets
from sro.publish.deck import deck
from sro.publish.desk import Desk, desk
from sro.publish.grants import find_grant, measures
from sro.publish.pack import pack
from sro.publish.paper import NoOffice, as_pdf
from sro.publish.passport import issue
from sro.publish.presets import Choice, Collection, Placed, collect, read_preset
from sro.publish.report import Award, report
from sro.publish.verify import verify
from sro.settings import PROJECT, Folders, read_settings

PRESETS = PROJECT / "data" / "presets"


def timed(what: str, act: Callable[[], bytes], aim: str = "") -> bytes:
    start = time.perf_counter()
    made = act()
    took = time.perf_counter() - start
    print(f"{what:<46} {took:7.2f} s  {len(made) / 1e6:6.1f} MB  {aim}")
    return made


def collection_of(at: Desk, count: int, but: tuple[str, ...] = ()) -> Collection:
    """`count` different figures, from all presets and as many years as it takes, without some forms."""
    placed: dict[str, Placed] = {}
    first: Collection | None = None
    for period in ("2025-26", "2024-25", "2023-24"):
        for name in presets.names(PRESETS):
            made = collect(at, read_preset(PRESETS, name), Choice(period))
            first = first or made
            placed |= {one.exhibit.figure.id: one for one in made.placed if one.exhibit.figure.form not in but}
    assert first is not None and len(placed) >= count
    numbered = (replace(one, number=number) for number, one in enumerate(list(placed.values())[:count], 1))
    return replace(first, placed=tuple(numbered))


def main() -> None:
    with TemporaryDirectory() as folder:
        settings = read_settings(folders=Folders(data=Path(folder)))
        generate(Path(folder) / "demo", date(2026, 10, 21))
        vintages.load(Path(folder) / "demo", settings)
        at = desk(settings)
        thirty = collection_of(at, 30)
        figure = thirty.figures[0]
        stamp = issue([figure], settings)
        timed("first picture, browser not yet started", lambda: images.png(figure, "slide", stamp))
        took = []
        for one in thirty.figures:
            start = time.perf_counter()
            images.png(one, "slide", issue([one], settings))
            took.append(time.perf_counter() - start)
        middle, slowest = statistics.median(took), max(took)
        print(f"{'one slide, warm: median of 30':<46} {middle:7.2f} s, slowest {slowest:.2f} s  aim 0.5 s")
        timed(f"pack of {len(thirty.placed)} figures, 7 files each", lambda: pack(thirty, at), "aim 10 s")
        twenty = collection_of(at, 20, but=("calendar", "completeness"))
        slides = timed(f"deck of {len(twenty.placed)} native charts", lambda: deck(twenty, at), "aim 2 s")
        grant = find_grant(at, "G-STOP")
        collection = collect(at, read_preset(PRESETS, "grant"), Choice("2025-26"))
        award = Award(grant, measures(at, grant, parse_period("2025-26")))
        document = timed(f"grant report, {len(collection.placed)} figures", lambda: report(collection, at, award))
        try:
            timed("its PDF, by LibreOffice", lambda: as_pdf(document, issue(collection.figures, settings), "Report"))
        except NoOffice as error:
            print(error)
        timed("verify the deck", lambda: verify(slides, at).says.encode())


if __name__ == "__main__":
    main()
