"""schemathesis on the API: what the description allows and what it does not; every answer is one that it describes."""

from __future__ import annotations

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from sro import server, trail
from sro.limits import Limit
from tests.people.conftest import office  # noqa: F401
from tests.server.test_api import as_, web  # noqa: F401

RUNS = {GenerationMode.POSITIVE: 80, GenerationMode.NEGATIVE: 40}  # of each operation, for each of two people
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance,
          response_schema_conformance, negative_data_rejection]  # fmt: skip
MAKES = re.compile(r"makes the figure (\w+) now")


@pytest.fixture
def quiet(monkeypatch):
    """Nobody is told to wait, and the trail, which has tests of its own, would be most of the time."""
    monkeypatch.setattr(server, "QUESTIONS", Limit(10**6, 60))
    monkeypatch.setattr(trail, "note", lambda *_: None)
    monkeypatch.setattr("sro.api.note", lambda *_: None)


def described(web, who: str) -> schemathesis.BaseSchema:  # noqa: F811
    return schemathesis.openapi.from_asgi("/api/openapi.json", web.app, headers=asking(who))


def asking(who: str) -> dict[str, str]:
    return {"Host": "sro.county.test", "Cookie": f"_streamlit_user={as_(who)}"}


@pytest.mark.parametrize("who", ["partner@school.test", "coord"])
@pytest.mark.parametrize("mode", RUNS, ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", ["/api/ask", "/api/figures/{identity}.json"])
def test_whatever_is_asked_is_answered_as_described(web, quiet, path, mode, who):  # noqa: F811
    """Where a question is told the id of its figure, that one is asked for as well."""
    seen = set()

    def ask(case):
        answered = case.call_and_validate(headers=asking(who), checks=CHECKS)
        seen.add(answered.status_code)
        return answered

    @settings(max_examples=RUNS[mode], deadline=None, database=None, derandomize=True, phases=[Phase.generate],
              suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])  # fmt: skip
    @given(case=described(web, who)[path]["GET"].as_strategy(mode))
    def asked(case):
        said = ask(case).json().get("says", "")
        if mode == GenerationMode.POSITIVE and (made := MAKES.search(said)):
            case.path_parameters["identity"] = made.group(1)
            assert ask(case).status_code == 200

    asked()
    assert seen <= {400, 403} if mode == GenerationMode.NEGATIVE else {200, 400} <= seen <= {200, 400, 403}
