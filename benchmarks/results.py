"""What was measured is kept in results.json, and told in RESULTS.md.

python -m benchmarks.results: the page anew from what is kept
"""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
KEPT, PAGE, PLOT = HERE / "results.json", HERE / "RESULTS.md", HERE / "growth.svg"
WHOLE = "load with calendar, enrollment and shifts"
FIRST, AHEAD, AGAIN = "ours, first asked", "ours, worked out ahead", "ours, asked before"
Found = Mapping[str, Any]


def measured() -> dict[str, Any]:
    """Everything that is kept, by the benchmark that measured it; nothing before the first."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def named(name: str, at: str) -> str:
    """What a benchmark is kept as that looked at a place other than the usual county."""
    return name if at == "county" else f"{name} at a {at}"


def keep(name: str, found: Any, **more: Any) -> None:
    """Keeps what a benchmark found, with when and on what, and `more` that says on what."""
    where = {
        "date": date.today().isoformat(),
        "cores": os.cpu_count(),
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in ("streamlit", "duckdb", "plotly", "pandas")},
    }
    everything = measured() | {name: {**where, **more, "found": found}}
    KEPT.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")


# The page ------------------------------------------------------------------------------------------------------------


def page(kept: Found) -> str:
    """RESULTS.md. A benchmark that has not been run says nothing."""
    told = {
        "scenes": lambda found: scenes(found, "county"),
        "scenes at a state": lambda found: scenes(found, "state"),
        "screens": lambda found: screens(found, "county"),
        "screens at a state": lambda found: screens(found, "state"),
        "change": lambda found: change(found, "county"),
        "change at a state": lambda found: change(found, "state"),
        "page": in_page,
        "growth": growth,
    }
    parts = [HEAD, aims(kept), *(tell(kept[name]["found"]) for name, tell in told.items() if name in kept)]
    return "\n\n".join([*parts, TRIED, where(kept)]) + "\n"


HEAD = """# How fast it is, beside others

Made by `make bench` (`python -m benchmarks.results` writes this page from `results.json`). Read the ratios:
absolute times are the machine's own. All that stands in one table ran in turn in one process: ours, each peer, the
floor, ours again. Times are medians, with the two quartiles in brackets. A time in the browser runs from
the navigation or the mouse button going down to the frame in which the last chart of the view was painted.

* **Floor**: a static page with plotly.js that draws the very charts of our page; *plain charts*: those of the peers.
* **Peers** (`benchmarks/peers`): as many charts over the same DuckDB file, drawn by plotly.express, as their
  documentation would write them and on the servers that they bring. They check no role, hide no small count, judge no
  series and write no sentence.
* **County** is the demo, with 12 charts of ours on Engagement and 10 of each peer; **state** is generated as under
  Growth, with 10 of each. The two ran one after the other, so that their ratio is less sure than those of one table.
* **First asked** is a question that this process was never asked. A school year beside the one shown has been
  **worked out ahead** where the server had a few seconds of rest (here 6). **Asked before** is answered from memory, by
  whomever it was asked. Peers ask anew each time."""


TRIED = """\
## What was tried

Processor time of a filter change on Engagement in one process, the version before and the one after in turn, 6 changes
first asked and 2 asked before of each (median), on a machine that had other work to do:

| Tried | First asked, s | Asked before, s | Kept |
| :-- | --: | --: | :-- |
| Before | 1.21 | 0.15 | |
| Totals once, cells as one frame, tiles once, imports frozen | 0.89 | 0.08 | yes |
| No garbage collection at all instead of frozen imports (one run) | no clear gain | no clear gain | no |
| One cursor for all queries of a screen | 2.5 for 3.4 ms a query | | no, it holds old vintages open |

The same later, in processes of their own in turn, each from a process's first change on (4 changes of 2 runs, medians):

| Tried | First asked, s | Kept |
| :-- | --: | :-- |
| Before | 1.56–1.75 | |
| Sums kept by school and month, no frame behind a total | 1.07 (one run) | yes |
| Figures from rows: tables, ranges, axes, series, findings | 0.73–0.85 | yes |
| Frames with texts as objects instead of pandas' `str` | 0.10 for 0.23 ms an `isin`, 0.9 for 0.7 ms to make one | yes |
| A frame as one block of objects, its number columns cast | 6.8 for 1.5 ms to make one | no |

