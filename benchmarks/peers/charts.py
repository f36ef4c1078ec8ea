"""What every peer shows: as many charts as our two screens, asked of the same vintage and drawn by plotly.express.

Peers run in an environment of their own (benchmarks/requirements.txt) and know nothing of this project but the file.
"""

from __future__ import annotations

import os
from functools import cache

import duckdb
import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

SCREENS = {
    "Engagement": (
        ("contact_rate", "month"),
        ("lessons_delivered", "month"),
        ("triad_time_mix", "stack"),
        ("activities_logged", "slice"),
        ("contact_rate", "school"),
        ("lessons_delivered", "school"),
        ("calls_for_service", "month"),
        ("calls_by_handler", "slice"),
        ("discipline_time", "month"),
        ("coordination_meetings", "month"),
    ),
    "Coverage": (
        ("coverage_rate", "month"),
        ("uncovered_days", "slice"),
        ("coverage_rate", "school"),
        ("covered_days", "month"),
        ("contact_rate", "school"),
        ("days_with_officer", "school"),
        ("contracted_days_delivered", "school"),
        ("contracted_hours_delivered", "school"),
        ("shift_fill_rate", "month"),
    ),
}
YEARS = ("2021-22", "2022-23", "2023-24", "2024-25", "2025-26")
USUAL = "2024-25"  # what a page shows first
COLUMNS = {"month": "month", "slice": "slice", "school": "school_id", "stack": "month, slice"}


@cache
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["VINTAGE"], read_only=True)


def rows(metric: str, form: str, year: str) -> pd.DataFrame:
    """The metric's sums in a school year, by month, slice or school."""
    start = int(year[:4])
    return (
        database()
        .cursor()
        .execute(
            f"SELECT {COLUMNS[form]}, sum(numerator) / coalesce(sum(denominator), 1) AS value FROM metric_month "
            "WHERE metric = ? AND month BETWEEN make_date(?, 7, 1) AND make_date(?, 6, 30) GROUP BY ALL ORDER BY ALL",
            [metric, start, start + 1],
        )
        .df()
    )


def chart(data: pd.DataFrame, metric: str, form: str) -> Figure:
    title = metric.replace("_", " ").capitalize()
    if form == "month":
        return px.line(data, x="month", y="value", markers=True, title=title)
    if form == "stack":
        return px.bar(data, x="month", y="value", color="slice", title=title)
    if form == "slice":
        return px.bar(data, x="value", y="slice", orientation="h", title=title)
    return px.scatter(data, x="value", y="school_id", title=title).update_yaxes(type="category")


def figure(metric: str, form: str, year: str) -> Figure:
    return chart(rows(metric, form, year), metric, form)
