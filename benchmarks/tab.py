"""A tab of a real Chromium, and how long it takes from a click until every chart of the view has been painted anew."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

WATCHED = Path(__file__).with_name("watched.js").read_text(encoding="utf-8")
QUIET, STILL = 600, 2500  # milliseconds without a change after which a view is ready; where a chart stayed as it was
PATIENCE = 60.0


class Tab:
    """One page, watched from its first moment on; times are milliseconds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(WATCHED)
        page.set_default_timeout(PATIENCE * 1000)

    def first(self, address: str, charts: int | None = None, sign: str = "") -> float:
        """From the navigation to the last chart; with no chart, to the last change once `sign` is on the page."""
        self.page.goto(address, wait_until="commit")
        return self._settled(charts, sign)

    def after(self, click: Callable[[Page], object], charts: int | None = None, sign: str = "") -> float:
        """From the mouse button going down until the last of the charts is repainted. One click only is timed."""
        self.page.evaluate("watched.arm()")
        click(self.page)
        return self._settled(charts, sign, clicked=True)

    def _settled(self, charts: int | None, sign: str, clicked: bool = False) -> float:
        deadline, state = time.monotonic() + PATIENCE, None
        while time.monotonic() < deadline:
            self.page.wait_for_timeout(100)
            try:
                state = self.page.evaluate("window.watched && watched.state()")
            except Exception:  # between two documents
                continue
            if not state or not state["idle"] or (clicked and not state["started"]):
                continue
            if sign and not self.page.locator(sign).count():
                continue
            end = state["painted"] if state["charts"] else state["last"]
            quiet = state["now"] - end
            enough = charts is None or state["charts"] >= charts
            all_new = state["repainted"] == state["charts"]
            if end > state["started"] and enough and (quiet > QUIET if all_new else quiet > STILL):
                return end - state["started"]
        raise TimeoutError(f"{self.page.url} did not settle: {state}")


@contextmanager
def tab(browser: Browser) -> Iterator[Tab]:
    """A tab that has never seen anything: no cache, no cookie."""
    context = browser.new_context(viewport={"width": 1600, "height": 1000})
    try:
        yield Tab(context.new_page())
    finally:
        context.close()
