"""An S3 store on this machine; its tests are skipped where `make store` has not installed it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from pyarrow import fs

from sro.settings import PROJECT
from tests.serving import free_port

MOTO = PROJECT / ".venv-store" / "bin" / "moto_server"
PATIENCE = 60


@pytest.fixture(scope="session")
def store() -> Iterator[str]:
    """Where the store answers."""
    if not MOTO.exists():  # another one that is on the machine may be of any age
        pytest.skip("There is no S3 store to talk to (make store).")
    port = free_port()
    with subprocess.Popen([MOTO, "-H", "127.0.0.1", "-p", str(port)], stderr=subprocess.DEVNULL) as server:
        try:
            _answers(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _answers(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.fixture
def bucket(store, tmp_path, monkeypatch) -> str:
    """The address of an empty bucket, with what any S3 client takes from its environment."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", store)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    name = tmp_path.name.replace("_", "-").lower()
    creating, _ = fs.FileSystem.from_uri(f"s3://{name}?allow_bucket_creation=true")
    creating.create_dir(name)
    return f"s3://{name}"
