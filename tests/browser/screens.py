"""The screens of the dashboard, and how to wait until one has been drawn."""

from __future__ import annotations

import time

from playwright.sync_api import Page

SCREENS = {
    "overview": "",
    "engagement": "engagement",
    "incidents": "incidents",
    "coverage": "coverage",
    "readiness": "readiness",
    "accountability": "accountability",
    "fairness": "fairness",
    "perception": "perception",
    "grants": "grants",
    "district": "district?districts=990201000000",
    "school": "school?schools=990401060001",
    "impact": "impact",
    "claims": "claims",
    "quality": "quality",
    "reports": "reports",
    "data": "data",
    "definitions": "definitions",
}
DRAWN = """
() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const cards = [...document.querySelectorAll('.stElementContainer[class*="st-key-card_"]')];
    return app?.getAttribute('data-test-script-state') === 'notRunning'
        && document.querySelector('.sro-end') !== null
        && cards.every(card => card.querySelector('.sro-chart[aria-busy="false"]'));
}
"""


def settle(page: Page) -> None:
    """Wait until the script has ended and every chart is drawn."""
    page.wait_for_selector('[data-testid="stApp"]')
    until(page, DRAWN, 60)
    page.wait_for_timeout(300)


def until(page: Page, condition: str, seconds: float = 30) -> None:
    """Wait for an expression to hold, asked from outside: a page that forbids eval lets no waiting script in."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, f"Not within {seconds} s: {condition}"
        page.wait_for_timeout(50)
