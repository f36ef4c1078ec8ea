"""Every published file can be asked again: genuine, revised, altered and foreign files are told apart."""

import io
import json
import stat
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

from sro.publish import images, passport, stamps, workbook
from sro.publish.browser import NoBrowser, find
from sro.publish.verify import ALTERED, CURRENT, NOT_OURS, REVISED, verify
from sro.question import Question
from sro.settings import Folders, read_settings
from tests.figures.answers import COVERAGE, answer
from tests.publish.conftest import MONTHLY, VALUES, coverage_by_month, desk_of

try:
    find()
    KINDS = ["png", "svg", "pdf", "xlsx", "csv"]
except NoBrowser:
    KINDS = ["xlsx", "csv"]

MAKE = {
    "png": lambda figure, stamp: images.png(figure, "social", stamp),
    "svg": lambda figure, stamp: images.svg(figure, "social", stamp),
    "pdf": lambda figure, stamp: images.pdf(figure, "social", stamp),
    "xlsx": workbook.xlsx,
    "csv": workbook.csv,
}


def published(kind: str, exhibit, settings) -> bytes:
    return MAKE[kind](exhibit.figure, passport.issue([exhibit.figure], settings))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_as_published_is_genuine_and_current(kind, exhibit, desk):
    verdict = verify(published(kind, exhibit, desk.settings), desk)
    assert verdict.state == CURRENT
    assert [checked.entry.asked() for checked in verdict.figures] == [(MONTHLY,)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_numbers_in_a_newer_vintage_are_still_current(kind, exhibit, desk):
    newer = desk_of(desk.settings, coverage_by_month(), vintage="newer")
    assert verify(published(kind, exhibit, desk.settings), newer).state == CURRENT


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_that_was_revised_is_told_from_what_to_what_and_why(kind, exhibit, desk):
    later = desk_of(desk.settings, coverage_by_month((50, *VALUES[1:])), vintage="newer")
    verdict = verify(published(kind, exhibit, desk.settings), later)
    assert verdict.state == REVISED
    (checked,) = verdict.figures
    assert checked.said == "On-site coverage was 88% in 2025–26; months ranged from 84% to 92%"
    assert checked.says_now == "On-site coverage was 84% in 2025–26; months ranged from 50% to 92%"
    assert checked.why == ("Reports came or were corrected since: vintage 3fa9c2d1 then, newer now.",)


def test_a_new_definition_and_a_later_data_date_are_named_as_reasons(exhibit, desk):
    made = coverage_by_month((50, *VALUES[1:]))
    moved = replace(made.provenance, definition="C04 v2", data_through=date(2026, 9, 30))
    later = desk_of(desk.settings, replace(made, provenance=moved))
    why = " ".join(verify(published("csv", exhibit, desk.settings), later).figures[0].why)
    assert "from C04 v1 to C04 v2" in why and "Sep 30, 2026; then it reached to Jun 30, 2026" in why


def repainted(data: bytes) -> bytes:
    """The picture with one pixel changed, and its text chunks kept."""
    text = next(body for name, body in stamps._chunks(data) if name == b"tEXt")
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.putpixel((10, 10), (200, 0, 0))
    out = io.BytesIO()
    picture.save(out, "PNG")
    head, rest = out.getvalue()[:33], out.getvalue()[33:]
    return head + stamps._chunk(b"tEXt", text) + rest


def annotated(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.add_annotation(0, FreeText(text="99%", rect=(50, 50, 200, 100)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


ALTER = {
    "png": repainted,
    "svg": lambda data: data.replace(b">Nov", b">Dec", 1),
    "pdf": annotated,
    "csv": lambda data: data.replace(b",84,", b",94,", 1),
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in ALTER])
def test_a_file_that_shows_something_else_is_altered(kind, exhibit, desk):
    data = published(kind, exhibit, desk.settings)
    changed = ALTER[kind](data)
    assert changed != data
    assert verify(changed, desk).state == ALTERED


def test_a_workbook_with_another_number_is_altered(exhibit, desk):
    changed = exhibit.figure.table.copy()
    changed.loc[1, changed.columns[2]] = 94
    stamp = passport.issue([exhibit.figure], desk.settings)
    honest = workbook.xlsx(exhibit.figure, stamp)
    sealed = stamps.text_in(honest)
    assert sealed
    forged = workbook.xlsx(replace(exhibit.figure, table=changed), _Fixed(stamp, sealed))  # type: ignore[arg-type]
    assert verify(honest, desk).state == CURRENT
    assert verify(forged, desk).state == ALTERED


class _Fixed:
    """A passport that was sealed for another file."""

    def __init__(self, stamp, sealed):
        self.stamp, self.text = stamp, sealed

    def sealed(self, content):
        return self.text

    def __getattr__(self, name):
        return getattr(self.stamp, name)


@pytest.mark.parametrize(
    ("part", "value"), [("audience", "restricted"), ("vintage", "another"), ("content", "0" * 64), ("seal", "0" * 64)]
)
def test_a_passport_that_was_changed_is_altered(part, value, exhibit, desk):
    data = published("csv", exhibit, desk.settings)
    sealed = stamps.text_in(data)
    assert sealed
    forged = json.dumps({**json.loads(sealed), part: value}, separators=(",", ":"))
    assert verify(data.replace(sealed.encode(), forged.encode()), desk).state == ALTERED


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b\r\n1,2\r\n", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\nxxxxxxxxxxxxxx",
     b"%PDF-1.7 nothing", b"PK\x03\x04",
     b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<svg><metadata>{}</metadata></svg>", bytes(range(256)),
     b"# SRO-Passport: {\"kind\":\"SRO passport 1\"}\r\n"],
)  # fmt: skip
def test_any_other_file_is_not_ours(data, desk):
    assert verify(data, desk).state == NOT_OURS


def test_a_file_of_another_installation_is_not_ours(exhibit, desk, tmp_path):
    elsewhere = read_settings(folders=Folders(data=tmp_path / "elsewhere"))
    assert verify(published("csv", exhibit, elsewhere), desk).state == NOT_OURS


def test_a_question_that_can_no_longer_be_asked_is_told_as_revised(exhibit, desk):
    class Gone(type(desk)):
        def ask(self, question):
            from sro.metrics import CatalogueError

            raise CatalogueError("There is no metric 'coverage_rate'.")

    gone = Gone(desk.vintage, desk.settings, desk.context, desk.names, desk.geography)
    verdict = verify(published("csv", exhibit, desk.settings), gone)
    assert verdict.state == REVISED and "no metric" in verdict.figures[0].why[0]


def test_a_public_reader_learns_nothing_of_a_file_for_leadership(settings):
    asked = Question("coverage_rate", "2025-26", audience="leadership")
    inside = desk_of(settings, answer(COVERAGE, (90, 100), audience="leadership"))
    data = published("csv", inside.exhibit([asked], "trend"), settings)
    verdict = verify(data, inside, reader="public")
    assert verdict.state == CURRENT and not verdict.figures and verdict.passport is None
    assert verify(data, inside, reader="leadership").figures


def test_the_key_is_made_once_and_only_its_owner_reads_it(settings):
    key = passport.key_of(settings)
    assert passport.key_of(settings) == key and len(key) == 32
    path = settings.folders.data / passport.KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [child.name for child in settings.folders.data.iterdir()] == [passport.KEY_FILE]


def test_the_key_itself_is_in_no_file(exhibit, desk):
    key = passport.key_of(desk.settings)
    for kind in KINDS:
        data = published(kind, exhibit, desk.settings)
        assert key not in data and key.hex().encode() not in data


def test_the_digest_follows_every_cell():
    table = desk_table()
    changed = table.copy()
    changed.iloc[3, 2] = 85.5
    assert passport.digest_of(table) == passport.digest_of(desk_table())
    assert passport.digest_of(table) != passport.digest_of(changed)


def desk_table():
    from sro.figures import draw

    return draw(coverage_by_month(), "trend").table


def test_the_short_passport_names_the_figure_and_the_digest(exhibit, desk):
    stamp = passport.issue([exhibit.figure], desk.settings)
    digest = passport.digest_of(exhibit.figure.table)
    assert stamp.short.startswith(f"Passport {exhibit.figure.id}-{digest[:8]}")


@pytest.mark.skipif("png" not in KINDS, reason="needs Chromium")
def test_a_picture_that_unpacks_without_end_is_refused_in_bounds(exhibit, desk, monkeypatch):
    data = published("png", exhibit, desk.settings)
    monkeypatch.setattr(stamps, "MOST_BYTES", 1000)
    assert verify(data, desk).state == ALTERED


@pytest.mark.skipif("pdf" not in KINDS, reason="needs Chromium")
def test_a_pdf_says_its_title_and_language(exhibit, desk):
    reader = PdfReader(io.BytesIO(published("pdf", exhibit, desk.settings)))
    assert reader.metadata and reader.metadata.title == exhibit.figure.title
    assert reader.trailer["/Root"]["/Lang"] == "en-US"  # type: ignore[index]


def test_a_funnel_that_lacks_its_questions_is_told_and_not_a_fault(exhibit, desk):
    entry = replace(passport.entry_of(exhibit.figure), form="funnel")
    stamp = replace(passport.issue([exhibit.figure], desk.settings), entries=(entry,))
    verdict = verify(workbook.csv(exhibit.figure, stamp), desk)
    assert verdict.state == REVISED and "three questions" in verdict.figures[0].why[0]
