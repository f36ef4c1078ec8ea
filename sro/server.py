"""What stands before every request: who may ask at all, how often, and what browsers are told not to do.

Without sign-in only this computer is served: a request from elsewhere, through a proxy, or under a name that is not
this computer's (as a page in somebody's browser could send one), is refused. With it, what screens are made of is there
for everybody, since it is where one signs in; data, files and uploads for those who have a role.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import time
from collections import Counter
from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers as RequestHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sro import ask, plotly_js, trail, vintages
from sro.api import ask_api, figure_api
from sro.ask import vintage_facts
from sro.limits import Limit
from sro.openapi import description
from sro.people import READ_LOG, Person
from sro.screen.cookies import claims_in
from sro.settings import Settings, SettingsError, read_settings
from sro.sign_in import NotSignedIn, sign_in
from sro.vintages import VintageError

NAMES = ("127.0.0.1", "localhost", "[::1]")
REFUSED = (
    "This dashboard has no sign-in and serves the computer on which it runs, and no other. Whoever runs it can require "
    "sign-in in program.toml."
)
FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Where data, files and uploads pass; the health of the service is everybody's.
GUARDED = re.compile(
    r"(?<!/static)/media/"  # Streamlit's own fonts and icons, which the door needs, lie in /static/media
    r"|/_stcore/(upload_file|agent|metrics|script-health-check)"
)
SIGNING_IN = ("/auth/login", "/oauth2callback")
LARGEST_BODY = 250 * 2**20
SIGN_INS, QUESTIONS = Limit(20, 60), Limit(240, 60)
STARTED = time.monotonic()
COUNTED: Counter[tuple[str, str]] = Counter()


def middleware() -> list[Middleware]:
    """In the order in which a request meets them; what program.toml says of sign-in when the server starts."""
    rules = sign_in()
    return [
        Middleware(Headers),
        *([] if rules.required else [Middleware(OnlyHere)]),
        Middleware(TrustedHostMiddleware, allowed_hosts=[*NAMES, *rules.hosts], www_redirect=False),
        Middleware(Guard),
    ]


def routes() -> list[Route]:
    return [
        Route("/api/health", health, methods=["GET"]),
        Route("/api/metrics", metrics, methods=["GET"]),
        Route("/api/openapi.json", openapi_route, methods=["GET"]),
        Route("/api/ask", ask_route, methods=["GET"]),
        Route("/api/figures/{identity:str}.json", figure_route, methods=["GET"]),
        Route("/" + plotly_js.ADDRESS, charts_script, methods=["GET"]),
        Route("/{base:path}/" + plotly_js.ADDRESS, charts_script, methods=["GET"]),  # below server.baseUrlPath
    ]


# Routes --------------------------------------------------------------------------------------------------------------


def health(_: Request) -> JSONResponse:
    """What is served, or why nothing is; 503 then. Nothing that a count could be told from."""
    try:
        settings = read_settings()
        vintage = vintages.current(settings)
        facts = vintage_facts(vintage, settings)
    except (VintageError, SettingsError) as error:
        return JSONResponse({"status": "nothing to serve", "says": str(error)}, status_code=503)
    through = facts.data_through.isoformat()
    return JSONResponse({"status": "ok", "vintage": vintage.id, "data_through": through, "synthetic": facts.synthetic})


def ask_route(request: Request) -> JSONResponse:
    """`/api/ask?metric=…&period=…`: an answer, for whom the asker belongs to."""
    return _for_person(request, ask_api)


def figure_route(request: Request) -> JSONResponse:
    """`/api/figures/ID.json?metric=…&period=…&form=…`: the numbers of a figure."""
    identity = request.path_params["identity"]
    return _for_person(request, lambda *asked: figure_api(identity, *asked))


def openapi_route(request: Request) -> JSONResponse:
    """`/api/openapi.json`: what may be asked, for a program that reads OpenAPI."""
    return _for_person(request, lambda _, person, settings: (200, description(person, settings)))


def charts_script(request: Request) -> Response:
    """plotly.js, which a browser keeps: another version has another address."""
    headers = {"Cache-Control": "public, immutable, max-age=31536000", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return FileResponse(plotly_js.FILE, headers=headers)
    return Response(plotly_js.packed(), media_type="text/javascript", headers=headers | {"Content-Encoding": "gzip"})


def _for_person(request: Request, tell: Any) -> JSONResponse:
    """What an API tells the person whose cookie came along; a page of another site gets nothing by it."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return JSONResponse({"says": "Another site cannot ask this."}, status_code=403)
    try:
        person, settings = _asker(request)
    except NotSignedIn as error:
        return JSONResponse({"says": str(error)}, status_code=401)
    except SettingsError as error:
        return JSONResponse({"says": f"Nobody can be let in now. {error}"}, status_code=503)
    wait = QUESTIONS.wait(person.name)
    if wait:
        return _too_often(wait)
    status, said = tell(dict(request.query_params), person, settings)
    return JSONResponse(said, status_code=status, headers={"Cache-Control": "no-store"})


def _asker(request: HTTPConnection) -> tuple[Person, Settings]:
    rules = sign_in()
    settings = read_settings()
    if not rules.required:
        return rules.person({}), settings
    person = rules.person(claims_in(request.cookies))
    return person, settings.seen_by(person.reach)


