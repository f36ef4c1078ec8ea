"""What people see: every screen in a real Chromium, light and dark, on a phone and on a wall."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.screens import SCREENS, settle
from tests.serving import Dashboard

SIZES = {"phone": (390, 844), "laptop": (1600, 900), "wall": (2560, 1440)}
MONDAY = (".st-key-card_changes", ".st-key-card_gaps", ".st-key-card_due")
SERIOUS = ("serious", "critical")


IN_LIGHT = [(screen, "light") for screen in SCREENS]


def seen_as(looks):
    """Screens on a laptop, light or dark; what several tests look at is opened once."""
    return pytest.mark.parametrize("seen", looks, ids="-".join, indirect=True)


@pytest.fixture(scope="module")
def seen(request, chromium: Browser, dashboard: Dashboard):
    """A screen in its scheme, drawn, and every address that it asked."""
    screen, scheme = request.param
    width, height = SIZES["laptop"]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{dashboard.address}/{SCREENS[screen]}")
    settle(page)
    yield page, asked
    context.close()


@seen_as([(screen, scheme) for screen in SCREENS for scheme in ("light", "dark")])
def test_axe_finds_nothing_serious(seen):
    page, _ = seen
    found = [rule for rule in Axe().run(page).response["violations"] if rule["impact"] in SERIOUS]
    assert not found, "\n".join(
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']][:3]}" for rule in found
    )


OVER = """(() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return innerWidth === %d ? main.scrollWidth - main.clientWidth : -1;
})()"""


@seen_as(IN_LIGHT)
@pytest.mark.parametrize("size", ["wall", "phone", "laptop"])
def test_nothing_is_wider_than_the_screen(seen, size):
    """Opened once, and made wider and narrower, as a phone is turned: opening is most of what these tests take."""
    page, _ = seen
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(100)  # until charts have noticed
    settle(page)
    assert page.evaluate(OVER % width) in (0, 1)


@seen_as(IN_LIGHT)
def test_a_screen_asks_nothing_of_the_world_outside(seen, dashboard):
    _, asked = seen
    assert asked
    assert [url for url in asked if not url.startswith((dashboard.address, "data:", "blob:"))] == []


@seen_as(IN_LIGHT)
def test_every_chart_has_an_alternative_text(seen):
    page, _ = seen
    charts = page.locator(".sro-chart")
    named = [charts.nth(place).locator("[aria-label], [alt]").count() or charts.nth(place).get_attribute("aria-label")
             for place in range(charts.count())]  # fmt: skip
    assert all(named)


@seen_as([("overview", "light"), ("overview", "dark")])
def test_the_page_of_a_monday_stands_on_one_screen(seen):
    page, _ = seen
    blocks = [page.locator(name).bounding_box() for name in (".sro-tiles", *MONDAY)]
    _, height = SIZES["laptop"]
    assert [box for box in blocks if box is None or box["y"] < 0 or box["y"] + box["height"] > height] == []
