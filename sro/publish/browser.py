"""Chromium as a rendering process of its own: started, spoken to over two pipes, ended. No port, no network."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--headless", "--no-first-run", "--no-default-browser-check", "--disable-gpu", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
    "--hide-scrollbars", "--disable-dev-shm-usage", "--font-render-hinting=none", "--force-color-profile=srgb",
)  # fmt: skip
PUT_THERE = "import os, sys; a, b, *c = sys.argv[1:]; os.dup2(int(a), 3); os.dup2(int(b), 4); os.execv(c[0], c)"
HOW_TO_GET_IT = (
    "Pictures need Chrome, Chromium or Edge, and none was found on this machine. Install one (on Debian and Ubuntu: "
    "`apt install chromium`), or name its program in the environment variable SRO_CHROME. "
    "Slides, reports, workbooks and CSV files with native charts and tables work without it."
)


class NoBrowser(Exception):
    """No Chrome to draw pictures with; the message says how to get one."""


class BrowserLost(Exception):
    """The browser did not answer in time, or ended; a new one has to be started."""


def find() -> Path:
    """The program of Chrome, Chromium or Edge.

    Raises NoBrowser, with the way to get one.
    """
    named = os.environ.get("SRO_CHROME")
    if named:
        if Path(named).is_file():
            return Path(named)
        raise NoBrowser(f"The environment variable SRO_CHROME names {named}, and there is no such file. Correct it.")
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for path in map(Path, ELSEWHERE):
        if path.is_file():
            return path
    raise NoBrowser(HOW_TO_GET_IT)


class Browser:
    """One Chromium with one page. For one thread at a time; `images.py` stands in front of it.

    Raises NoBrowser when there is none, BrowserLost when it does not come up.
    """

    def __init__(self, program: Path, patience: float = 30.0) -> None:
        self._home = tempfile.mkdtemp(prefix="sro-pictures-")
        self._answers: queue.Queue[Mapping[str, Any] | None] = queue.Queue()
        self._last = 0
        self._session = ""
        self._process, self._to, self._from = self._start(program)
        threading.Thread(target=self._listen, name="sro-browser-listener", daemon=True).start()
        try:
            target = self.call("Target.createTarget", patience, url="about:blank")["targetId"]
            self._session = self.call("Target.attachToTarget", patience, targetId=target, flatten=True)["sessionId"]
            self.call("Network.enable", patience)
            self.call(
                "Network.emulateNetworkConditions", patience,
                offline=True, latency=0, downloadThroughput=0, uploadThroughput=0,
            )  # fmt: skip
        except BrowserLost:
            self.close()
            raise

    def call(self, method: str, patience: float, **parameters: Any) -> Mapping[str, Any]:
        """What the browser answers to one command of the DevTools protocol, within `patience` seconds.

        Raises BrowserLost when it does not, and ValueError with its own words when it refuses.
        """
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        try:
            _write_all(self._to, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise BrowserLost("The browser has ended.") from error
        deadline = time.monotonic() + patience
        while True:
            try:
                answer = self._answers.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                raise BrowserLost(f"The browser did not answer within {patience:g} seconds.") from None
            if answer is None:
                raise BrowserLost("The browser has ended.")
            if answer.get("id") != self._last:
                continue  # an event, or the late answer to a command that was given up
            if "error" in answer:
                raise ValueError(answer["error"].get("message", "The browser refused."))
            return answer["result"]

    def run(self, script: str, patience: float) -> Any:
        """The value of a JavaScript expression or of the promise that it gives.

        Raises BrowserLost, and ValueError with the script's own error.
        """
        answer = self.call(
            "Runtime.evaluate", patience, expression=script, awaitPromise=True, returnByValue=True
        )  # fmt: skip
        if failed := answer.get("exceptionDetails"):
            raise ValueError(failed.get("exception", {}).get("description") or failed.get("text", "script failed"))
        return answer["result"].get("value")

    def close(self) -> None:
        """End the browser and remove what it kept."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for end in (self._to, self._from):
            with contextlib.suppress(OSError):
                os.close(end)
        shutil.rmtree(self._home, ignore_errors=True)

    def _start(self, program: Path) -> tuple[subprocess.Popen[Any], int, int]:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        command = [str(program), *FLAGS, f"--user-data-dir={self._home}", "--remote-debugging-pipe"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
        quiet: dict[str, Any] = {
            "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL
        }  # fmt: skip
        try:
            if sys.platform == "win32":
                import msvcrt

                handles = [msvcrt.get_osfhandle(end) for end in (theirs_in, theirs_out)]
                for handle in handles:
                    os.set_handle_inheritable(handle, True)
                command.append(f"--remote-debugging-io-pipes={handles[0]},{handles[1]}")
                process = subprocess.Popen([*command, "about:blank"], close_fds=False, **quiet)
            else:
                process = _with_descriptors([*command, "about:blank"], theirs_in, theirs_out, quiet)
        except OSError as error:
            raise NoBrowser(f"{program} cannot be started: {error.strerror or error}. {HOW_TO_GET_IT}") from error
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        return process, ours_out, ours_in

    def _listen(self) -> None:
        """Messages end with a zero byte; None says that nothing more will come."""
        rest = b""
        while True:
            try:
                read = os.read(self._from, 1 << 20)
            except OSError:
                read = b""
            if not read:
                self._answers.put(None)
                return
            *whole, rest = (rest + read).split(b"\0")
            for message in whole:
                self._answers.put(json.loads(message))


def _with_descriptors(
    command: Sequence[str], theirs_in: int, theirs_out: int, quiet: Mapping[str, Any]
) -> subprocess.Popen[Any]:
    """Start a program that reads commands from descriptor 3 and writes answers to 4: the pipes are put there first."""
    import fcntl

    high_in, high_out = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs_in, theirs_out))
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", PUT_THERE, str(high_in), str(high_out), *command],
            pass_fds=(high_in, high_out), start_new_session=True, **quiet,
        )  # fmt: skip
    finally:
        os.close(high_in)
        os.close(high_out)


def _write_all(end: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(end, view) :]
