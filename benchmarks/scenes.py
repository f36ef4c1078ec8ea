"""First paint, filter change, screen change and drill in a real Chromium, beside peers and the floor.

python -m benchmarks.scenes [--at state] [--data FOLDER] [--lives 4] [--repeats 7] [--scenes drill …] [--screens …]

A time runs from the navigation, or from the mouse button going down, to the frame in which the last chart of the view
was painted. All run in turn: ours, each peer, the floor, ours … The floor is plotly.js alone with the very same charts.
Ours answers a question from memory once it was asked, so a filter change is timed in three ways: first asked, worked
out ahead by the server at rest, and asked before. A state is made by benchmarks.growth, unless a folder is given.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks import growth
from benchmarks.county import HELP, county
from benchmarks.results import AGAIN, AHEAD, FIRST, keep, measured, named
from benchmarks.servers import CHARTS, floor_page, peer, static, versions
from benchmarks.tab import Tab, tab
from benchmarks.timing import interleaved, spread
from tests.browser.conftest import launch
from tests.browser.screens import SCREENS
from tests.serving import Dashboard

PEERS = ("Dash", "Panel", "Vizro", "plain Streamlit")
CHARTED = 10  # charts of Engagement, ours at least and the peers'
COVERED = 9  # charts of Coverage
YEARS = ("2025-26", "2023-24")  # far enough apart that neither is what the other is compared with
LIGHT = "2026-27"  # opened first: a year that has just begun, and asks little of the two
WARMING = 2  # changes before the timed ones, as the other ways have
REST = 6000  # milliseconds in which the server works out what stands beside
SECTION = "The program"
TITLES = {"readiness": "Training and readiness", "accountability": "Response and accountability",
          "grants": "Grants and money", "claims": "Can I say this?", "quality": "Data quality"}  # fmt: skip
Scene = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Place:
    """What is looked at: the charts there are at least, school years, the address of each screen that has data."""

    charted: int
    covered: int
    light: str  # a year that asks little
    beside: tuple[str, ...]  # each beside the one before
    screens: Mapping[str, str]
    data: Callable[[Path | None], AbstractContextManager[Path]]


PLACES = {
    "county": Place(CHARTED, COVERED, LIGHT, ("2026-27", "2025-26", "2024-25", "2023-24", "2022-23"), SCREENS, county),
    "state": Place(
        10, 5, "2021-22", ("2025-26", "2024-25", "2023-24", "2022-23", "2021-22"),
        {name: address for name, address in growth.ADDRESSES.items() if name != "board"}, growth.state,
    ),
}  # fmt: skip


def title(screen: str) -> str:
    return TITLES.get(screen, screen.capitalize())


def year_chosen(year: str) -> Callable[[Page], None]:
    """The click on a school year in our list, which is open already."""
    name = f"School year {year.replace('-', '–')}"
    return lambda page: page.get_by_role("option", name=name, exact=True).click()


def button(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_text(name, exact=True).first.click()


def link(page: Page, screen: str) -> Locator:
    """A screen in the navigation: a link of its own, or an entry of a menu."""
    named = page.get_by_role("link", name=title(screen), exact=True)
    return named.or_(page.get_by_role("menuitem", name=title(screen), exact=True)).first


def our_change(ours: Tab, year: str, charts: int = CHARTED) -> float:
    ours.page.get_by_label("Period").first.click()
    return ours.after(year_chosen(year), charts)


def our_way(ours: Tab, screen: str, charts: int) -> float:
    """The click on a screen in the navigation; some stand in a menu, which is opened first."""
    there = link(ours.page, screen)
    if not there.count() or not there.is_visible():
        ours.page.get_by_text(SECTION, exact=True).first.click()
        there.wait_for()
    return ours.after(lambda page: link(page, screen).click(), charts, sign=".sro-end")


def charts_of(page: Page) -> list[Any]:
    return json.loads(page.evaluate(CHARTS))


def charted(place: Place, name: str) -> int:
    """How many charts Engagement has there; the floor shows ours."""
    return place.charted if name in ("ours", "floor") else CHARTED


# Scenes --------------------------------------------------------------------------------------------------------------


def changes(browser: Browser, data: Path, place: Place, peers: dict[str, str], floor: str, lives: int) -> Scene:
    """Filter changes on Engagement. Each life is a new process of ours, which no question was asked of before."""
    took: dict[str, list[float]] = {}
    with ExitStack() as stack:
        tabs = {name: stack.enter_context(tab(browser)) for name in (*peers, "floor", "floor, plain charts")}
        for name, address in peers.items():
            tabs[name].first(address, CHARTED)
        tabs["floor"].first(f"{floor}/engagement.html", place.charted)
        tabs["floor, plain charts"].first(f"{floor}/plain.html", CHARTED)
        for _ in range(lives):
            with Dashboard(data, SRO_AHEAD="yes") as dashboard, tab(browser) as ours:
                ours.first(f"{dashboard.address}/engagement?period={place.beside[0]}", place.charted)
                for number, year in enumerate(place.beside[1:]):
                    ours.page.wait_for_timeout(REST)
                    one = our_change(ours, year, place.charted)
                    if number >= WARMING:
                        took.setdefault(AHEAD, []).append(one)
            with Dashboard(data) as dashboard, tab(browser) as ours:
                ours.first(f"{dashboard.address}/engagement", place.charted)
                our_change(ours, place.light, place.charted)
                for way in (FIRST, AGAIN):
                    for year in YEARS:
                        runs = {way: lambda year=year: our_change(ours, year, place.charted)} | {
                            name: lambda one=one, name=name, year=year: one.after(button(year), charted(place, name))
                            for name, one in tabs.items()
                        }
                        for name, times in interleaved(runs, 1).items():
                            took.setdefault(name, []).extend(times)
    return {name: spread(times) for name, times in took.items()}


def first_paints(
    browser: Browser, ours: str, place: Place, peers: dict[str, str], empty: str, floor: str, repeats: int
) -> Scene:
    """Engagement by somebody who comes for the first time; the servers have been asked before."""

    def opened(address: str, charts: int | None, sign: str = "") -> Callable[[], float]:
        def run() -> float:
            with tab(browser) as one:
                return one.first(address, charts, sign)

        return run

    runs = {
        "ours": opened(f"{ours}/engagement", place.charted, ".sro-end"),
        **{name: opened(address, CHARTED) for name, address in peers.items()},
        "empty Streamlit": opened(empty, None, "text=Empty"),
        "floor": opened(f"{floor}/engagement.html", place.charted),
        "floor, plain charts": opened(f"{floor}/plain.html", CHARTED),
    }
    for run in runs.values():
        run()
    return {name: spread(times) for name, times in interleaved(runs, repeats).items()}


def screen_changes(browser: Browser, ours: str, place: Place, peers: dict[str, str], floor: str, repeats: int) -> Scene:
    """From Engagement to Coverage and back."""
    with ExitStack() as stack:
        tabs = {name: stack.enter_context(tab(browser)) for name in ("ours", *peers, "floor", "floor, plain charts")}
        addresses = {"ours": f"{ours}/engagement", **peers, "floor": f"{floor}/two.html",
                     "floor, plain charts": f"{floor}/plain-two.html"}  # fmt: skip
        for name, one in tabs.items():
            one.first(addresses[name], charted(place, name))

        def there_and_back(name: str) -> Callable[[], float]:
            def run() -> float:
                if name == "ours":
                    there = our_way(tabs[name], "coverage", place.covered)
                    return (there + our_way(tabs[name], "engagement", place.charted)) / 2
                there = tabs[name].after(button("Coverage"), place.covered if name == "floor" else COVERED)
                return (there + tabs[name].after(button("Engagement"), charted(place, name))) / 2

            return run

        runs = {name: there_and_back(name) for name in tabs}
        for run in runs.values():
            run()
        return {name: spread(times) for name, times in interleaved(runs, repeats).items()}


def drills(browser: Browser, ours: str, place: Place, floor: str, folder: Path, repeats: int) -> Scene:
    """The click on a school's mark, to its page."""
    with tab(browser) as mine, tab(browser) as bare:
        mine.first(f"{ours}/engagement", place.charted)
        engagement = charts_of(mine.page)

        def ours_drilled() -> float:
            mine.first(f"{ours}/engagement", place.charted)
            card = mine.page.locator('[class*="st-key-card_"]').filter(has_text="All of these")
            mark = card.first.locator(".scatterlayer .point").first
            mark.scroll_into_view_if_needed()
            mine.page.wait_for_timeout(300)
            box = mark.bounding_box()
            assert box
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            took = mine.after(lambda page: page.mouse.click(x, y), 1, sign='h1:text-is("School")')
            return took

        ours_drilled()
        floor_page(folder / "drill.html", {"Back": ("from", engagement), "School": ("to", charts_of(mine.page))})

        def floor_drilled() -> float:
            bare.first(f"{floor}/drill.html", 1)
            return bare.after(button("School"), 1)

        took = interleaved({"ours": ours_drilled, "floor": floor_drilled}, repeats)
        return {name: spread(times) for name, times in took.items()}


