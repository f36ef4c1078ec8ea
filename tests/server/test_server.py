"""Who is served at all, and what every answer forbids."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from sro import plotly_js
from sro.server import middleware, routes
from tests.office import load_office, settings_in, write


async def _hello(websocket):
    await websocket.accept()
    await websocket.close()


APP = Starlette(
    routes=[
        Route("/", lambda request: PlainTextResponse("hello", headers={"X-Frame-Options": "ALLOWALL"})),
        Route("/page", lambda request: HTMLResponse("<p>hello")),
        WebSocketRoute("/stream", _hello),
        *routes(),
    ],
    middleware=middleware(),
)


@dataclass
class Answered:
    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


def messages(kind: str, path: str, address: str, host: str) -> list[dict]:
    """What the server says to one request, without a network between."""
    scope = {
        "type": kind, "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "method": "GET",
        "scheme": "http", "http_version": "1.1", "client": (address, 4000), "server": ("127.0.0.1", 8501),
        "headers": [(b"host", host.encode())], "subprotocols": [],
    }  # fmt: skip
    said: list[dict] = []
    asked = [{"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}]

    async def receive():
        """What was asked; after it whoever asked only listens, as a browser does."""
        if not asked:
            await asyncio.Event().wait()
        return asked.pop()

    async def send(message):
        said.append(message)

    asyncio.run(APP(scope, receive, send))
    return said


def get(path: str = "/", address: str = "127.0.0.1", host: str = "localhost:8501") -> Answered:
    start, *bodies = messages("http", path, address, host)
    headers = [(name.decode(), value.decode()) for name, value in start["headers"]]
    return Answered(start["status"], headers, b"".join(body.get("body", b"") for body in bodies).decode())


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_this_computer_is_served(address):
    assert get(address=address).text == "hello"
    assert messages("websocket", "/stream", address, "localhost")[0]["type"] == "websocket.accept"


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.20", "203.0.113.5", "2001:db8::1", "nobody"])
def test_another_computer_is_refused_with_the_reason(address):
    refused = get(address=address)
    assert refused.status == 403 and "no sign-in" in refused.text
    (closed,) = messages("websocket", "/stream", address, "localhost")
    assert (closed["type"], closed["code"]) == ("websocket.close", 1008)


@pytest.mark.parametrize("host", ["evil.example", "sro.county.gov", "127.0.0.1.evil.example"])
def test_another_name_is_refused(host):
    assert get(host=host).status == 400
    assert messages("websocket", "/stream", "127.0.0.1", host)[0]["type"] != "websocket.accept"


def test_every_answer_forbids_frames_foreign_scripts_and_evaluation():
    for answer in (get(), get("/nothing"), get(address="10.0.0.7")):
        (policy,) = answer.header("content-security-policy")
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "frame-ancestors 'none'" in policy and "default-src 'self'" in policy
        assert "unsafe" not in scripts and "sha256-" in scripts
        assert answer.header("x-frame-options") == ["DENY"]
        assert answer.header("x-content-type-options") == ["nosniff"]


def test_health_says_what_is_served_and_why_nothing_is(tmp_path, monkeypatch):
    monkeypatch.setenv("SRO_DATA", str(tmp_path / "home"))
    nothing = get("/api/health")
    assert nothing.status == 503 and "python -m sro load" in json.loads(nothing.text)["says"]
    report = load_office(write(tmp_path / "export"), settings_in(tmp_path / "home"))
    assert json.loads(get("/api/health").text)["vintage"] == report.vintage


def test_charts_are_drawn_by_the_pinned_plotly_js_which_browsers_keep():
    for path in (f"/{plotly_js.ADDRESS}", f"/below/this/{plotly_js.ADDRESS}"):
        served = get(path)
        assert served.status == 200 and served.text == plotly_js.FILE.read_text(encoding="utf-8")
        assert served.header("cache-control") == ["public, immutable, max-age=31536000"]
    assert gzip.decompress(plotly_js.packed()) == plotly_js.FILE.read_bytes()
    assert get("/charts/plotly-0.0.0.min.js").status == 404


def test_a_page_names_plotly_js_before_it_is_needed():
    assert get("/page").header("link") == [f"<{plotly_js.ADDRESS}>; rel=preload; as=script"]
    assert get("/").header("link") == []
