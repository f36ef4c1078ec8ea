"""What reads differently than in the vintage before stands in the next report, deck and pack."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from pptx import Presentation

from sro.publish import report as report_module
from sro.publish.corrections import Corrections, corrections
from sro.publish.deck import deck
from sro.publish.pack import index_page, readme
from sro.publish.presets import Choice, Collection, Placed, Preset
from sro.publish.report import report
from sro.signals import Revision
from tests.figures.answers import LESSONS, answer
from tests.publish.conftest import MONTHLY

SAYS = "Classroom lessons in 2025–26: 36 before, 41 now. 2 more reports received."


@pytest.fixture
def revision():
    then, now = answer(LESSONS, (36, 1)), answer(LESSONS, (41, 1))
    now = replace(now, total=replace(now.total, received=then.total.received + 2))
    return Revision(now, then, date(2026, 6, 30))


@pytest.fixture
def collection(exhibit, revision):
    preset = Preset("board", "School Resource Officer Program", "Report to the school board", ())
    found = Corrections("the data of Jun 30, 2026, vintage 11aa", (revision,))
    return Collection(preset, Choice("2025-26"), (Placed(1, "Presence", exhibit),), (), found)


def slide_texts(data: bytes) -> list[str]:
    show: Any = Presentation(io.BytesIO(data))
    return ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in show.slides]


@pytest.fixture
def written(monkeypatch):
    monkeypatch.setattr(report_module, "received", lambda *_: "")
    monkeypatch.setattr(report_module, "quality_rows", lambda _: [])
    return lambda collection, desk: docx.Document(io.BytesIO(report(collection, desk)))


def test_a_report_has_a_table_of_before_and_now_and_why(collection, desk, written):
    document = written(collection, desk)
    assert "Corrections" in [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    (table,) = [one for one in document.tables if one.rows[0].cells[1].text == "Before"]
    assert [cell.text for cell in table.rows[1].cells] == [
        "Classroom lessons in 2025–26", "36", "41", "2 more reports received."
    ]  # fmt: skip


def test_a_deck_and_a_pack_say_it_in_a_sentence(collection, desk):
    slide = slide_texts(deck(collection, desk))[-2]
    assert "Corrections" in slide and "SYNTHETIC" in slide and "vintage 11aa" in slide and SAYS in slide
    assert SAYS in readme(collection, [], desk) and SAYS in index_page(collection, [])


def test_where_every_total_reads_as_before_that_is_said(collection, desk):
    same = replace(collection, corrections=replace(collection.corrections, revisions=()))
    assert "Every total of these figures reads as in the data of Jun 30, 2026" in slide_texts(deck(same, desk))[-2]


def test_without_an_earlier_vintage_nothing_is_said(collection, desk, written):
    assert corrections(desk, MONTHLY, ["coverage_rate"]) is None
    first = replace(collection, corrections=None)
    assert not any("Corrections" in text for text in slide_texts(deck(first, desk)))
    assert not any(one.text == "Corrections" for one in written(first, desk).paragraphs)


def test_what_was_released_is_named(collection, revision):
    found = replace(collection.corrections, released=(["2026-07-01-01", "2026-08-01-01"],))
    assert found.sentences == [f"{SAYS} Already released: 2026-07-01-01, 2026-08-01-01."]
