"""A desk whose answers are made by hand, in a data folder of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace

import pytest

from sro.answer import Answer
from sro.gates import Context
from sro.geography import Geography
from sro.publish import images
from sro.publish.desk import Desk
from sro.question import Question
from sro.settings import Folders, read_settings
from tests.figures.answers import COVERAGE, LESSONS, RATE, answer

MONTHLY = Question("coverage_rate", "2025-26", grain="month")
VALUES = (90, 84, 85, 86, 85, 86, 88, 88, 90, 89, 91, 92)


@dataclass(frozen=True)
class HandDesk(Desk):
    """Answers stand in `known`, by question."""

    known: dict[Question, Answer] = field(default_factory=dict)

    def ask(self, question: Question) -> Answer:
        return self.known[question]

    def limits_of(self, question: Question) -> None:
        return None


def coverage_by_month(values=VALUES, **changes) -> Answer:
    """On-site coverage of twelve months: `values` of 100 minutes each, a text where a month shows nothing."""
    numbers = [value if isinstance(value, str) else (value, 100) for value in values]
    return answer(COVERAGE, lambda unit, part, slice_: numbers[part], grain="month", **changes)


def desk_of(settings, *answers: Answer, vintage: str = "3fa9c2d1") -> HandDesk:
    made = [replace(one, provenance=replace(one.provenance, vintage=vintage)) for one in answers]
    facts = SimpleNamespace(schools=(), data_through=date(2026, 6, 30), synthetic=False)
    known = {one.question: one for one in made}
    return HandDesk(SimpleNamespace(id=vintage), settings, Context(facts, (), (), 0), {}, Geography(), known)  # type: ignore[arg-type]


@pytest.fixture
def settings(tmp_path):
    return read_settings(folders=Folders(data=tmp_path))


@pytest.fixture
def desk(settings):
    by_school = answer(
        RATE, lambda unit, part, slice_: [(40, 50_000), (6, 20_000), "not_received"][unit], by="school",
        units={"A": "Aspen HS", "B": "Birch MS", "C": "=Cedar ES"}, total=(46, 70_000),
    )  # fmt: skip
    sliced = answer(
        LESSONS, lambda unit, part, slice_: [(12, 1), (0, 1), "suppressed"][slice_], slices=("Law", "Safety", "Other"),
        total=(40, 1),
    )  # fmt: skip
    return desk_of(settings, coverage_by_month(), by_school, sliced)


@pytest.fixture
def exhibit(desk):
    return desk.exhibit([MONTHLY], "trend")


@pytest.fixture(scope="session", autouse=True)
def _one_browser():
    """The browser that a test has started ends with the tests."""
    yield
    images.studio().close()
