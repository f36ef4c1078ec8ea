"""Any screen on letter paper: as wide as the paper, nothing cut off, every figure with its words."""

from __future__ import annotations

import io
import unicodedata

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.screens import SCREENS, settle, until

PAPER = 7.5 * 96  # pixels between the margins of letter paper
CLIPPED = """
() => [...document.querySelectorAll('[data-testid="stMain"] :is(.main-svg, .sro-tile, h1, h2, h3, table)')]
    .filter(part => part.getBoundingClientRect().right > %d + 1).map(part => part.outerHTML.slice(0, 120))
"""


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1600, "height": 900})
    opened = context.new_page()
    yield opened
    context.close()


def laid_out_for_paper(page: Page) -> None:
    page.evaluate("window.print = () => { window.printed = true; }")
    page.keyboard.press("Control+p")
    page.wait_for_selector("html.sro-paper", state="attached", timeout=5_000)
    until(page, "window.printed")


def joined(text: str) -> str:
    """Letters alone: lines break elsewhere on paper, and type joins some of them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_fits_on_letter_paper(screen, page, dashboard):
    page.goto(f"{dashboard.address}/{SCREENS[screen]}")
    settle(page)
    page.wait_for_selector('[data-testid^="stBidiComponent"]', state="attached")
    findings = page.locator("h3.sro-finding").all_inner_texts()
    laid_out_for_paper(page)
    page.set_viewport_size({"width": int(PAPER), "height": 960})
    assert page.evaluate(CLIPPED % PAPER) == []
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {tuple(map(float, sheet.mediabox[2:])) for sheet in printed.pages} == {(612, 792)}
    text = joined("".join(sheet.extract_text() for sheet in printed.pages))
    assert [finding for finding in findings if joined(finding) not in text] == []
    assert "SYNTHETIC" in text


BROKEN = """
() => {
    const cards = [...document.querySelectorAll('[class*="st-key-card_"]:has(.js-plotly-plot)')];
    return cards.filter(card => {
        const box = card.getBoundingClientRect(), chart = card.querySelector('.svg-container').getBoundingClientRect();
        const place = card.querySelector('.sro-chart').getBoundingClientRect();
        return box.height > 960 || place.height > chart.height + 40;
    }).map(card => card.querySelector('h3').innerText);
}
"""


def test_a_card_printed_from_the_menu_fits_a_page_and_its_chart_leaves_no_hole(page, dashboard):
    page.goto(f"{dashboard.address}/incidents")
    settle(page)
    page.locator(".js-plotly-plot").first.wait_for()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.set_viewport_size({"width": int(PAPER), "height": 960})
    page.emulate_media(media="print")
    assert page.evaluate(BROKEN) == []


def test_a_table_is_printed_as_text(page, dashboard):
    page.goto(f"{dashboard.address}/impact")
    settle(page)
    page.locator("table").wait_for()
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = joined("".join(sheet.extract_text() for sheet in printed.pages))
    assert joined("Brindle Creek High School") in text and joined("Months since") in text
