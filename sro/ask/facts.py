"""What every answer from one vintage shares: its schools, tables and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sro.ask.asker import Asker, OpenVintage, default_settings
from sro.settings import Settings


@dataclass(frozen=True)
class School:
    school_id: str
    name: str
    short_name: str
    district_id: str
    district_name: str
    level: str
    provider: str
    program_start: date | None


@dataclass(frozen=True)
class Facts:
    """What every answer from one vintage shares."""

    schools: tuple[School, ...]
    present: frozenset[str]
    data_from: date
    data_through: date
    synthetic: bool
    sources: tuple[str, ...]

    @property
    def program_start(self) -> date | None:
        starts = [school.program_start for school in self.schools if school.program_start]
        return min(starts, default=None)


@lru_cache(maxsize=32)
def facts_of(asker: Asker) -> Facts:
    """Schools, tables and dates of a vintage; of the schools those that the asker may see."""
    districts = asker.settings.reach.districts
    schools = tuple(school for school in all_schools(asker) if not districts or school.district_id in districts)
    facts = dict(asker.rows("facts"))
    return Facts(
        schools=schools,
        present=frozenset(name for (name,) in asker.rows("present")),
        data_from=date.fromisoformat(facts["data_from"]),
        data_through=date.fromisoformat(facts["data_through"]),
        synthetic=facts.get("synthetic") == "true",
        sources=tuple(name for (name,) in asker.rows("sources")),
    )


@lru_cache(maxsize=8)
def all_schools(asker: Asker) -> tuple[School, ...]:
    """Every school of the vintage, whatever the asker may see."""
    return tuple(School(*row) for row in asker.rows("schools"))


def vintage_facts(vintage: OpenVintage, settings: Settings | None = None) -> Facts:
    """Schools, tables and dates of a vintage, for filter bars and headings."""
    return facts_of(Asker(vintage, settings or default_settings()))
