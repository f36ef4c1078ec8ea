"""The pictures of what is published: report, deck and figures, in color, grayscale and as the color-blind see them.

`make published` draws them from the demo; it needs LibreOffice and pdftoppm.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from sro import vintages  # noqa: E402
from sro.calendar import parse_period  # noqa: E402
from sro.demo import generate  # noqa: E402
from sro.figures import theme  # noqa: E402
from sro.publish import images, paper, passport  # noqa: E402
from sro.publish.deck import deck  # noqa: E402
from sro.publish.desk import Desk, desk  # noqa: E402
from sro.publish.grants import find_grant, measures  # noqa: E402
from sro.publish.presets import Choice, collect, read_preset  # noqa: E402
from sro.publish.report import Award, report  # noqa: E402
from sro.settings import Folders, read_settings  # noqa: E402

PICTURES = PROJECT / "docs" / "pictures"
PERIOD = "2025-26"
GRANT, GRANT_PERIOD = "G-STOP", "2025-26-S1"
# What a complete lack of one kind of cone leaves of linear red, green and blue: Machado, Oliveira and Fernandes,
# IEEE Transactions on Visualization and Computer Graphics 2009; 15:1291, table 1 at severity 1.
SEEN_BY = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
COLORED = ("trend", "stack", "completeness", "calendar")  # forms whose marks differ in color, too
PAGE = 420  # pixels across a page of a contact sheet
COLORS = 128  # few enough for a small file, enough that no two marks become one


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(folders=Folders(data=Path(folder)))
        generate(Path(folder) / "demo", date(2026, 10, 21))
        vintages.load(Path(folder) / "demo", settings)
        at = desk(settings)
        _documents(at)
        _figures(at)
    return 0


def _documents(at: Desk) -> None:
    """Report as Word and as PDF, deck: their pages as other programs draw them."""
    presets = at.settings.folders.project / "data" / "presets"
    grant = find_grant(at, GRANT)
    made = collect(at, read_preset(presets, "grant"), Choice(GRANT_PERIOD))
    document = report(made, at, Award(grant, measures(at, grant, parse_period(GRANT_PERIOD))))
    printed = paper.as_pdf(document, passport.issue(made.figures, at.settings), made.preset.title)
    board = collect(at, read_preset(presets, "board"), Choice(PERIOD))
    _sheet("published-docx", _pages(document, "docx")[:6], 3)
    _sheet("published-pdf", _pages(printed, "pdf")[6:12], 3)
    _sheet("published-pptx", _pages(deck(board, at), "pptx")[:12], 3)


def _figures(at: Desk) -> None:
    """One figure at each size, and one of each form that speaks in color, to other eyes."""
    board = collect(at, read_preset(at.settings.folders.project / "data" / "presets", "board"), Choice(PERIOD))
    by_form = {figure.form: figure for figure in reversed(board.figures)}
    trend = by_form["trend"]
    stamp = passport.issue([trend], at.settings)
    for size in theme.SIZES:
        _keep(f"figure-{size}", _opened(images.png(trend, size, stamp)))
    drawn = [by_form[form] for form in COLORED if form in by_form]
    slides = [_opened(images.png(one, "social", passport.issue([one], at.settings))) for one in drawn]
    _sheet("eyes-color", slides, 2)
    _sheet("eyes-grayscale", [slide.convert("L").convert("RGB") for slide in slides], 2)
    for name, left in SEEN_BY.items():
        _sheet(f"eyes-{name}", [seen(slide, left) for slide in slides], 2)


def seen(picture: Image.Image, left: Sequence[Sequence[float]]) -> Image.Image:
    """The picture as it looks where `left` is what eyes leave of linear light."""
    share = np.asarray(picture, dtype=float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    light = np.clip(linear @ np.asarray(left).T, 0, 1)
    coded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return Image.fromarray(np.rint(coded * 255).astype(np.uint8))


def _pages(document: bytes, ending: str) -> list[Image.Image]:
    """The pages of a PDF, or of what LibreOffice makes of another document."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / f"made.{ending}").write_bytes(document)
        if ending != "pdf":
            command = [str(paper.find()), f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless",
                       "--convert-to", "pdf", "--outdir", folder, str(home / f"made.{ending}")]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, env=os.environ)
        subprocess.run(["pdftoppm", "-png", "-r", "72", str(home / "made.pdf"), str(home / "page")], check=True)
        return [_opened(path.read_bytes()) for path in sorted(home.glob("page*.png"))]


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _sheet(name: str, pages: Sequence[Image.Image], columns: int) -> None:
    """Pages beside one another, with a thin gap."""
    wide = PAGE if columns > 2 else 2 * PAGE
    small = [page.resize((wide, round(page.height * wide / page.width)), Image.Resampling.LANCZOS) for page in pages]
    high = max(page.height for page in small)
    rows = -(-len(small) // columns)
    sheet = Image.new("RGB", (columns * (wide + 8) + 8, rows * (high + 8) + 8), theme.paint("light").rule)
    for place, page in enumerate(small):
        sheet.paste(page, (8 + place % columns * (wide + 8), 8 + place // columns * (high + 8)))
    _keep(name, sheet)


def _keep(name: str, picture: Image.Image) -> None:
    few = picture.quantize(COLORS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
