"""The one filter bar: school year and part of it, comparison, schools. What it says stands in the page's address."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import streamlit as st

from sro import calendar
from sro.calendar import Period
from sro.question import FILTERS
from sro.screen import ahead
from sro.screen.here import Here, here
from sro.screen.view import View, last_twelve, months_of, parts_of, view_of, years

LAST_TWELVE, ALL_YEARS, MONTHS, WHOLE = "last", "all", "months", "whole"
COMPARISONS = {
    "same_months": "Same months a year before",
    "prior_year": "Whole year before",
    "program_start": "First school year of the program",
    "none": "Nothing",
}
NOUNS = {"districts": "Districts", "levels": "Levels", "providers": "Provided by", "schools": "Schools"}
VIEW, ADDRESS = "view", "address"
ONLY = {"school": "only_school", "district": "only_district"}


def filters(only: str = "") -> View:
    """The filter bar, and what it says now. `only` school or district: exactly one, which other screens do not keep."""
    place = here()
    shared, chosen = _arrived(place, only)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filter_bar"):
        span = _period(place)
        compare = st.selectbox(
            "Compare with", list(COMPARISONS), format_func=COMPARISONS.__getitem__, key=_key("compare"), width=250
        )
        shared = replace(shared, period=span.key, compare=compare or "none")
        if only:
            chosen = _one(place, only)
        else:
            shared = replace(shared, **_schools(place, shared))
    view = shared.only(only, chosen)
    _remember(shared, view, only, chosen)
    ahead.shows(view)
    return view


# The address and the widgets ------------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return f"filter_{name}"


def _arrived(place: Here, only: str) -> tuple[View, str]:
    """The view of this run: the address when it says something new, else what was shown last, else the usual one.

    With it the one school or district of this screen, which other screens do not keep; nothing where there is no such.
    """
    address = st.query_params.to_dict()
    last: View | None = st.session_state.get(VIEW)
    chosen: str = st.session_state.get(ONLY[only], "") if only else ""
    told: tuple[str, ...] = ()
    if last is None or (address and address != st.session_state.get(ADDRESS)):
        view, told = view_of(address, place.facts, place.settings.audience)
        if only:
            named = getattr(view, f"{only}s")
            chosen = named[0] if named else chosen
            shared = last or replace(view, schools=(), districts=view.districts if only == "school" else ())
            view = replace(shared, period=view.period, compare=view.compare)
    else:
        view, _ = view_of(last.to_query(), place.facts, place.settings.audience)  # another vintage may lack a school
    if only and chosen not in _options(place)[f"{only}s"]:
        chosen = _first_served(place, view, only)
    came = not address  # from another screen, whose widgets' state is not that of the widgets here
    if came or view != last or _key("year") not in st.session_state:
        _set_widgets(view, place)
    if only and (came or chosen != st.session_state.get(ONLY[only]) or _key(only) not in st.session_state):
        st.session_state[_key(only)] = chosen
    for sentence in told:
        st.warning(sentence, icon=":material/link_off:")
    return view, chosen


def _remember(shared: View, shown: View, only: str, chosen: str) -> None:
    st.session_state[VIEW] = shared
    if only:
        st.session_state[ONLY[only]] = chosen
    address = shown.to_query()
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    st.session_state[ADDRESS] = address


def _set_widgets(view: View, place: Here) -> None:
    """Every widget as the view has it. Runs before they are drawn."""
    span, state = view.span, st.session_state
    whole, all_years = calendar.school_year_of(span.start), years(place.facts)
    state[_key("from")], state[_key("to")] = span.start, span.end.replace(day=1)
    state[_key("part")] = WHOLE
    if span.key in {year.key for year in all_years}:
        state[_key("year")] = span.key
    elif len(all_years) > 1 and (span.start, span.end) == (all_years[-1].start, all_years[0].end):
        state[_key("year")] = ALL_YEARS
    elif span == last_twelve(place.facts):
        state[_key("year")] = LAST_TWELVE
    elif span.key in {part.key for part in parts_of(whole, place.facts)}:
        state[_key("year")], state[_key("part")] = whole.key, span.key
    else:
        state[_key("year")] = MONTHS
    state[_key("compare")] = view.compare
    for name in FILTERS:
        state[_key(name)] = list(getattr(view, name))


# The controls ---------------------------------------------------------------------------------------------------------


def _period(place: Here) -> Period:
    """The school year, or several, or a stretch of months."""
    every = years(place.facts)
    last = last_twelve(place.facts)
    labels = {LAST_TWELVE: f"Last {last.months} whole months"} | {
        year.key: f"School year {year.label}" for year in every
    }
    if len(every) > 1:
        labels[ALL_YEARS] = f"All {len(every)} school years"
    labels[MONTHS] = "Months of your choice"
    chosen = st.selectbox("Period", list(labels), format_func=labels.__getitem__, key=_key("year"), width=215)
    if chosen == LAST_TWELVE:
        return last
    if chosen == MONTHS:
        return _months(place)
    if chosen == ALL_YEARS:
        return calendar.span(every[-1].start, every[0].end)
    year = calendar.parse_period(chosen or every[0].key)
    parts = {WHOLE: year} | {part.key: part for part in parts_of(year, place.facts)}
    if st.session_state.get(_key("part")) not in parts:
        same = str(st.session_state.get(_key("part"), ""))[-3:]
        st.session_state[_key("part")] = f"{year.key}{same}" if f"{year.key}{same}" in parts else WHOLE
    part = st.selectbox(
        "Part of it",
        list(parts),
        format_func=lambda key: "Whole year" if key == WHOLE else parts[key].label.replace(f", {year.label}", ""),
        key=_key("part"),
        width=200,
    )
    return parts[part or WHOLE]


def _months(place: Here) -> Period:
    """From one month to another; the later one stands where they are the wrong way round."""
    months = months_of(place.facts)
    for name, usual in (("from", months[max(0, len(months) - 12)]), ("to", months[-1])):
        if st.session_state.get(_key(name)) not in months:
            st.session_state[_key(name)] = usual
    first: date = st.selectbox("From", months, format_func=calendar.month_label, key=_key("from"), width=130)
    last: date = st.selectbox("To", months, format_func=calendar.month_label, key=_key("to"), width=130)
    return calendar.span(min(first, last), max(first, last))


def _schools(place: Here, view: View) -> dict[str, tuple[str, ...]]:
    """District, level, provider and school, behind one button that says what is chosen."""
    options = _options(place)
    with st.popover(_chosen_text(view, options), icon=":material/filter_alt:", key=_key("schools_button")):
        chosen = {
            name: st.multiselect(noun, list(options[name]), format_func=options[name].__getitem__, key=_key(name),
                                 placeholder="All")
            for name, noun in NOUNS.items()
        }  # fmt: skip
        st.button("Show all schools", on_click=_clear, disabled=not view.is_filtered, icon=":material/filter_alt_off:")
    return {name: tuple(sorted(values)) for name, values in chosen.items()}


def _clear() -> None:
    for name in FILTERS:
        st.session_state[_key(name)] = []


def _one(place: Here, only: str) -> str:
    options = _options(place)[f"{only}s"]
    return st.selectbox(only.capitalize(), list(options), format_func=options.__getitem__, key=_key(only), width=360)


def _options(place: Here) -> dict[str, dict[str, str]]:
    """Filter → its values with what people call them, in the order of lists."""
    schools = sorted(place.facts.schools, key=lambda school: (school.district_name, school.name, school.school_id))
    named = Counter(school.name for school in schools)
    return {
        "districts": {school.district_id: school.district_name for school in schools},
        "schools": {
            school.school_id: school.name
            if named[school.name] == 1
            else f"{school.name} ({school.district_name}, {school.school_id})"
            for school in schools
        },
        "levels": _titled("level", {school.level for school in schools}, place),
        "providers": _titled("provider_agency", {school.provider for school in schools}, place),
    }


def _titled(dimension: str, used: set[str], place: Here) -> dict[str, str]:
    known = {code: title for (kind, code), title in place.titles.items() if kind == dimension and code in used}
    return known | {code: code.replace("_", " ").capitalize() for code in sorted(used - set(known))}


def _chosen_text(view: View, options: dict[str, dict[str, str]]) -> str:
    parts = []
    for name in NOUNS:
        values = getattr(view, name)
        if values:
            parts.append(options[name][values[0]] if len(values) == 1 else f"{len(values)} {NOUNS[name].lower()}")
    text = " · ".join(parts) or "All schools"
    return text if len(text) <= 60 else f"{text[:59]}…"


def _first_served(place: Here, view: View, only: str) -> str:
    """The school or district that a screen opens with: of those chosen, the first by name that is served."""
    schools = sorted(place.facts.schools, key=lambda school: (school.district_name, school.name, school.school_id))
    chosen = [school for school in schools if not view.districts or school.district_id in view.districts] or schools
    served = [school for school in chosen if school.program_start]
    return getattr((served or chosen)[0], f"{only}_id")
