"""How long the disclosure decision takes, how near it comes to the least, and what the naive rule leaks.

python -m benchmarks.suppression
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from sro import calendar
from sro.audit import Knowledge, audit
from sro.demo import generate
from sro.suppression import Decision, Spec, build, decide

Case = tuple[pd.DataFrame, pd.DataFrame, list[Spec], date, date]


def demo() -> Case:
    """The fictional county: 45 schools, 5 years, the six metrics of persons that its exports give."""
    with TemporaryDirectory() as folder:
        generate(Path(folder), date(2026, 6, 30))
        read = {name: pd.read_csv(f"{folder}/{name}.csv", dtype=str) for name in ("schools", "incidents", "le_actions")}
    incidents = read["incidents"]
    actions = read["le_actions"].merge(incidents[["incident_id", "school_id", "occurred_on"]], on="incident_id")
    by_officer = incidents[incidents["handled_by"] == "officer"]
    arrests = actions[actions["action"].str.startswith("arrest")]
    referring = ("report", "citation", "appearance_ticket", "petition_referral", "arrest_physical", "arrest_paper")
    metrics = {
        "officer_outcomes": (by_officer, "outcome"),
        "arrests": (arrests, "reason_offense_level"),
        "referrals": (actions[actions["action"].isin(referring)], "action"),
        "force": (actions[actions["action"].isin(["use_of_force", "handcuff_no_arrest"])], "action"),
        "searches": (actions[actions["action"] == "search"], "reason_offense_level"),
        "diversions": (actions[actions["action"] == "diversion_referral"], "forum"),
    }
    atoms = [
        pd.DataFrame(
            {
                "metric": metric,
                "school_id": rows["school_id"],
                "month": pd.to_datetime(rows["occurred_on"].str[:7] + "-01").dt.date,
                "slice": rows[slice_].fillna("unknown"),
                "count": pd.to_numeric(rows["n_students"]) if "n_students" in rows else 1,
            }
        )
        for metric, (rows, slice_) in metrics.items()
    ]
    specs = [Spec(metric) for metric in metrics]
    return pd.concat(atoms), read["schools"][["school_id", "district_id"]], specs, date(2021, 7, 1), date(2026, 6, 30)


def dense() -> Case:
    """As large as the demo, with ten times its numbers: 45 schools, 5 years, 6 metrics; yearly totals of 25 to 600."""
    random = np.random.default_rng(1)
    sizes = np.array([1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 8])
    geography = pd.DataFrame(
        {
            "school_id": [f"S{n:02d}" for n in range(45)],
            "district_id": np.repeat([f"D{n:02d}" for n in range(13)], sizes),
        }
    )
    kinds = {"a": (60, 4), "b": (160, 5), "c": (25, 3), "d": (50, 3), "e": (90, 4), "f": (600, 10)}
    atoms = pd.concat(
        counts(random, metric, geography["school_id"], date(2021, 7, 1), 60, slices, yearly * 5)
        for metric, (yearly, slices) in kinds.items()
    )
    return atoms, geography, [Spec(metric) for metric in kinds], date(2021, 7, 1), date(2026, 6, 30)


def large() -> Case:
    """60 schools in 15 districts, 60 months, 12 categories, 2,000 cases a year."""
    random = np.random.default_rng(1)
    geography = pd.DataFrame(
        {"school_id": [f"S{n:02d}" for n in range(60)], "district_id": [f"D{n % 15:02d}" for n in range(60)]}
    )
    atoms = counts(random, "incidents", geography["school_id"], date(2021, 7, 1), 60, 12, 10_000)
    return atoms, geography, [Spec("incidents")], date(2021, 7, 1), date(2026, 6, 30)


def counts(
    random: np.random.Generator, metric: str, schools: pd.Series, first: date, months: int, slices: int, total: int
) -> pd.DataFrame:
    """Cases spread over schools of unequal size, school months and categories of unequal frequency."""
    calendar_months = [calendar.add_months(first, n) for n in range(months)]
    busy = np.array([0.15 if month.month in (7, 8) else 1.0 for month in calendar_months])
    size = random.gamma(1.2, size=len(schools))
    often = 0.6 ** np.arange(slices)
    share = np.einsum("s,m,c->smc", size, busy, often)
    drawn = random.poisson(share / share.sum() * total)
    s, m, c = np.nonzero(drawn)
    return pd.DataFrame(
        {
            "metric": metric,
            "school_id": schools.to_numpy()[s],
            "month": [calendar_months[n] for n in m],
            "slice": [f"c{n:02d}" for n in c],
            "count": drawn[s, m, c],
        }
    )


def statements_of(cells: pd.DataFrame, shown: pd.Series) -> pd.DataFrame:
    """What a publication of the shown cells says."""
    months = cells["period_kind"].map({"month": 1, "quarter": 3, "semester": 6, "year": 12})
    ends = [
        calendar.month_end(calendar.add_months(start, count - 1))
        for start, count in zip(cells["period_start"], months, strict=True)
    ]
    return cells.assign(period_end=ends, numerator=cells["value"].where(shown).astype(float), value=np.nan)


def leaks(cells: pd.DataFrame, shown: pd.Series, geography: pd.DataFrame, threshold: int) -> int:
    """How many hidden cells the auditor narrows down."""
    districts = dict(zip(geography["school_id"], geography["district_id"], strict=True))
    known = Knowledge(
        {school: name if isinstance(name, str) else None for school, name in districts.items()},
        slices={
            str(metric): frozenset(found) for metric, found in cells[cells["slice"] != "all"].groupby("metric")["slice"]
        },
    )
    published = statements_of(cells, shown)
    return sum(len(audit(block, known, threshold)) for _, block in published.groupby("block"))


def compare(decision: Decision, geography: pd.DataFrame, threshold: int, years: int) -> None:
    """Ours and the naive rule (hide 1…n−1, nothing else), audited over the last years of each metric."""
    last = sorted({name.rsplit(", ", 1)[1] for name in decision.cells["block"]})[-years:]
    cells = decision.cells[decision.cells["block"].str.rsplit(", ", n=1).str[1].isin(last)]
    counts_something = cells["value"] > 0
    naive = ~(counts_something & (cells["value"] < threshold))
    for name, shown in (("ours", cells["shown"]), ("naive", naive)):
        started = time.perf_counter()
        found = leaks(cells, shown, geography, threshold)
        print(
            f"  {name:5}  hidden {(~shown).sum():5} of {counts_something.sum()} cells that are not zero "
            f"({(~shown).sum() / counts_something.sum():.1%}; {(~shown).mean():.1%} of all {len(cells)})  "
            f"leaks {found}  audited in {time.perf_counter() - started:.1f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="*", default=["demo", "dense", "large"])
    parser.add_argument("--budget", type=float, default=45, help="seconds a decision may take")
    parser.add_argument("--years", type=int, default=5, help="how many school years are audited")
    chosen = parser.parse_args()
    for case in chosen.case:
        atoms, geography, specs, first, through = {"demo": demo, "dense": dense, "large": large}[case]()
        for audience, threshold in (("public", 10), ("leadership", 5)):
            started = time.perf_counter()
            cubes = build(atoms, geography, specs, first, through)
            decision = decide(cubes, threshold, chosen.budget)
            seconds = time.perf_counter() - started
            methods = ", ".join(f"{n} {name}" for name, n in decision.blocks["method"].value_counts().items())
            print(
                f"{case}, {audience}: {seconds:.1f} s, {len(decision.cells)} cells in {len(cubes)} blocks ({methods}), "
                f"weight hidden {decision.ratio_to_bound:.3f} of the proven least"
            )
            compare(decision, geography, threshold, chosen.years)


if __name__ == "__main__":
    main()
