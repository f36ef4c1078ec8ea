"""The pictures of the documentation, docs/screens.md: every screen of the demo, light, dark and on a phone."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.browser.conftest import THROUGH, launch, run_sro  # noqa: E402
from tests.browser.screens import SCREENS, settle  # noqa: E402
from tests.serving import Dashboard  # noqa: E402

HEAD = """# The screens

Every screen on the synthetic county: on a laptop in light and dark, and on a phone. `make pictures` draws them anew.
Reports, decks and figures: [publishing.md](publishing.md).
"""
SECTION = """
## {title}

| light | dark | phone |
|---|---|---|
| ![{title}, light](pictures/{name}-light.png) | ![{title}, dark](pictures/{name}-dark.png) | \
![{title}, on a phone](pictures/{name}-phone.png) |
"""
SIZES = {"light": (1600, 900), "dark": (1600, 900), "phone": (390, 844)}


def main() -> int:
    pictures = PROJECT / "docs" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    titles: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder)
        for arguments in (("demo", "--through", THROUGH), ("load", str(data / "demo"))):
            run_sro(data, *arguments)
        with Dashboard(data) as dashboard:
            browser = launch(playwright)
            for kind, (width, height) in SIZES.items():
                scheme = "dark" if kind == "dark" else "light"
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for name, address in SCREENS.items():
                    page.goto(f"{dashboard.address}/{address}")
                    settle(page)
                    titles[name] = page.locator("h1").first.inner_text()
                    page.screenshot(path=pictures / f"{name}-{kind}.png")
                context.close()
    sections = (SECTION.format(title=title, name=name) for name, title in titles.items())
    (PROJECT / "docs" / "screens.md").write_text(HEAD + "".join(sections), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
