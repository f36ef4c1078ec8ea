"""Every screen, run without a browser, on the demo county and on exports that lack much of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sro.screen import here
from sro.settings import PROJECT, Settings
from tests import demo_vintage

PAGES = sorted(path.stem for path in (PROJECT / "pages").glob("*.py"))
HOUSE = PROJECT / "sro" / "screen" / "house.py"
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return demo_vintage.served(tmp_path_factory)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The demo without a log: no activities, incidents, shifts or submissions."""
    gone = ("activities", "incidents", "le_actions", "shifts", "log_submissions", "le_action_demographics")
    return demo_vintage.build(tmp_path_factory.mktemp("bare"), *gone)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Settings], Open]]:
    """`serve(settings)` gives `open(page, **query)`: a screen of the dashboard, drawn."""

    def serving(settings: Settings) -> Open:
        monkeypatch.setenv("SRO_DATA", str(settings.folders.data))
        here.settings.cache_clear()
        return _open

    yield serving
    here.settings.cache_clear()


def _open(page: str = "overview", **query: str) -> AppTest:
    app = AppTest.from_file(str(HOUSE), default_timeout=60)
    if page != "overview":
        app.switch_page(str(PROJECT / "pages" / f"{page}.py"))
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def figures_of(app: AppTest) -> list[dict[str, Any]]:
    """The figures of a screen's cards, as their script gets them: title, subtitle, chart and so on."""
    protos = [element.proto for element in app.get("bidi_component")]
    return [json.loads(json.loads(one.json)["figure"]) for one in protos if one.component_name == "sro_card"]


def text_of(app: AppTest) -> str:
    """Everything that a person reads on a screen."""
    kinds = ("html", "caption", "markdown", "warning", "info", "error", "header")
    said = [str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind)]
    for figure in figures_of(app):
        said += [figure["title"], figure["subtitle"], *figure["footnotes"], figure["footer"]]
    return "\n".join(said)
