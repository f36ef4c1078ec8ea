"""What changed: one sentence a measure whose change lies beyond chance, with a link to its figure."""

from __future__ import annotations

from html import escape

import streamlit as st

from sro.figures import wording
from sro.figures.findings import broken_by
from sro.screen import markup
from sro.screen.here import here
from sro.screen.missing import is_missing
from sro.screen.view import View

# Where the figure of each watched measure stands.
WATCHED = {
    "coverage_rate": "coverage",
    "lessons_delivered": "engagement",
    "mediations": "engagement",
    "exposure_adjusted_incident_rate": "incidents",
    "calls_for_service": "incidents",
    "handled_by_school": "incidents",
    "discipline_only_by_officer": "incidents",
    "reporting_completeness": "overview",
}


def changes(view: View) -> None:
    """The list; where nothing stands out it says so."""
    place = here()
    found, asked = [], 0
    for metric, page in WATCHED.items():
        if is_missing(metric, place):
            continue
        answer = place.ask(view.ask(metric))
        change = answer.change
        if change is None or not change.comparable:
            continue
        asked += 1
        broken = broken_by(answer, place.events_of(answer.question))
        if change.direction in ("rose", "fell") and not change.too_few and not broken:
            more = markup.link("See it", page, **view.to_query())
            found.append(f"<li>{escape(wording.finding(answer))}. {more}</li>")
    if not asked:
        return
    with st.container(border=True, key="card_changes"):
        listed = f"<ul class='sro-changes'>{''.join(found)}</ul>" if found else ""
        quiet = markup.paragraph(f"Nothing stands out: none of {asked} measures changed beyond chance.", "said")
        markup.show(f'<h2 class="sro-finding">What changed</h2>{listed or quiet}')
