"""The packages that the dashboard runs on: pinned with their digests, and judged by what is known of them."""

from __future__ import annotations

import re

import pytest

from sro.settings import PROJECT
from tools.audit import verdict

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
HOLE = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["1.1"], "description": ""}
HOLED = {"name": "holed", "version": "1.0", "vulns": [HOLE]}
SILENT = {"name": "silent", "skip_reason": "not found"}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_its_digests_so_that_no_other_file_is_installed_in_its_place(name):
    pins = re.split(r"\n(?=[A-Za-z0-9])", (PROJECT / name).read_text(encoding="utf-8"))
    assert len(pins) > 30
    for pin in pins:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", pin) and "--hash=sha256:" in pin, pin.splitlines()[0]


def test_a_known_hole_fails_the_run_and_names_the_version_that_mends_it():
    code, said = verdict([SOUND, HOLED], "", {})
    assert code == 1 and said[0] == "holed 1.0: PYSEC-2026-1, mended in 1.1"


@pytest.mark.parametrize("name", ["PYSEC-2026-1", "CVE-2026-1"])
def test_a_hole_that_was_judged_passes_by_either_name(name):
    assert verdict([SOUND, HOLED], "", {name: "never called"})[0] == 0


def test_where_nobody_can_be_asked_that_is_said_and_nothing_is_called_sound():
    for packages, why in (([], "no network"), ([SILENT], "")):
        code, said = verdict(packages, why, {})
        assert code == 0 and said[0].startswith("SKIPPED") and ("no network" in said[0] or "not found" in said[0])


def test_a_package_of_which_nothing_is_known_is_named_beside_the_others():
    code, said = verdict([SOUND, SILENT], "", {})
    assert code == 0 and "silent" in said[0] and said[-1] == "1 packages asked for, 0 known holes."
