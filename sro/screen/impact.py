"""Before and after a date: three designs in words, the series they read, and what speaks against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from sro import calendar
from sro.ask import School
from sro.calendar import PeriodError
from sro.impact import ImpactError, impact_of, reach_of
from sro.metrics import CatalogueError
from sro.publish.desk import STUDY
from sro.question import QuestionError
from sro.screen import markup
from sro.screen.card import figure, show
from sro.screen.here import Here, here
from sro.screen.layout import panel
from sro.screen.missing import is_missing
from sro.screen.view import View

# What counts events and may have changed where the program came.
MEASURES = ("exposure_adjusted_incident_rate", "incidents_logged", "calls_for_service", "official_incident_rate")


def impact(view: View) -> None:
    """Choose a measure and what happened: before and after at its schools, over all months of the export."""
    place = here()
    cards = place.cards
    measures = [name for name in MEASURES if not is_missing(name, place) and cards[name].grain == "month"]
    occasions = _occasions(view, place)
    if not measures or not occasions:
        st.info("This export has no measure by month, or no date, to look at.", icon=":material/info:")
        return
    with st.container(horizontal=True):
        metric = st.selectbox(
            "Measure", measures, format_func=lambda name: cards[name].title, width=320, key="impact_of"
        )
        date = st.selectbox(
            "Before and after", list(occasions), index=_most_telling(occasions, place), width=460, key="impact_date",
            format_func=lambda day: occasions[day].label,
        )  # fmt: skip
    try:
        _before_and_after(occasions[date].view, metric, date, place)
        _starts(view, place)
        _reach(view, metric, place)
    except (ImpactError, QuestionError, PeriodError, CatalogueError) as error:
        st.info(str(error), icon=":material/info:")


def _chosen(view: View, place: Here) -> list[School]:
    return [
        school
        for school in place.facts.schools
        if (not view.schools or school.school_id in view.schools)
        and (not view.districts or school.district_id in view.districts)
    ]


@dataclass(frozen=True)
class Occasion:
    """Something that happened on a day, and the view of the schools at which it did."""

    label: str
    view: View


def _occasions(view: View, place: Here) -> dict[dt.date, Occasion]:
    """The starts of the program, each at its own schools, and the other dated events, at all chosen ones."""
    starting: dict[dt.date, list[School]] = {}
    for school in _chosen(view, place):
        if school.program_start:
            starting.setdefault(school.program_start, []).append(school)
    found = {}
    for day, schools in sorted(starting.items()):
        where = schools[0].short_name if len(schools) == 1 else f"{len(schools)} schools"
        own = replace(view, schools=tuple(school.school_id for school in schools), districts=())
        found[day] = Occasion(f"{calendar.day_label(day)}: program start at {where}", own)
    for event in place.context.events:
        if event.scope == "program":
            found.setdefault(event.date, Occasion(f"{calendar.day_label(event.date)}: {event.label}", view))
    return found


def _most_telling(dates: Iterable[dt.date], place: Here) -> int:
    """The place of the date with the most months on its shorter side."""
    first, last = place.facts.data_from, place.facts.data_through
    shorter = [min(date - first, last - date) for date in dates]
    return shorter.index(max(shorter))


def _before_and_after(view: View, metric: str, date: dt.date, place: Here) -> None:
    found = impact_of(view.ask(metric, compare="none"), date, place.vintage, place.settings)
    with st.container(border=True, key="card_impact"):
        _list("What the numbers say", found.sentences)
        _list("What speaks against reading more into them", found.counter_evidence)
        markup.show(f"<p><strong>{escape(found.association)}</strong></p>")
    months = calendar.span(place.facts.data_from, place.facts.data_through).key
    figure(view, metric, "trend", grain="month", period=months, compare="none")


def _starts(view: View, place: Here) -> None:
    """When the program came to each chosen school, and how many months the export has on either side."""
    first, last = place.facts.data_from, place.facts.data_through
    rows = [
        {
            "School": school.name,
            "District": school.district_name,
            "Program start": calendar.day_label(school.program_start),
            "Months before": _months(first, school.program_start - dt.timedelta(days=1)),
            "Months since": _months(max(first, school.program_start), last),
        }
        for school in _chosen(view, place)
        if school.program_start
    ]
    with panel("starts", "Program start per school"):
        others = len(_chosen(view, place)) - len(rows)
        st.table(rows, hide_index=True, border="horizontal")
        if others:
            markup.note(f"Of the chosen schools, {others} are not in the program.")


def _months(first: dt.date, last: dt.date) -> int:
    return calendar.span(first, last).months if first <= last else 0


def _reach(view: View, metric: str, place: Here) -> None:
    """All schools, by when the program reached them; the filter bar does not apply."""
    found = reach_of(View(view.period, audience=view.audience).ask(metric, grain="year"), place.vintage, place.settings)
    with st.container(border=True, key="card_reach"):
        _list(f"Schools that the program reached at different times ({found.schools} schools)", found.sentences)
        markup.show(f"<p><strong>{escape(found.association)}</strong></p>")
    if found.result.event_study:
        show(place.draw((found.question,), STUDY), "study")


def _list(title: str, sentences: tuple[str, ...]) -> None:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    markup.show(f'<h2 class="sro-finding">{escape(title)}</h2><ul class="sro-plain">{items}</ul>')
