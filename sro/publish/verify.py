"""Asks the numbers of a published file again: genuine and current, genuine but since revised, altered, or not ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sro import calendar
from sro.calendar import PeriodError
from sro.figures import FigureError
from sro.metrics import CatalogueError
from sro.publish import passport, stamps
from sro.publish.desk import Desk
from sro.publish.passport import Entry, Passport
from sro.question import QuestionError
from sro.settings import AUDIENCES

CURRENT, REVISED, ALTERED, NOT_OURS = "current", "revised", "altered", "not_ours"
UNASKABLE = (QuestionError, PeriodError, CatalogueError, FigureError)


@dataclass(frozen=True)
class Checked:
    """One figure of a file: what it said, what the same question says now, and how the two differ."""

    entry: Entry
    said: str
    says_now: str
    why: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Verdict:
    """`state` is current, revised, altered or not_ours; `says` tells it in a sentence, `figures` one by one."""

    state: str
    says: str
    passport: Passport | None = None
    figures: tuple[Checked, ...] = field(default=())


def verify(data: bytes, desk: Desk, reader: str = "public") -> Verdict:
    """What is to be said of a file, given its bytes. `reader` is the audience of whoever asks.

    Of a file that was made for a narrower audience than the reader's, the reader learns only whether it is genuine.
    """
    try:
        text = stamps.text_in(data)
        found = passport.read(text) if text else None
        content = stamps.content_of(data) if found else ""
    except stamps.Unreadable:
        return Verdict(NOT_OURS, "Not ours, or damaged: the file cannot be read.")
    if found is None:
        return Verdict(NOT_OURS, "Not ours: the file carries no passport of this program.")
    key = passport.key_of(desk.settings)
    if found.key != passport.key_name(key):
        return Verdict(NOT_OURS, "Not ours: the passport was sealed by another installation, or its seal was forged.")
    if not found.is_whole(key):
        return Verdict(ALTERED, "Altered: the passport in this file was changed after it was published.")
    if content != found.content:
        return Verdict(ALTERED, "Altered: what this file shows was changed after it was published.", found.passport)
    if AUDIENCES.index(found.passport.audience) > AUDIENCES.index(reader):
        return Verdict(
            CURRENT if _is_served(found.passport, desk) else REVISED,
            f"Genuine. It was made for the audience {found.passport.audience}; ask there whether it is current.",
        )
    figures = tuple(_checked(entry, found.passport, desk) for entry in found.passport.entries)
    old = sum(not figure.is_current for figure in figures)
    if not old:
        return Verdict(CURRENT, "Genuine and current: asked again, every number is the same.", found.passport, figures)
    count = f"{old} of its {len(figures)} figures" if len(figures) > 1 else "its figure"
    return Verdict(REVISED, f"Genuine, but {count} would be different today.", found.passport, figures)


def _is_served(made: Passport, desk: Desk) -> bool:
    return made.vintage == desk.vintage.id


def _checked(entry: Entry, made: Passport, desk: Desk) -> Checked:
    """One entry beside the same question asked of the vintage that is served now."""
    try:
        now = desk.exhibit(entry.asked(), entry.form).figure
    except UNASKABLE as error:
        return Checked(entry, entry.said, "", (f"It can no longer be asked: {error}",))
    if passport.digest_of(now.table) == entry.digest:
        return Checked(entry, entry.said, now.title, ())
    why = []
    if now.provenance.definition != entry.definition:
        why.append(f"The definition changed from {entry.definition} to {now.provenance.definition}.")
    then = date.fromisoformat(made.data_through)
    if now.provenance.data_through != then:
        through = calendar.day_label(now.provenance.data_through)
        why.append(f"The data now reaches to {through}; then it reached to {calendar.day_label(then)}.")
    if now.provenance.vintage != made.vintage:
        why.append(f"Reports came or were corrected since: vintage {made.vintage} then, {now.provenance.vintage} now.")
    return Checked(entry, entry.said, now.title, tuple(why) or ("The program counts or draws it differently now.",))
