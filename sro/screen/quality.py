"""How good the data is: what the checks found and what it does to the figures, and which logs are owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from sro import calendar
from sro.answer import SHOWN
from sro.checks import Check, load_checks
from sro.figures import wording
from sro.publish.reminders import reminders
from sro.screen import markup
from sro.screen.here import here
from sro.screen.layout import panel
from sro.screen.missing import is_missing
from sro.screen.view import View
from sro.signals import logs_owed
from sro.store import warning_counts, warnings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def owed(view: View) -> None:
    """The logs that were due in the view's period and have not come, with a sheet to send to each school."""
    place = here()
    if is_missing("reporting_completeness", place):
        return
    answer = place.ask(view.ask("reporting_completeness", grain="month", by="school", compare="none"))
    found = logs_owed(answer)
    with panel("owed", "Logs that have not come"):
        if not found:
            markup.note("Every log that was due in this period has come.")
            return
        st.table(
            [{"School": school, "Months": ", ".join(months)} for school, months in found.items()],
            hide_index=True, border="horizontal",
        )  # fmt: skip
        st.download_button(
            "Sheets to send to these schools", lambda: reminders(found, place), "missing-logs.xlsx", XLSX,
            icon=":material/download:", on_click="ignore", key="reminders",
        )  # fmt: skip


def against_certified(view: View) -> None:
    """The officers' log beside the certified totals of one school year, of the schools that have both; never added."""
    metrics = ("incidents_logged", "incidents_by_ssec_category", "official_incidents")
    if any([is_missing(metric, here()) for metric in metrics]):
        return
    with panel("certified", f"The log beside the certified totals, {calendar.parse_period(view.period).label}"):
        logged, certified = (_numbers(view, metric, "unit", by="school") for metric in (metrics[0], metrics[2]))
        both = [school for school in logged if school in certified]
        if not both:
            markup.note("No school has both in this school year.")
            return
        names = {school.school_id: school.short_name for school in here().facts.schools}
        _beside("School", logged, certified, names)
        view = replace(view, schools=tuple(both))
        _beside("State category", *(_numbers(view, metric, "slice_title", sliced=True) for metric in metrics[1:]))
        markup.note(f"{wording.many(len(both), 'school')}, with categories as officers and as schools coded them.")


def _numbers(view: View, metric: str, column: str, **parts: Any) -> dict[str, str]:
    """School or category → its number in the view's period, where there is one."""
    answer = here().ask(view.ask(metric, grain="total", compare="none", **parts))
    shown = answer.cells[answer.cells["status"].isin(list(SHOWN))]
    return {
        name: wording.value_text(value, answer.card) for name, value in zip(shown[column], shown["value"], strict=True)
    }


def _beside(
    heading: str, logged: Mapping[str, str], certified: Mapping[str, str], titles: Mapping[str, str] | None = None
) -> None:
    """A row for each name that is in both."""
    rows = [
        {heading: (titles or {}).get(name, name), "In the log": said, "Certified": certified[name]}
        for name, said in logged.items()
        if name in certified
    ]
    st.dataframe(rows, hide_index=True, width="stretch", key=f"quality_{heading}")


def found_by_checks() -> None:
    """What the checks warned of when this vintage was loaded. The rows themselves are not for the public."""
    place = here()
    counts = warning_counts(place.vintage.cursor())
    with panel("checks", "What the checks found"):
        if not counts:
            markup.note("No check warned of anything when this data was loaded.")
            return
        rules = _rules(place.settings.folders.queries)
        st.table(
            [
                {
                    "Rule": rules[count.rule].asks if count.rule in rules else count.rule.replace("_", " "),
                    "Broken by": f"{count.count:,} of {count.table.replace('_', ' ')}",
                    "What it does to your figures": rules[count.rule].effect if count.rule in rules else "",
                }
                for count in counts
            ],
            hide_index=True, border="horizontal",
        )  # fmt: skip
        if place.settings.audience == "public":
            markup.note("The rows themselves are for the program; the list of problems that the load wrote has them.")
            return
        with st.expander("The rows, with what to do"):
            st.dataframe(warnings(place.vintage.cursor()), hide_index=True)


@lru_cache(maxsize=1)
def _rules(queries: Path) -> dict[str, Check]:
    return {check.rule: check for check in load_checks(queries / "checks")}
