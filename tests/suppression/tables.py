"""Counts small enough to add up by hand, and the publication that a decision makes of them."""

from datetime import date

import numpy as np
import pandas as pd

from sro import calendar
from sro.audit import Knowledge

MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
YEAR = (date(2024, 7, 1), date(2025, 6, 30))
PART = {"counted": "numerator", "both": "denominator"}


def table(rows, metric="arrests"):
    """Atoms from (school, month as 2024-09, category, count[, whole])."""
    columns = ["school_id", "month", "slice", "count", "whole"]
    atoms = pd.DataFrame([(*row, np.nan)[:5] for row in rows], columns=columns)
    return atoms.assign(metric=metric, month=[date.fromisoformat(f"{month}-01") for month in atoms["month"]])


def schools(**districts):
    """A geography: schools(D1="A B", D2="C")."""
    pairs = [(school, district) for district, names in districts.items() for school in names.split()]
    return pd.DataFrame(pairs, columns=["school_id", "district_id"])


def published(cells):
    """The statements that show what a decision shows."""
    ends = [
        calendar.month_end(calendar.add_months(start, MONTHS[kind] - 1))
        for kind, start in zip(cells["period_kind"], cells["period_start"], strict=True)
    ]
    number = cells["value"].where(cells["shown"]).astype(float)
    key = ["metric", "unit_kind", "unit", "period_start", "period_end", "slice"]
    wide = (
        cells.assign(period_end=ends, number=number, name=cells["part"].map(PART))
        .dropna(subset=["name"])
        .pivot(index=key, columns="name", values="number")
        .reset_index()
    )
    return wide.assign(value=np.nan)


def knowledge(geography, cells, **more):
    """What everybody knows: where schools are, and all categories of each metric."""
    pairs = zip(geography["school_id"], geography["district_id"], strict=True)
    districts = {school: district if isinstance(district, str) else None for school, district in pairs}
    categories = cells[cells["slice"] != "all"].groupby("metric")["slice"]
    return Knowledge(districts, slices={name: frozenset(found) for name, found in categories}, **more)


def hidden(cells, **where):
    """(unit, slice) of the hidden cells that match, as a set."""
    for column, wanted in where.items():
        cells = cells[cells[column] == wanted]
    return set(cells.loc[~cells["shown"], ["unit", "slice"]].itertuples(index=False, name=None))
