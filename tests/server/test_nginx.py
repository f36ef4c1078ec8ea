"""The sample of nginx as it is, with TLS, in front of two real processes that share one data folder."""

from __future__ import annotations

import json
import re
import shutil
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from sro.settings import Settings
from tests.attacks.socket import Running
from tests.office import LOGGED, SERVED, load_office, settings_in, write
from tests.people.conftest import TWO_DISTRICTS, claims, office, program  # noqa: F401
from tests.proxied import FOUND, NAME, NOT_FOUND, Nginx
from tests.visitor import Session, cookie, text_of

pytestmark = pytest.mark.skipif(not FOUND, reason=NOT_FOUND)
MORE = {"activities.csv": LOGGED["activities.csv"] + "ACT-4,B,2025-09-08,10:00,40,classroom_lesson,21\n"}


class Behind(BaseHTTPRequestHandler):
    """Says which headers the proxy handed on."""

    def do_GET(self) -> None:
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


def test_what_a_client_says_of_itself_is_replaced(tmp_path):
    behind = HTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    with Nginx(tmp_path, [behind.server_port]) as proxy:
        spoofed = {"X-Forwarded-For": "198.51.100.7", "Forwarded": "for=198.51.100.7", "X-Forwarded-Proto": "http"}
        for path in ("/", "/auth/login"):
            told = proxy.get(path, spoofed).text.lower()
            assert "198.51.100.7" not in told and "x-forwarded-proto: https" in told and f"host: {NAME}" in told
            assert told.count("x-forwarded-for:") == 1 and "\nforwarded:" not in told
    behind.shutdown()


@dataclass(frozen=True)
class Two:
    """Two processes and the proxy before them; `settings` are those of the folder that both serve."""

    processes: tuple[Running, Running]
    proxy: Nginx
    settings: Settings
    folder: Path

    def session(self, browser: str, email: str = "view@county.test") -> Session:
        signed_in = cookie(claims(email), self.proxy.origin)
        return Session(self.proxy.origin, self.proxy.tls, signed_in, tls=self.proxy.trust, sro_process=browser)

    def asked(self) -> list[int]:
        """How often each process was asked how it is."""
        return [health_requests(process) for process in self.processes]


def health_requests(process: Running) -> int:
    with urllib.request.urlopen(f"{process.address}/api/metrics", timeout=20) as answered:
        text = answered.read().decode()
    found = re.search(r'sro_requests_total\{to="/api/health",status="200"\} (\d+)', text)
    return int(found.group(1)) if found else 0


@pytest.fixture(scope="module")
def two(office, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("two")
    shutil.copytree(office.folders.data, folder / "home")
    settings = settings_in(folder / "home")
    served = program(folder, ("hosts = []", f'hosts = ["{NAME}"]'))
    with ExitStack() as stack:
        processes = tuple(Running(settings.folders.data, served, folder, origin=f"https://{NAME}") for _ in range(2))
        with ThreadPoolExecutor() as pool:
            list(pool.map(stack.enter_context, processes))
        proxy = stack.enter_context(Nginx(folder, [process.port for process in processes]))
        yield Two(processes, proxy, settings, folder)  # type: ignore[arg-type]


def test_browsers_are_kept_to_tls_and_told_what_not_to_do(two):
    moved = two.proxy.get("/coverage?period=2025-26", secure=False)
    assert (moved.status, moved.headers["Location"]) == (301, f"https://{NAME}/coverage?period=2025-26")
    assert two.proxy.get("/api/ask?metric=C04&period=2025-26", secure=False).status == 403
    page = two.proxy.get("/")
    assert page.status == 200 and "max-age=" in page.headers["Strict-Transport-Security"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff" and page.headers["Server"] == "nginx"
    assert two.proxy.get("/", {"Host": "evil.example"}).status == 400


def test_health_passes_and_metrics_do_not(two):
    health = two.proxy.get("/api/health")
    assert health.status == 200 and json.loads(health.text)["status"] == "ok"
    assert two.proxy.get("/api/metrics").status == 403
    assert two.proxy.get("/api/ask?metric=lessons_delivered&period=2025-26").status == 401


def test_a_browser_stays_with_its_process_and_browsers_are_shared_out(two):
    given = str(two.proxy.get("/").headers["Set-Cookie"])
    assert re.match(r"sro_process=\w{32}; Path=/; Secure; HttpOnly; SameSite=Lax$", given)
    before = two.asked()
    for _ in range(6):
        assert "Set-Cookie" not in two.proxy.get("/api/health", {"Cookie": given.split(";")[0]}).headers
    assert sorted(now - then for now, then in zip(two.asked(), before, strict=True)) == [0, 6]
    before = two.asked()
    for number in range(24):
        two.proxy.get("/api/health", {"Cookie": f"sro_process=browser-{number}"})
    assert all(now > then for now, then in zip(two.asked(), before, strict=True))


def browsers(two) -> list[str]:
    """One browser of each process."""
    found: dict[int, str] = {}
    for number in range(24):
        before, browser = two.asked(), f"browser-{number}"
        two.proxy.get("/api/health", {"Cookie": f"sro_process={browser}"})
        found.setdefault([now - then for now, then in zip(two.asked(), before, strict=True)].index(1), browser)
        if len(found) == 2:
            break
    return list(found.values())


def test_screens_come_over_tls_and_all_processes_show_what_one_has_published(two):
    with ExitStack() as stack:
        sessions = [stack.enter_context(two.session(browser)) for browser in browsers(two)]
        assert len(sessions) == 2
        for session in sessions:
            shown = text_of(session.open("coverage"))
            assert "Birch" in shown and vintage_of(two) in shown
        before = vintage_of(two)
        report = load_office(write(two.folder / "export", SERVED, TWO_DISTRICTS, MORE), two.settings)
        assert report.is_served and report.vintage and report.vintage != before
        for session in sessions:
            shown = text_of(session.choose("Compare with", "Nothing"))
            assert report.vintage in shown and before not in shown


def vintage_of(two) -> str:
    return json.loads(two.proxy.get("/api/health").text)["vintage"]


def test_somebody_without_a_role_sees_the_door_over_tls_too(two):
    with two.session("browser-1", "stranger@county.test") as session:
        shown = text_of(session.open())
    assert "has no role here" in shown and 'class="sro-tile' not in shown


def test_when_a_process_is_killed_its_people_go_on_with_the_other(two):
    """The last test here: afterwards one process is left."""
    gone = two.processes[0]
    gone.process.kill()
    gone.process.wait(20)
    for browser in ("browser-1", "browser-2", "browser-3", "browser-4"):
        assert two.proxy.get("/api/health", {"Cookie": f"sro_process={browser}"}).status == 200
        with two.session(browser) as session:
            assert "Birch" in text_of(session.open("coverage"))
