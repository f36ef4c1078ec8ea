"""Signing in at a provider, in a browser: the way there, back with a role, and out."""

from __future__ import annotations

import pytest
from joserfc.jwk import RSAKey
from playwright.sync_api import expect

from tests.attacks.socket import Running
from tests.browser.screens import settle
from tests.people.conftest import program
from tests.people.provider import Provider


@pytest.fixture(scope="module")
def provider():
    running = Provider()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def guarded(demo_data, provider, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    with Running(demo_data, program(folder), folder, provider.lines) as server:
        yield server


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1600, "height": 900})
    yield context.new_page()
    context.close()


def come_as(page, guarded, provider, **claims):
    provider.claims = {"sub": "7", **claims}
    page.goto(guarded.origin)
    with page.expect_response(lambda answer: "/oauth2callback" in answer.url):
        page.get_by_role("button", name="Sign in").click()


def test_somebody_with_a_role_comes_in_by_the_provider_and_leaves_again(page, guarded, provider):
    come_as(page, guarded, provider, email="lead@county.test")
    expect(page.get_by_text("lead@county.test · leader")).to_be_visible(timeout=30_000)
    settle(page)
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    assert page.get_by_role("link", name="Audit trail").count() == 0
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_somebody_without_a_role_is_told_so_and_can_come_as_somebody_else(page, guarded, provider):
    come_as(page, guarded, provider, email="stranger@county.test")
    expect(page.get_by_text("stranger@county.test has no role here.")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Sign in as somebody else")).to_be_visible()
    assert page.locator(".sro-tile").count() == 0


@pytest.mark.parametrize("wrong", ["signature", "audience", "age"])
def test_a_token_that_the_provider_did_not_make_for_this_dashboard_lets_nobody_in(page, guarded, provider, wrong):
    lies = {"audience": {"aud": "another"}, "age": {"iat": 1_600_000_000, "exp": 1_600_000_600}}.get(wrong, {})
    provider.key = RSAKey.generate_key(2048, {"kid": "first"}) if wrong == "signature" else provider.published
    come_as(page, guarded, provider, email="admin@county.test", **lies)
    page.wait_for_url(f"{guarded.origin}/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.locator(".sro-tile").count() == 0
    provider.key = provider.published
