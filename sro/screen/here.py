"""What a run of a page works with: who looks at it, the desk of the vintage served now, and the reader's colors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import streamlit as st

from sro import vintages
from sro.ask import catalogue_of
from sro.figures import Figure
from sro.limits import Limit
from sro.metrics import Card
from sro.people import NotAllowed, Person, Reach
from sro.publish.desk import Desk, desk
from sro.question import Question
from sro.settings import Settings, read_settings
from sro.sharing import shared
from sro.sign_in import sign_in
from sro.surroundings import titles
from sro.trail import note, try_note
from sro.vintages import VintageError

NOTED = "noted"
EXPORTS = Limit(60, 600)


@dataclass(frozen=True, eq=False)
class Here(Desk):
    """The desk, with the titles that filters need. Shared by all sessions that look at the same vintage."""

    titles: Mapping[tuple[str, str], str]

    def __hash__(self) -> int:
        return hash(self.vintage.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Here) and (self.vintage.id, self.settings) == (other.vintage.id, other.settings)

    @property
    def cards(self) -> Mapping[str, Card]:
        return catalogue_of(self.settings.folders.queries / "metrics").cards

    def draw(self, questions: tuple[Question, ...], form: str, colors: str = "") -> Figure:
        """The figure of one question, or of the three of a funnel, drawn once for everyone; in the reader's colors."""
        return _drawn(self, questions, form, colors or mode())


def here() -> Here:
    """What is served now, as far as the person at this screen may see it.

    Raises VintageError or SettingsError, in words for people, when there is nothing to serve, and NotSignedIn when
    nobody is known to be there, or not any more.
    """
    at = mine()
    return _here(vintages.current(at), at.reach, at.audience)


def person() -> Person:
    """Who looks at this screen; asked anew at each interaction, since a session ends and a role is taken away.

    Raises NotSignedIn when nobody is known to be there.
    """
    return sign_in().person(st.user.to_dict())


def noted(did: str, what: str, audience: str = "", vintage: str = "") -> None:
    """Tell the audit trail what this person does, once for as often as a screen runs while it is done.

    Raises TrailError when it cannot be written, except of what is only looked at, and NotAllowed for more files in a
    short time than a person makes.
    """
    key, known = (did, what, audience, vintage), st.session_state.setdefault(NOTED, [])
    if key in known:
        return
    who = person().name
    if did == "exported" and (wait := EXPORTS.wait(who)):
        raise NotAllowed(f"Too many files in a short time. Try again in {int(wait) + 1} seconds.")
    if did == "saw":
        try_note(settings(), who, did, what, audience, vintage)
        known[:] = [one for one in known if one[0] != did]  # looking again later is another look
    else:
        note(settings(), who, did, what, audience, vintage)
    known.append(key)


def mine() -> Settings:
    """The settings, as far as this person reaches. Without sign-in the one local person sees what the office set."""
    if not sign_in().required:
        return settings()
    return settings().seen_by(person().reach)


@lru_cache(maxsize=1)
def settings() -> Settings:
    return read_settings()


@lru_cache(maxsize=32)
def _here(vintage: vintages.Vintage, reach: Reach, audience: str) -> Here:
    at = replace(settings(), reach=reach, audience=audience)
    made = Here(**vars(desk(at, vintage)), titles=titles(vintage, at))
    if not made.facts.schools:
        raise VintageError("No school of your district is in this data. Ask whoever runs the dashboard.")
    return made


@shared(kept=512)
def _drawn(place: Here, questions: tuple[Question, ...], form: str, mode: str) -> Figure:
    return place.exhibit(questions, form, mode, "screen").figure


def mode() -> str:
    """light or dark, as the reader's screen is."""
    return "dark" if st.context.theme.type == "dark" else "light"
