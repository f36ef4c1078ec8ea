"""One sentence of what changed, and its place in the list."""

from __future__ import annotations

from dataclasses import dataclass

from sro.question import Question

# What went away from the direction aimed at comes first.
ORDER = ("concerning", "schools", "neutral", "coverage", "logs", "revised", "target", "improving", "quiet")


@dataclass(frozen=True)
class Finding:
    """One sentence, the question it comes from, and how early in the list it stands. `kind` is one of ORDER."""

    kind: str
    sentence: str
    question: Question

    @property
    def importance(self) -> int:
        return len(ORDER) - ORDER.index(self.kind)
