"""The drill: an office loses its disk, and has everything back; a damaged or strange backup changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile

import pytest

from sro import trail
from sro.backup import BackupError, back_up, check_backup, prune_inbox, restore
from sro.cli import main
from sro.components import sbom
from sro.publish.passport import key_of
from sro.settings import PROJECT, SettingsError, read_settings
from sro.store import content_digests, current
from tests.office import LOGGED, lessons, load_office, settings_in, write


@pytest.fixture
def office(tmp_path):
    """An office with two vintages, a passport key, a mapping of its own and an audit trail."""
    settings = settings_in(tmp_path / "home")
    load_office(write(tmp_path / "one"), settings)
    more = {"activities.csv": LOGGED["activities.csv"] + "ACT-4,B,2025-09-10,13:00,40,classroom_lesson,20\n"}
    load_office(write(tmp_path / "two", more), settings)
    key_of(settings)
    settings.folders.own_mappings.mkdir(parents=True)
    (settings.folders.own_mappings / "log.toml").write_text("# confirmed")
    trail.note(settings, "ann", "saw", "Overview")
    (settings.folders.data / "inbox").mkdir()
    (settings.folders.data / "inbox" / "secret.csv").write_text("dropped, and not to be kept")
    return settings


def contents(settings):
    return {path.name: content_digests(path) for path in sorted(settings.folders.vintages.glob("*.duckdb"))}


def test_after_a_lost_disk_everything_is_as_it_was(office, tmp_path):
    made = back_up(office, tmp_path / "office.zip")
    before, key, served = contents(office), key_of(office), current(office).id
    shutil.rmtree(office.folders.data)
    new = settings_in(tmp_path / "new")
    assert restore(tmp_path / "office.zip", new) == made and made.vintage == served
    assert contents(new) == before and len(before) == 2
    assert lessons(new) == 4 and current(new).id == served
    assert key_of(new) == key and trail.verify(new).faults == ()
    trail.note(new, "ann", "saw", "the trail goes on")
    assert trail.verify(new).count == 2
    assert (new.folders.own_mappings / "log.toml").read_text() == "# confirmed"
    assert (new.folders.data / "program.toml.restored").read_text() == (PROJECT / "program.toml").read_text()
    assert not (new.folders.data / "inbox").exists()


def test_the_keys_and_the_backup_are_read_by_their_owner_only(office, tmp_path):
    back_up(office, tmp_path / "office.zip")
    new = settings_in(tmp_path / "new")
    restore(tmp_path / "office.zip", new)
    secret = [tmp_path / "office.zip", new.folders.data / "passport.key", new.folders.data / "log" / "key"]
    assert [path.stat().st_mode & 0o077 for path in secret] == [0, 0, 0]


def test_nothing_is_overwritten(office, tmp_path):
    back_up(office, tmp_path / "office.zip")
    with pytest.raises(BackupError, match="nothing is overwritten"):
        restore(tmp_path / "office.zip", office)
    assert lessons(office) == 4


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9, 0.999])
def test_a_damaged_backup_is_refused_and_leaves_nothing(office, tmp_path, place):
    path = tmp_path / "office.zip"
    back_up(office, path)
    data = bytearray(path.read_bytes())
    at = int(len(data) * place)
    data[at : at + 64] = bytes(byte ^ 0xFF for byte in data[at : at + 64])
    path.write_bytes(data)
    with pytest.raises(BackupError):
        restore(path, settings_in(tmp_path / "new"))
    assert not (tmp_path / "new").exists() or not any((tmp_path / "new").iterdir())


@pytest.mark.parametrize("name", ["../evil", "vintages/../../evil", "/etc/evil", "vintages\\..\\evil", "inbox/evil",
                                  "program.toml/../../evil", "log/\x00evil"])  # fmt: skip
def test_a_backup_that_names_another_place_is_refused(tmp_path, name):
    path = tmp_path / "strange.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"evil")
        archive.writestr("backup.json", json.dumps({"made": "", "vintage": "", "files": {name: "0" * 64}}))
    with pytest.raises(BackupError):
        restore(path, settings_in(tmp_path / "new"))
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BackupError, match="no backup"):
        check_backup(tmp_path / "x.zip")


def test_the_commands_tell_what_they_did(office, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SRO_DATA", str(office.folders.data))
    assert main(["backup", str(tmp_path / "office.zip")]) == 0
    assert main(["backup", "--check", str(tmp_path / "office.zip")]) == 0
    assert main(["restore", str(tmp_path / "office.zip")]) == 1
    monkeypatch.setenv("SRO_DATA", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path / "office.zip")]) == 0
    said = capsys.readouterr()
    assert f"serving {current(office).id}" in said.out and "The audit trail is whole." in said.out
    assert "nothing is overwritten" in said.err


def test_prune_obeys_how_long_things_are_kept(office, monkeypatch, capsys):
    monkeypatch.setenv("SRO_DATA", str(office.folders.data))
    new, old = (office.folders.data / "inbox" / name for name in ("secret.csv", "old.csv"))
    old.write_text("old")
    os.utime(old, (0, time.time() - 31 * 86400))
    assert main(["prune"]) == 0
    assert new.is_file() and not old.exists() and "1 dropped file" in capsys.readouterr().out
    assert prune_inbox(office, 1, time.time() + 2 * 86400) == 1
    assert not (office.folders.data / "inbox").exists()


def test_keeping_nothing_is_no_retention(tmp_path):
    path = tmp_path / "program.toml"
    path.write_text((PROJECT / "program.toml").read_text().replace("inbox_days = 30", "inbox_days = 0"))
    with pytest.raises(SettingsError, match="inbox_days"):
        read_settings(path)


def test_the_bill_of_materials_names_every_pin(tmp_path):
    made = sbom(PROJECT / "requirements.txt")
    names = {one["name"]: one for one in made["components"]}
    wanted = {line.split("[")[0].strip() for line in (PROJECT / "requirements.in").read_text().splitlines()
              if line and not line.startswith("#")}  # fmt: skip
    assert wanted <= set(names) and made["bomFormat"] == "CycloneDX"
    assert names["duckdb"]["version"] and names["duckdb"]["purl"].startswith("pkg:pypi/duckdb@")
    pins = tmp_path / "pins.txt"
    pins.write_text(
        f"duckdb==1.0.0 \\\n    --hash=sha256:{'a' * 64}\n    # via here\nnumpy==2.0 ; python_version > '3'\n"
    )
    first, second = sbom(pins)["components"]
    assert [one["content"] for one in first["hashes"]] == ["a" * 64]
    assert (second["name"], second["version"], second["hashes"]) == ("numpy", "2.0", [])
