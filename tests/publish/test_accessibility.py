"""What leaves the building can be read by those who cannot see it: the files are opened and their tags read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from sro.publish import images, paper, passport
from sro.publish.browser import NoBrowser
from sro.publish.presets import Choice, Collection, Placed, Preset
from sro.publish.report import report
from tests.publish.conftest import coverage_by_month, desk_of

TITLE = "Grant performance report"


@pytest.fixture
def document(settings, monkeypatch) -> bytes:
    from sro.publish import report as module

    desk = desk_of(settings, coverage_by_month())
    monkeypatch.setattr(module, "received", lambda *_: "10 of 12 reports have come.")
    monkeypatch.setattr(module, "quality_rows", lambda _: [["sudden fall", "incidents", "month", "3"]])
    exhibit = desk.exhibit(list(desk.known), "trend")
    preset = Preset("grant", TITLE, "School Resource Officer Program", ())
    return report(Collection(preset, Choice("2025-26"), (Placed(1, "Presence", exhibit),), ()), desk)


@pytest.fixture
def printed(document, exhibit, settings) -> PdfReader:
    try:
        paper.find()
    except paper.NoOffice:
        pytest.skip("needs LibreOffice")
    return PdfReader(io.BytesIO(paper.as_pdf(document, passport.issue([exhibit.figure], settings), TITLE)))


@pytest.fixture
def pictured(exhibit, settings) -> PdfReader:
    try:
        drawn = images.pdf(exhibit.figure, "print", passport.issue([exhibit.figure], settings))
    except NoBrowser:
        pytest.skip("needs Chromium")
    return PdfReader(io.BytesIO(drawn))


def root_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def tags(node: Any) -> Iterator[Any]:
    """Every element of a tagged PDF, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node["/K"])


def scope_of(header: Any) -> set[str]:
    given = header["/A"].get_object()
    return {one.get_object().get("/Scope") for one in (given if isinstance(given, list) else [given])}


def test_a_report_declares_itself_readable_for_everyone(printed):
    root = root_of(printed)
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "en-US" and printed.metadata.title == TITLE
    assert printed.pdf_header == "%PDF-1.7"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


def test_headings_of_a_report_begin_at_the_first_level_and_skip_none(printed):
    levels = [int(tag["/S"][2:]) for tag in tags(root_of(printed)["/StructTreeRoot"]) if tag["/S"] in ("/H1", "/H2")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pictures_of_a_report_are_described_and_headers_of_tables_know_their_column(printed):
    found = list(tags(root_of(printed)["/StructTreeRoot"]))
    pictures = [tag for tag in found if tag["/S"] == "/Figure"]
    assert pictures and all(tag.get("/Alt") for tag in pictures)
    headers = [tag for tag in found if tag["/S"] == "/TH"]
    assert headers and all("/Column" in scope_of(tag) for tag in headers)


def test_links_of_a_report_say_where_they_lead(printed):
    links = [note.get_object() for page in printed.pages for note in page.get("/Annots", [])]
    assert links and all(link.get("/Contents") for link in links)


def test_the_picture_as_pdf_has_title_language_and_words(pictured, exhibit):
    root = root_of(pictured)
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en-US"
    assert pictured.metadata.title == exhibit.figure.title and pictured.pdf_header == "%PDF-1.7"
    (picture,) = [tag for tag in tags(root["/StructTreeRoot"]) if tag["/S"] == "/Figure"]
    assert exhibit.figure.alt in picture["/Alt"]


def test_the_word_report_has_its_language_where_word_looks_for_it(document):
    styles = docx.Document(io.BytesIO(document)).styles.element
    language = styles.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-US"
