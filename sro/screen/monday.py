"""What a week begins with: logs that have not come, and reports of awards that are due."""

from __future__ import annotations

from html import escape

import streamlit as st

from sro.calendar import day_label
from sro.publish.grants import grants
from sro.publish.owing import upcoming
from sro.screen import markup
from sro.screen.changes import changes
from sro.screen.here import here
from sro.screen.missing import is_missing
from sro.screen.view import View
from sro.signals import logs_owed

MOST_LINES = 3


def monday(view: View) -> None:
    """What changed, and beside it the gaps and the due dates."""
    with st.container(key="monday"):
        left, right = st.columns([2, 1], gap="small")
        with left:
            changes(view)
        with right:
            gaps(view)
            due()


def gaps(view: View) -> None:
    """The schools whose logs are owed, those with most months first; none where the export has no hand-in of logs."""
    place = here()
    if is_missing("reporting_completeness", place):
        return
    answer = place.ask(view.ask("reporting_completeness", grain="month", by="school", compare="none"))
    found = sorted(logs_owed(answer).items(), key=lambda one: (-len(one[1]), one[0]))
    lines = [
        f"{markup.sign('schools')}<strong>{escape(school)}</strong>: {escape(_months(months))}"
        for school, months in found[:MOST_LINES]
    ]
    rest = f"And {len(found) - MOST_LINES} more. " if len(found) > MOST_LINES else ""
    more = markup.link("All logs owed", "quality", **view.to_query())
    nothing = "Every log that was due in this period has come."
    _card("gaps", "Where logs are missing", lines, nothing, f"{escape(rest)}{more}")


def due(most: int = MOST_LINES) -> None:
    """The reports to funders that fall due after the data ends, the nearest first, at most `most` of them."""
    place = here()
    found = upcoming(grants(place), place.facts.data_through)
    lines = [
        f"{markup.sign('')}<strong>{escape(day_label(reporting.due))}</strong>: {escape(grant.funder)}, "
        f"{escape(grant.program or grant.grant_id)}, on {escape(reporting.period.label)}"
        for grant, reporting in found[:most]
        if reporting.due
    ]
    rest = f"And {len(found) - most} more. " if len(found) > most else ""
    nothing = f"No report to a funder is on record as due after {day_label(place.facts.data_through)}."
    _card("due", "Reports due", lines, nothing, f"{escape(rest)}{markup.link('Make a report', 'reports')}")


def _months(months: tuple[str, ...]) -> str:
    return months[0] if len(months) == 1 else f"{len(months)} months, the last {months[-1]}"


def _card(key: str, title: str, lines: list[str], nothing: str, foot: str) -> None:
    listed = f'<ul class="sro-changes">{"".join(f"<li>{line}</li>" for line in lines)}</ul>' if lines else ""
    empty = "" if lines else markup.paragraph(nothing, "sub")
    with st.container(border=True, key=f"card_{key}"):
        markup.show(f'<h2 class="sro-finding">{escape(title)}</h2>{listed}{empty}<p class="sro-more">{foot}</p>')
