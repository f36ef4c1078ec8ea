"""The pictures of the documentation: every screen of the demo, light, dark and on a phone. `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.browser.conftest import CHROMIUM, THROUGH, Dashboard, run_sro  # noqa: E402
from tests.browser.screens import SCREENS, settle  # noqa: E402

SIZES = {"light": (1600, 900, "light"), "dark": (1600, 900, "dark"), "phone": (390, 844, "light")}


def main() -> int:
    pictures = PROJECT / "docs" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    import shutil

    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        for arguments in (("demo", "--through", THROUGH), ("load", str(data / "demo"))):
            run_sro(data, *arguments)
        with Dashboard(data) as dashboard, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            for kind, (width, height, scheme) in SIZES.items():
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
                for name, address in SCREENS.items():
                    page = context.new_page()
                    page.goto(f"{dashboard.address}/{address}")
                    settle(page)
                    page.screenshot(path=pictures / f"{name}-{kind}.png")
                    page.close()
                context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
