"""What a card's Save offers on a machine without Chrome: everything but pictures, always for the public."""

from __future__ import annotations

import pytest
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from sro.publish import images
from sro.publish.verify import CURRENT, verify
from sro.question import Question
from sro.screen import here

SHOWN = {"metric": "officer_outcomes", "period": "2025-26", "by": "school"}


@pytest.fixture
def without_chrome(monkeypatch):
    images.studio().close()
    monkeypatch.setenv("SRO_CHROME", "/nowhere/chrome")


@pytest.fixture
def kept(monkeypatch):
    """File name → bytes of all that the screen offers for download."""
    files, keep = {}, MemoryMediaFileStorage.load_and_get_id

    def load_and_get_id(storage, data, mimetype, kind, filename=None):
        files[filename] = data
        return keep(storage, data, mimetype, kind, filename)

    monkeypatch.setattr(MemoryMediaFileStorage, "load_and_get_id", load_and_get_id)
    return files


def card_saved(shown: dict[str, str], form: str) -> None:
    from sro.question import Question
    from sro.screen.details import DETAILS
    from sro.screen.here import here

    place = here()
    DETAILS["Save"](place.draw((Question.from_query(shown),), form), place)


@pytest.fixture
def opened(serve, demo, without_chrome):
    """What the Save of a figure's card opens, and the figure's id."""
    serve(demo)
    figure = here.here().exhibit([Question.from_query(SHOWN)], "schools").figure.id
    return AppTest.from_function(card_saved, args=(SHOWN, "schools"), default_timeout=60).run(), figure


def test_a_picture_without_chrome_says_how_to_get_one_and_nothing_else_is_lost(opened):
    app, _ = opened
    assert not app.exception
    assert [info.value for info in app.info] == [
        "The environment variable SRO_CHROME names /nowhere/chrome, and there is no such file. Correct it."
    ]
    assert not app.get("download_button")
    sentence, link = (code.value for code in app.get("code"))
    assert "Audience: public" in sentence and "form=schools" in link


@pytest.mark.parametrize("kind", ["XLSX", "CSV"])
def test_tables_are_made_without_chrome(kind, opened, kept):
    app, figure = opened
    app.session_state["save_kind"] = kind
    app.run()
    assert not app.exception and not app.info
    (button,) = app.get("download_button")
    assert button.proto.label == f"Download {kind}"
    ((name, made),) = kept.items()
    assert name == f"officer_outcomes_schools_2025-26_{figure}.{kind.lower()}"
    assert verify(made, here.here()).state == CURRENT
