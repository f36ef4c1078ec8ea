"""The coordinator's day in a real Chromium: foreign files in, corrected, compared, loaded, and back again."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import run_sro
from tests.office import LOGGED, write
from tests.real.conftest import REAL

LOG = (
    "Entry No.,Date of Service,School Name,Nature of Call,Handled\n"
    "7,9/8/2025,Alder School,Fight – no inj.,school\n"
    "8,{day},Birch School,Criminal Mischief,school\n"
)
ROSTER = "nys_schools_enrollment.csv"


@pytest.fixture
def page(data_screen):
    return data_screen


def drop(page: Page, *paths) -> None:
    page.locator('input[type="file"]').set_input_files(list(map(str, paths)))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"{name}$")).click()


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(re.escape(label))).first
    box.fill(option)
    page.get_by_role("option", name=re.compile(re.escape(option))).first.click()


def see(page: Page, text: str) -> None:
    expect(page.get_by_text(text, exact=False).first).to_be_visible(timeout=60_000)


def test_a_foreign_log_is_confirmed_corrected_previewed_loaded_and_taken_back(page, office, tmp_path):
    first = write(tmp_path / "first")
    assert run_sro(office.data, "load", str(first)).returncode == 0
    log = tmp_path / "first" / "log.csv"
    (first / "incidents.csv").unlink()
    log.write_text(LOG.format(day="9/31/2025"), encoding="utf-8")
    page.reload()
    drop(page, *sorted(first.iterdir()))
    see(page, "It looks like incidents")
    see(page, "Still needed: Occurred on.")
    choose(page, "Occurred on (needed)", "Date of Service")
    page.wait_for_timeout(1500)
    page.screenshot(path=str(tmp_path / "matching.png"), full_page=True)
    page.get_by_role("button", name="Confirm and remember").click()
    press(page, "Check")
    see(page, "Nothing was changed")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("log.csv with its cells marked")).click()
    download.value.save_as(tmp_path / "marked.xlsx")
    marked = load_workbook(tmp_path / "marked.xlsx")
    assert "not a date" in marked["Data"]["B3"].comment.text
    page.screenshot(path=str(tmp_path / "refused.png"), full_page=True)

    log.write_text(LOG.format(day="9/30/2025"), encoding="utf-8")
    page.reload()
    drop(page, *sorted(first.iterdir()))
    press(page, "Check")
    see(page, "2 new, 1 removed")
    expect(page.get_by_role("button", name=re.compile("Load$"))).to_be_disabled()
    page.get_by_text("Yes, remove 1 row").click()
    page.wait_for_timeout(1000)
    page.screenshot(path=str(tmp_path / "preview.png"), full_page=True)
    press(page, "Load")
    see(page, "is served.")
    page.screenshot(path=str(tmp_path / "loaded.png"), full_page=True)
    page.get_by_role("button", name=re.compile("Return to [0-9a-f]{16}")).click()
    see(page, "is served again.")


def test_a_part_is_laid_over_what_is_served_and_takes_rows_away_only_where_that_is_agreed(page, office, tmp_path):
    first = write(tmp_path / "first")
    assert run_sro(office.data, "load", str(first)).returncode == 0
    header, lesson, *_ = LOGGED["activities.csv"].splitlines(keepends=True)
    part = tmp_path / "activities.csv"
    part.write_text(header + lesson.replace(",24", ",25") + "ACT-4,A,2025-09-30,09:00,40,classroom_lesson,20\n")
    page.reload()
    drop(page, part)
    press(page, "Check")
    see(page, "If they are a part of the data only, choose “They add to what is served”.")
    page.get_by_text("They add to what is served", exact=True).click()
    see(page, "Rows replace those with the same key; all others stay.")
    press(page, "Check")
    see(page, "1 new, 1 changed")
    expect(page.get_by_role("button", name=re.compile("Load$"))).to_be_enabled()
    page.get_by_text("Also remove what they leave out").click()
    press(page, "Check")
    see(page, "1 new, 1 changed, 1 removed")
    expect(page.get_by_role("button", name=re.compile("Load$"))).to_be_disabled()
    page.get_by_text("Yes, remove 1 row").click()
    page.wait_for_timeout(1000)
    page.screenshot(path=str(tmp_path / "added.png"), full_page=True)
    press(page, "Load")
    see(page, "is served.")


def test_a_real_roster_with_strange_headers_goes_in_by_hand_and_is_known_next_time(page, tmp_path):
    if not (REAL / ROSTER).is_file():
        pytest.skip(f"{ROSTER} is not in {REAL}; SRO_REAL can name another folder.")
    header, rest = (REAL / ROSTER).read_text(encoding="utf-8").split("\n", 1)
    theirs = tmp_path / "roster.csv"
    header = header.replace("BEDS", "BEDS Code").replace("name", "School Name")
    theirs.write_text(f"{header}\n{rest}", encoding="utf-8")
    drop(page, theirs)
    see(page, "It looks like schools")
    page.get_by_role("button", name="Confirm and remember").click()
    press(page, "Check")
    see(page, "Nothing is served yet")
    press(page, "Load")
    see(page, "is served.")
    page.reload()
    drop(page, theirs)
    see(page, "Recognized")
    press(page, "Check")
    see(page, "These files are served already")
