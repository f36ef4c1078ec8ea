"""Every screen on exports that lack tables, hold one school or one month, or hold nothing: sensible, and no fault."""

from __future__ import annotations

from datetime import date

import pytest

from sro.settings import Folders, read_settings
from tests import demo_vintage
from tests.screen.conftest import PAGES, text_of

SCHOOL = "990401060001"
EVERY_TABLE = {path.stem for path in read_settings().folders.contract.glob("*.json")}
# Each table is absent once, with others of its kind; only `schools` has to be there.
ABSENT = {
    "days and work": {"calendar", "shifts", "assignments", "activities", "log_submissions", "youth_program_periods"},
    "incidents and people": {
        "incidents", "le_actions", "le_action_demographics", "incident_categories", "official_incidents",
        "officers", "positions", "training", "requirements", "complaints",
    },
    "safety and the frame": {
        "drills", "safety_consultations", "threat_assessments", "surveys",
        "enrollment", "districts", "school_provider_history", "annotations",
    },
    "money": {"grants", "grant_measures", "grant_periods", "grant_targets", "costs", "benchmarks"},
}  # fmt: skip
LACKING = {
    **{f"without {name}": {"leave_out": tables, "school": SCHOOL} for name, tables in ABSENT.items()},
    "only schools": {"leave_out": EVERY_TABLE - {"schools", "manifest"}},
    "one school": {"school": SCHOOL},
    "one month": {"month": date(2025, 10, 1)},
}


WITHOUT_FIGURES = {"board", "data", "definitions", "figure", "reports", "trail"}
TRIED = [
    (lacks, page)
    for lacks in LACKING
    for page in PAGES
    if not (lacks.startswith("without") and page in WITHOUT_FIGURES)
]


@pytest.fixture(scope="module")
def lacking(request, tmp_path_factory):
    return demo_vintage.small(tmp_path_factory.mktemp("lacking"), **LACKING[request.param])


def test_every_table_is_absent_once():
    assert set().union(*ABSENT.values()) == EVERY_TABLE - {"schools", "manifest"}


@pytest.mark.parametrize(("lacking", "page"), TRIED, indirect=["lacking"])
def test_a_screen_on_an_export_that_lacks_much(lacking, page, serve):
    app = serve(lacking)(page)
    text = text_of(app)
    assert not app.exception and not app.error
    assert "could not be drawn" not in text and "Error" not in text
    if page not in ("board", "figure"):
        assert "SYNTHETIC" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_screen_before_anything_is_loaded(page, serve, tmp_path):
    app = serve(read_settings(folders=Folders(data=tmp_path)))(page)
    assert not app.exception and not app.error
    assert page in ("data", "trail") or "No data has been loaded yet." in text_of(app)
