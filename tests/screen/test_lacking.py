"""Every screen on exports that lack tables, hold one school or one month, or hold nothing: sensible, and no fault."""

from __future__ import annotations

from datetime import date

import pytest

from sro.settings import Folders, read_settings
from tests import demo_vintage
from tests.screen.conftest import PAGES, text_of

SCHOOL = "990401060001"
EVERY_TABLE = {path.stem for path in read_settings().folders.contract.glob("*.json")}
# Only `schools` has to be there.
LACKING = {
    "only schools": {"leave_out": EVERY_TABLE - {"schools", "manifest"}},
    "one school": {"school": SCHOOL},
    "one month": {"month": date(2025, 10, 1)},
}


@pytest.fixture(scope="module")
def lacking(request, tmp_path_factory):
    return demo_vintage.small(tmp_path_factory.mktemp("lacking"), **LACKING[request.param])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lacking", LACKING, indirect=True)
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
