"""A report reads well in Word and in a screen reader, and its tables hold the Answer's numbers."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from sro.calendar import parse_period
from sro.gates import Context
from sro.geography import Geography
from sro.publish import browser, paper, passport, quality, report, stamps
from sro.publish.browser import NoBrowser
from sro.publish.grants import Grant, GrantError, Reporting, find_grant, last_period, measures
from sro.publish.presets import Choice, Collection, Placed, Preset
from sro.publish.report import Award
from sro.publish.verify import CURRENT, verify
from sro.question import Question
from tests.figures.answers import LESSONS, answer
from tests.publish.conftest import HandDesk, coverage_by_month

ROWS = {
    "grants": [
        ("G-1", "Bureau of Justice Assistance", "STOP", "16.839", 420_000.0, date(2025, 7, 1), date(2027, 6, 30),
         number, *span, None)
        for number, span in enumerate(
            [(date(2025, 7, 1), date(2025, 9, 30)), (date(2025, 10, 1), date(2025, 12, 31))], 1)
    ],
    "grant_measures": [
        ("M1", "Number of lessons taught", "AL 16.839", "lessons", "sum", True, 1, 5.0, 20.0),
        ("M1", "Number of lessons taught", "AL 16.839", "lessons", "sum", True, 2, 5.0, 30.0),
        ("M2", "Number of technology solutions", "AL 16.839", "D05", "sum", False, 1, 0.0, 1.0),
        ("M3", "Percent satisfied", "AL 16.839", None, "last", None, None, None, None),
    ],
}  # fmt: skip


@dataclass(frozen=True)
class GrantDesk(HandDesk):
    """A desk whose vintage has the rows of two awards' tables, and answers for lessons alone."""

    def ask(self, question: Question):
        if question in self.known:
            return self.known[question]
        if question.metric == "lessons":
            return answer(LESSONS, (36, 1), period=question.period)
        from sro.metrics import CatalogueError

        raise CatalogueError(f"There is no metric {question.metric!r}.")


class Rows:
    """A cursor that gives the rows of a query file by its first word."""

    id = "3fa9c2d1"

    def cursor(self):
        return self

    def execute(self, sql: str, parameters=None):
        self.file = "grant_measures" if "$grant_id" in sql else "grants"
        return self

    def fetchall(self):
        return ROWS[self.file]


@pytest.fixture
def desk(settings, monkeypatch):
    made = coverage_by_month((90, 84, "not_received", 86, "suppressed", 86, 88, 88, 90, 89, 91, 92))
    facts = SimpleNamespace(
        schools=(), data_through=date(2026, 6, 30),
        present={"grants", "grant_periods", "grant_measures", "grant_targets"},
    )  # fmt: skip
    for name, value in (
        ("received", "10 of 12 reports have come."),
        ("quality_rows", [["late", "shifts", "day", "3"]]),
    ):
        monkeypatch.setattr(report, name, lambda *_, value=value: value)
    return GrantDesk(Rows(), settings, Context(facts, (), (), 0), {}, Geography(), {made.question: made})  # type: ignore[arg-type]


@pytest.fixture
def collection(desk):
    (asked,) = desk.known
    preset = Preset("grant", "Grant performance report", "School Resource Officer Program", ())
    placed = (Placed(3, "Presence", desk.exhibit([asked], "trend")),)
    return Collection(preset, Choice("2025-26"), placed, ("Figure 1, drills: no data.",))


@pytest.fixture
def award(desk):
    grant = find_grant(desk, "g-1")
    return Award(grant, measures(desk, grant, parse_period("2025-26")))


@pytest.fixture
def data(collection, desk, award):
    return report.report(collection, desk, award)


@pytest.fixture
def document(data) -> Any:
    return docx.Document(io.BytesIO(data))


