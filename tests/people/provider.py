"""An OpenID Connect provider that lets in whom the test names: discovery, authorization, token and keys."""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "sro-dashboard"


class Provider:
    """`claims`: what it says of whoever comes next. `key`: by which it signs; another than the published one forges."""

    def __init__(self) -> None:
        self.published = RSAKey.generate_key(2048, {"kid": "first"})
        self.key = self.published
        self.claims: dict[str, object] = {}
        self._nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                if asked.path == "/authorize":
                    query = {name: values[0] for name, values in parse_qs(asked.query).items()}
                    self.send_response(302)
                    self.send_header("Location", provider._admit(query))
                    self.end_headers()
                else:
                    self._answer(provider._facts() if "openid" in asked.path else provider._keys())

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self._answer(provider._token(form["code"][0]))

            def _answer(self, said: dict[str, object]) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, format: str, *args: object) -> None:
                """The tests' output is no place for requests."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def lines(self) -> str:
        """What [auth] of secrets.toml says of it."""
        metadata = f"{self.address}/.well-known/openid-configuration"
        return f'client_id = "{CLIENT}"\nclient_secret = "known to both"\nserver_metadata_url = "{metadata}"\n'

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _facts(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _keys(self) -> dict[str, object]:
        return {"keys": [self.published.as_dict(private=False)]}

    def _admit(self, query: dict[str, str]) -> str:
        code = secrets.token_hex(8)
        self._nonces[code] = query.get("nonce", "")
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def _token(self, code: str) -> dict[str, object]:
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": self._nonces.pop(code)}
        signed = jwt.encode({"alg": "RS256", "kid": "first"}, {**said, **self.claims}, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 600, "id_token": signed}
