"""A vintage's own files are kept beside it, and make the same vintage again."""

from __future__ import annotations

import getpass
import json
import shutil
import zipfile

import duckdb
import pytest

from sro.sources import MANIFEST
from sro.vintages import VintageError, current, prune, rebuild, serve, verify
from tests.office import LESSONS, LOGGED, SERVED, lessons, load_office, write

OTHER = {"districts.csv": "district_id,name\nD1,Another Valley\n"}


@pytest.fixture
def served(settings, tmp_path) -> str:
    """The id of what is served; the files that it was built from are gone."""
    export = write(tmp_path / "export", SERVED)
    name = load_office(export, settings).vintage
    shutil.rmtree(export)
    assert name
    return name


def rewrite(archive, change) -> None:
    """The zip again, each member as `change(name, content)` gives it."""
    with zipfile.ZipFile(archive) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, change(name, content))


def test_the_manifest_says_what_came_who_brought_it_and_when(settings, served):
    with zipfile.ZipFile(settings.folders.vintages / f"{served}.zip") as packed:
        told = json.loads(packed.read(MANIFEST))
        (load,) = told["loads"]
        assert {file["name"] for file in load["files"]} == {*LOGGED, *SERVED}
        schools = next(file for file in load["files"] if file["name"] == "schools.csv")
        assert packed.read(f"{schools['sha256']}.csv").decode() == LOGGED["schools.csv"]
    assert (load["came_as"], load["by"]) == ("export", getpass.getuser())
    assert load["at"].startswith("20")


def test_it_is_the_same_again(settings, served):
    rebuilt = verify(served, settings)
    assert rebuilt.is_same and rebuilt.again.vintage == served and rebuilt.differing == ()
    assert "is the same" in str(rebuilt)


def test_one_of_an_earlier_version_of_the_program_is_said_and_built_again(settings, served):
    home, earlier = settings.folders.vintages, "0" * 16
    for suffix in (".duckdb", ".zip"):
        shutil.move(home / f"{served}{suffix}", home / f"{earlier}{suffix}")
    (home / f"{earlier}.duckdb").chmod(0o644)
    with duckdb.connect(str(home / f"{earlier}.duckdb")) as connection:
        connection.execute("DROP TABLE program_month")
    (home / "current").write_text(earlier)
    with pytest.raises(VintageError, match=f"earlier version of this program.*rebuild {earlier}"):
        current(settings)
    assert rebuild(earlier, settings).vintage == served == current(settings).id


def test_verifying_changes_nothing(settings, served):
    before = sorted((path.name, path.stat().st_mtime_ns) for path in settings.folders.vintages.iterdir())
    verify(served, settings)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in settings.folders.vintages.iterdir()) == before


def test_a_table_that_was_changed_is_named(settings, served):
    path = settings.folders.vintages / f"{served}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE export.activities SET students_reached = 99 WHERE activity_id = 'ACT-1'")
    rebuilt = verify(served, settings)
    assert not rebuilt.is_same and rebuilt.differing == ("export.activities",)
    assert "Other tables: export.activities" in str(rebuilt)


def test_a_kept_file_that_was_changed_is_named(settings, served):
    archive = settings.folders.vintages / f"{served}.zip"
    rewrite(archive, lambda _, content: content.replace(b"Alder School", b"Elder School"))
    with pytest.raises(VintageError, match=r"schools\.csv, kept for vintage .*, was changed"):
        verify(served, settings)


@pytest.mark.parametrize("damage", [lambda content: content[:200], lambda _: b"junk"])
def test_a_damaged_zip_is_told_in_a_sentence(settings, served, damage):
    archive = settings.folders.vintages / f"{served}.zip"
    archive.write_bytes(damage(archive.read_bytes()))
    with pytest.raises(VintageError, match="are damaged"):
        verify(served, settings)


def test_what_is_not_kept_cannot_be_built_again(settings, served):
    with pytest.raises(VintageError, match="no vintage nowhere"):
        rebuild("nowhere", settings)


def test_a_damaged_vintage_is_built_again_from_its_files(settings, served):
    (settings.folders.vintages / f"{served}.duckdb").write_bytes(b"junk")
    assert rebuild(served, settings).vintage == served
    assert lessons(settings) == LESSONS


def test_a_mapping_of_the_offices_own_is_kept_with_its_files(settings, tmp_path):
    own = settings.folders.own_mappings
    own.mkdir(parents=True)
    mapping = (settings.folders.mappings / "nys_school_roster.toml").read_text(encoding="utf-8")
    (own / "roster.toml").write_text(mapping, encoding="utf-8")
    name = load_office(write(tmp_path / "export"), settings).vintage
    (own / "roster.toml").unlink()
    assert name and verify(name, settings).is_same


def test_files_go_when_their_vintage_goes(settings, served, tmp_path):
    other = load_office(write(tmp_path / "other", OTHER), settings).vintage
    assert prune(settings, keep=1) == (served,)
    assert {path.stem for path in settings.folders.vintages.glob("*.zip")} == {other}
    assert current(settings).id == other


def test_returning_to_a_vintage_keeps_its_files(settings, served, tmp_path):
    load_office(write(tmp_path / "other", OTHER), settings)
    serve(settings, served)
    assert verify(served, settings).is_same
