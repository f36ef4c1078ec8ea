"""What programs may ask: the same as the same person's screens tell, noted alike, and nothing for a forged cookie."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from sro import server
from sro.limits import Limit
from sro.publish.desk import desk
from sro.question import Question
from sro.server import middleware, routes
from sro.trail import entries
from tests.people.conftest import claims, demo, office, program, with_people  # noqa: F401

SECRET = "a secret that only this test knows, long enough"
ORIGIN = "https://sro.county.test"
LESSONS = {"metric": "lessons_delivered", "period": "2025-26"}


@dataclass
class Said:
    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self):
        return json.loads(self.text)


async def taken(request):
    return PlainTextResponse(f"{len(await request.body())} bytes")


class Server:
    """The server without a network: asked from an address, with a cookie."""

    def __init__(self):
        guarded = [Route(path, lambda request: PlainTextResponse("through")) for path in
                   ("/media/x.png", "/_stcore/upload_file/s/f", "/auth/login", "/_stcore/health", "/",
                    "/static/media/font.woff2", "/sro/media/x.png")]  # fmt: skip
        guarded.append(Route("/takes", taken, methods=["POST"]))
        self.app = Starlette(routes=[*guarded, *routes()], middleware=middleware())

    def get(
        self, path, query=None, cookie="", client="203.0.113.5", host="sro.county.test", pieces=None, **headers
    ) -> Said:
        """What is said to a GET, or to a POST of a body that comes in `pieces` without its length."""
        sent = {"host": host, **({"cookie": f"{USER_COOKIE_NAME}={cookie}"} if cookie else {}),
                **{name.replace("_", "-"): value for name, value in headers.items()}}  # fmt: skip
        scope = {
            "type": "http", "path": path, "raw_path": path.encode(), "query_string": urlencode(query or {}).encode(),
            "root_path": "", "method": "POST" if pieces else "GET", "scheme": "https", "http_version": "1.1",
            "client": (client, 4000), "server": ("127.0.0.1", 8501),
            "headers": [(n.encode(), v.encode()) for n, v in sent.items()],
        }  # fmt: skip
        said: list[dict] = []

        coming = iter(pieces or ())

        async def receive():
            piece = next(coming, None)
            return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

        async def send(message):
            said.append(message)

        asyncio.run(self.app(scope, receive, send))
        start, *bodies = said
        text = b"".join(body.get("body", b"") for body in bodies).decode()
        return Said(start["status"], text, {n.decode(): v.decode() for n, v in start["headers"]})


@pytest.fixture
def web(office, tmp_path, monkeypatch):  # noqa: F811
    """A server that requires sign-in, whose cookies are sealed with SECRET."""
    monkeypatch.setenv("SRO_PROGRAM", str(program(tmp_path, ("hosts = []", 'hosts = ["sro.county.test"]'))))
    monkeypatch.setenv("SRO_DATA", str(office.folders.data))
    monkeypatch.setattr(server, "QUESTIONS", Limit(1000, 60))
    monkeypatch.setattr(server, "SIGN_INS", Limit(3, 60))
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[auth]\nredirect_uri = "{ORIGIN}/oauth2callback"\ncookie_secret = "{SECRET}"\n')
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(secrets)])
    secrets_singleton._reset()
    yield Server()
    config.set_option("secrets.files", before)
    secrets_singleton._reset()


def cookie(who: dict, secret: str = SECRET, origin: str = ORIGIN, name: str = USER_COOKIE_NAME) -> str:
    return create_signed_value(secret, name, json.dumps({**who, "origin": origin})).decode()


def as_(email: str, **more) -> str:
    return cookie(claims(f"{email}@county.test" if "@" not in email else email, **more))


def test_each_person_is_told_what_their_screens_would_tell(web):
    whole = web.get("/api/ask", LESSONS, as_("view")).json
    assert whole["total"]["numerator"] == 3 and whole["question"] == {**LESSONS}
    assert web.get("/api/ask", LESSONS, as_("partner@school.test")).json["total"]["numerator"] == 2
    leader = web.get("/api/ask", LESSONS, as_("lead")).json
    assert leader["question"]["audience"] == "leadership"


@pytest.mark.parametrize("audience", ["leadership", "restricted"])
def test_an_audience_in_the_address_does_not_raise_anybody(web, office, audience):  # noqa: F811
    refused = web.get("/api/ask", {**LESSONS, "audience": audience}, as_("view"))
    assert refused.status == 403 and audience in refused.json["says"]
    assert list(entries(office))[-1].did == "refused"


@pytest.mark.parametrize(
    "tampered", [{"districts": "D2"}, {"districts": "D1,D2"}, {"schools": "B"}, {"schools": "A,B"}]
)
def test_a_partner_who_names_others_in_the_address_learns_nothing(web, tampered):
    refused = web.get("/api/ask", {**LESSONS, **tampered}, as_("partner@school.test"))
    assert refused.status in (400, 403) and "numerator" not in refused.text


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "nonsense",
        cookie(claims("admin@county.test"), secret="guessed"),
        cookie(claims("admin@county.test"), origin="https://elsewhere.test"),
        cookie(claims("admin@county.test"), name="_xsrf"),
        cookie(claims("admin@county.test", hours_ago=9)),
        cookie({**claims("admin@county.test"), "is_logged_in": False}),
        cookie(claims("stranger@county.test")),
        cookie(claims("view@county.test"))[:-4] + "AAAA",
        json.dumps(claims("admin@county.test")).encode().hex(),
    ],
    ids=["none", "nonsense", "wrong secret", "another site's", "another cookie's", "expired", "signed out", "stranger",
         "cut", "unsigned"],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["/api/ask", "/api/figures/abc.json", "/api/openapi.json", "/media/x.png", "/_stcore/upload_file/s/f"]
)
def test_nobody_gets_in_by_a_cookie_that_is_forged_or_over(web, forged, path):
    refused = web.get(path, LESSONS, forged)
    assert refused.status == 401 and "through" not in refused.text and "numerator" not in refused.text


def test_a_role_lets_files_through_and_the_door_is_everybodys(web):
    given = web.get("/media/x.png", cookie=as_("view"))
    assert given.text == "through" and given.headers["cache-control"] == "no-store"
    assert web.get("/sro/media/x.png").status == 401  # below whatever address the dashboard has
    assert web.get("/static/media/font.woff2").text == "through"
    assert web.get("/").text == "through" and web.get("/_stcore/health").text == "through"


def test_what_is_asked_is_noted_with_name_audience_and_vintage(web, office):  # noqa: F811
    web.get("/api/ask", LESSONS, as_("lead"))
    last = list(entries(office))[-1]
    assert (last.who, last.did, last.audience) == ("lead@county.test", "asked", "leadership")
    assert "lessons_delivered" in last.what and last.vintage


def test_a_figure_is_given_by_its_id_and_question_with_what_the_screen_shows(web, office):  # noqa: F811
    question = Question("lessons_delivered", "2025-26", by="school")
    drawn = desk(office).exhibit((question,), "schools").figure
    query = {**LESSONS, "by": "school", "form": "schools"}
    said = web.get(f"/api/figures/{drawn.id}.json", query, as_("view")).json
    assert said["title"] == drawn.title and len(said["table"]) == len(drawn.table) + 1
    other = web.get("/api/figures/0000.json", query, as_("view"))
    assert other.status == 400 and drawn.id in other.json["says"]


@pytest.mark.parametrize(
    "query",
    [{}, {"metric": "lessons_delivered"}, {**LESSONS, "metric": "nothing"}, {**LESSONS, "period": "yesterday"},
     {**LESSONS, "grain": "x' OR 1=1 --"}, {**LESSONS, "schools": "A'; DROP TABLE meta.fact; --"},
     {**LESSONS, "districts": "D1\x00"}, {**LESSONS, "metric": "../../etc/passwd"}, {**LESSONS, "levels": "\u202e"},
     {**LESSONS, "schools": "A" * 10_000}],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_answered_with_a_sentence(web, query):
    said = web.get("/api/ask", query, as_("view"))
    assert said.status == 400 and said.json["says"] and "Traceback" not in said.text


def test_the_description_names_the_audiences_of_who_reads_it(web):
    def audiences(who):
        asked = web.get("/api/openapi.json", cookie=as_(who)).json["paths"]["/api/ask"]["get"]["parameters"]
        return next(one["schema"]["enum"] for one in asked if one["name"] == "audience")

    assert audiences("view") == ["public"] and audiences("coord") == ["public", "leadership", "restricted"]


def test_another_site_cannot_use_a_persons_cookie(web):
    assert web.get("/api/ask", LESSONS, as_("view"), sec_fetch_site="cross-site").status == 403


def test_who_asks_without_end_is_told_to_wait(web, monkeypatch):
    monkeypatch.setattr(server, "QUESTIONS", Limit(2, 60))
    said = [web.get("/api/ask", LESSONS, as_("view")) for _ in range(3)]
    assert [one.status for one in said] == [200, 200, 429] and int(said[-1].headers["retry-after"]) <= 61
    assert web.get("/api/ask", LESSONS, as_("lead")).status == 200


def test_sign_in_is_tried_only_so_often_from_one_address(web):
    assert [web.get("/auth/login").status for _ in range(4)] == [200, 200, 200, 429]
    assert web.get("/auth/login", client="203.0.113.6").status == 200


def test_a_body_that_is_too_large_is_refused_before_it_is_read(web):
    for length in (str(10**12), "-1", "1e3"):
        assert web.get("/", content_length=length).status == 413


def test_a_body_without_its_length_is_refused_as_it_comes(web, monkeypatch):
    monkeypatch.setattr(server, "LARGEST_BODY", 1000)
    read = []

    def endless():
        while True:
            read.append(300)
            yield b"x" * 300

    refused = web.get("/takes", cookie=as_("coord"), pieces=endless())
    assert refused.status == 413 and sum(read) == 1200
    assert web.get("/takes", cookie=as_("coord"), pieces=[b"x" * 500] * 2).text == "1000 bytes"


def test_metrics_are_for_this_computer_and_administrators(web):
    assert web.get("/api/metrics").status == 401
    assert web.get("/api/metrics", cookie=as_("coord")).status == 403
    for said in (web.get("/api/metrics", cookie=as_("admin")), web.get("/api/metrics", client="127.0.0.1")):
        lines = said.text.splitlines()
        assert said.status == 200 and "sro_serving 1" in lines
        assert any(line.startswith('sro_requests_total{to="/api/metrics",status="401"}') for line in lines)
        assert all(line.startswith("#") or line.rsplit(" ", 1)[1].replace(".", "").isdigit() for line in lines)


def test_behind_tls_browsers_are_told_to_stay_there(web):
    assert "max-age=" in web.get("/").headers["strict-transport-security"]


def test_with_sign_in_only_the_names_of_the_office_are_served(web):
    assert web.get("/", host="evil.test").status == 400
    assert web.get("/", host="127.0.0.1", client="127.0.0.1").status == 200


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "via", "x_real_ip", "x_forwarded_proto"])
def test_without_sign_in_a_proxy_on_this_computer_cannot_open_it_to_others(header):
    alone = Server()
    assert alone.get("/", client="127.0.0.1", host="localhost").status == 200
    refused = alone.get("/", client="127.0.0.1", host="localhost", **{header: "203.0.113.5"})
    assert refused.status == 403 and "no sign-in" in refused.text


def test_a_limit_forgets_what_is_over():
    limit = Limit(2, 10)
    assert [limit.wait("a", at) for at in (0, 1, 2, 10, 10.5, 11)] == [0, 0, 8, 0, pytest.approx(0.5), 0]
    assert limit.wait("b", 2) == 0