def every_screen(
    browser: Browser, ours: str, place: Place, floor: str, folder: Path, screens: Sequence[str], repeats: int
) -> dict[str, Any]:
    """Each screen's first paint, and the way to it from Engagement, beside the floor with the same charts."""
    found: dict[str, Any] = {}
    for screen in screens:
        with tab(browser) as fresh, tab(browser) as mine, tab(browser) as bare:
            mine.first(f"{ours}/engagement", place.charted)
            engagement = charts_of(mine.page)
            fresh.first(f"{ours}/{place.screens[screen]}", sign=".sro-end")
            charts = charts_of(fresh.page)
            floor_page(folder / f"at-{screen}.html", {"Here": ("here", charts)})
            floor_page(folder / f"to-{screen}.html", {"Back": ("from", engagement), "There": ("to", charts)})

            def first(address: str, count: int, sign: str = "") -> float:
                with tab(browser) as one:
                    return one.first(address, count or None, sign)

            def change(screen: str = screen, count: int = len(charts), mine: Tab = mine) -> float:
                if screen == "engagement":
                    our_way(mine, "coverage", place.covered)
                    return our_way(mine, screen, count)
                took = our_way(mine, screen, count)
                our_way(mine, "engagement", place.charted)
                return took

            def bare_change(count: int = len(charts), bare: Tab = bare) -> float:
                took = bare.after(button("There"), count)
                bare.after(button("Back"), place.charted)
                return took

            runs = {"first paint": lambda: first(f"{ours}/{place.screens[screen]}", len(charts), ".sro-end"),  # noqa: B023
                    "screen change": change}  # fmt: skip
            if charts:
                bare.first(f"{floor}/to-{screen}.html", place.charted)
                runs |= {"first paint, floor": lambda: first(f"{floor}/at-{screen}.html", len(charts)),  # noqa: B023
                         "screen change, floor": bare_change}  # fmt: skip
            change()
            took = interleaved(runs, repeats)
            found[screen] = {"charts": len(charts), **{name: spread(times) for name, times in took.items()}}
            print(f"  {screen}: " + ", ".join(f"{name} {spread(times)['median']:.0f}" for name, times in took.items()))
    return found


