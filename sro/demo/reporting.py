"""Which months' logs came in, and how late. A month whose log is missing has no rows, and its zero means nothing."""

from __future__ import annotations

from datetime import date, timedelta

from sro.calendar import add_months, month_end
from sro.demo.county import (
    CEDAR_MIDDLE,
    EMBER_LAKE,
    HOLLIN_HIGH,
    IRONMOOR,
    JUNIPER_BEND,
    LATE_SCHOOL,
    LEARNING_CENTER,
    SORREL_ROAD,
)
from sro.demo.draws import Scene, whole
from sro.demo.truth import TRUTH

LATE_DAYS = 21
FALSE_IMPROVEMENT = TRUTH.false_improvement
LOST_LOGS = frozenset(
    (
        (IRONMOOR, date(2022, 12, 1)),
        (EMBER_LAKE, date(2023, 3, 1)),
        (IRONMOOR, date(2024, 3, 1)),
        (JUNIPER_BEND, date(2024, 6, 1)),
        (LEARNING_CENTER, date(2024, 9, 1)),
        (CEDAR_MIDDLE, date(2024, 12, 1)),
        (CEDAR_MIDDLE, date(2025, 1, 1)),
        (SORREL_ROAD, date(2025, 11, 1)),
        *((school_id, date(2025, month, 1)) for school_id in FALSE_IMPROVEMENT.school_ids for month in (2, 3, 4, 5)),
    )
)
# Rows reached the office, but the month was never closed: some of it may be missing.
UNFINISHED_LOGS = frozenset(((HOLLIN_HIGH, date(2025, 10, 1)),))
# For these nobody noted anything, not even that the log is missing.
UNMENTIONED_LOGS = frozenset(((EMBER_LAKE, date(2023, 3, 1)),))


def is_received(school_id: str, day: date) -> bool:
    """Whether what happened at a school on a day is in the export at all."""
    return (school_id, day.replace(day=1)) not in LOST_LOGS


def submitted_on(scene: Scene, school_id: str, month: date) -> date | None:
    """The day on which a month's log came in; None when it never did."""
    if (school_id, month) in LOST_LOGS | UNFINISHED_LOGS:
        return None
    roll = scene.dice("log", school_id, month)
    late = LATE_DAYS + whole(roll, -2, 8) if school_id == LATE_SCHOOL else whole(roll, 1, 8)
    return month_end(month) + timedelta(days=late)


def months(first: date, last: date) -> list[date]:
    """The first days of the months from `first` to `last`."""
    found = [first.replace(day=1)]
    while (later := add_months(found[-1], 1)) <= last:
        found.append(later)
    return found
