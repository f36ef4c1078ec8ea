"""The board screen as a presenter uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screens import until

SLIDE = ".stage img"
TITLE = "img => img.alt"


@pytest.fixture
def board(chromium, dashboard):
    context = chromium.new_context(viewport={"width": 1600, "height": 900})
    page = context.new_page()
    page.goto(f"{dashboard.address}/board?preset=board&period=2025-26")
    until(page, "document.querySelector('[data-testid^=stBidi]') !== null")
    page.locator(SLIDE).wait_for()
    yield page
    context.close()


def turned(page, key: str, slide: int) -> str:
    page.keyboard.press(key)
    expect(page).to_have_url(re.compile(rf"slide={slide}\b"))
    expect(page.locator(".stage output")).to_have_text(re.compile(rf"^{slide} / "))
    return page.locator(SLIDE).evaluate(TITLE)


def test_a_slide_fills_the_screen_and_nothing_else_is_on_it(board):
    box = board.locator(SLIDE).bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1600, 900)
    size = board.locator(SLIDE).evaluate("img => [img.naturalWidth, img.naturalHeight]")
    assert size == [1600, 900]
    assert not board.locator('[data-testid="stHeader"]').is_visible()


def test_keys_turn_the_slides_and_the_address_follows(board):
    first = board.locator(SLIDE).evaluate(TITLE)
    second = turned(board, "ArrowRight", 2)
    third = turned(board, " ", 3)
    assert len({first, second, third}) == 3
    assert turned(board, "ArrowLeft", 2) == second
    last = int(board.locator(".stage output").inner_text().split(" / ")[1])
    turned(board, "End", last)
    assert turned(board, "Home", 1) == first


def test_the_address_of_a_slide_opens_that_slide(board, chromium):
    title = turned(board, "ArrowRight", 2)
    other = chromium.new_page()
    other.goto(board.url)
    other.locator(SLIDE).wait_for()
    assert other.locator(SLIDE).evaluate(TITLE) == title
    other.close()


def test_f_fills_the_whole_screen_and_escape_goes_back_to_the_reports(board):
    board.keyboard.press("f")
    until(board, "document.fullscreenElement !== null")
    board.keyboard.press("f")
    until(board, "document.fullscreenElement === null")
    board.keyboard.press("Escape")
    expect(board).to_have_url(re.compile(r"/reports\?period=2025-26"))
