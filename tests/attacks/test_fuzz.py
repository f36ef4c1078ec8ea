"""What anybody may write into a question, at random: always an answer within the role, or a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sro import trail
from sro.api import ask_api, figure_api
from sro.people import ROLES, Person, reach_of
from sro.publish.desk import DRAWN_FORMS
from tests.people.conftest import office  # noqa: F401

RUNS = 400
PLAUSIBLE = {
    "metric": ["lessons_delivered", "incidents_logged", "coverage_rate", "C04", "schools_served"],
    "period": ["2025-26", "2025-09", "2025-26-Q1", "2025-26-S1", "2025-07..2025-12"],
    "grain": ["total", "day", "month", "quarter", "semester", "year"],
    "by": ["program", "district", "school", "level", "provider"],
    "districts": ["D1", "D2", "D1,D2", ""],
    "schools": ["A", "B", "A,B", ""],
    "levels": ["middle", "high"],
    "providers": ["unknown"],
    "sliced": ["true", "false", "1"],
    "compare": ["none", "prior_year", "same_months", "program_start"],
    "audience": ["public", "leadership", "restricted"],
}
QUERY = st.fixed_dictionaries(
    {name: st.sampled_from(PLAUSIBLE[name]) | st.text(max_size=30) for name in ("metric", "period")},
    optional={name: st.sampled_from(known) | st.text(max_size=30) for name, known in list(PLAUSIBLE.items())[2:]},
)
PEOPLE = st.sampled_from(["viewer", "leader", "coordinator", "admin", "partner:D1", "partner:D2"])


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """The trail has its own tests; here it would be most of the time."""
    monkeypatch.setattr(trail, "note", lambda *_: None)
    monkeypatch.setattr("sro.api.note", lambda *_: None)


@settings(max_examples=RUNS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERY, role=PEOPLE)
def test_any_question_is_answered_within_the_role_or_refused_with_a_sentence(office, query, role):  # noqa: F811
    reach = reach_of([role])
    assert reach is not None
    status, said = ask_api(query, Person("somebody", (role,), reach), office.seen_by(reach))
    assert status in (200, 400, 403)
    if status != 200:
        assert isinstance(said["says"], str) and said["says"]
        return
    json.dumps(said, allow_nan=False)
    assert said["question"].get("audience", "public") in reach.audiences
    other = {"partner:D1": ("B", "D2", "Birch"), "partner:D2": ("A", "D1", "Alder")}.get(role, ())
    for cell in said["cells"]:
        assert cell["unit"] not in other and not any(name in str(cell["unit_name"]) for name in other if len(name) > 2)
    if other:
        assert said["question"]["districts"] == role.partition(":")[2]


@settings(max_examples=RUNS // 4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERY, form=st.sampled_from(DRAWN_FORMS) | st.text(max_size=20), identity=st.text(max_size=20))
def test_any_figure_that_is_not_the_one_named_is_refused_with_a_sentence(office, query, form, identity):  # noqa: F811
    reach = ROLES["viewer"]
    asked = {**query, "form": form}
    status, said = figure_api(identity, asked, Person("somebody", ("viewer",), reach), office.seen_by(reach))
    assert status in (400, 403) and said["says"]
