"""Attacks over the websocket, on which all screens come: forged cookies, another's screens and another's schools."""

from __future__ import annotations

import re
import urllib.error
import urllib.request

import pytest
from websockets.exceptions import WebSocketException

from tests.attacks.socket import Running
from tests.people.conftest import claims, office, program  # noqa: F401
from tests.visitor import SECRET
from tests.visitor import cookie as signed_in

TILE = 'class="sro-tile'
DOOR = "Sign in"


@pytest.fixture(scope="module")
def running(office, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("attacked")
    with Running(office.folders.data, program(folder), folder) as server:
        yield server


def cookie(server: Running, email: str, secret: str = SECRET, origin: str = "", **more) -> str:
    return signed_in(claims(email, **more), origin or server.origin, secret)


def test_somebody_with_a_role_sees_the_program(running):
    shown = running.shown(cookie(running, "view@county.test"))
    assert TILE in shown and "Birch" in shown


@pytest.mark.parametrize(
    "forge",
    [
        lambda server: "",
        lambda server: cookie(server, "admin@county.test", secret="guessed"),
        lambda server: cookie(server, "admin@county.test", origin="https://elsewhere.test"),
        lambda server: cookie(server, "admin@county.test", hours_ago=9),
        lambda server: cookie(server, "stranger@county.test"),
        lambda server: cookie(server, "view@county.test")[:-3] + "AAA",
        lambda server: cookie(server, "admin@county.test", is_logged_in=False),
    ],
    ids=["none", "wrong secret", "another site's", "expired", "stranger", "cut", "signed out"],
)
def test_a_forged_or_expired_cookie_gets_the_door_and_no_number(running, forge):
    shown = running.shown(forge(running))
    assert DOOR in shown and TILE not in shown and "Alder" not in shown and "sro_card" not in shown


def test_a_page_of_another_site_cannot_open_the_socket_with_a_persons_cookie(running):
    own = cookie(running, "view@county.test")
    with pytest.raises(WebSocketException):
        running.shown(own, origin="https://evil.test")
    assert TILE not in running.shown(own, xsrf=False)


@pytest.mark.parametrize("page", ["data", "reports", "trail"])
def test_a_screen_of_another_role_is_not_sent(running, page):
    shown = running.shown(cookie(running, "view@county.test"), page=page)
    assert "file_uploader" not in shown and "trail_table" not in shown and "Make it" not in shown
    navigation = shown[shown.index("navigation {") :]
    assert page not in re.findall(r'url_pathname: "(\w+)"', navigation)


@pytest.mark.parametrize("query", ["", "districts=D2", "districts=D1,D2", "schools=B", "schools=A,B", "levels=high"])
@pytest.mark.parametrize("page", ["", "engagement", "school", "figure"])
def test_a_partner_who_tampers_with_the_address_is_sent_nothing_of_another_district(running, page, query):
    if page == "figure":
        query = f"metric=lessons_delivered&period=2025-26&form=schools&by=school&audience=restricted&{query}"
    shown = running.shown(cookie(running, "partner@school.test"), page=page, query=query)
    assert "Birch" not in shown
    assert "could not be drawn" not in shown


@pytest.mark.parametrize(
    "query",
    ["audience=restricted", "audience=leadership", "metric=lessons_delivered&period=2025-26&audience=restricted"],
)
def test_an_audience_in_the_address_of_a_screen_raises_nobody(running, query):
    shown = running.shown(cookie(running, "view@county.test"), page="figure" if "metric" in query else "", query=query)
    assert "for the public" in shown and "named staff" not in shown and "leadership only" not in shown


@pytest.mark.parametrize(
    "path", ["/media/0000.csv", "/_stcore/upload_file/x/y", "/api/ask?metric=lessons_delivered&period=2025-26"]
)
def test_a_file_or_answer_is_not_fetched_directly_without_a_role(running, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(running.origin + path, timeout=20)
    assert refused.value.code == 401


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/static/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
     "/static/..%5c..%5cprogram.toml",
     "/app/static/../program.toml", "/media/..%2f..%2fpassport.key", "/component/../../x", "//etc/passwd",
     "/.streamlit/secrets.toml", "/data/passport.key", "/data/log/trail.jsonl"],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_served(running, path):
    try:
        with urllib.request.urlopen(running.origin + path, timeout=20) as answered:
            told = answered.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        told = error.read().decode(errors="replace")
    assert "root:" not in told and "[program]" not in told and "cookie_secret" not in told and '"seal"' not in told


def test_nothing_of_a_fault_is_told_to_people(running):
    shown = running.shown(cookie(running, "view@county.test"), query="period=%00%ff&schools=%27%3B--")
    assert "Traceback" not in shown and 'File "' not in shown
