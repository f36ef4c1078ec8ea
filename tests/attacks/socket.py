"""A client of the dashboard's websocket that is no browser: it says whatever an attacker would."""

from __future__ import annotations

import time
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
from websockets.sync.client import connect

from tests.serving import Dashboard

SECRET = "a secret that only this test knows, long enough"


class Running(Dashboard):
    """The dashboard with sign-in required; `provider`: more lines of [auth]."""

    def __init__(self, data: Path, program: Path, folder: Path, provider: str = "") -> None:
        secrets = folder / "secrets.toml"
        super().__init__(data, "--secrets.files", str(secrets), SRO_PROGRAM=str(program))
        self.origin = self.address
        secrets.write_text(
            f'[auth]\nredirect_uri = "{self.origin}/oauth2callback"\ncookie_secret = "{SECRET}"\n{provider}'
        )

    def shown(self, cookie: str = "", page: str = "", query: str = "", origin: str = "", xsrf: bool = True) -> str:
        """All text of a screen as the server sends it to somebody with this cookie."""
        token = generate_xsrf_token_string()
        cookies = f"{XSRF_COOKIE_NAME}={token}" + (f"; {USER_COOKIE_NAME}={cookie}" if cookie else "")
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        said: list[str] = []
        with connect(
            address, additional_headers={"Cookie": cookies}, origin=origin or self.origin,  # type: ignore[arg-type]
            subprotocols=["streamlit", token if xsrf else "none"], max_size=None,  # type: ignore[list-item]
        ) as opened:  # fmt: skip
            ask = BackMsg()
            ask.rerun_script.query_string = query
            ask.rerun_script.page_name = page
            opened.send(ask.SerializeToString())
            deadline = time.monotonic() + 40
            while time.monotonic() < deadline:
                got = ForwardMsg()
                data = opened.recv(timeout=40)
                got.ParseFromString(data if isinstance(data, bytes) else data.encode())
                said.append(str(got).encode().decode("unicode_escape", errors="replace"))
                if got.WhichOneof("type") == "script_finished":
                    return "\n".join(said)
        raise RuntimeError("The screen did not end.")
