"""A person without a browser: opens a session over the websocket, asks for screens and moves the filters."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
from websockets.sync.client import connect

SECRET = "a secret that only this test knows, long enough"
WAIT = 40.0  # seconds after which a screen is given up


def cookie(claims: dict[str, Any], origin: str, secret: str = SECRET) -> str:
    """What Streamlit sets once a provider said these claims."""
    return create_signed_value(secret, USER_COOKIE_NAME, json.dumps({**claims, "origin": origin})).decode()


class Session:
    """One open session at `origin`, as a browser of that address has it.

    `port` is where that address is served on this computer; `tls` how its certificate is judged, where it has one;
    `cookies` go along besides the one of who signed in; after `wait` seconds a screen is given up with TimeoutError.
    """

    def __init__(
        self, origin: str, port: int, signed_in: str = "", xsrf: bool = True, tls: ssl.SSLContext | None = None,
        claimed_origin: str = "", wait: float = WAIT, **cookies: str,
    ) -> None:  # fmt: skip
        token = generate_xsrf_token_string()
        sent = {XSRF_COOKIE_NAME: token, **({USER_COOKIE_NAME: signed_in} if signed_in else {}), **cookies}
        address = urlsplit(origin)
        protocols: list[Any] = ["streamlit", token if xsrf else "none"]
        name = address.hostname if tls else None
        self._opened = connect(
            f"{'wss' if tls else 'ws'}://{address.netloc}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", port)), ssl=tls, server_hostname=name,
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in sent.items())},
            origin=claimed_origin or origin, subprotocols=protocols, max_size=None, open_timeout=wait, legacy=True,  # type: ignore[arg-type]
        )  # fmt: skip
        self.wait = wait
        self.widgets: dict[str, Any] = {}
        self._states: dict[str, WidgetState] = {}
        self._page, self.query = "", ""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def open(self, page: str = "", query: str = "") -> list[ForwardMsg]:
        """Every message of a screen, until it is finished."""
        self.ask(page, query)
        return self._told()

    def ask(self, page: str = "", query: str = "") -> None:
        """Ask for a screen and do not wait for it."""
        ask = BackMsg()
        ask.rerun_script.query_string = query
        ask.rerun_script.page_name = page
        self._states.clear()
        self._page, self.query = "", query
        self._opened.send(ask.SerializeToString())

    def choose(self, label: str, *options: str) -> list[ForwardMsg]:
        """Every message after a filter was set to these options.

        Raises KeyError where the screen has no such filter.
        """
        widget = self.widgets[label]
        state = WidgetState(id=widget.id)
        if hasattr(widget, "raw_values"):
            state.string_array_value.data.extend(options)
        else:
            state.string_value = options[0]
        self._states[widget.id] = state
        ask = BackMsg()
        ask.rerun_script.page_script_hash = self._page
        ask.rerun_script.query_string = self.query
        ask.rerun_script.widget_states.widgets.extend(self._states.values())
        self._opened.send(ask.SerializeToString())
        return self._told()

    def _told(self) -> list[ForwardMsg]:
        said: list[ForwardMsg] = []
        deadline = time.monotonic() + self.wait
        while time.monotonic() < deadline:
            got = ForwardMsg()
            data = self._opened.recv(timeout=self.wait)
            got.ParseFromString(data if isinstance(data, bytes) else data.encode())
            said.append(got)
            kind = got.WhichOneof("type")
            if kind == "navigation":
                self._page = got.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = got.page_info_changed.query_string
            elif kind == "delta":
                self._remember(got)
            elif kind == "script_finished":
                return said
        raise TimeoutError("The screen did not end.")

    def _remember(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("selectbox", "multiselect"):
            widget = getattr(element, kind)
            self.widgets[widget.label] = widget


def text_of(messages: Sequence[ForwardMsg]) -> str:
    """All that stands in messages, as one text."""
    return "\n".join(str(one).encode().decode("unicode_escape", errors="replace") for one in messages)
