"""What stands before every request: who may ask at all, and what browsers are told not to do. And whether all is well.

There is no sign-in, so only this computer is served: a request from elsewhere, or under a name that is not this
computer's (as a page in somebody's browser could send one), is refused.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sro import vintages
from sro.ask import vintage_facts
from sro.settings import SettingsError, read_settings
from sro.vintages import VintageError

NAMES = ("127.0.0.1", "localhost", "[::1]")
REFUSED = "This dashboard has no sign-in and serves the computer on which it runs, and no other."
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def middleware() -> list[Middleware]:
    """In the order in which a request meets them."""
    return [
        Middleware(Headers),
        Middleware(OnlyHere),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(NAMES), www_redirect=False),
    ]


def routes() -> list[Route]:
    return [Route("/api/health", health, methods=["GET"])]


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


class OnlyHere:
    """Refuses whoever asks from another computer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _is_here(scope.get("client")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": REFUSED})
        else:
            await PlainTextResponse(REFUSED, status_code=403)(scope, receive, send)


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
        "base-uri": "'self'",
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
