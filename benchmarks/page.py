"""Where the time of a filter change on Engagement goes in the page, asked before, beside the floor.

python -m benchmarks.page [--data FOLDER] [--repeats 3]

Chromium's own sampling profile of the page's main thread, in milliseconds. What a script lets the browser do at once
(ask where something stands, set an attribute) counts to the script.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.county import HELP, county
from benchmarks.results import AGAIN, keep
from benchmarks.scenes import CHARTED, YEARS, button, charts_of, our_change, year_chosen
from benchmarks.servers import floor_page, static
from benchmarks.tab import Tab, tab
from benchmarks.timing import spreads
from tests.browser.conftest import launch
from tests.serving import Dashboard

EVERY = 200  # microseconds between two samples
SCRIPT, CHROMIUM, REST = "the card's or the floor's script", "layout, style and paint", "(idle)"
PARTS = ("plotly.js", "Streamlit's page", SCRIPT, CHROMIUM, "garbage collection")


def part_of(frame: dict[str, Any]) -> str:
    """Whose a frame of the profile is; nobody's, when it is the browser's own and some script called it."""
    name, address = frame["functionName"], frame["url"]
    if name == "(garbage collector)":
        return "garbage collection"
    if name in (REST, "(program)", "(root)"):
        return REST if name == REST else CHROMIUM
    if "plotly" in address:
        return "plotly.js"
    if "/static/" in address:
        return "Streamlit's page"
    return SCRIPT if address else ""


def parts(profile: dict[str, Any]) -> dict[str, float]:
    """Milliseconds of each part of a profile."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    parents = {child: node["id"] for node in profile["nodes"] for child in node.get("children", ())}
    owners: dict[int, str] = {}

    def owner(at: int) -> str:
        if at not in owners:
            owners[at] = part_of(nodes[at]["callFrame"]) or owner(parents[at])
        return owners[at]

    took: dict[str, float] = defaultdict(float)
    for at, microseconds in zip(profile["samples"], profile["timeDeltas"], strict=True):
        took[owner(at)] += microseconds / 1000
    return {part: took[part] for part in PARTS}


def sampled(one: Tab, click: Callable[[Page], object]) -> dict[str, float]:
    chromium = one.page.context.new_cdp_session(one.page)
    chromium.send("Profiler.enable")
    chromium.send("Profiler.setSamplingInterval", {"interval": EVERY})
    chromium.send("Profiler.start")
    one.after(click, CHARTED)
    found = parts(chromium.send("Profiler.stop")["profile"])
    chromium.detach()
    return found


def profiles(browser: Browser, data: Path, folder: Path, repeats: int) -> dict[str, dict[str, dict[str, float]]]:
    """Ours and the floor → part → milliseconds."""
    took: dict[str, list[dict[str, float]]] = {AGAIN: [], "floor": []}
    with ExitStack() as stack:
        dashboard = stack.enter_context(Dashboard(data))
        ours, bare = (stack.enter_context(tab(browser)) for _ in took)
        ours.first(f"{dashboard.address}/engagement", CHARTED)
        views = {"First": ("engagement", charts_of(ours.page))}
        for year in YEARS:
            our_change(ours, year)
            views[year] = ("engagement", charts_of(ours.page))
        floor_page(folder / "page.html", views)
        bare.first(f"{stack.enter_context(static(folder)).address}/page.html", CHARTED)
        for year in YEARS:
            bare.after(button(year), CHARTED)
        for _ in range(repeats):
            for year in YEARS:
                ours.page.get_by_label("Period").first.click()
                took[AGAIN].append(sampled(ours, year_chosen(year)))
                took["floor"].append(sampled(bare, button(year)))
    return {way: spreads(taken) for way, taken in took.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help=HELP)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with county(options.data) as data, TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        found = profiles(browser, data, Path(folder), options.repeats)
        browser.close()
    for way, of_it in found.items():
        print(f"{way}: " + ", ".join(f"{part} {took['median']:.0f} ms" for part, took in of_it.items()))
    keep("page", found)


if __name__ == "__main__":
    main()
