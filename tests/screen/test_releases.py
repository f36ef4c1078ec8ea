"""The Reports screen lists what was published for good, and says what is not as it was frozen."""

from __future__ import annotations

import importlib

from sro.releases import Release, ReleaseError
from tests.screen.conftest import text_of

MODULE = importlib.import_module("sro.screen.reports")  # the package has a function of that name
FIRST = Release(
    "2026-07-01-01", "2026-07-01T12:00:00+00:00", "public", "3fa9c2d1", "2026-06-30", True, "The program", "2025-26",
    (), {"board.pptx": "0"}, "1",
)  # fmt: skip
SECOND = Release(
    "2026-08-01-01", "2026-08-01T12:00:00+00:00", "leadership", "4fa9c2d1", "2026-07-31", True, "The program",
    "2025-26", (), {}, "1", "A school was missing.",
)  # fmt: skip


def test_there_is_no_release_yet(serve, demo):
    assert "No release yet" in text_of(serve(demo)("reports"))


def test_releases_are_listed_the_newest_first_with_what_was_changed(serve, demo, monkeypatch):
    monkeypatch.setattr(MODULE, "releases", lambda _: [FIRST, SECOND])
    monkeypatch.setattr(MODULE, "touched", lambda one, _: ["board.pptx"] if one is FIRST else [])
    (table,) = serve(demo)("reports").dataframe
    assert table.value.to_dict("records") == [
        {"Release": "2026-08-01-01", "Made": "2026-08-01", "What": "The program", "Period": "2025-26",
         "For": "leadership", "Vintage": "4fa9c2d1", "Stands": "withdrawn: A school was missing.",
         "Files": "as frozen"},
        {"Release": "2026-07-01-01", "Made": "2026-07-01", "What": "The program", "Period": "2025-26",
         "For": "public", "Vintage": "3fa9c2d1", "Stands": "yes", "Files": "changed: board.pptx"},
    ]  # fmt: skip


def test_a_manifest_that_cannot_be_read_is_told_and_the_rest_of_the_screen_stays(serve, demo, monkeypatch):
    def unreadable(_):
        raise ReleaseError("2026-07-01-01: its manifest cannot be read. Restore it from a backup.")

    monkeypatch.setattr(MODULE, "releases", unreadable)
    app = serve(demo)("reports")
    assert "Restore it from a backup" in app.info[0].value
    assert app.button
