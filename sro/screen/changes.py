"""What changed: sentences made by rule, the weightiest first, each with a link to its figure."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from sro.question import Question
from sro.screen import markup
from sro.screen.here import here
from sro.screen.view import View
from sro.signals import Finding, what_changed

# The screen on which the figure of a measure stands; every other stands on Incidents.
SCREEN_OF = {
    "coverage_rate": "coverage",
    "longest_gap": "coverage",
    "contact_rate": "engagement",
    "lessons_delivered": "engagement",
    "mediations": "engagement",
    "staff_trained": "engagement",
    "student_attendances": "engagement",
    "reporting_completeness": "overview",
}
SIGNS = {
    "concerning": ("▼", "worse"),
    "improving": ("▲", "better"),
    "neutral": ("◆", "changed"),
    "schools": ("◆", "changed"),
}


def changes(view: View) -> None:
    """The list up to the end of the view's period; where nothing stands out it says so."""
    place = here()
    found = what_changed(place.vintage, place.settings, view.ask("coverage_rate"))
    listed = "".join(_item(finding, view) for finding in found)
    with st.container(border=True, key="card_changes"):
        markup.show(f'<h2 class="sro-finding">What changed</h2><ul class="sro-changes">{listed}</ul>')


def _item(finding: Finding, view: View) -> str:
    sign, tone = SIGNS.get(finding.kind, ("•", "same"))
    page = SCREEN_OF.get(finding.question.metric, "incidents")
    shown = replace(view, **_schools(finding.question))
    more = markup.link("See it", page, **shown.to_query())
    return (
        f'<li><span class="sro-sign sro-{tone}" aria-hidden="true">{sign}</span>{escape(finding.sentence)} {more}</li>'
    )


def _schools(question: Question) -> dict[str, tuple[str, ...]]:
    return {name: getattr(question, name) for name in ("districts", "schools", "levels", "providers")}
