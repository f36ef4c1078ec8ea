"""Two vintages of one county that the public cannot tell apart: behind hidden cells they count differently.

The outcomes of a month's calls are exchanged so that every number that the public may see stays what it was.
Whatever reaches the public must then be the same in both worlds, byte for byte: what differs is a leak, be it a number,
an order, the range of an axis or a color.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from sro import calendar, vintages
from sro.ask import catalogue_of, vintage_facts
from sro.metrics import add_up_program, materialize
from sro.publish.passport import key_of
from sro.settings import Folders, Settings, read_settings
from sro.store import ROLLUPS

RESOLVED = frozenset({"resolved", "mediated", "referred_service", "unfounded"})
# The outcomes that the numbers of a proportion are made of; how many have none is no secret, and they stay.
PROPORTIONS = {
    "diverted": (frozenset({"diversion"}), frozenset({"diversion", "charged"})),
    "resolved_by_officer": (RESOLVED, None),
}
MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
OF_PERSONS = "('officer_outcomes', 'diverted', 'resolved_by_officer')"
# Calls that are counted, in the order in which they are dealt out again.
CALLS = """
SELECT incident.incident_id, incident.month, incident.outcome
FROM incident
ANTI JOIN (SELECT school_id, month FROM reporting_month WHERE stream = 'log' AND expected AND NOT received) AS missing
    ON incident.school_id = missing.school_id AND incident.month = missing.month
WHERE incident.is_call AND incident.handled_by = 'officer' AND incident.outcome <> 'unknown'
ORDER BY hash(incident.incident_id)
"""


def other_world(settings: Settings, data: Path) -> Settings:
    """Settings whose folder `data` serves the same vintage with other numbers behind what the public may not see."""
    key_of(settings)  # one seal for both
    shutil.copytree(settings.folders.data, data)
    other = read_settings(folders=Folders(data=data))
    vintage = vintages.current(settings)
    path = data / "vintages" / f"{vintage.id}.duckdb"
    path.chmod(0o644)
    queries = settings.folders.queries
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET threads = 1")
        before = _of_no_persons(connection)
        _exchange(connection)
        for table in ROLLUPS:
            connection.execute(f"DROP TABLE {table}")
        catalogue, rollups = catalogue_of(queries / "metrics"), queries / "rollup"
        materialize(connection, catalogue, vintage_facts(vintage, settings).present, rollups)
        add_up_program(connection, catalogue, rollups)
        pd.testing.assert_frame_equal(_of_no_persons(connection), before, rtol=1e-9)  # no other number was changed
    return other


def hidden_counts(settings: Settings) -> pd.DataFrame:
    """Month, outcome and count for the program wherever the public sees none."""
    connection = vintages.current(settings).cursor()
    return connection.execute(
        "SELECT period_start AS month, disclosure_cell.slice, coalesce(sum(numerator), 0)::INT AS count "
        "FROM disclosure_cell LEFT JOIN metric_month ON metric_month.metric = disclosure_cell.metric "
        "AND metric_month.slice = disclosure_cell.slice AND metric_month.month = period_start "
        "WHERE disclosure_cell.metric = 'officer_outcomes' AND audience = 'public' AND unit_kind = 'program' "
        "AND period_kind = 'month' AND NOT shown GROUP BY ALL ORDER BY ALL"
    ).df()


def _of_no_persons(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return connection.execute(f"SELECT * FROM metric_month WHERE metric NOT IN {OF_PERSONS} ORDER BY ALL").df()


def _exchange(connection: duckdb.DuckDBPyConnection) -> None:
    """Deal other outcomes out to the calls of every month."""
    calls: Any = connection.execute(CALLS).df()
    counts = calls.pivot_table(index="month", columns="outcome", values="incident_id", aggfunc="count", fill_value=0)
    cells: Any = connection.execute(
        f"SELECT metric, period_kind, period_start, slice FROM disclosure_cell WHERE metric IN {OF_PERSONS} "
        "AND audience = 'public' AND unit_kind = 'program' AND shown ORDER BY ALL"
    ).df()
    made = _other_counts(counts, _told(cells, counts))
    for month, rows in calls.groupby("month"):
        calls.loc[rows.index, "outcome"] = np.repeat(counts.columns.to_numpy(), made.loc[month])
    connection.register("given", calls)
    connection.execute(
        "UPDATE export.incidents SET outcome = given.outcome FROM given "
        "WHERE export.incidents.incident_id = given.incident_id"
    )
    connection.unregister("given")


def _told(cells: Any, counts: Any) -> np.ndarray:
    """One row a number that the public sees: which months and outcomes it is the sum of."""
    rows = []
    for cell in cells.itertuples(index=False):
        start = cell.period_start.date()
        end = calendar.month_end(calendar.add_months(start, MONTHS[cell.period_kind] - 1))
        months = (counts.index >= pd.Timestamp(start)) & (counts.index <= pd.Timestamp(end))
        parts = PROPORTIONS.get(cell.metric, (None if cell.slice == "all" else frozenset({cell.slice}),))
        for outcomes in parts:
            counted = np.array([outcomes is None or outcome in outcomes for outcome in counts.columns])
            rows.append(np.outer(months, counted).ravel())
    return np.array(rows, dtype=float)


def _other_counts(counts: Any, told: np.ndarray) -> Any:
    """As far from `counts` as a random direction leads, with the same total a month and all that was told."""
    true = counts.to_numpy().ravel().astype(float)
    monthly = np.kron(np.eye(len(counts)), np.ones(len(counts.columns)))
    same = np.vstack([told, monthly])
    found = milp(
        np.random.default_rng(7).choice([-1.0, 1.0], size=len(true)),
        constraints=LinearConstraint(same, same @ true, same @ true),  # type: ignore[arg-type]
        bounds=Bounds(0, np.inf),
        integrality=np.ones(len(true)),
        options={"mip_rel_gap": 0.2},
    )
    assert found.success, found.message
    return pd.DataFrame(np.rint(found.x).astype(int).reshape(counts.shape), counts.index, counts.columns)