In the browser, a change of Engagement that was asked before (12 charts, on a machine that had other work to do;
milliseconds of the page's main thread, by Chromium's own profile and trace, medians of 6 changes or single runs):

| Tried | Before | After | Kept |
| :-- | --: | --: | :-- |
| An element of our own that is changed in place: plotly.js | 1,816 | 562 | yes |
| Charts drawn in slices of 150 ms instead of one by one: layout and paint | 1,059 | 841 | yes |
| No three popovers at each card: scripts of the page | 335 | 165 | yes |
| One element a card instead of a chart between six others: all of the main thread | 1,203 | 738 | yes |

The same later, on a quiet machine; milliseconds from the click to the last chart, two changes each:

| Tried | Before | After | Kept |
| :-- | --: | --: | :-- |
| Where waiting charts stand asked once a slice, not after each chart (profiled) | 738, 879 | 671, 747 | yes |
| No fading of what is being replaced (six changes, medians) | 573 | 556 | no, it says what is old |

And of the page's main thread, milliseconds of layout, style and paint by Chromium's profile, medians of six changes:

| Tried | Before | After | Kept |
| :-- | --: | --: | :-- |
| Cards equally tall by their place instead of by `:has()` | 502 | 410, 413, 497 | no, nor were changes seen sooner |
| `content-visibility: auto` for charts | 502 | 431 | no, a picture of a whole page might lack some |

At a state, seconds until Overview stood, which asks most:

| Tried | Before | After | Kept |
| :-- | --: | --: | :-- |
| The cells of each school told apart once, not for every school anew | not within 480 | not within 90 | yes |
| Schools beyond 400 simulated less each, as many years in all | not within 90 | 44 | yes |

At a state again, seconds of the server until a screen stood that nobody had asked for:

| Tried | Engagement | Coverage | Kept |
| :-- | --: | --: | :-- |
| Before | 4.7 | 16.0 | |
| The program's sums by month and day in the vintage; runs of days by month instead of from days | – | 7.8 | yes |
| Columns named once for all rows, schools listed once, names counted once | 1.5 | 2.1 | yes |
| One index for all columns of a frame: 1.18 for 0.69 ms to make one | | | yes |

And of a load of ten million, seconds: `raw` compressed in memory, reading 6.6 for 5.0; a vintage in DuckDB's newest
format or without compression, writing 11.5 or 11.4 for 11.4. Neither is kept.

