"""How many false alarms the school watch raises, and how soon it finds a doubling: writes docs/operating-curve.md.

python -m benchmarks.operating_curve

Simulated on Poisson counts: a baseline of 36 months, then 12 months without a change (false alarms, per 40 schools) or
with the rate doubled from the first of them (found within 1 to 6 months). Beside the watch of this project stand the
four NHS rules on an XmR chart (limits over all months so far, as the R package NHSRplotthedots draws them) and the
bound: a CUSUM for rises alone that gets the whole budget and knows its best threshold for the true mean.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sro.stats import budget
from sro.stats.spc.rules import RUN

MEANS = (0.5, 1, 2, 5, 10, 20)
WITHIN = (1, 2, 3, 4, 6)
BASELINE, YEAR = 36, 12
DOCS = Path(__file__).resolve().parent.parent / "docs"
Floats = NDArray[np.float64]
Rows = dict[str, dict[float, tuple[float, tuple[float, ...]]]]


def simulate(mean: float, years: int, seed: int) -> dict[str, tuple[float, tuple[float, ...]]]:
    """Method → (false alarms a year over 40 schools, share of doublings found within each of WITHIN months)."""
    random = np.random.default_rng(seed)
    before = random.poisson(mean, (years, BASELINE)).astype(float)
    quiet = random.poisson(mean, (years, YEAR)).astype(float)
    doubled = random.poisson(2 * mean, (years, YEAR)).astype(float)
    watched = school_watch(before.sum(axis=1))
    bound = best_cusum(before.sum(axis=1), quiet)
    return {
        "watch": _curve(watched(quiet)[0], watched(doubled)[1]),
        "bound": _curve(bound(quiet), bound(doubled)),
        "nhs": _curve(nhs_rules(before, quiet)[0][:, -1:], nhs_rules(before, doubled)[1]),
    }


def _curve(false: NDArray[np.bool_], found: NDArray[np.bool_]) -> tuple[float, tuple[float, ...]]:
    alarms = budget.UNITS * float(false.any(axis=1).mean())
    sooner = np.maximum.accumulate(found, axis=1).mean(axis=0)
    return alarms, tuple(float(sooner[months - 1]) for months in WITHIN)


def school_watch(totals: Floats) -> Callable[[Floats], tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """This project's watch: any alarm, and alarms of rises, at every month."""
    kinds, place = np.unique(totals, return_inverse=True)
    exposures = np.full(len(kinds), float(BASELINE))
    limits = budget.thresholds(kinds, exposures, np.ones((len(kinds), YEAR)))

    def alarms(counts: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        rises, falls = budget.cusums(counts, np.ones_like(counts), limits.rate[place])
        high, low = rises > limits.rise[place][:, None], falls > limits.fall[place][:, None]
        return high | low, high

    return alarms


def best_cusum(totals: Floats, quiet: Floats, alarms: float = budget.ALARMS) -> Callable[[Floats], NDArray[np.bool_]]:
    """The bound: rises only, the whole budget, one threshold, the best for the mean that is simulated."""
    rate = totals / BASELINE

    def path(counts: Floats) -> Floats:
        return budget.cusums(counts, np.ones_like(counts), rate)[0]

    threshold = np.quantile(path(quiet).max(axis=1), 1 - alarms / budget.UNITS, method="higher")
    return lambda counts: path(counts) > threshold


def nhs_rules(before: Floats, after: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The four rules after each month: whether any month of the watched ones is flagged, and whether a high one is."""
    flagged, high = np.zeros(after.shape, bool), np.zeros(after.shape, bool)
    for month in range(after.shape[1]):
        series = np.concatenate([before, after[:, : month + 1]], axis=1)
        marks = _nhs_marks(series)[:, before.shape[1] :]
        flagged[:, month], high[:, month] = (marks != 0).any(axis=1), (marks > 0).any(axis=1)
    return flagged, high


def _nhs_marks(series: Floats) -> NDArray[np.int_]:
    """±1 on every point that a rule flags, for many series at once (sro.stats.spc does one at a time)."""
    ranges = np.abs(np.diff(series, axis=1))
    kept = ranges < 3.267 * ranges.mean(axis=1, keepdims=True)
    mean_range = (ranges * kept).sum(axis=1, keepdims=True) / np.maximum(kept.sum(axis=1, keepdims=True), 1)
    away = series - series.mean(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = away / (2.66 / 3 * mean_range)
    side = np.sign(away).astype(int)
    near = (np.abs(z) > 2) & (np.abs(z) <= 3)
    flagged = np.abs(z) > 3
    steps = np.sign(np.diff(series, axis=1))
    for start in range(series.shape[1] - RUN + 1):
        shift = np.abs(side[:, start : start + RUN].sum(axis=1)) == RUN
        trend = np.abs(steps[:, start : start + RUN - 1].sum(axis=1)) == RUN - 1
        flagged[:, start : start + RUN] |= (shift | trend)[:, None]
    for start in range(series.shape[1] - 2):
        three = slice(start, start + 3)
        pair = (near[:, three].sum(axis=1) >= 2) & (np.abs(side[:, three].sum(axis=1)) == 3)
        flagged[:, three] |= pair[:, None] & near[:, three]
    return np.where(flagged, side, 0)


# Report --------------------------------------------------------------------------------------------------------------

TITLES = {"watch": "School watch", "bound": "Best possible CUSUM", "nhs": "NHS rules on XmR"}
STYLES = {"watch": ("#0072B2", ""), "bound": ("#595959", "6 4"), "nhs": ("#E69F00", "2 3")}


def page(rows: Rows, years: int) -> str:
    """The documentation page: two tables and what they mean."""
    worst = max(alarms for alarms, _ in rows["watch"].values())
    lines = [
        "# How often the school watch is wrong, and how soon it is right",
        "",
        "Any rule that looks at many schools flags some by chance. The watch gives out a budget: at most one false",
        "alarm a year and metric over 40 schools. Its thresholds are simulated for each school's own baseline. This",
        f"page measures the result, on {years:,} simulated school-years for each mean.",
        "",
        "![False alarms, and doublings found within three months, by incidents a month](operating-curve.svg)",
        "",
        "## False alarms a year, over 40 quiet schools",
        "",
        _table(["Events a month", *TITLES.values()], [_alarm_row(mean, rows) for mean in MEANS]),
        "",
        f"The watch stays at {worst:.1f} or less, whatever the mean; its alarms include rises and falls. The bound",
        "looks for rises only and is tuned to one false alarm.",
        "",
        "## Share of doublings found within 1, 2, 3, 4 and 6 months",
        "",
        _table(
            ["Events a month", "Method", *(f"{months} mo." for months in WITHIN)],
            [_found_row(mean, name, rows) for mean in MEANS for name in TITLES],
        ),
        "",
        "A simulation made before this code put the bound's figures at means of 1, 2, 5 and 20 up to 0.05 lower.",
        "Counts are whole, so that a limit at a round number moves in steps and gives out 0.76 to 0.98 of the one",
        "false alarm; the bound here gives out all of it. A test finds each of those figures between a bound that",
        "gives out three quarters of it and this one.",
        "",
        "What no rule can do stands here too: at one incident a month, a doubling is found within half a year in about",
        "one school of four. The NHS rules find more only because they raise the false alarms of the first table.",
        "",
        "Made by `python -m benchmarks.operating_curve`; the same seed gives the same page.",
        "",
    ]
    return "\n".join(lines)


def _alarm_row(mean: float, rows: Rows) -> list[str]:
    return [f"{mean:g}", *(f"{rows[name][mean][0]:.1f}" for name in TITLES)]


def _found_row(mean: float, name: str, rows: Rows) -> list[str]:
    return [f"{mean:g}", TITLES[name], *(f"{share:.2f}" for share in rows[name][mean][1])]


def _table(head: list[str], body: list[list[str]]) -> str:
    rule = ["--:" if place == 0 or name not in ("Method",) else ":--" for place, name in enumerate(head)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *body])


def picture(rows: Rows) -> str:
    """Two panels as SVG: false alarms, and doublings found within three months, by mean."""
    alarms = {name: [rows[name][mean][0] for mean in MEANS] for name in TITLES}
    found = {name: [100 * rows[name][mean][1][2] for mean in MEANS] for name in TITLES}
    panels = [
        _panel(40, "False alarms a year over 40 schools", alarms, 20, 5, ""),
        _panel(460, "Doublings found within 3 months", found, 100, 25, "%"),
    ]
    legend = "".join(
        f'<line x1="{x}" y1="296" x2="{x + 28}" y2="296" {_stroke(name)}/>'
        f'<text x="{x + 36}" y="300" fill="#333">{TITLES[name]}</text>'
        for x, name in zip((200, 370, 580), TITLES, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 312" font-family="sans-serif" font-size="13" '
        'role="img"><title>False alarms and detection of the school watch by incidents a month</title>'
        f'<rect width="860" height="312" fill="#fff"/>{"".join(panels)}{legend}</svg>\n'
    )


def _stroke(name: str) -> str:
    color, dash = STYLES[name]
    return f'fill="none" stroke="{color}" stroke-width="2.5" stroke-dasharray="{dash}"'


def _panel(left: int, title: str, lines: dict[str, list[float]], top: float, step: float, unit: str) -> str:
    width, height, down = 340, 190, 50
    across = [left + place * width / (len(MEANS) - 1) for place in range(len(MEANS))]

    def level(value: float) -> float:
        return down + height * (1 - min(value, top) / top)

    ticks = np.arange(0, top + step / 2, step)
    grid = "".join(
        f'<line x1="{left}" x2="{left + width}" y1="{level(tick):.1f}" y2="{level(tick):.1f}" stroke="#D9D9D9"/>'
        f'<text x="{left - 6}" y="{level(tick) + 4:.1f}" text-anchor="end" fill="#595959">{tick:g}{unit}</text>'
        for tick in ticks
    )
    names = "".join(
        f'<text x="{x:.1f}" y="{down + height + 18}" text-anchor="middle" fill="#595959">{mean:g}</text>'
        for x, mean in zip(across, MEANS, strict=True)
    )
    drawn = "".join(
        f'<polyline {_stroke(name)} points="'
        + " ".join(f"{x:.1f},{level(value):.1f}" for x, value in zip(across, values, strict=True))
        + '"/>'
        for name, values in lines.items()
    )
    middle, below = left + width / 2, down + height + 36
    axis = f'<text x="{middle}" y="{below}" text-anchor="middle" fill="#595959">Events a month</text>'
    heading = f'<text x="{left}" y="30" font-weight="bold" fill="#333">{title}</text>'
    return heading + grid + names + drawn + axis


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=20000, help="simulated school-years for each mean")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    each = {mean: simulate(mean, options.years, options.seed) for mean in MEANS}
    rows = {name: {mean: each[mean][name] for mean in MEANS} for name in TITLES}
    (DOCS / "operating-curve.md").write_text(page(rows, options.years), encoding="utf-8")
    (DOCS / "operating-curve.svg").write_text(picture(rows), encoding="utf-8")
    print(page(rows, options.years))


if __name__ == "__main__":
    main()
