"""nginx with the sample of deploy/, on ports of its own and with a certificate that nobody else trusts."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.message import Message
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sro.settings import PROJECT
from tests.serving import free_port

NAME = "sro.county.gov"
FOUND = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
NOT_FOUND = "nginx is not installed (Debian: apt-get install nginx-light)"


class Said(NamedTuple):
    status: int
    headers: Message
    text: str


class Nginx:
    """The sample in front of processes on these ports; the last stands for every further server of the sample."""

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        self.folder, self.ports = folder, ports
        self.tls, self.plain = free_port(), free_port()
        self.origin = f"https://{NAME}"

    def __enter__(self) -> Nginx:
        certify(self.folder)
        self.trust = ssl.create_default_context(cafile=str(self.folder / "sro.pem"))
        (self.folder / "nginx.conf").write_text(self._sample())
        assert FOUND, NOT_FOUND
        self.process = subprocess.Popen(
            [FOUND, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")], stderr=subprocess.DEVNULL
        )
        for _ in range(100):
            try:
                self.get("/_stcore/health")
                return self
            except OSError:
                time.sleep(0.05)
        self.process.terminate()
        raise RuntimeError(f"nginx did not start: {(self.folder / 'error.log').read_text()[-2000:]}")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def get(self, path: str, headers: Mapping[str, str] | None = None, secure: bool = True) -> Said:
        """What nginx answers, whatever its status; nothing is followed."""
        # This goes to a number, for which no certificate is; websockets hold the name (`trust`).
        numbered = ssl.create_default_context(cafile=str(self.folder / "sro.pem"))
        numbered.check_hostname = False
        asked = (
            HTTPSConnection("127.0.0.1", self.tls, timeout=20, context=numbered)
            if secure
            else HTTPConnection("127.0.0.1", self.plain, timeout=20)
        )
        with closing(asked):
            asked.request("GET", path, headers={"Host": NAME, **(headers or {})})
            answered = asked.getresponse()
            return Said(answered.status, answered.headers, answered.read().decode())

    def _sample(self) -> str:
        text = (PROJECT / "deploy" / "nginx.conf").read_text()
        servers = "".join(f"server 127.0.0.1:{port};" for port in self.ports)
        for old, new in (
            ("listen 443 ssl", f"listen 127.0.0.1:{self.tls} ssl"), ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("/etc/ssl/certs/sro.pem", str(self.folder / "sro.pem")),
            ("/etc/ssl/private/sro.key", str(self.folder / "sro.key")),
            ("server 127.0.0.1:8501;", servers), ("server 127.0.0.1:8502;", ""),
        ):  # fmt: skip
            assert old in text, f"The sample has no {old!r} any more."
            text = text.replace(old, new)
        held = " ".join(
            f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = f"pid {self.folder}/nginx.pid; error_log {self.folder}/error.log; daemon off; worker_processes 1;"
        return f"{whole} events {{ worker_connections 512; }} http {{ access_log off; {held} {text} }}"


def certify(folder: Path) -> None:
    """A certificate of NAME that its own key signed, good for two days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "sro.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "sro.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, plain))
