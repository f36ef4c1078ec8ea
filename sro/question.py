"""A Question: which metric, for which schools, over which period, how cut, compared with what, for which audience.

It is the page's URL, the cache key, the arguments of the command line and the passport inside a published file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sro.calendar import GRAINS, Period, parse_period
from sro.settings import AUDIENCES

BY = ("program", "district", "school", "level", "provider")
COMPARE = ("none", "prior_year", "same_months", "program_start")
FILTERS = ("districts", "schools", "levels", "providers")


class QuestionError(ValueError):
    """A question that cannot be asked; the message says which part and what may stand there."""


class NotYours(QuestionError):
    """A question that the asker's role does not allow."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Empty filters mean all; `sliced` cuts by the metric's own categories."""

    metric: str
    period: str
    grain: str = "total"
    by: str = "program"
    districts: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    sliced: bool = False
    compare: str = "none"
    audience: str = "public"

    def __post_init__(self) -> None:
        for name in FILTERS:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        for name, choices in (("grain", GRAINS), ("by", BY), ("compare", COMPARE), ("audience", AUDIENCES)):
            if getattr(self, name) not in choices:
                raise QuestionError(f"{name} is {getattr(self, name)!r}; use one of {', '.join(choices)}.")
        parse_period(self.period)

    @property
    def span(self) -> Period:
        return parse_period(self.period)

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) for name in FILTERS)

    def to_query(self) -> dict[str, str]:
        """As URL parameters; what stands at its default is left out."""
        query: dict[str, str] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            query[field.name] = (
                ",".join(value) if isinstance(value, tuple) else str(value).lower() if value is True else value
            )
        return query

    def to_command(self) -> str:
        """As the command that asks it."""
        words = ["python -m sro ask", self.metric]
        for name, value in self.to_query().items():
            if name == "sliced":
                words.append("--sliced")
            elif name in FILTERS:
                words += [f"--{name[:-1]} {part}" for part in value.split(",")]
            elif name != "metric":
                words.append(f"--{name} {value}")
        return " ".join(words)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Question:
        """The question that `to_query` wrote.

        Raises QuestionError for a missing metric or period and PeriodError for a period that cannot be read.
        """
        for name in ("metric", "period"):
            if not query.get(name):
                raise QuestionError(f"{name} is missing.")
        known = {field.name for field in fields(cls)}
        values: dict[str, object] = {name: text for name, text in query.items() if name in known}
        for name in FILTERS:
            values[name] = tuple(part for part in str(query.get(name, "")).split(",") if part)
        values["sliced"] = str(query.get("sliced", "")).lower() in ("true", "1", "yes")
        return cls(**values)  # type: ignore[arg-type]
