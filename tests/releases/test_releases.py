"""What is frozen stays as it was, and two releases never give away together what neither says."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from sro import publication, releases
from sro.audit import Knowledge
from sro.people import ROLES, NotAllowed
from sro.publish.presets import Choice, Collection, Placed, Preset
from sro.releases import ReleaseError, broken, freeze, touched, withdraw
from sro.settings import Folders, read_settings
from tests.publish.conftest import MONTHLY, coverage_by_month, desk_of

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
FILES = {"board.pptx": b"slides", "board.zip": b"figures"}
SCHOOLS = {"A": "D1", "B": "D1", "C": "D2"}


@pytest.fixture
def settings(tmp_path):
    return read_settings(folders=Folders(data=tmp_path))


@pytest.fixture
def desk(settings, monkeypatch):
    monkeypatch.setattr(publication, "knowledge_of", lambda *_: Knowledge(SCHOOLS))
    return desk_of(settings, coverage_by_month())


def collection(desk, audience="public"):
    placed = (Placed(1, "", desk.exhibit([MONTHLY], "trend")),)
    return Collection(
        Preset("board", "The program", "For a board", ()), Choice("2025-26", audience=audience), placed, ()
    )


def says(monkeypatch, *cells):
    """Let the next collection say (kind of unit, unit, count) of the diverted of 2025–26; no count is a hidden one."""
    rows = [
        {"metric": "diverted", "unit_kind": kind, "unit": unit, "period_start": date(2025, 7, 1),
         "period_end": date(2026, 6, 30), "slice": "all", "numerator": count}
        for kind, unit, count in cells
    ]  # fmt: skip
    monkeypatch.setattr(publication, "stated", lambda *_: pd.DataFrame(rows))


@pytest.fixture
def frozen(desk, monkeypatch):
    says(monkeypatch, ("program", "program", 40.0))
    return freeze(collection(desk), FILES, desk, NOW)


def test_a_release_holds_its_files_and_says_what_it_is_of(frozen, settings):
    assert (frozen.id, frozen.audience, frozen.period) == ("2026-07-01-01", "public", "2025-26")
    folder = settings.folders.data / "releases" / frozen.id
    assert {path.name: path.read_bytes() for path in (folder / "files").iterdir()} == FILES
    assert frozen.questions == (MONTHLY.to_query(),)
    assert releases.releases(settings) == [frozen] and broken(frozen, settings) == []


def test_nothing_of_a_release_can_be_written_over(frozen, settings):
    folder = settings.folders.data / "releases" / frozen.id
    assert not [path for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o222]


@pytest.mark.parametrize("harm", ["changed", "gone", "added"])
def test_a_file_that_is_not_as_it_was_is_named(harm, frozen, settings):
    files = settings.folders.data / "releases" / frozen.id / "files"
    files.chmod(0o755)
    path = files / ("more.txt" if harm == "added" else "board.pptx")
    if path.exists():
        path.chmod(0o644)
    assert touched(frozen, settings) == []
    path.unlink() if harm == "gone" else path.write_bytes(b"other")
    assert broken(frozen, settings) == touched(frozen, settings) == [path.name]


def test_a_screen_reads_a_file_once_and_again_when_it_was_touched(frozen, settings, monkeypatch):
    read: list[str] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or whole(path))
    assert touched(frozen, settings) == touched(frozen, settings) == []
    assert sorted(read) == [*sorted(FILES), "statements.csv"]
    path = settings.folders.data / "releases" / frozen.id / "files" / "board.pptx"
    before = path.stat()
    path.chmod(0o644)
    path.write_bytes(b"sliced")  # as long as before, and dated back
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert touched(frozen, settings) == ["board.pptx"]


def test_verifying_reads_every_byte_each_time(frozen, settings, monkeypatch):
    read: list[str] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or whole(path))
    assert broken(frozen, settings) == broken(frozen, settings) == []
    assert read.count("board.pptx") == read.count("statements.csv") == 2


def test_a_manifest_that_was_changed_is_refused(frozen, settings):
    path = settings.folders.data / "releases" / frozen.id / "release.json"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("2025-26", "2024-25"))
    with pytest.raises(ReleaseError, match="changed, or made elsewhere"):
        releases.releases(settings)


def test_a_second_release_that_gives_a_count_away_with_the_first_is_refused(frozen, desk, monkeypatch, settings):
    says(monkeypatch, ("district", "D1", 37.0))
    with pytest.raises(ReleaseError, match=r"diverted, C, .*: is 3, from") as refused:
        freeze(collection(desk), FILES, desk, NOW)
    assert "Leave out the figure" in str(refused.value)
    assert [release.id for release in releases.releases(settings)] == [frozen.id]


def test_the_same_beside_large_remainders_is_released_under_the_next_number(frozen, desk, monkeypatch):
    says(monkeypatch, ("district", "D1", 20.0))
    assert freeze(collection(desk), FILES, desk, NOW).id == "2026-07-01-02"


@pytest.mark.parametrize(
    ("harm", "says_why"), [("gone", "cannot be read"), ("cut", "was changed"), ("empty", "was changed")]
)
def test_nothing_is_released_beside_one_whose_statements_are_damaged(
    harm, says_why, frozen, desk, monkeypatch, settings
):
    folder = settings.folders.data / "releases" / frozen.id
    folder.chmod(0o755)
    path = folder / "statements.csv"
    path.chmod(0o644)
    whole = path.read_bytes()
    path.unlink() if harm == "gone" else path.write_bytes(whole[:-5] if harm == "cut" else b"")
    says(monkeypatch, ("district", "D1", 37.0))
    with pytest.raises(ReleaseError, match=f"{frozen.id} says of persons {says_why}.*Restore it from a backup"):
        freeze(collection(desk), FILES, desk, NOW)
    with pytest.raises(ReleaseError, match=says_why):
        releases.told_in([frozen.id], settings)


def test_a_release_that_says_nothing_of_persons_is_no_damaged_one(desk, monkeypatch, settings):
    monkeypatch.setattr(publication, "stated", lambda *_: pd.DataFrame())
    quiet = freeze(collection(desk), FILES, desk, NOW)
    (told,) = releases.told_in([quiet.id], settings)
    assert told.empty
    says(monkeypatch, ("district", "D1", 37.0))
    assert freeze(collection(desk), FILES, desk, NOW).id == "2026-07-01-02"


def test_statements_that_nobody_can_hold_against_each_other_are_refused_in_words(frozen, desk, monkeypatch, settings):
    says(monkeypatch, ("school", "Z", 20.0))
    with pytest.raises(ReleaseError, match=r"Nobody can tell .* school 'Z' has no school in the list of schools"):
        freeze(collection(desk), FILES, desk, NOW)
    assert [release.id for release in releases.releases(settings)] == [frozen.id]


@pytest.mark.parametrize("meant", ["id", "folder", "file", "copy"])
def test_a_release_is_meant_by_its_id_its_folder_or_a_file_of_it(meant, frozen, settings, tmp_path):
    folder = settings.folders.data / "releases" / frozen.id
    copy = tmp_path / "from-the-mail.zip"
    copy.write_bytes(FILES["board.zip"])
    texts = {"id": frozen.id, "folder": folder, "file": folder / "files" / "board.pptx", "copy": copy}
    assert releases.named(str(texts[meant]), settings) == frozen.id


def test_what_no_release_holds_is_named_with_what_to_do(frozen, settings, tmp_path):
    changed = tmp_path / "board.zip"
    changed.write_bytes(b"other figures")
    for text, why in (
        (changed, "no release holds this file"),
        (tmp_path, "is no release"),
        ("2020-01", "no release or file"),
    ):
        with pytest.raises(ReleaseError, match=why):
            releases.named(str(text), settings)


def test_leadership_reads_what_is_public_and_the_public_not_what_is_leaderships(desk, monkeypatch, settings):
    says(monkeypatch, ("district", "D1", 37.0))
    freeze(collection(desk, "leadership"), FILES, desk, NOW)
    says(monkeypatch, ("program", "program", 40.0))
    with pytest.raises(ReleaseError, match="whoever reads for leadership"):
        freeze(collection(desk), FILES, desk, NOW)


def test_what_is_withdrawn_was_read_all_the_same(frozen, desk, monkeypatch, settings):
    withdraw(frozen.id, "A school was missing.", settings)
    assert releases.releases(settings)[0].withdrawn == "A school was missing."
    says(monkeypatch, ("district", "D1", 37.0))
    with pytest.raises(ReleaseError, match="is 3"):
        freeze(collection(desk), FILES, desk, NOW)


def test_what_is_for_named_staff_is_never_released(desk, monkeypatch, settings):
    says(monkeypatch, ("program", "program", 40.0))
    with pytest.raises(ReleaseError, match="named staff"):
        freeze(collection(desk, "restricted"), FILES, desk, NOW)
    assert releases.releases(settings) == []


@pytest.mark.parametrize(
    ("role", "audience", "why"),
    [("viewer", "public", "make slides"), ("partner", "public", "make slides"), ("grants", "leadership", "not see")],
)
def test_who_does_not_publish_for_an_audience_releases_nothing(role, audience, why, desk, monkeypatch, settings):
    says(monkeypatch, ("program", "program", 40.0))
    with pytest.raises(NotAllowed, match=why):
        freeze(collection(desk, audience), FILES, replace(desk, settings=settings.seen_by(ROLES[role])), NOW)
    assert releases.releases(settings) == []


def test_who_publishes_releases_and_withdraws_and_nobody_else_withdraws(desk, monkeypatch, settings):
    says(monkeypatch, ("program", "program", 40.0))
    grants = settings.seen_by(ROLES["grants"])
    made = freeze(collection(desk), FILES, replace(desk, settings=grants), NOW)
    with pytest.raises(NotAllowed, match="withdraw"):
        withdraw(made.id, "A school was missing.", settings.seen_by(ROLES["viewer"]))
    assert not releases.releases(settings)[0].withdrawn
    withdraw(made.id, "A school was missing.", grants)
    assert releases.releases(settings)[0].withdrawn


def test_a_release_that_is_not_there_is_named(settings):
    with pytest.raises(ReleaseError, match="no release '2020-01-01-01'"):
        releases.told_in(["2020-01-01-01"], settings)
    with pytest.raises(ReleaseError, match="no release 'x'"):
        withdraw("x", "why", settings)


def test_a_release_is_found_by_the_measure_and_the_months_that_it_shows(frozen, settings):
    def found(**parts):
        return releases.released_with(replace(MONTHLY, compare="none", **parts), settings)

    assert found() == [frozen.id]
    assert found(period="2026-05..2026-09") == [frozen.id]
    assert found(period="2026-27") == []
    assert found(metric="lessons_delivered") == []
    withdraw(frozen.id, "A school was missing.", settings)
    assert found() == [frozen.id]
