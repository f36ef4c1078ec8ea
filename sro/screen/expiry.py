"""When training runs out: how many officers by month and topic, and for the program's own eyes which position."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from sro.calendar import add_months, day_label, month_label
from sro.screen import markup
from sro.screen.here import here
from sro.screen.layout import panel
from sro.surroundings import Currency, currency

NEEDS = ("officers", "training")
MONTHS = 12
NEVER, ENDED, LATER = "Never taken", "Ended already", "Later, or without an end"


def expiry() -> None:
    """The months ahead of the data date; nothing without officers or training, nor for one district alone."""
    place = here()
    if not set(NEEDS) <= set(place.facts.present) or place.settings.reach.districts:
        return
    found = currency(place.vintage, place.settings)
    if not found:
        return
    through = place.facts.data_through
    officers = len({one.officer_id for one in found})
    with panel("expiry", "When officers’ training runs out"):
        markup.note(
            f"Officers in service on {day_label(through)} ({officers}), in each topic once, by the last month in which "
            f"their certificate holds. Of the {MONTHS} months ahead those that are not named have none."
        )
        st.table(by_month(found, through), hide_index=True, border="horizontal")
        if place.settings.audience != "public":
            markup.note("By position; for the program only, as it is about single employees.")
            st.table(by_position(found, through), hide_index=True, border="horizontal")
        markup.basis(place, "From officers and training", "Trainings after that day are not in it.")


def by_month(found: Sequence[Currency], through: date) -> list[dict[str, str]]:
    """A row a month, a column a topic: how many officers' training ends in it; months without any are left out.

    The first two rows and the last are of those whose training is not current, or ends after these months.
    """
    months = [add_months(through, ahead) for ahead in range(MONTHS)]
    rows = [NEVER, ENDED, *(month_label(month) for month in months), LATER]
    counts = {row: dict.fromkeys((one.title for one in found), 0) for row in rows}
    for one in found:
        counts[_row(one, through, months)][one.title] += 1
    return [
        {"Ends in": row, **{title: str(n) for title, n in by_topic.items()}}
        for row, by_topic in counts.items()
        if row in (NEVER, ENDED, LATER) or any(by_topic.values())
    ]


def by_position(found: Sequence[Currency], through: date) -> list[dict[str, str]]:
    """A row a position (or an officer without one), a column a topic: until when the training holds."""
    rows: dict[str, dict[str, str]] = {}
    for one in sorted(found, key=lambda one: (not one.position_id, one.position_id, one.officer_id)):
        name = f"{one.position_id} ({one.officer_id})" if one.position_id else f"No position ({one.officer_id})"
        rows.setdefault(name, {"Position": name})[one.title] = _until(one, through)
    return list(rows.values())


def _row(one: Currency, through: date, months: Sequence[date]) -> str:
    if one.last_taken is None:
        return NEVER
    if one.holds_until is not None and one.holds_until < through:
        return ENDED
    if one.holds_until is None or one.holds_until >= add_months(months[-1], 1):
        return LATER
    return month_label(one.holds_until)


def _until(one: Currency, through: date) -> str:
    if one.last_taken is None:
        return "never taken"
    if one.holds_until is None:
        return "no end"
    return f"{'ended ' if one.holds_until < through else ''}{day_label(one.holds_until)}"