def metrics(request: Request) -> Response:
    """Prometheus text, for this computer and for administrators: how the service is, nothing of what it says."""
    client = request.client
    if not _is_here((client.host, client.port) if client else None):
        try:
            if READ_LOG not in _asker(request)[0].reach.may:
                return PlainTextResponse("This is for administrators.", status_code=403)
        except (NotSignedIn, SettingsError):
            return PlainTextResponse("Sign in first.", status_code=401)
    lines = [
        "# TYPE sro_uptime_seconds gauge", f"sro_uptime_seconds {time.monotonic() - STARTED:.0f}",
        "# TYPE sro_memory_bytes gauge", f"sro_memory_bytes {_memory()}",
        "# TYPE sro_serving gauge", f"sro_serving {int(_is_serving())}",
        "# TYPE sro_trail_failures_total counter", f"sro_trail_failures_total {trail.failures()}",
    ]  # fmt: skip
    remembered = ask.remembered()
    lines += ["# TYPE sro_answers_total counter"]
    lines += [f'sro_answers_total{{from="{name}"}} {count}' for name, count in remembered.items()]
    lines += ["# TYPE sro_requests_total counter"]
    lines += [f'sro_requests_total{{to="{to}",status="{code}"}} {n}' for (to, code), n in sorted(COUNTED.items())]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _memory() -> int:
    """Bytes of this process in memory; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return 0


def _is_serving() -> bool:
    try:
        vintages.current(read_settings())
    except (VintageError, SettingsError):
        return False
    return True


# Before every request ------------------------------------------------------------------------------------------------


class OnlyHere:
    """Refuses whoever asks from another computer, or through a proxy that could speak for one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = RequestHeaders(scope=scope)
        if _is_here(scope.get("client")) and not any(name in headers for name in FORWARDED):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": REFUSED[:100]})
        else:
            await PlainTextResponse(REFUSED, status_code=403)(scope, receive, send)


class Guard:
    """Data, files and uploads only for those who have a role; sign-in not too often; no endless body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        path = "/" + scope["path"].lstrip("/")
        refused = _refusal(path, request)
        taken, began = 0, False

        async def take() -> Message:
            """The next piece of the body. One that comes without its length is counted as it comes."""
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return {"type": "http.disconnect"} if taken > LARGEST_BODY else message

        async def answer(message: Message) -> None:
            nonlocal began
            if taken > LARGEST_BODY and not began:
                return  # whatever the program makes of half a body
            if message["type"] == "http.response.start":
                began = True
                to = path if path.startswith("/api/") and path.count("/") == 2 else path.split("/")[1] or "page"
                COUNTED[to if to in KNOWN else "other", str(message["status"])] += 1
                if GUARDED.search(path):
                    _add(message, [("Cache-Control", "no-store")])
            await send(message)

        try:
            await (refused or self.app)(scope, take, answer)
        except Exception:
            if taken <= LARGEST_BODY:
                raise
        if taken > LARGEST_BODY and not began:
            taken = 0
            await _too_large()(scope, receive, answer)


KNOWN = {
    "/api/ask",
    "/api/openapi.json",
    "/api/health",
    "/api/metrics",
    "api",
    "media",
    "_stcore",
    "auth",
    "oauth2callback",
    "static",
    "page",
}


def _refusal(path: str, request: HTTPConnection) -> Response | None:
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return _too_large()
    if any(part in path for part in SIGNING_IN):
        wait = SIGN_INS.wait(request.client.host if request.client else "")
        return _too_often(wait) if wait else None
    if GUARDED.search(path):  # wherever the dashboard's address begins
        try:
            _asker(request)
        except (NotSignedIn, SettingsError):
            return PlainTextResponse("Sign in first.", status_code=401)
    return None


def _too_large() -> Response:
    return PlainTextResponse("This is larger than the dashboard takes.", status_code=413)


def _too_often(wait: float) -> JSONResponse:
    seconds = str(int(wait) + 1)
    says = f"Too often in a short time. Try again in {seconds} seconds."
    return JSONResponse({"says": says}, status_code=429, headers={"Retry-After": seconds})


def _is_here(client: tuple[str, int] | None) -> bool:
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False


class Headers:
    """Adds to every answer what a browser must not do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(message, strict_headers())
                if (b"content-type", b"text/html; charset=utf-8") in message.get("headers", ()):
                    _add(message, [("Link", f"<{plotly_js.ADDRESS}>; rel=preload; as=script")])
                if scope.get("scheme") == "https":
                    _add(message, [("Strict-Transport-Security", "max-age=31536000")])
            await send(message)

        await self.app(scope, receive, answer if scope["type"] == "http" else send)


def _add(message: MutableMapping[str, Any], headers: Iterable[tuple[str, str]]) -> None:
    added = [(name.lower().encode(), value.encode()) for name, value in headers]
    names = {name for name, _ in added}
    message["headers"] = [*((name, value) for name, value in message.get("headers", ()) if name not in names), *added]


@lru_cache(maxsize=1)
def strict_headers() -> tuple[tuple[str, str], ...]:
    """No frame around the dashboard, nothing from or to another site, no script that is not its own."""
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *_own_scripts(), "blob:"]),
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and Plotly write their styles into the page
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return (
        ("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items())),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    )


def _own_scripts() -> list[str]:
    """The digests of the scripts that stand in Streamlit's own page."""
    found = find_spec("streamlit")
    assert found is not None and found.origin is not None
    page = (Path(found.origin).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = [hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(page)]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
