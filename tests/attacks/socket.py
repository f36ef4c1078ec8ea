"""A dashboard that requires sign-in, and what it sends to whoever says anything over its websocket."""

from __future__ import annotations

from pathlib import Path

from tests.serving import Dashboard
from tests.visitor import SECRET, Session, text_of


class Running(Dashboard):
    """The dashboard with sign-in required; `provider`: more lines of [auth]; `origin`: its address behind a proxy."""

    def __init__(self, data: Path, program: Path, folder: Path, provider: str = "", origin: str = "") -> None:
        secrets = folder / "secrets.toml"
        super().__init__(data, "--secrets.files", str(secrets), SRO_PROGRAM=str(program))
        self.origin = origin or self.address
        secrets.write_text(
            f'[auth]\nredirect_uri = "{self.origin}/oauth2callback"\ncookie_secret = "{SECRET}"\n{provider}'
        )

    def shown(self, cookie: str = "", page: str = "", query: str = "", origin: str = "", xsrf: bool = True) -> str:
        """All text of a screen as the server sends it to somebody with this cookie."""
        with Session(self.origin, self.port, cookie, xsrf, claimed_origin=origin) as session:
            return text_of(session.open(page, query))
