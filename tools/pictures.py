"""The pictures of the documentation: every screen of the demo, light, dark and on a phone. `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.browser.conftest import THROUGH, Dashboard, launch, run_sro  # noqa: E402
from tests.browser.screens import SCREENS, settle  # noqa: E402

SIZES = {"light": (1600, 900), "dark": (1600, 900), "phone": (390, 844)}


def main() -> int:
    pictures = PROJECT / "docs" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
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
                    page.screenshot(path=pictures / f"{name}-{kind}.png")
                context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
