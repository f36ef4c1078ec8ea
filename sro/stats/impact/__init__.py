"""Did a rate change where the program began? Three designs, each with what it needs and what it lacks.

`before_after` describes, `interrupted` also allows for trend and season, `staggered` compares with schools that the
program had not reached yet. None of them shows a cause: ASSOCIATION stands beside every result.
"""

from sro.stats.impact.before_after import BeforeAfter, before_after
from sro.stats.impact.estimates import ASSOCIATION, LEAST_EVENTS, LEAST_POINTS, Estimate
from sro.stats.impact.interrupted import Interrupted, interrupted
from sro.stats.impact.staggered import EventTime, GroupTime, Staggered, staggered

__all__ = [
    "ASSOCIATION", "LEAST_EVENTS", "LEAST_POINTS", "BeforeAfter", "Estimate", "EventTime", "GroupTime", "Interrupted",
    "Staggered", "before_after", "interrupted", "staggered",
]  # fmt: skip
