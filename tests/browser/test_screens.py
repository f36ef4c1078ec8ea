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


def opened(browser: Browser, dashboard: Dashboard, screen: str, size: str = "laptop", scheme: str = "light"):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{dashboard.address}/{SCREENS.get(screen, screen)}")
    settle(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious(chromium, dashboard, screen, scheme):
    page = opened(chromium, dashboard, screen, scheme=scheme)
    found = [rule for rule in Axe().run(page).response["violations"] if rule["impact"] in SERIOUS]
    page.context.close()
    assert not found, "\n".join(
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']][:3]}" for rule in found
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_wider_than_the_screen(chromium, dashboard, screen, size):
    page = opened(chromium, dashboard, screen, size)
    main = '[data-testid="stMain"]'
    over = page.evaluate(
        f"(() => {{ const m = document.querySelector('{main}'); return m.scrollWidth - m.clientWidth; }})()"
    )
    page.context.close()
    assert over <= 1


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_asks_nothing_of_the_world_outside(chromium, dashboard, screen):
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{dashboard.address}/{SCREENS[screen]}")
    settle(page)
    page.close()
    assert [url for url in asked if not url.startswith((dashboard.address, "data:", "blob:"))] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_every_chart_has_an_alternative_text(chromium, dashboard, screen):
    page = opened(chromium, dashboard, screen)
    charts = page.locator('[data-testid="stPlotlyChart"]')
    named = [charts.nth(place).locator("[aria-label], [alt]").count() or charts.nth(place).get_attribute("aria-label")
             for place in range(charts.count())]  # fmt: skip
    page.context.close()
    assert all(named)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_monday_stands_on_one_screen(chromium, dashboard, scheme):
    page = opened(chromium, dashboard, "overview", scheme=scheme)
    blocks = [page.locator(name).bounding_box() for name in (".sro-tiles", *MONDAY)]
    _, height = SIZES["laptop"]
    page.context.close()
    assert [box for box in blocks if box is None or box["y"] < 0 or box["y"] + box["height"] > height] == []
