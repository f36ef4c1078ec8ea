"""Figures as PNG, SVG and PDF: one page around each chart, drawn by browsers behind one queue.

Title, subtitle, footnotes and footer are in the picture itself, so that it survives being cut out of its page. Whoever
asks waits for his own figure: a browser draws one at a time, and what comes back has to carry the figure's id.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from queue import LifoQueue
from typing import Any, TypeVar

from sro import plotly_js
from sro.figures import Figure, theme
from sro.figures.theme import Size
from sro.publish import stamps
from sro.publish.browser import Browser, BrowserLost, find
from sro.publish.passport import Passport

HERE = Path(__file__).parent
FONTS = {400: "sro-sans-regular.woff2", 600: "sro-sans-semibold.woff2"}
PATIENCE = 20.0  # seconds for one step of one picture
WAIT = 180  # seconds in line
EASELS = min(2, os.cpu_count() or 1)  # browsers; each draws one figure at a time and keeps a core busy
RETIRE_AFTER = 500  # pictures; a browser that never ends never gives back what it took
# How far below its natural height a form can go, and how far above it may be stretched.
SQUEEZE = {
    "schools": 0.68, "delivered": 0.7, "slices": 0.75, "completeness": 0.72, "funnel": 0.8, "calendar": 0.75,
    "small_multiples": 1.0, "trend": 0.8,
}  # fmt: skip
STRETCH = {"schools": 1.5, "delivered": 1.5, "slices": 1.6, "completeness": 1.3, "funnel": 1.5, "calendar": 1.6}
USUAL_SQUEEZE, USUAL_STRETCH = 0.8, 1.8
COMPACT = 0.85  # of its natural height, where a picture may grow: two usual ones share a printed page
SMALLEST_TYPE = 0.5  # of the size's own type, before a figure counts as too tall for it


class TooTall(Exception):
    """The figure has too many rows for a picture of this size; the message says what to do."""


class PictureError(Exception):
    """The browser could not draw a figure, or drew another; the message says which."""


@dataclass(frozen=True)
class Page:
    """A figure as SVG with its size in pixels, not yet stamped."""

    svg: str
    width: int
    height: int


def svg(figure: Figure, size: str, stamp: Passport) -> bytes:
    """The figure as SVG whose texts are texts; the house's type is inside it.

    Raises NoBrowser, TooTall, PictureError.
    """
    return stamps.stamp_svg(studio().draw(figure, theme.SIZES[size], stamp, _as_svg), stamp)


def png(figure: Figure, size: str, stamp: Passport) -> bytes:
    """The figure as PNG with the resolution of the size.

    Raises NoBrowser, TooTall, PictureError.
    """
    named = theme.SIZES[size]
    return stamps.stamp_png(studio().draw(figure, named, stamp, _as_png), stamp, named.dpi)


def plate(figure: Figure, width: int, height: int, dpi: int = 220) -> bytes:
    """The chart alone as PNG, `width` by `height` in hundredths of an inch, for a page with its own words around it.

    Raises NoBrowser, TooTall, PictureError.
    """
    pixels = (round(width * dpi / 100), round(height * dpi / 100))
    size = Size("plate", *pixels, type=14 / 72 * dpi, dpi=dpi, tallest=pixels[1])
    return studio().draw(figure, size, None, _as_png)


def pdf(figure: Figure, size: str, stamp: Passport) -> bytes:
    """The figure as one vector page as large as the picture.

    Raises NoBrowser, TooTall, PictureError.
    """
    return stamps.stamp_pdf(studio().draw(figure, theme.SIZES[size], stamp, _as_pdf), stamp, figure.title)


def every(figure: Figure, stamp: Passport) -> dict[str, bytes]:
    """All pictures of a figure, by what their names end in; drawn twice, since a post has the layout of a slide.

    Raises NoBrowser and PictureError; a figure with too many rows for a slide has no slide and no post.
    """
    line, paper, slide = studio(), theme.SIZES["print"], theme.SIZES["slide"]
    svg_, pdf_, png_ = line.draw(figure, paper, stamp, lambda *page: (_as_svg(*page), _as_pdf(*page), _as_png(*page)))
    made = {
        "print.png": stamps.stamp_png(png_, stamp, paper.dpi),
        "svg": stamps.stamp_svg(svg_, stamp),
        "pdf": stamps.stamp_pdf(pdf_, stamp, figure.title),
    }
    post = theme.SIZES["social"]
    ratio = post.width / slide.width
    try:
        large, small = line.draw(figure, slide, stamp, lambda *page: (_as_png(*page), _as_png(*page, scale=ratio)))
    except TooTall:
        return made
    return made | {
        "slide.png": stamps.stamp_png(large, stamp, slide.dpi),
        "social.png": stamps.stamp_png(small, stamp, post.dpi),
    }


def _as_svg(browser: Browser, page: Page, size: Size) -> bytes:
    return page.svg.encode()


def _as_png(browser: Browser, page: Page, size: Size, scale: float = 1) -> bytes:
    browser.call(
        "Emulation.setDeviceMetricsOverride", PATIENCE,
        width=page.width, height=page.height, deviceScaleFactor=1, mobile=False,
    )  # fmt: skip
    clip = {"x": 0, "y": 0, "width": page.width, "height": page.height, "scale": scale}
    taken = browser.call("Page.captureScreenshot", PATIENCE, format="png", clip=clip, optimizeForSpeed=True)
    return base64.b64decode(taken["data"])


def _as_pdf(browser: Browser, page: Page, size: Size) -> bytes:
    inches = 96 / size.dpi  # the page of 96 dots an inch, brought to the size's own
    printed = browser.call(
        "Page.printToPDF", PATIENCE,
        paperWidth=page.width / size.dpi, paperHeight=page.height / size.dpi, scale=max(0.1, inches),
        marginTop=0, marginBottom=0, marginLeft=0, marginRight=0, printBackground=True, pageRanges="1",
        generateTaggedPDF=True,
    )  # fmt: skip
    return base64.b64decode(printed["data"])


Taken = TypeVar("Taken")
Take = Callable[[Browser, Page, Size], Taken]


class Easel:
    """One browser, for one thread at a time; one that does not answer is replaced."""

    def __init__(self, program: Path | None, patience: float) -> None:
        self._program = program
        self._patience = patience
        self._browser: Browser | None = None
        self._drawn = 0

    def draw(self, job: str, figure: Figure, size: Size, take: Take[Taken]) -> Taken:
        try:
            return self._once(job, figure, size, take)
        except (BrowserLost, PictureError):
            self.close()
        try:
            return self._once(job, figure, size, take)
        except BrowserLost as error:
            self.close()
            raise PictureError(f"The picture of “{figure.title}” could not be drawn: {error} Try again.") from None

    def _once(self, job: str, figure: Figure, size: Size, take: Take[Taken]) -> Taken:
        browser = self._ready()
        try:
            drawn = browser.run(f"render({job})", self._patience)
            if not drawn["fits"]:
                raise TooTall(
                    f"“{figure.title}” has too many rows for a picture of size {size.name}. "
                    "Use the size print or screen, or ask for one district."
                )
            made = take(browser, Page(drawn["svg"], drawn["width"], drawn["height"]), size)
            standing = browser.run("standing()", self._patience)
        except ValueError as error:
            raise PictureError(f"The picture of “{figure.title}” could not be drawn: {error}") from error
        if not drawn["figure"] == standing == figure.id:
            raise PictureError(f"The browser drew {standing!r} instead of {figure.id!r}; nothing was handed out.")
        return made

    def _ready(self) -> Browser:
        if self._drawn >= RETIRE_AFTER:
            self.close()
        if self._browser is None:
            browser = Browser(self._program or find())
            try:
                for script in _scripts():
                    browser.run(script, PATIENCE)
            except BaseException:
                browser.close()
                raise
            self._browser, self._drawn = browser, 0
        self._drawn += 1
        return self._browser

    def close(self) -> None:
        """End the browser; the next picture starts another."""
        if self._browser is not None:
            self._browser.close()
            self._browser = None


class Studio:
    """A queue before a few browsers for all threads; the second one starts when two ask at once."""

    def __init__(self, program: Path | None = None, patience: float = PATIENCE, easels: int = EASELS) -> None:
        self._line = ThreadPoolExecutor(max_workers=easels, thread_name_prefix="sro-pictures")
        self.easels = tuple(Easel(program, patience) for _ in range(easels))
        self._free: LifoQueue[Easel] = LifoQueue()  # the one that was used last has a browser
        for easel in self.easels:
            self._free.put(easel)

    def draw(self, figure: Figure, size: Size, stamp: Passport | None, take: Take[Taken]) -> Taken:
        """What `take` makes of the page of the figure.

        Raises NoBrowser, TooTall, and PictureError when two browsers in a row failed or drew another figure.
        """
        job = json.dumps(_job(figure, size, stamp))
        waiting = self._line.submit(self._at_an_easel, job, figure, size, take)
        try:
            return waiting.result(timeout=WAIT)
        except TimeoutError:
            waiting.cancel()
            raise PictureError(f"The picture of “{figure.title}” waited {WAIT} seconds. Try again later.") from None

    def _at_an_easel(self, job: str, figure: Figure, size: Size, take: Take[Taken]) -> Taken:
        easel = self._free.get()
        try:
            return easel.draw(job, figure, size, take)
        finally:
            self._free.put(easel)

    def close(self) -> None:
        """End the browsers once they are free; the next picture starts another."""
        for easel in [self._free.get() for _ in self.easels]:
            easel.close()
            self._free.put(easel)


@lru_cache(maxsize=1)
def studio() -> Studio:
    """The one studio of this process."""
    studio = Studio()
    atexit.register(studio.close)
    return studio


def _job(figure: Figure, size: Size, stamp: Passport | None) -> dict[str, Any]:
    """Everything that page.js needs to lay a figure out; without a passport, the chart alone."""
    look = theme.paint("light")
    return {
        "figure": figure.id,
        "title": figure.title,
        "head": [["title", figure.title], ["subtitle", figure.subtitle]] if stamp else [],
        "foot": [
            *(["note", text] for text in figure.footnotes),
            ["space", ""],
            ["footer", figure.footer],
            ["footer", stamp.short],
        ]
        if stamp
        else [],
        "alt": figure.alt,
        "chart": figure.chart,
        "natural": figure.height,
        "squeeze": SQUEEZE.get(figure.form, USUAL_SQUEEZE),
        "compact": max(COMPACT, SQUEEZE.get(figure.form, USUAL_SQUEEZE)),
        "stretch": STRETCH.get(figure.form, USUAL_STRETCH),
        "smallest": SMALLEST_TYPE,
        "width": size.width,
        "height": size.height,
        "tallest": size.tallest,
        "scale": size.scale,
        "colors": {"ink": look.ink, "muted": look.muted, "ground": look.ground},
        "fonts": _faces(),
    }


@lru_cache(maxsize=1)
def _faces() -> str:
    """The house's type as CSS, inside the file itself."""
    return "".join(
        f"@font-face{{font-family:'SRO Sans';font-weight:{weight};src:url(data:font/woff2;base64,"
        f"{base64.b64encode((HERE / 'fonts' / name).read_bytes()).decode()}) format('woff2')}}"
        for weight, name in FONTS.items()
    )


@lru_cache(maxsize=1)
def _scripts() -> tuple[str, ...]:
    """What the page has to know before the first figure: its type, Plotly, the layout. All from this machine."""
    style = json.dumps(_faces() + "html,body{margin:0;padding:0;background:#fff}svg{display:block}")
    return (
        f"document.head.append(Object.assign(document.createElement('style'), {{textContent: {style}}}));"
        "document.documentElement.lang = 'en';"
        f"Promise.all([400, 600].map((w) => document.fonts.load(`${{w}} 14px 'SRO Sans'`))).then((all) => all.length)",
        plotly_js.FILE.read_text(encoding="utf-8") + "\n;0",
        (HERE / "page.js").read_text(encoding="utf-8") + "\n;0",
    )
