"""What people do: filter, follow, copy, drill, download."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sro.settings import PROJECT
from tests.browser.conftest import run_sro
from tests.browser.screens import settle, until
from tests.serving import Dashboard


@pytest.fixture
def page(chromium, dashboard: Dashboard):
    context = chromium.new_context(viewport={"width": 1600, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.goto(f"{dashboard.address}/coverage")
    settle(opened)
    yield opened
    context.close()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=False).first.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def test_a_copied_link_opens_the_same_view(page, chromium):
    choose(page, "Period", "School year 2024–25")
    choose(page, "Part of it", "Half 1 (Jul–Dec)")
    expect(page).to_have_url(re.compile("period=2024-25-S1"))
    settle(page)
    title = page.locator(".sro-finding").first.inner_text()
    other = chromium.new_page()
    other.goto(page.url)
    settle(other)
    assert other.locator(".sro-finding").first.inner_text() == title
    other.close()


def test_the_back_button_takes_a_filter_back(page):
    choose(page, "Period", "School year 2024–25")
    choose(page, "Period", "School year 2023–24")
    expect(page).to_have_url(re.compile("period=2023-24"))
    page.go_back()
    settle(page)
    expect(page).to_have_url(re.compile("period=2024-25"))
    expect(page.locator(".sro-sub").filter(has_text="2024–25").first).to_be_visible()


def test_the_filter_stays_from_screen_to_screen(page):
    choose(page, "Period", "School year 2023–24")
    page.get_by_role("link", name="Engagement").first.click()
    settle(page)
    expect(page).to_have_url(re.compile("engagement.*period=2023-24"))


def test_a_school_stays_from_screen_to_screen(page, dashboard):
    page.goto(f"{dashboard.address}/coverage?schools=990401060001")
    settle(page)
    page.get_by_role("link", name="Engagement").first.click()
    settle(page)
    expect(page).to_have_url(re.compile("engagement.*schools=990401060001"))


def test_a_click_on_a_school_opens_its_profile(page):
    schools = page.locator('[class*="st-key-card_"]').filter(has_text="All of these")
    mark = schools.first.locator(".scatterlayer .point").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile("/school"))
    settle(page)
    expect(page.locator("h2.sro-section").first).to_contain_text("School")


def test_another_period_changes_a_chart_in_place(page):
    card = page.locator('[class*="st-key-card_"]').first
    chart = card.locator(".js-plotly-plot")
    chart.evaluate("chart => chart.stood = true")
    before = card.locator(".sro-finding").inner_text(), chart.locator(".main-svg").first.text_content()
    choose(page, "Period", "School year 2023–24")
    settle(page)
    assert chart.evaluate("chart => chart.stood")
    assert card.locator(".sro-finding").inner_text() != before[0]
    assert chart.locator(".main-svg").first.text_content() != before[1]


LINE = "getComputedStyle(document.querySelector('[data-testid=\"stApp\"]'), '::before').opacity"


WIDTHS = "['', ' .main-svg'].map(part => document.querySelector(`.sro-chart${part}`).getBoundingClientRect().width)"


def test_a_line_runs_along_the_top_while_the_server_works(page):
    assert page.evaluate(LINE) == "0"
    page.evaluate("document.querySelector('[data-testid=\"stApp\"]').setAttribute('data-test-script-state', 'running')")
    until(page, f"{LINE} === '1'")


def test_a_chart_follows_the_width_of_its_card(page):
    before = page.evaluate(WIDTHS)
    page.set_viewport_size({"width": 700, "height": 900})
    until(page, f"{WIDTHS}[0] === {WIDTHS}[1] && {WIDTHS}[1] !== {before[1]}")


def test_a_chart_whose_plotly_js_did_not_come_leaves_words_and_data(chromium, dashboard):
    page = chromium.new_page()
    page.route("**/charts/*", lambda route: route.abort())
    page.goto(f"{dashboard.address}/coverage")
    expect(page.locator(".sro-end")).to_be_attached(timeout=60_000)
    card = page.locator('[class*="st-key-card_"]').first
    expect(card.locator(".sro-finding")).not_to_be_empty()
    expect(card.locator(".sro-chart")).to_have_text("The chart did not come. Its numbers stand behind “Data”.")
    page.close()


def test_data_definition_and_csv_are_two_clicks_away(page):
    card = page.locator('[class*="st-key-card_"]').first
    card.get_by_role("button", name="Data").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as CSV").click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("# On-site coverage")
    assert "# SYNTHETIC" in text
    page.keyboard.press("Escape")
    card.get_by_role("button", name="Definition").click()
    expect(page.get_by_text("Divided by")).to_be_visible()


def test_a_new_vintage_is_noticed_at_the_next_interaction(chromium, tmp_path):
    for arguments in (("demo", "--through", "2026-08-31"), ("load", str(tmp_path / "demo"))):
        assert run_sro(tmp_path, *arguments).returncode == 0
    with Dashboard(tmp_path) as running:
        page = chromium.new_page()
        page.goto(f"{running.address}/coverage")
        settle(page)
        expect(page.locator(".sro-band")).to_contain_text("Data through Aug 31, 2026")
        for arguments in (("demo", "--through", "2026-09-30"), ("load", str(tmp_path / "demo"))):
            assert run_sro(tmp_path, *arguments).returncode == 0
        choose(page, "Compare with", "Nothing")
        expect(page.locator(".sro-band")).to_contain_text("Data through Sep 30, 2026")
        page.close()


def test_the_demo_never_lacks_its_mark(page):
    for link in ("Overview", "Engagement", "Incidents", "School", "Definitions"):
        page.get_by_role("link", name=link).first.click()
        settle(page)
        expect(page.locator(".sro-band")).to_contain_text("SYNTHETIC")


def test_the_configuration_names_no_other_address():
    assert 'address = "127.0.0.1"' in (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
