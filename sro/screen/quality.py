"""How good the data is: what the checks found and what it does to the figures, and which logs are owed."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from sro import calendar
from sro.answer import SHOWN, STATUSES, Answer
from sro.checks import Check, load_checks
from sro.figures import wording
from sro.publish.reminders import reminders
from sro.screen import markup
from sro.screen.here import here
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
    with st.container(border=True, key="card_owed"):
        markup.show('<h2 class="sro-finding">Logs that have not come</h2>')
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
    """The officers' log beside the certified totals of one school year, by school and by category; never added."""
    metrics = ("incidents_logged", "incidents_by_ssec_category", "official_incidents")
    if any([is_missing(metric, here()) for metric in metrics]):
        return
    with st.container(border=True, key="card_certified"):
        year = escape(calendar.parse_period(view.period).label)
        markup.show(f'<h2 class="sro-finding">The log beside the certified totals, {year}</h2>')
        _beside(view, "School", "unit_name", "incidents_logged", by="school")
        _beside(view, "State category", "slice_title", "incidents_by_ssec_category", sliced=True)


def _beside(view: View, heading: str, column: str, metric: str, **parts: Any) -> None:
    """One row for each school or category that is in both."""
    logged, certified = (
        _told(here().ask(view.ask(one, grain="total", compare="none", **parts)), column)
        for one in (metric, "official_incidents")
    )
    rows = [
        {heading: name, "In the log": said, "Certified": certified[name]}
        for name, said in logged.items()
        if name in certified
    ]
    if rows:
        st.dataframe(rows, hide_index=True, width="stretch", key=f"quality_certified_{metric}")
    else:
        markup.note(f"No {heading.lower()} has both in this school year.")


def _told(answer: Answer, column: str) -> dict[str, str]:
    """School or category → its number, or why there is none."""
    return {
        str(cell[column]): wording.value_text(float(cell["value"]), answer.card)
        if cell["status"] in SHOWN
        else STATUSES[str(cell["status"])]
        for cell in answer.cells.to_dict("records")
    }


def found_by_checks() -> None:
    """What the checks warned of when this vintage was loaded. The rows themselves are not for the public."""
    place = here()
    counts = warning_counts(place.vintage.cursor())
    with st.container(border=True, key="card_checks"):
        markup.show('<h2 class="sro-finding">What the checks found</h2>')
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
