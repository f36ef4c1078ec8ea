"""What stands out: signals of a series, schools beside chance, and the sentences that say what changed."""

from sro.signals.changes import WATCHED, what_changed
from sro.signals.finding import Finding
from sro.signals.limits import limits_of, series_behind
from sro.signals.owed import logs_owed
from sro.signals.revised import Revision, revisions
from sro.signals.schools import SchoolSignal, SchoolWatch, watch_schools
from sro.signals.series import SeriesChart, signals_of

__all__ = [
    "WATCHED", "Finding", "Revision", "SchoolSignal", "SchoolWatch", "SeriesChart", "limits_of", "logs_owed",
    "revisions", "series_behind", "signals_of", "watch_schools", "what_changed",
]  # fmt: skip