def styled(document, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_of(document, first: str) -> Any:
    return next(one for one in document.tables if one.rows[0].cells[0].text == first)


def test_sections_are_headings_in_reading_order(document):
    assert styled(document, "Heading 1") == [
        "Findings", "Measures of the award", "Figures", "Methods and limits", "Definitions", "Quality of the data",
        "Numbers behind the figures",
    ]  # fmt: skip


def test_the_measures_stand_in_the_awards_own_words_with_target_and_actual(document):
    head, *rows = cells(table_of(document, "Measure, as the award words it"))
    assert head[1:] == ["Baseline", "Target", "Actual", "% of target", "Award to date", "Exact match"]
    assert rows == [
        ["Number of lessons taught (M1)", "5", "50", "36", "72%", "36", "yes"],
        ["Number of technology solutions (M2)", "0", "1", "–", "–", "–", "no"],
        ["Percent satisfied (M3)", "–", "–", "–", "–", "–", "not said"],
    ]


def test_a_measure_that_the_program_cannot_answer_says_so_and_is_no_zero(document):
    said = "\n".join(styled(document, "List Bullet"))
    assert "M2: This program has no metric D05; enter the number from its own record." in said
    assert "M3: No metric is named for this measure." in said


def test_a_period_that_is_not_a_reporting_period_has_no_target(desk):
    (lessons, *_) = measures(desk, find_grant(desk, "G-1"), parse_period("2025-08"))
    assert lessons.target is None and lessons.percent_of_target is None


def test_a_quarter_has_the_target_of_its_own_reporting_period(desk):
    (lessons, *_) = measures(desk, find_grant(desk, "G-1"), parse_period("2025-26-Q2"))
    assert lessons.target == 30 and lessons.percent_of_target == 120


def test_the_last_period_that_is_over_is_reported():
    periods = tuple(Reporting(n, parse_period(f"2025-26-Q{n}"), None) for n in (1, 2, 3))
    grant = Grant("G", "F", "P", "", None, date(2025, 7, 1), date(2026, 6, 30), periods)
    assert last_period(grant, date(2026, 1, 15)).key == "2025-26-Q2"
    assert last_period(grant, date(2025, 8, 1)).key == "2025-26-Q1"


def test_an_unknown_grant_is_refused_with_those_that_there_are(desk):
    with pytest.raises(GrantError, match="use one of G-1"):
        find_grant(desk, "G-9")


def test_every_number_behind_a_figure_is_the_answers(document, collection):
    head, *rows = cells(document.tables[-1])
    asked = collection.placed[0].exhibit.answers[0].cells
    column = head.index("On-site coverage (percent of instructional minutes)")
    assert [row[column] for row in rows] == ["" if value != value else f"{value:g}" for value in asked["value"]]
    assert rows[2][head.index("Status")] == "No report received" and rows[2][column] == ""


def test_a_figure_keeps_its_number_from_draft_to_draft(document):
    (caption,) = [text for text in styled(document, "Caption") if text.startswith("Figure")]
    assert caption.startswith("Figure 3. On-site coverage")
    assert "SEQ Figure \\* ARABIC \\r 3" in document.element.xml
    assert styled(document, "table of figures")[0].startswith("Figure 3. ")


def test_lists_of_contents_lead_to_places_that_exist(document):
    body = document.element.body
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert anchors and anchors <= marks
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))


def test_every_table_has_a_header_row_that_is_known_as_one_and_a_description(document):
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))


def test_every_picture_has_its_alternative_text(document, collection):
    if not document.inline_shapes:
        pytest.skip("needs Chromium")
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [collection.placed[0].exhibit.figure.alt]


def test_without_a_browser_the_report_is_whole_and_says_how_to_get_pictures(collection, desk, award, monkeypatch):
    def nobody():
        raise NoBrowser(browser.HOW_TO_GET_IT)

    monkeypatch.setattr(report.images, "png", lambda *_: nobody())
    made = docx.Document(io.BytesIO(report.report(collection, desk, award)))
    said = "\n".join(one.text for one in made.paragraphs)
    assert "apt install chromium" in said and collection.placed[0].exhibit.figure.footer in said
    assert len(made.tables) == 4


def test_definitions_methods_quality_and_what_was_left_out_are_in_it(document, collection):
    said = "\n".join(one.text for one in document.paragraphs)
    for text in (*quality.METHODS, "10 of 12 reports have come.", "Left out: Figure 1, drills: no data."):
        assert text in said
    assert {name: text for name, text in cells(table_of(document, "Measure"))} == {
        "Measure": "Definition", **collection.figures[0].definitions
    }  # fmt: skip


def test_synthetic_data_is_marked_on_the_first_page_and_on_every_page(document):
    assert any("SYNTHETIC DATA" in one.text for one in document.paragraphs[:8])
    assert document.sections[0].footer.paragraphs[0].text.startswith("SYNTHETIC")


def test_no_sentence_of_the_methods_says_what_caused_what():
    words = " ".join(quality.METHODS).lower()
    assert not [word for word in ("because of", "led to", "due to the", "resulted in", "thanks to") if word in words]


def test_a_report_is_genuine_and_stays_so_when_an_office_program_saves_it(data, desk):
    assert verify(data, desk).state == CURRENT
    again = io.BytesIO()
    docx.Document(io.BytesIO(data)).save(again)
    assert stamps.content_of(again.getvalue()) == stamps.content_of(data)


def test_a_report_with_another_number_is_altered(data, desk):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">72%<", b">92%<"))
    assert stamps.content_of(out.getvalue()) != stamps.content_of(data)


def test_a_pdf_of_a_report_is_tagged_titled_and_genuine(data, collection, desk):
    try:
        paper.find()
    except paper.NoOffice:
        pytest.skip("needs LibreOffice")
    printed = paper.as_pdf(data, passport.issue(collection.figures, desk.settings), "Grant performance report")
    assert b"/MarkInfo" in printed and verify(printed, desk).state == CURRENT


def test_without_libreoffice_the_error_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(paper.shutil, "which", lambda name: None)
    monkeypatch.setattr(paper, "ELSEWHERE", ())
    monkeypatch.delenv("SRO_OFFICE", raising=False)
    with pytest.raises(paper.NoOffice, match="apt install libreoffice-writer"):
        paper.find()
