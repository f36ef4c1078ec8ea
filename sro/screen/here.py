"""What a run of a page works with: the desk of the vintage that is served now, and the reader's colors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from sro import vintages
from sro.ask import catalogue_of
from sro.figures import Figure
from sro.metrics import Card
from sro.publish.desk import Desk, desk
from sro.question import Question
from sro.settings import Settings, read_settings
from sro.surroundings import titles


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

    def draw(self, questions: tuple[Question, ...], form: str) -> Figure:
        """The figure of one question, or of the three of a funnel, in the reader's colors; drawn once for everyone."""
        return _drawn(self, questions, form, mode())


def here() -> Here:
    """What is served now.

    Raises VintageError or SettingsError, in words for people, when there is nothing to serve.
    """
    return _here(vintages.current(settings()))


@lru_cache(maxsize=1)
def settings() -> Settings:
    return read_settings()


@lru_cache(maxsize=4)
def _here(vintage: vintages.Vintage) -> Here:
    return Here(**vars(desk(settings(), vintage)), titles=titles(vintage, settings()))


@lru_cache(maxsize=512)
def _drawn(place: Here, questions: tuple[Question, ...], form: str, mode: str) -> Figure:
    return place.exhibit(questions, form, mode, "screen").figure


def mode() -> str:
    """light or dark, as the reader's screen is."""
    return "dark" if st.context.theme.type == "dark" else "light"
