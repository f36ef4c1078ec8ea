"""A real Chromium against the real dashboard on the demo county."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from sro.settings import PROJECT
from tests.once import once
from tests.serving import Dashboard

THROUGH = "2026-10-21"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def run_sro(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sro", *arguments],
        cwd=PROJECT,
        env={**os.environ, "SRO_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "served-demo", _demo)


def _demo(data: Path) -> None:
    for arguments in (("demo", "--through", THROUGH), ("load", str(data / "demo"))):
        done = run_sro(data, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def dashboard(demo_data: Path) -> Iterator[Dashboard]:
    with Dashboard(demo_data) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, alone with this machine."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert path, "Chromium is needed: sh tools/chromium.sh"
    return playwright.chromium.launch(
        executable_path=path,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Dashboard]:
    """An office of its own that has loaded nothing, and its dashboard."""
    (tmp_path / "home").mkdir()
    with Dashboard(tmp_path / "home") as running:
        yield running


@pytest.fixture
def data_screen(chromium: Browser, office: Dashboard) -> Iterator[Page]:
    """The screen on which that office brings its files."""
    context = chromium.new_context(viewport={"width": 1600, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.goto(f"{office.address}/data")
    expect(opened.get_by_role("heading", name="Data", exact=True)).to_be_visible(timeout=30_000)
    yield opened
    context.close()
