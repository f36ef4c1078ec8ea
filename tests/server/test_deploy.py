"""The samples of deploy/ name what there is, and nginx runs its sample where it is installed."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sro.cli import parser
from sro.settings import PROJECT
from tests.serving import free_port

DEPLOY = PROJECT / "deploy"


def test_the_container_is_made_of_what_there_is_and_holds_no_data_of_an_office():
    text = (DEPLOY / "Dockerfile").read_text()
    sources = [word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M) for word in line.split()]
    assert sources and all((PROJECT / source).exists() for source in sources)
    owned = ("vintages", "releases", "log", "demo", "exports", "inbox", "passport.key", "own")
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert ignored[0] == "**" and not [line for line in ignored if line.startswith("!") and line.endswith(owned)]
    assert re.search(r"^USER 10001$", text, re.M) and "HEALTHCHECK" in text


@pytest.mark.parametrize("unit", ["sro-dashboard.service", "sro-load.service"])
def test_a_unit_runs_without_rights_and_writes_only_its_data(unit):
    text = (DEPLOY / unit).read_text()
    for line in ("User=sro", "NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077"):
        assert line in text.splitlines()


def test_every_command_that_a_unit_runs_is_understood():
    commands = re.findall(r"^ExecStart=\S+ -m sro (.+)$", (DEPLOY / "sro-load.service").read_text(), re.M)
    assert len(commands) == 4
    for command in commands:
        parser().parse_args(command.split())


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_replaces_what_a_client_says_of_itself_and_hides_the_metrics(name):
    text = (DEPLOY / name).read_text()
    assert "X-Forwarded-For" in text and "$proxy_add_x_forwarded_for" not in text
    assert "ip_hash" in text and "/api/metrics" in text


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/asvs.md"])
def test_every_test_that_a_defence_names_is_there(page):
    named = set(re.findall(r"`(tests/[\w/.]+)`", (PROJECT / page).read_text(encoding="utf-8")))
    assert named and all((PROJECT / name).exists() for name in named)


class Behind(BaseHTTPRequestHandler):
    """Says which headers the proxy handed on."""

    def do_GET(self) -> None:
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx or openssl is not installed")
def test_nginx_serves_its_sample_with_tls(tmp_path):
    behind = HTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    tls, plain = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sro.county.gov",
         "-keyout", "sro.key", "-out", "sro.pem"], cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    text = (DEPLOY / "nginx.conf").read_text()
    first = behind.server_port
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"), ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("/etc/ssl/certs/sro.pem", str(tmp_path / "sro.pem")), ("/etc/ssl/private/sro.key", str(tmp_path / "sro.key")),
        ("127.0.0.1:8501", f"127.0.0.1:{first}"), ("127.0.0.1:8502", f"127.0.0.1:{first} down"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    whole = (
        f"pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log; daemon off; events {{}} http {{ access_log off; "
    )
    (tmp_path / "nginx.conf").write_text(whole + text + "}")
    nginx = subprocess.Popen(["nginx", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
    try:
        trusting = ssl._create_unverified_context()
        asked = {"Host": "sro.county.gov", "X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
        told = ""
        for _ in range(50):
            time.sleep(0.1)
            try:
                request = urllib.request.Request(f"https://127.0.0.1:{tls}/", headers=asked)
                with urllib.request.urlopen(request, context=trusting, timeout=5) as answered:
                    told = answered.read().decode().lower()
                break
            except OSError:
                continue
        assert "x-forwarded-proto: https" in told and told.count("x-forwarded-for:") == 1
        assert "\nforwarded:" not in told and "host: sro.county.gov" in told
        with pytest.raises(urllib.error.HTTPError, match="403"):
            request = urllib.request.Request(f"https://127.0.0.1:{tls}/api/metrics", headers=asked)
            urllib.request.urlopen(request, context=trusting, timeout=5)
    finally:
        nginx.terminate()
        nginx.wait(10)
        behind.shutdown()
