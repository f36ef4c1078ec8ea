"""Who somebody is to the dashboard: which audiences, whose schools, and what they may do beside reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

LOAD, PUBLISH, READ_LOG = "load", "publish", "read_log"
DOES = {
    LOAD: "load data, or return to an earlier vintage",
    PUBLISH: "make slides, reports and figure packs, or release and withdraw them",
    READ_LOG: "read the audit trail",
}


class NotAllowed(Exception):
    """Somebody wants what their role does not let them; the message says what, and whom to ask."""


@dataclass(frozen=True)
class Reach:
    """What may be asked and done. `districts` are the only ones whose schools are counted; empty where all are."""

    audiences: tuple[str, ...]
    may: frozenset[str] = frozenset()
    districts: tuple[str, ...] = ()

    @property
    def audience(self) -> str:
        """The one that is told most."""
        return max(self.audiences, key=ORDER.index)

    def must(self, what: str) -> None:
        """Raise NotAllowed unless `what` is allowed."""
        if what not in self.may:
            raise NotAllowed(f"Your role does not let you {DOES[what]}. Ask whoever runs the dashboard.")


ORDER = ("public", "leadership", "restricted")
EVERYTHING = Reach(ORDER, frozenset(DOES))
PARTNER = "partner"
ROLES = {
    "viewer": Reach(ORDER[:1]),
    PARTNER: Reach(ORDER[:1]),
    "grants": Reach(ORDER[:1], frozenset({PUBLISH})),
    "leader": Reach(ORDER[:2], frozenset({PUBLISH})),
    "coordinator": Reach(ORDER, frozenset({PUBLISH, LOAD})),
    "admin": EVERYTHING,
}


@dataclass(frozen=True)
class Person:
    """Somebody at the dashboard. `name` is what the audit trail calls them."""

    name: str
    roles: tuple[str, ...]
    reach: Reach = field(compare=False, default=EVERYTHING)


LOCAL = Person("local", ("admin",))


def reach_of(roles: Iterable[str]) -> Reach | None:
    """What several roles allow together; None without a role that there is.

    A partner's role is written `partner:DISTRICT`, one for each district; beside any other role it adds nothing.
    """
    plain, districts = [], set()
    for role in roles:
        name, _, district = role.partition(":")
        if name == PARTNER and district:
            districts.add(district)
        elif role in ROLES and role != PARTNER:
            plain.append(ROLES[role])
    if plain:
        audiences = tuple(name for name in ORDER if any(name in reach.audiences for reach in plain))
        return Reach(audiences, frozenset().union(*(reach.may for reach in plain)))
    return Reach(ROLES[PARTNER].audiences, districts=tuple(sorted(districts))) if districts else None


def is_role(text: str) -> bool:
    """Whether `text` is a role as program.toml may write it."""
    return reach_of([text]) is not None
