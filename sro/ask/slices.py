"""The categories that an answer speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from sro import disclosure
from sro.ask.asker import Asker
from sro.calendar import Period
from sro.metrics import Card
from sro.question import Question

Slice = tuple[str | None, str]
NO_SLICE: tuple[Slice, ...] = ((None, ""),)


def slices_of(question: Question, card: Card, parts: Sequence[Period], asker: Asker) -> tuple[Slice, ...]:
    """Slice and title, in the order of the code list: all that the metric has anywhere in the vintage.

    Of categories, written scheme:code, only the schemes that were in use between the days asked for. Where numbers may
    be hidden, the code list's others too, so that the list does not tell which ever happened.
    """
    if not question.sliced:
        return NO_SLICE
    first, last = parts[0].start, parts[-1].end
    whole_list = not disclosure.is_open(card, question)
    known = [
        (slice_, title, (whole_list and is_listed) or any(first <= month <= last for month in months))
        for slice_, title, months, is_listed in asker.rows("slices", metric=card.name, dimension=card.slice)
        if months or (whole_list and is_listed)
    ]
    in_use = {_scheme(slice_) for slice_, _, in_span in known if in_span}
    return tuple((slice_, title) for slice_, title, _ in known if ":" not in slice_ or _scheme(slice_) in in_use)


def _scheme(slice_: str) -> str:
    return slice_.split(":", 1)[0]