A full collection took 0.14 to 0.53 s where it fell into a change, at most 0.10 s since. In this comparison the imports
were frozen after the first screen; the server freezes them before it."""


def aims(kept: Found) -> str:
    """Each aim, the ratio, and whether it is met; "not measured" where its benchmark has not been run."""
    times, at_state = medians(kept, "scenes"), medians(kept, "scenes at a state")
    ways = [("filter change", way) for way in (FIRST, AHEAD, AGAIN)]
    rows = []
    for _, way in ways:
        ours, dash, floor = (times.get(("filter change", name)) for name in (way, "Dash", "floor"))
        rows.append(aim(f"Filter change ({way}) at most Dash's", ratio(ours, dash), 1))
        rows.append(aim(f"Filter change ({way}) under twice the floor", ratio(ours, floor), 2))
    ours, empty, floor = (times.get(("first paint", name)) for name in ("ours", "empty Streamlit", "floor"))
    least = empty + floor if empty and floor else None
    rows.append(aim("First paint within 1.3 of empty Streamlit and floor together", ratio(ours, least), 1.3))
    sizes = found(kept, "growth", [])
    county = next((one for one in sizes if one["rows"] == 100_000), None)
    state = next((one for one in sizes if one["rows"] >= 50_000_000), None)
    asked = [one and one["screens"]["engagement"]["median"] for one in (state, county)]
    rows.append(aim("State within 1.3 of county: Engagement, first asked, without a browser", ratio(*asked), 1.3))
    for scene, name in (*ways, ("first paint", "ours"), ("screen change", "ours"), ("drill", "ours")):
        times_as_long = ratio(at_state.get((scene, name)), times.get((scene, name)))
        rows.append(aim(f"State within 1.3 of county: {scene} ({name})", times_as_long, 1.3))
    for one in sizes:
        title = f"Check and load of {one['rows']:,} activities under 3 bare `read_csv`"
        rows.append(aim(title, one["load"] / one["read_csv"], 3))
    rows.append(aim("Memory of a session under 5 MB", found(kept, "memory", {}).get("each"), 5, " MB"))
    return "## Aims\n\n" + table(["Aim", "Measured", "Bound", "Met"], rows)


def medians(kept: Found, name: str) -> dict[tuple[str, str], float]:
    """Scene and who ran → milliseconds."""
    scenes = found(kept, name, {})
    return {(scene, who): one["median"] for scene, times in scenes.items() for who, one in times.items()}


def found(kept: Found, name: str, without: Any) -> Any:
    return kept[name]["found"] if name in kept else without


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one and other else None


def aim(title: str, measured: float | None, bound: float, unit: str = "×") -> list[str]:
    if measured is None:
        return [title, "not measured", f"{bound:g}{unit}", "–"]
    return [title, f"{measured:.2f}{unit}", f"{bound:g}{unit}", "yes" if measured <= bound else "**no**"]


def scenes(timed: Found, where: str) -> str:
    """Each scene: all that ran in turn, and how many times the floor each took."""
    told = [f"## Scenes: Engagement, at a {where}"]
    for scene, times in timed.items():
        floor = times["floor"]["median"]
        rows = [[name, f"{one['median'] / floor:.2f}", ms(one), str(one["runs"])] for name, one in times.items()]
        told.append(f"**{scene.capitalize()}**\n\n" + table(["", "× floor", "ms", "Runs"], rows))
    return "\n\n".join(told)


def screens(timed: Found, where: str) -> str:
    """Every screen beside the floor with the same charts; a screen without charts has no floor."""
    rows = []
    for screen, one in timed.items():
        row = [screen, str(one["charts"])]
        for scene in ("first paint", "screen change"):
            floor = one.get(f"{scene}, floor")
            row += [f"{one[scene]['median'] / floor['median']:.1f}" if floor else "–", ms(one[scene])]
        rows.append(row)
    head = ["Screen", "Charts", "First paint, × floor", "ms", "Screen change, × floor", "ms"]
    return f"## Every screen of ours, at a {where}\n\n" + table(head, rows)


def change(ways: Found, where: str) -> str:
    """Where a filter change goes on our side."""
    return (
        f"## Where a filter change on Engagement goes, on our side, at a {where}\n\nProcessor time of the thread that "
        "draws the screen, in milliseconds, without a browser; each part without the others that it calls.\n\n"
        + parts(ways)
    )


def in_page(ways: Found) -> str:
    """Where a filter change goes in the browser."""
    return (
        "## Where it goes in the browser\n\nThe page's main thread by Chromium's own profile, in milliseconds, until "
        "all is still; what a script lets the browser do at once counts to the script. A profile makes all of it "
        "slower.\n\n" + parts(ways)
    )


def parts(ways: Found) -> str:
    """Part × way of asking."""
    rows = [[part, *(ms(times[part]) for times in ways.values())] for part in next(iter(ways.values()))]
    return table(["Part", *(way.capitalize() for way in ways)], rows)


def growth(sizes: Sequence[Found]) -> str:
    """Load, its parts and screens by size."""
    steps = ("reading and checking", "model", "rollup", "decision", "files kept")
    head = ["", *(f"{one['rows']:,}" for one in sizes)]
    rows = [["schools", *(f"{one['schools']:,}" for one in sizes)]]
    rows += [[f"{name}, s", *(f"{one[name]:.2f}" for one in sizes)] for name in ("read_csv", "load", *steps)]
    rows += [["load, × read_csv", *(f"{one['load'] / one['read_csv']:.1f}" for one in sizes)]]
    rows += [[f"{WHOLE}, s", *(f"{one[WHOLE]:.2f}" if WHOLE in one else "–" for one in sizes)]]
    rows += [["processes that ran or waited", *(f"{one['busy']:.1f}" if "busy" in one else "–" for one in sizes)]]
    rows += [
        [
            f"{screen}, ms",
            *(asked_in(one["screens"][screen]) if screen in one["screens"] else "–" for one in sizes),
        ]
        for screen in asked_of(sizes)
    ]
    return (
        "## Growth\n\nGenerated activities over five school years, and a twentieth as many incidents; ten schools to "
        "a district. Load is everything from the files to the published vintage, the bare `read_csv` those files. "
        "A screen is all that a server does for it (questions, figures, what changed), of a vintage that nobody asked "
        "before and that holds calendar, enrollment and shifts as well. What is larger than a state is only loaded, "
        "once, and other work had the machine too.\n\n![Seconds of a load and of screens by rows](growth.svg)\n\n"
        + table(head, rows)
    )


def asked_in(times: Found) -> str:
    """What a screen took; questions that were ended after half a minute are said."""
    ended = times.get("too much", 0)
    return ms(times) + (f", {ended} ended" if ended else "")


def asked_of(sizes: Sequence[Found]) -> list[str]:
    """The screens that were timed, at whichever size."""
    return list(dict.fromkeys(screen for one in sizes for screen in one["screens"]))


def where(kept: Found) -> str:
    """When each benchmark ran, on what."""
    rows = [
        [name, one["date"], str(one["cores"]), ", ".join(f"{what} {which}" for what, which in one["versions"].items())]
        for name, one in kept.items()
    ]
    peers = ", ".join(f"{name} {which}" for name, which in kept.get("scenes", {}).get("peers", {}).items())
    told = f"\n\nPeers: {peers}." if peers else ""
    return f"## When, and on what\n\n{table(['Benchmark', 'Date', 'Cores', 'Versions'], rows)}{told}"


def ms(times: Found) -> str:
    return f"{times['median']:,.0f} ({times['low']:,.0f}–{times['high']:,.0f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = [":--", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


# The plot ------------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT, LEFT, TOP, LINE = 560, 420, 60, 20, 16
LINES = {"load": "#0072B2", "rollup": "#009E73", "read_csv": "#595959"}
ASKED = "#D55E00"  # a screen


def plot(sizes: Sequence[Found]) -> str:
    """Seconds by rows as SVG, both in powers of ten."""
    rows = [math.log10(one["rows"]) for one in sizes]
    lines = {name: [(row, math.log10(one[name])) for row, one in zip(rows, sizes, strict=True)] for name in LINES}
    for screen in asked_of(sizes):
        lines[screen] = [
            (row, math.log10(one["screens"][screen]["median"] / 1000))
            for row, one in zip(rows, sizes, strict=True)
            if screen in one["screens"]
        ]
    seconds = [second for line in lines.values() for _, second in line]
    low, high, most = math.floor(min(seconds)), math.ceil(max(seconds)), max(rows[-1], rows[0] + 1)

    def x(row: float) -> float:
        return LEFT + WIDTH * (row - rows[0]) / (most - rows[0])

    def y(power: float) -> float:
        return TOP + HEIGHT * (high - power) / (high - low)

    drawn = [
        f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y(power):.0f}" y2="{y(power):.0f}" stroke="#D9D9D9"/>'
        f'<text x="{LEFT - 8}" y="{y(power) + 4:.0f}" text-anchor="end">{10.0**power:g} s</text>'
        for power in range(low, high + 1)
    ]
    drawn += [
        f'<text x="{x(row):.0f}" y="{TOP + HEIGHT + 20}" text-anchor="middle">{one["rows"]:,}</text>'
        for row, one in zip(rows, sizes, strict=True)
    ]
    above = TOP - LINE  # labels of lines that end together stand one below another
    for name, line in sorted(lines.items(), key=lambda one: -one[1][-1][1]):
        points = " ".join(f"{x(row):.1f},{y(second):.1f}" for row, second in line)
        above = max(y(line[-1][1]) + 4, above + LINE)
        color, width = (LINES[name], 2.5) if name in LINES else (ASKED, 1)
        drawn.append(f'<polyline fill="none" stroke="{color}" stroke-width="{width}" points="{points}"/>')
        drawn.append(f'<text x="{LEFT + WIDTH + 8}" y="{above:.0f}" fill="{color}">{name}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 190} {TOP + HEIGHT + 50}" role="img" '
        'font-family="sans-serif" font-size="13" fill="#333"><title>Seconds by rows of activities</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(drawn)}'
        f'<text x="{LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 42}" text-anchor="middle">Activities</text></svg>\n'
    )


def main() -> None:
    kept = measured()
    if "growth" in kept:
        PLOT.write_text(plot(kept["growth"]["found"]), encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")
    print(f"{PAGE} is written.")


if __name__ == "__main__":
    main()
