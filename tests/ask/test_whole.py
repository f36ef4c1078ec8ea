"""The total beside an answer is worked out once for all answers that it stands beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sro import ask as door
from sro.question import Question
from sro.vintages import current
from tests import office


@pytest.fixture
def settings(tmp_path: Path):
    at = office.settings_in(tmp_path / "home")
    assert office.load_office(office.write(tmp_path / "export"), at).is_good
    return at


def test_answers_of_every_grain_share_one_total(settings):
    vintage = current(settings)
    before = door._whole.cache_info().misses
    plain = Question("lessons_delivered", "2025-26")
    asked = [
        plain,
        replace(plain, grain="month"),
        replace(plain, by="school"),
        replace(plain, by="district", grain="quarter"),
    ]
    totals = {door.ask(question, vintage, settings).total for question in asked}
    assert [total.value for total in totals] == [office.LESSONS]
    assert door._whole.cache_info().misses == before + 1


def test_other_schools_have_another_total(settings):
    vintage = current(settings)
    totals = [
        door.ask(Question("lessons_delivered", "2025-26", schools=schools), vintage, settings).total.value
        for schools in ((), ("A",), ("B",))
    ]
    assert totals == [office.LESSONS, 2, 1]
