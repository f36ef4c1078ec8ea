"""What changed: sentences made by rule, the weightiest first, each with a link to its figure."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from sro import vintages
from sro.publish.corrections import already_released
from sro.question import FILTERS
from sro.releases import ReleaseError, released_with
from sro.screen import markup
from sro.screen.here import here
from sro.screen.view import View
from sro.settings import Settings
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


def changes(view: View) -> None:
    """The list up to the end of the view's period; where nothing stands out it says so."""
    place = here()
    earlier = vintages.before(place.vintage.id, place.settings)
    with st.container(border=True, key="card_changes"):
        with st.spinner("Looking for what changed", show_time=True):  # seconds, where thousands of schools are watched
            found = what_changed(place.vintage, place.settings, view.ask("coverage_rate"), earlier)
        listed = "".join(_item(finding, view, place.settings) for finding in found)
        markup.show(f'<h2 class="sro-finding">What changed</h2><ul class="sro-changes">{listed}</ul>')


def _item(finding: Finding, view: View, settings: Settings) -> str:
    question = finding.question
    shown = replace(view, **{name: getattr(question, name) for name in FILTERS})
    more = markup.link("See it", SCREEN_OF.get(question.metric, "incidents"), **shown.to_query())
    told = _released(finding, settings) if finding.kind == "revised" else ""
    return f"<li>{markup.sign(finding.kind)}{escape(finding.sentence + told)} {more}</li>"


def _released(finding: Finding, settings: Settings) -> str:
    """Which releases show the number that reads differently now."""
    try:
        return already_released(released_with(finding.question, settings))
    except ReleaseError as error:
        return f" What was released cannot be told: {error}"
