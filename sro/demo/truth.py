"""What is true of the fictional county, written down so that tests can ask whether the dashboard finds it.

The generator reads these constants; nothing else in it makes a rate change. Engagement has no trend.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

SYNTHETIC_FIRST_DAY = date(2021, 7, 1)


@dataclass(frozen=True)
class Change:
    """A change in what the log shows: where, in which metric, over which days, and by which factor.

    `real` is False where nothing changed at the schools and only the recording did. No `category` means all of them.
    """

    name: str
    real: bool
    metric: str
    school_ids: tuple[str, ...]
    first_day: date
    last_day: date | None
    factor: float
    category: str
    says: str


@dataclass(frozen=True)
class Truth:
    true_improvement: Change
    false_improvement: Change
    form_change: Change

    def __iter__(self) -> Iterator[Change]:
        return iter((self.true_improvement, self.false_improvement, self.form_change))


TRUTH = Truth(
    true_improvement=Change(
        name="true_improvement",
        real=True,
        metric="exposure_adjusted_incident_rate",
        school_ids=("990401060001", "990401060002"),
        first_day=date(2025, 1, 6),
        last_day=None,
        factor=0.5,
        category="",
        says="Dunmarrow Central School District: from January 2025 on, incidents of every kind happen half as often.",
    ),
    false_improvement=Change(
        name="false_improvement",
        real=False,
        metric="exposure_adjusted_incident_rate",
        school_ids=("990701060001",),
        first_day=date(2025, 2, 1),
        last_day=date(2025, 5, 31),
        factor=0.0,
        category="",
        says="Graylag Valley High School: the logs of February to May 2025 never came in, so that the year's count "
        "falls; the rate of the months that were received does not.",
    ),
    form_change=Change(
        name="form_change",
        real=False,
        metric="exposure_adjusted_incident_rate",
        school_ids=(),
        first_day=date(2023, 9, 1),
        last_day=None,
        factor=2.2,
        category="local:vaping_tobacco",
        says="Every school: the log form of September 2023 has a box for vaping, which is recorded 2.2 times as often "
        "since then.",
    ),
)


@dataclass(frozen=True)
class PlantedWarning:
    """Something odd in the rows that a check should mention; `rows` of it are planted in the whole span 2021–2026."""

    name: str
    table: str
    rows: int
    says: str


PLANTED_WARNINGS = (
    PlantedWarning("non_instructional_day", "shifts", 3, "An officer worked a school shift on a day without school."),
    PlantedWarning(
        "no_shift_that_day", "activities", 4, "An activity was logged by an officer without a shift that day."
    ),
    PlantedWarning(
        "repeated_incident", "incidents", 2, "The same school, day, time and category twice; no duplicate marked."
    ),
    PlantedWarning(
        "enrollment_jump", "enrollment", 1, "The learning center grew by more than a quarter in its second year."
    ),
)
