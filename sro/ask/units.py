"""Which unit each school, or district, is counted in, and what units are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from sro.ask.asker import Asker
from sro.ask.facts import Facts, all_schools, facts_of
from sro.metrics import Card
from sro.question import FILTERS, Question, QuestionError


def filters_of(question: Question) -> Question:
    """The question with only what says which schools are counted, and in which units, whatever the period."""
    return Question("", "2000-01", by=question.by, **{name: getattr(question, name) for name in FILTERS})


@lru_cache(maxsize=256)
def chosen_by(filters: Question, card: Card, asker: Asker) -> Mapping[str, str]:
    """School, or district where the metric is known by district → its unit. `filters` is what `filters_of` gives."""
    facts = facts_of(asker)
    return units_of(filters, facts) if card.level != "district" else _districts_of(filters, card, facts, asker)


def units_of(question: Question, facts: Facts) -> dict[str, str]:
    """School → the unit it is counted in, for the schools that the filters leave."""
    for name, known in (
        ("schools", {school.school_id for school in facts.schools}),
        ("districts", {school.district_id for school in facts.schools}),
        ("levels", {school.level for school in facts.schools}),
        ("providers", {school.provider for school in facts.schools}),
    ):
        strangers = [value for value in getattr(question, name) if value not in known]
        if strangers:
            raise QuestionError(f"There is no {name[:-1]} {strangers[0]!r} in this export.")
    unit = {
        "program": lambda school: "program",
        "district": lambda school: school.district_id,
        "school": lambda school: school.school_id,
        "level": lambda school: school.level,
        "provider": lambda school: school.provider,
    }[question.by]
    return {
        school.school_id: unit(school)
        for school in facts.schools
        if (not question.schools or school.school_id in question.schools)
        and (not question.districts or school.district_id in question.districts)
        and (not question.levels or school.level in question.levels)
        and (not question.providers or school.provider in question.providers)
    }


def is_whole_program(unit_of: Mapping[str, str], asker: Asker) -> bool:
    """Whether all schools of the vintage are counted, together."""
    every = {school.school_id for school in all_schools(asker)}
    return set(unit_of.values()) == {"program"} and unit_of.keys() == every


def _districts_of(question: Question, card: Card, facts: Facts, asker: Asker) -> dict[str, str]:
    """District → its unit, for a metric known by district; also districts without a school, unless some are chosen."""
    known = {school.district_id for school in facts.schools}
    units_of(question, facts)  # refuses a district that is not there
    every = (
        known
        if asker.settings.reach.districts
        else known | {name for (name,) in asker.rows("known_to", metric=card.name)}
    )
    return {
        name: "program" if question.by == "program" else name
        for name in sorted(every)
        if not question.districts or name in question.districts
    }


@lru_cache(maxsize=64)
def unit_names(filters: Question, asker: Asker) -> Mapping[str, str]:
    """Unit → its name, in the order in which units are listed: district, then name; never by a value."""
    question, facts = filters, facts_of(asker)
    if question.by == "program":
        return {"program": "Program"}
    in_order = sorted(facts.schools, key=lambda school: (school.district_name, school.name, school.school_id))
    if question.by == "school":
        short = Counter(school.short_name for school in in_order)
        return {
            school.school_id: school.short_name if short[school.short_name] == 1 else school.name for school in in_order
        }
    if question.by == "district":
        return {school.district_id: school.district_name for school in in_order}
    field = "level" if question.by == "level" else "provider"
    return {value: value.replace("_", " ").capitalize() for value in sorted({getattr(s, field) for s in facts.schools})}
