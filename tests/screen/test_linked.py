"""The link of a figure: it opens that figure, and nothing that the dashboard may not show."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from sro.question import Question
from sro.screen import here
from sro.screen.save import link_to
from tests.screen.conftest import figures_of, text_of


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("trend", {"metric": "coverage_rate", "period": "2025-26", "grain": "month", "compare": "prior_year"}),
        ("schools", {"metric": "contact_rate", "period": "2025-26-Q1", "by": "school"}),
        ("funnel", {"metric": "calls_for_service", "period": "2025-26"}),
    ],
)
def test_the_link_of_a_figure_opens_that_figure(form, asked, serve, demo):
    query = {"form": form, **asked}
    app = serve(demo)("figure", **query)
    (figure,) = figures_of(app)
    assert figure["title"]
    link = link_to(here.here().exhibit(_questions(form, asked), form).figure)
    assert urlsplit(link).path.endswith("figure")
    assert dict(parse_qsl(urlsplit(link).query)) == query


def _questions(form, asked):
    question = Question.from_query(asked)
    if form != "funnel":
        return [question]
    return [Question(metric, asked["period"], sliced=metric != asked["metric"]) for metric in
            ("calls_for_service", "calls_by_handler", "officer_outcomes")]  # fmt: skip


def test_a_link_cannot_ask_for_a_narrower_audience(serve, demo):
    app = serve(demo)("figure", form="trend", metric="calls_by_handler", period="2025-26", audience="restricted")
    assert not app.exception and "Audience: restricted" not in text_of(app)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "metric is missing"),
        ({"metric": "coverage_rate", "period": "soon"}, "is no period"),
        ({"metric": "coverage_rate", "period": "2025-26", "form": "pie"}, "no form 'pie'"),
        ({"metric": "charm", "period": "2025-26"}, "charm"),
    ],
)
def test_a_link_that_opens_nothing_says_why(query, said, serve, demo):
    app = serve(demo)("figure", **query)
    assert not app.exception and any(said in info.value for info in app.info)
