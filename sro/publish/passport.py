"""What every published file carries, so that its number can be asked again: the passport, and its seal.

The passport names the Questions, the vintage, the definition, the audience and the digest of each figure's numbers.
Its seal is made with a key that only this installation has, over the passport and over what the file shows: whoever
changes either breaks it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from sro.figures import Figure
from sro.figures.tables import drawn
from sro.people import NotAllowed
from sro.question import Question
from sro.settings import Settings

KIND = "SRO passport 1"
KEYWORD = "SRO-Passport"  # what it is called in PNG, PDF and document properties
KEY_FILE = "passport.key"


@dataclass(frozen=True)
class Entry:
    """One figure: what was asked, how it was drawn, what it said, and the digest of its numbers."""

    figure: str
    form: str
    questions: tuple[Mapping[str, str], ...]
    definition: str
    said: str
    digest: str

    def asked(self) -> tuple[Question, ...]:
        """The questions, as objects.

        Raises QuestionError or PeriodError where they can no longer be asked.
        """
        return tuple(Question.from_query(query) for query in self.questions)


@dataclass(frozen=True)
class Passport:
    """What a file is of. `key` makes its seal and is never written anywhere else."""

    program: str
    vintage: str
    data_through: str
    audience: str
    synthetic: bool
    entries: tuple[Entry, ...]
    key: bytes = field(repr=False, compare=False, default=b"")

    @property
    def short(self) -> str:
        """What stands visibly in the footer of a figure."""
        first = self.entries[0]
        return f"Passport {first.figure}-{first.digest[:8]}: python -m sro verify FILE asks this number again."

    def sealed(self, content: str) -> str:
        """The passport as one line of ASCII JSON, sealed for a file whose content has that digest."""
        whole = {"kind": KIND, "key": key_name(self.key), **_plain(self), "content": content}
        return json.dumps({**whole, "seal": _seal(whole, self.key)}, separators=(",", ":"))


def issue(figures: Sequence[Figure], settings: Settings) -> Passport:
    """The passport of figures that are published together; all of one vintage.

    Raises ValueError without a figure, NotAllowed for an audience that the asker does not see, and OSError where the
    key cannot be kept.
    """
    if not figures:
        raise ValueError("There is no figure to publish.")
    if any(figure.provenance.audience not in settings.reach.audiences for figure in figures):
        raise NotAllowed("Your role does not see what is told to this audience. Ask whoever runs the dashboard.")
    made = figures[0].provenance
    audiences = {figure.provenance.audience for figure in figures}
    return Passport(
        program=made.program,
        vintage=made.vintage,
        data_through=made.data_through.isoformat(),
        audience=max(audiences, key=("public", "leadership", "restricted").index),
        synthetic=made.synthetic,
        entries=tuple(entry_of(figure) for figure in figures),
        key=key_of(settings),
    )


def entry_of(figure: Figure) -> Entry:
    return Entry(
        figure=figure.id,
        form=figure.form,
        questions=tuple(question.to_query() for question in figure.questions),
        definition=figure.provenance.definition,
        said=figure.title,
        digest=digest_of(figure.table),
    )


def digest_of(table: pd.DataFrame) -> str:
    """The digest of every number and word of a figure's table."""
    rows = [
        [value if isinstance(value, str) else drawn(value) for value in row] for row in table.itertuples(index=False)
    ]
    text = json.dumps([list(map(str, table.columns)), rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Found:
    """A passport as it was read from a file: whose key sealed it, for which content, and the seal itself."""

    passport: Passport
    key: str
    content: str
    seal: str

    def is_whole(self, key: bytes) -> bool:
        """Whether nobody has changed the passport since it was sealed."""
        whole = {"kind": KIND, "key": self.key, **_plain(self.passport), "content": self.content}
        return hmac.compare_digest(self.seal, _seal(whole, key))


def read(text: str) -> Found | None:
    """The passport that a file carries as text; None where it is none."""
    with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
        whole = json.loads(text)
        if whole.pop("kind") != KIND:
            return None
        key, content, seal = (str(whole.pop(name)) for name in ("key", "content", "seal"))
        entries = tuple(Entry(**{**entry, "questions": tuple(entry["questions"])}) for entry in whole.pop("entries"))
        return Found(Passport(entries=entries, **whole), key, content, seal)
    return None


def key_of(settings: Settings) -> bytes:
    """The key of this installation, made when the first file is published; only its owner may read it."""
    path = settings.folders.data / KEY_FILE
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_bytes(32)
    aside = path.with_name(f".{KEY_FILE}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made)
    try:
        os.link(aside, path)  # the first of several processes wins, and a half-written key never has its name
    except FileExistsError:
        return path.read_bytes()
    finally:
        Path(aside).unlink()
    return made


def key_name(key: bytes) -> str:
    """Which key it is, without giving it away."""
    return hashlib.sha256(b"name of " + key).hexdigest()[:12]


def _plain(passport: Passport) -> dict[str, Any]:
    return {
        "program": passport.program,
        "vintage": passport.vintage,
        "data_through": passport.data_through,
        "audience": passport.audience,
        "synthetic": passport.synthetic,
        "entries": [
            {
                "figure": entry.figure,
                "form": entry.form,
                "questions": [dict(query) for query in entry.questions],
                "definition": entry.definition,
                "said": entry.said,
                "digest": entry.digest,
            }
            for entry in passport.entries
        ],
    }


def _seal(whole: Mapping[str, Any], key: bytes) -> str:
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def digest(parts: Iterable[bytes]) -> str:
    """One digest of several parts, in which none can lend a byte to its neighbor."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()
