"""Awards on a screen: the money beside the time, the next report and what it lacks, and what funders ask for."""

from __future__ import annotations

from html import escape

import streamlit as st

from sro.calendar import day_label
from sro.contract import load_contract
from sro.people import PUBLISH
from sro.publish.asked import asked_by_funders, measures_file
from sro.publish.desk import Desk
from sro.publish.grants import Grant, GrantError, grants, last_period, measures
from sro.publish.owing import lacks, next_report, spend_down
from sro.publish.report import measure_cells
from sro.screen import markup
from sro.screen.here import here
from sro.screen.layout import panel

WORDINGS = {"verbatim": "as the source has it", "named": "in short: put the award's own words"}
COLUMNS = ("Measure, as the award words it", "Baseline", "Target", "Actual", "% of target", "Award to date",
           "Exact match")  # fmt: skip


def awards() -> None:
    """A card for each award of the export; none where it has none."""
    place = here()
    for grant in grants(place):
        with st.container(border=True, key=f"card_award_{grant.grant_id}"):
            markup.show(f'<h2 class="sro-finding">{escape(f"{grant.funder}: {grant.program or grant.grant_id}")}</h2>')
            markup.show(f'<dl class="sro-facts">{_facts(grant, place)}</dl>')
            _attained(grant, place)
            _lacking(grant, place)
            markup.basis(place, "", f"Audience: {place.settings.audience}", "Costs are booked by school year.")


def _facts(grant: Grant, place: Desk) -> str:
    """The award, its time, and its money, as terms."""
    down = spend_down(place, grant, place.settings.audience)
    terms = {
        "Grant": grant.grant_id,
        "From, to": f"{day_label(grant.start)} to {day_label(grant.end)}",
        "Award": f"${grant.amount:,.0f}" if grant.amount else "not stated",
        "Spent": "no cost names this award as its funding source",
    }
    if down is not None:
        share = f", {down.percent_spent:.0f}% of the award" if down.percent_spent is not None else ""
        terms["Spent"] = f"${down.spent:,.0f}{share}"
        passed = f"{down.months_passed} of {down.months} months, {down.percent_passed:.0f}%"
        terms["Time passed"] = passed
    return "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in terms.items())


def _attained(grant: Grant, place: Desk) -> None:
    """Target and actual of every measure in the last reporting period that is over."""
    through = place.facts.data_through
    try:
        period = last_period(grant, through)
    except GrantError as error:
        markup.note(str(error))
        return
    if period.end > through:
        markup.note(f"No reporting period is over yet; the first is {period.label}.")
        return
    found = measures(place, grant, period, place.settings.audience)
    markup.show(f'<h3 class="sro-part">Targets of the last period, {escape(period.label)}</h3>')
    rows = [dict(zip(COLUMNS, measure_cells(one), strict=True)) for one in found]
    if rows:
        st.table(rows, hide_index=True, border="horizontal")
    else:
        markup.note("No measure of this award is on file.")


def _lacking(grant: Grant, place: Desk) -> None:
    """What the next report lacks, measure by measure."""
    report = next_report(grant, place.facts.data_through)
    if report is None or report.due is None:
        markup.note("No report on this award has a due date after the data ends.")
        return
    head = f"Before the report due {day_label(report.due)}, on {report.period.label}"
    markup.show(f'<h3 class="sro-part">{escape(head)}</h3>')
    rows = [
        {"Measure": one.measure.measure_id, "Still missing": "; ".join(one.missing) or "nothing: all reports are in"}
        for one in lacks(place, grant, report, place.settings.audience)
    ]
    if rows:
        st.table(rows, hide_index=True, border="horizontal")


def funders() -> None:
    """What funders ask for, as a file to fill in with an award's own words; for those who publish."""
    place = here()
    if PUBLISH not in place.settings.reach.may:
        return
    known = asked_by_funders(place.settings.folders.reference)
    with panel("funders", "To begin a new award with"):
        named = {name: f"{found[0].funder}: {found[0].program}" for name, found in known.items()}
        name = st.selectbox("Measures of", list(named), format_func=named.__getitem__, key="funder", width=520)
        st.table(
            [
                {
                    "Measure": one.measure,
                    "Wording": WORDINGS[one.wording],
                    "Nearest metric": one.metric_id,
                    "Source": one.source,
                }
                for one in known[name]
            ],
            hide_index=True, border="horizontal",
        )  # fmt: skip
        table = load_contract(place.settings.folders.contract).tables["grant_measures"]
        st.download_button(
            "As grant_measures.csv, to complete and load", measures_file(known[name], table), "grant_measures.csv",
            "text/csv", icon=":material/download:", on_click="ignore", key="funder_file",
        )  # fmt: skip
