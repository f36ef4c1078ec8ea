"""The peers and the floor, each in a process of its own, over one vintage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import plotly

from sro.settings import PROJECT
from tests.serving import free_port

PEERS = Path(__file__).with_name("peers")
BIN = PROJECT / ".venv-bench" / "bin"
PACKAGES = ("dash", "panel", "vizro", "streamlit", "plotly")
MISSING = "The peers' packages are missing: make .venv-bench/peers"
STREAMLIT = ("--server.headless", "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false",
             "--server.address", "127.0.0.1", "--server.port")  # fmt: skip
STARTS = {
    "Dash": (BIN / "python", "dash_app.py"),
    "Panel": (BIN / "python", "panel_app.py"),
    "Vizro": (BIN / "python", "vizro_app.py"),
    "plain Streamlit": (BIN / "streamlit", "run", "streamlit_app.py", *STREAMLIT),
    "empty Streamlit": (BIN / "streamlit", "run", "empty_app.py", *STREAMLIT),
}


class Server:
    """A command that serves at a port, which is its last argument, until the block ends."""

    def __init__(self, command: tuple[Path | str, ...], folder: Path, vintage: Path | None = None) -> None:
        self.command, self.folder = command, folder
        self.environment = {**os.environ, "VINTAGE": str(vintage or "")}
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        self.process = subprocess.Popen(
            [*map(str, self.command), str(self.port)], cwd=self.folder, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.address, timeout=5):
                    return self
            except OSError:
                time.sleep(0.2)
        self.process.kill()
        raise RuntimeError(f"{' '.join(map(str, self.command))} does not serve.")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def versions() -> dict[str, str]:
    """The peers' packages as they are installed in their environment."""
    folders = [str(folder) for folder in BIN.parent.glob("lib/python*/site-packages")]
    return {one.name: one.version for one in distributions(path=folders) if one.name in PACKAGES}


def peer(name: str, vintage: Path) -> Server:
    if not BIN.exists():
        raise SystemExit(MISSING)
    return Server(STARTS[name], PEERS, vintage)


def static(folder: Path) -> Server:
    """What plotly.js alone needs: files, and nothing that answers."""
    (folder / "plotly.js").write_bytes((Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes())
    return Server((sys.executable, "-m", "http.server", "--bind", "127.0.0.1"), folder)


# One page of plotly.js. A view of the same screen is drawn into the charts that stand there, another screen anew.
FLOOR = """<!doctype html><meta charset="utf-8"><title>Floor</title>
<nav></nav><main style="display:grid;grid-template-columns:1fr 1fr"></main>
<script src="plotly.js"></script><script>
const views = VIEWS, main = document.querySelector('main');
let shown = null;
function show(name) {
  const view = views[name];
  if (shown !== view.screen) main.replaceChildren(...view.charts.map(() => document.createElement('div')));
  view.charts.forEach((chart, place) => Plotly.react(main.children[place], chart.data, chart.layout, CONFIG));
  shown = view.screen;
}
const CONFIG = {displayModeBar: false};
for (const name of Object.keys(views)) {
  const button = document.createElement('button');
  button.textContent = name;
  button.onclick = () => show(name);
  document.querySelector('nav').append(button);
}
show(Object.keys(views)[0]);
</script>"""

# The charts of a page as they are, to be drawn by the floor: their data and layout, at their size.
CHARTS = """() => {
  const plain = (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;
  return JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map(chart => ({
    data: chart.data,
    layout: {...chart.layout, width: chart.offsetWidth, height: chart.offsetHeight, autosize: false},
  })), plain);
}"""


def floor_page(path: Path, views: dict[str, tuple[str, list[Any]]]) -> None:
    """Writes a page with a button for each view: name → (screen, charts)."""
    said = {name: {"screen": screen, "charts": charts} for name, (screen, charts) in views.items()}
    path.write_text(FLOOR.replace("VIEWS", json.dumps(said).replace("</", "<\\/")), encoding="utf-8")
