"""deck, report, figures, verify: files that can be asked again, from an office of its own."""

import zipfile

import pytest
from pptx import Presentation

from sro.publish import images, paper
from sro.publish.browser import HOW_TO_GET_IT, NoBrowser


@pytest.fixture(autouse=True)
def no_browser(monkeypatch):
    """Commands do their work without Chrome, too; pictures have tests of their own."""

    def nobody(*_):
        raise NoBrowser(HOW_TO_GET_IT)

    for name in ("png", "plate", "every"):
        monkeypatch.setattr(images, name, nobody)


@pytest.mark.parametrize(
    ("command", "preset", "ending"),
    [("deck", "board", "pptx"), ("report", "grant", "docx"), ("figures", "legislature", "zip")],
)
def test_a_file_is_written_and_said_with_its_audience_and_what_it_lacks(command, preset, ending, sro, served, tmp_path):
    path = tmp_path / f"out.{ending}"
    said = sro(served, command, "--preset", preset, "--period", "2025-26", "--to", str(path))
    assert said.code == 0 and said.err == ""
    assert "audience public" in said.out and "left out: Figure" in said.out
    assert zipfile.is_zipfile(path) and [child.name for child in tmp_path.iterdir()] == [path.name]


def test_verify_finds_a_deck_current_and_a_changed_one_altered(sro, served, tmp_path):
    path = tmp_path / "deck.pptx"
    sro(served, "deck", "--preset", "board", "--period", "2025-26", "--to", str(path))
    said = sro(served, "verify", str(path))
    assert said.code == 0 and said.out.startswith("Genuine and current")
    show = Presentation(str(path))
    title = show.slides[1].shapes.title
    assert title is not None
    title.text_frame.text = "All is well"
    show.save(str(path))
    said = sro(served, "verify", str(path))
    assert said.code == 1 and said.out.startswith("Altered")


def test_one_school_is_meant_by_a_part_of_its_name(sro, served, tmp_path):
    path = tmp_path / "alder.pptx"
    said = sro(served, "deck", "--preset", "board", "--school", "alder", "--to", str(path))
    assert said.code == 0
    first = Presentation(str(path)).slides[0]
    said_on_it = "\n".join(shape.text_frame.text for shape in first.shapes if shape.has_text_frame)  # type: ignore[attr-defined]
    assert "Alder School · 2025–26" in said_on_it


def test_an_export_without_grants_says_which_tables_are_lacking(sro, served):
    said = sro(served, "report", "--grant", "G-STOP")
    assert said.code == 2 and "Load grants, grant_periods, grant_measures and grant_targets" in said.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("deck", "--preset", "nope"), "use one of board"),
        (("deck", "--preset", "board", "--period", "2019-20"), "nothing to show for 2019-20"),
        (("verify", "no-such-file"), "there is no such file"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(arguments, says, sro, served):
    said = sro(served, *arguments)
    assert said.code == 2 and says in said.err and "Traceback" not in said.err


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(sro, served, tmp_path):
    said = sro(served, "deck", "--preset", "board", "--period", "2025-26", "--to", str(tmp_path / "nowhere" / "d.pptx"))
    assert said.code == 1 and "nowhere" in said.err and not list(tmp_path.iterdir())


def test_a_foreign_file_is_not_ours(sro, served, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18))  # an empty zip
    said = sro(served, "verify", str(path))
    assert said.code == 1 and said.out.startswith("Not ours")


def test_the_pdf_of_a_report_without_libreoffice_leaves_the_document_and_says_how(sro, served, tmp_path, monkeypatch):
    monkeypatch.setattr(paper.shutil, "which", lambda name: None)
    monkeypatch.setattr(paper, "ELSEWHERE", ())
    path = tmp_path / "r.docx"
    said = sro(served, "report", "--period", "2025-26", "--pdf", "--to", str(path))
    assert said.code == 1 and path.exists() and "apt install libreoffice-writer" in said.out
