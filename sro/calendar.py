"""School years and the periods within them. A leaf: dates in, dates out.

A school year runs from 1 July to 30 June. Halves and quarters are whole months that nest in it, so that
month → quarter → half → year adds up: Q1 July to September … Q4 April to June; S1 July to December, S2 January to June.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_MONTH = 7
GRAINS = ("total", "day", "month", "quarter", "semester", "year")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class PeriodError(ValueError):
    """A period that cannot be read; the message shows the forms that can."""


@dataclass(frozen=True, order=True)
class Period:
    """Whole months from `start` (a first of month) to `end` (a last of month), with the text that names them."""

    start: date
    end: date
    key: str
    label: str

    @property
    def months(self) -> int:
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def short_label(self) -> str:
        """The label where room is short: `2025–26`, `Nov 2025`, `Nov ’25–Oct ’26`."""
        if self.months == 1 or " to " not in self.label:
            return self.label.split(" (")[0]
        ends = (f"{MONTH_NAMES[day.month - 1]} ’{day.year % 100:02d}" for day in (self.start, self.end))
        return "–".join(ends)

    @property
    def is_whole_years(self) -> bool:
        return self.start.month == FIRST_MONTH and self.months % 12 == 0

    def back(self, years: int = 1) -> Period:
        """The same months, `years` earlier."""
        return span(add_months(self.start, -12 * years), add_months(self.end.replace(day=1), -12 * years))


def parse_period(text: str) -> Period:
    """The period that a text names: `2025-26`, `2025-26-Q1`, `2025-26-S2`, `2025-09`, `2025-09..2026-01`.

    Raises PeriodError with the forms that can be read.
    """
    text = text.strip().replace("–", "-")
    if match := re.fullmatch(r"(\d{4})-(\d{2})(?:-([QS])([1-4]))?", text):
        first, second, kind, number = match.groups()
        if kind is None and int(second) == (int(first) + 1) % 100:
            return year(int(first))
        if kind is None and 1 <= int(second) <= 12:
            return span(date(int(first), int(second), 1), date(int(first), int(second), 1))
        if kind and int(second) == (int(first) + 1) % 100 and not (kind == "S" and int(number) > 2):
            return part_of_year(int(first), kind, int(number))
    if match := re.fullmatch(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})", text):
        first_year, first_month, last_year, last_month = map(int, match.groups())
        if 1 <= first_month <= 12 and 1 <= last_month <= 12:
            start, last = date(first_year, first_month, 1), date(last_year, last_month, 1)
            if start <= last:
                return span(start, last)
            raise PeriodError(f"{text!r} ends before it begins. Write the earlier month first, as in 2025-09..2026-01.")
    raise PeriodError(
        f"{text!r} is no period. Write a school year (2025-26), a quarter (2025-26-Q1), a half (2025-26-S2), "
        "a month (2025-09) or a span of months (2025-09..2026-01)."
    )


def year(first: int) -> Period:
    """The school year that begins on 1 July of `first`."""
    name = f"{first}-{(first + 1) % 100:02d}"
    return Period(date(first, FIRST_MONTH, 1), date(first + 1, 6, 30), name, name.replace("-", "–"))


def part_of_year(first: int, kind: str, number: int) -> Period:
    """Quarter (kind Q, 1 to 4) or half (kind S, 1 to 2) of the school year that begins in `first`."""
    months = 3 if kind == "Q" else 6
    start = add_months(date(first, FIRST_MONTH, 1), months * (number - 1))
    last = add_months(start, months - 1)
    whole = year(first)
    name = f"{'Quarter' if kind == 'Q' else 'Half'} {number}, {whole.label}"
    return Period(start, month_end(last), f"{whole.key}-{kind}{number}", f"{name} ({month_range(start, last)})")


def span(first: date, last: date) -> Period:
    """The months from that of `first` to that of `last`, named as the school year, quarter or half they are."""
    start, last = first.replace(day=1), last.replace(day=1)
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    into_year = (start.month - FIRST_MONTH) % 12
    opening = school_year_start(start)
    if months == 12 and into_year == 0:
        return year(opening)
    if months == 6 and into_year % 6 == 0:
        return part_of_year(opening, "S", into_year // 6 + 1)
    if months == 3 and into_year % 3 == 0:
        return part_of_year(opening, "Q", into_year // 3 + 1)
    key = f"{start:%Y-%m}" if months == 1 else f"{start:%Y-%m}..{last:%Y-%m}"
    label = month_label(start) if months == 1 else f"{month_label(start)} to {month_label(last)}"
    return Period(start, month_end(last), key, label)


def school_year_start(day: date) -> int:
    """The calendar year in which the school year of `day` began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def school_year_of(day: date) -> Period:
    return year(school_year_start(day))


def periods_within(period: Period, grain: str) -> Iterator[Period]:
    """The parts of `period` at a grain, in order; a part that sticks out is cut to the period's months."""
    if grain == "total":
        yield period
        return
    step = {"month": 1, "quarter": 3, "semester": 6, "year": 12}[grain]
    start = period.start
    while start <= period.end:
        into = (start.month - FIRST_MONTH) % 12 % step
        last = min(add_months(start, step - into - 1), period.end.replace(day=1))
        yield span(start, last)
        start = add_months(last, 1)


def add_months(day: date, months: int) -> date:
    """The first of the month that lies `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def month_end(day: date) -> date:
    return add_months(day, 1) - timedelta(days=1)


def month_label(day: date) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def month_range(first: date, last: date) -> str:
    return f"{MONTH_NAMES[first.month - 1]}–{MONTH_NAMES[last.month - 1]}"


def day_label(day: date) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}"