# ---------------------------------------------------------------------------------------------------------------------


def floors(browser: Browser, ours: str, place: Place, plain: str, folder: Path) -> None:
    """The floor's pages: the charts that ours and a plain peer show, taken from their pages."""
    for name, there in (("engagement", ours), ("plain", plain)):
        views: dict[str, tuple[str, list[Any]]] = {}
        is_ours = name == "engagement"
        with tab(browser) as one:
            one.first(f"{there}/{name}" if is_ours else there, place.charted if is_ours else CHARTED)
            first = charts_of(one.page)
            views["First"] = ("engagement", first)
            for year in YEARS:
                our_change(one, year, place.charted) if is_ours else one.after(button(year), CHARTED)
                views[year] = ("engagement", charts_of(one.page))
            our_way(one, "coverage", place.covered) if is_ours else one.after(button("Coverage"), COVERED)
            both = {"Engagement": ("engagement", first), "Coverage": ("coverage", charts_of(one.page))}
        floor_page(folder / f"{name}.html", views)
        floor_page(folder / ("two.html" if is_ours else "plain-two.html"), both)


def told(scene: str, found: Scene) -> None:
    print(f"{scene}, milliseconds (median, quartiles)")
    for name, one in found.items():
        print(
            f"  {name:<22} {one['median']:>7.0f} ({one['low']:.0f}–{one['high']:.0f}; {one['runs']} runs)", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--at", choices=PLACES, default="county")
    parser.add_argument("--data", type=Path, help=HELP)
    parser.add_argument("--lives", type=int, default=4, help="processes of ours in which filters change, 2 times each")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--scenes", nargs="*", default=["filter change", "first paint", "screen change", "drill"])
    parser.add_argument("--each", type=int, default=3, help="repeats for each of all screens")
    parser.add_argument("--screens", nargs="*", help="all that have data without")
    options = parser.parse_args()
    place, name = PLACES[options.at], named("scenes", options.at)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        data = stack.enter_context(place.data(options.data))
        vintage = data / "vintages" / f"{(data / 'vintages' / 'current').read_text().strip()}.duckdb"
        browser = launch(stack.enter_context(sync_playwright()))
        stack.callback(browser.close)
        peers = {name: stack.enter_context(peer(name, vintage)).address for name in PEERS}
        empty = stack.enter_context(peer("empty Streamlit", vintage)).address
        floor = stack.enter_context(static(folder)).address
        scenes: dict[str, Scene] = {}
        with Dashboard(data) as dashboard:
            ours = dashboard.address
            floors(browser, ours, place, peers["Dash"], folder)
            runs: dict[str, Callable[[], Scene]] = {
                "filter change": lambda: changes(browser, data, place, peers, floor, options.lives),
                "first paint": lambda: first_paints(browser, ours, place, peers, empty, floor, options.repeats),
                "screen change": lambda: screen_changes(browser, ours, place, peers, floor, options.repeats),
                "drill": lambda: drills(browser, ours, place, floor, folder, options.repeats),
            }
            for scene in options.scenes:
                scenes[scene] = runs[scene]()
                told(scene, scenes[scene])
                earlier = measured().get(name, {}).get("found", {})
                keep(name, earlier | scenes, peers=versions())
            screens = list(place.screens) if options.screens is None else options.screens
            if options.each and screens:
                found = every_screen(browser, ours, place, floor, folder, screens, options.each)
                keep(named("screens", options.at), found)


if __name__ == "__main__":
    main()
