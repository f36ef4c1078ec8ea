"""What reaches a browser that looks for the public, in two counties that differ only behind hidden cells.

Somebody walks both counties side by side: every screen, other filters, and what can be taken along. All that came, over
the websocket, as answers to requests, on the page and in files, must be the same in both: a hidden number that came
along, in whatever shape, would differ. Drawn for leadership, a part of the same walk shows the difference everywhere.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from sro.settings import PROJECT, Folders, read_settings
from tests import two_worlds
from tests.browser.screens import DRAWN, SCREENS
from tests.serving import Dashboard
from tests.unpacked import unpacked

pytestmark = pytest.mark.skipif(not os.environ.get("SRO_WALK"), reason="It takes minutes: `make walk` runs it.")

SCHOOL = "990401060001"
# Where persons are counted: the county, in other periods, by other grains and categories.
FIGURES = (
    "figure?metric=officer_outcomes&form=slices&period=2025-26&sliced=true",
    "figure?metric=officer_outcomes&form=schools&period=2025-26&by=school",
    "figure?metric=diverted&form=trend&period=2025-26&grain=month",
)
COUNTY = (*FIGURES, "accountability?period=2025-26-S1&compare=prior_year")
ONE_SCHOOL = f"incidents?schools={SCHOOL}"
ROOMS = tuple(name if name != "overview" else "" for name in SCREENS if name != "incidents")
KINDS = ("PNG", "SVG", "PDF", "XLSX", "CSV")
LEGISLATURE = "Report to the county legislature"
# As the back button does it, without loading the page anew.
GO = "name => { history.pushState({}, '', '/' + name); dispatchEvent(new PopStateEvent('popstate', {state: {}})) }"
REST = 10  # seconds
QUIET = 0.4  # seconds without a message after which nothing more is to come
OF_THE_PROGRAM = re.compile("^/static/|^/component/|/_stcore/|^/media/|^data:|^blob:")
# What a page says and draws: all text, what is read aloud, and the shape of every mark. Ids of charts are drawn by lot.
STANDING = """() => JSON.stringify([
    document.body.innerText,
    [...document.querySelectorAll('[aria-label],[alt],[title],[href]')].map(one =>
        ['aria-label', 'alt', 'title', 'href'].map(name => one.getAttribute(name))),
    [...document.querySelectorAll('.main-svg *')].map(one =>
        [one.tagName, one.childElementCount ? '' : one.textContent,
         ...['d', 'transform', 'x', 'y', 'width', 'height'].map(name => one.getAttribute(name))]),
])"""
PASSING = ("progress", "empty")  # stand for a moment, and are left out where the next is there already
OF_A_VISIT = {"metadata", "deferred_file_id", "session_id", "hash"}
# When a vintage's file was written, and how large it is; names that files have for one visit, and that a chart has.
BY_LOT = (
    (re.compile(rb"built [0-9-]+ [0-9:]+ \xc2\xb7 [0-9.]+ MB"), b"built"),
    (re.compile(rb"/media/[0-9a-f]+"), b"/media/file"),
    (re.compile(rb"react-aria[0-9]+"), b"react-aria"),
)
CHART_ID = re.compile(rb"\b(?:trace|clip|defs-|legend)([0-9a-f]{6})")
SEALED = re.compile(rb'"(content|seal)": ?"[0-9a-f]+"')  # over the ids of a chart as well


@dataclass
class Walker:
    """Somebody at one county's dashboard. seen: (step, place) → what stood there last; heard: every message drawn."""

    page: Page
    address: str
    step: str = ""
    seen: dict[tuple[str, str], bytes] = field(default_factory=dict)
    heard: set[bytes] = field(default_factory=set)
    known: dict[str, bytes] = field(default_factory=dict)
    answers: list[Response] = field(default_factory=list)
    waits: bool = False  # for a run of the page that it asked for
    last: float = 0.0

    def __post_init__(self) -> None:
        self.page.on("websocket", self._listen)
        self.page.on("response", lambda response: self.answers.append(response))

    def keep(self, place: str, content: bytes) -> bytes:
        content = content.replace(self.address.removeprefix("http://").encode(), b"here")
        for pattern, same in BY_LOT:
            content = pattern.sub(same, content)
        self.seen[self.step, place] = content
        return content

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._receive)
        socket.on("framesent", self._send)

    def _send(self, frame: str | bytes) -> None:
        self.last = time.monotonic()
        if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script":
            self.waits = True

    def _receive(self, frame: str | bytes) -> None:
        self.last = time.monotonic()
        if isinstance(frame, str):
            self.keep("text frame", frame.encode())
            return
        message = ForwardMsg.FromString(frame)
        kind, path = str(message.WhichOneof("type")), ".".join(map(str, message.metadata.delta_path))
        if kind == "script_finished":
            self.waits = False
        if kind == "ref_hash":  # the same as a message that came before
            content = self.known[message.ref_hash]
        else:
            name = message.hash
            content = self.known[name] = _plain(message)
        kept = self.keep(f"message {path or kind}", content)
        delta = message.delta
        if not delta.HasField("new_transient") and delta.new_element.WhichOneof("type") not in PASSING:
            self.heard.add(kept)

    def come_to_rest(self) -> None:
        """Wait until all is drawn and no more is said: a run that comes late would count to the next step."""
        deadline = time.monotonic() + 120
        while self.waits or time.monotonic() - self.last < QUIET or not self.page.evaluate(DRAWN):
            assert time.monotonic() < deadline, f"{self.step}: the page does not come to rest."
            self.page.wait_for_timeout(50)

    def keep_answers(self) -> None:
        """Keep what was answered to the requests of the page, beside the program itself and files that are taken."""
        for response in self.answers:
            place = response.url.removeprefix(self.address)
            if not OF_THE_PROGRAM.search(place):
                self.keep(f"answer {place}", response.body())
        self.answers.clear()

    def take(self, button: str) -> None:
        """Keep the file that a button gives, and all that is in it."""
        with self.page.expect_download() as started:
            self.page.get_by_role("button", name=button).click()
        name = started.value.suggested_filename
        for place, content in unpacked(name, Path(started.value.path()).read_bytes()).items():
            self.keep(f"file {place}", _comparable(place, content))


def _comparable(place: str, content: bytes) -> bytes:
    """A file's part without ids by lot. Of a PNG its passport: it shows what the SVG does."""
    if place.endswith(".png"):
        content = b"".join(re.findall(rb"SRO-Passport\0([ -~]+)\"\}", content))
    if place.endswith(".svg"):
        for name in set(CHART_ID.findall(content)):
            content = content.replace(name, b"chart")
    return SEALED.sub(b"", content)


def _plain(message: Any) -> bytes:
    """A message without what is drawn by lot at each visit."""
    for one, value in message.ListFields():
        if one.name in OF_A_VISIT:
            message.ClearField(one.name)
        elif one.message_type is not None and not one.message_type.GetOptions().map_entry:
            for part in value if one.is_repeated else [value]:
                _plain(part)
    return message.SerializeToString(deterministic=True)


class Both:
    """The same steps in both counties, one beside the other."""

    def __init__(self, *walkers: Walker, rest: float = REST) -> None:
        self.walkers = walkers
        self.rest = rest

    def do(self, step: str, *acts: Callable[[Walker], object]) -> None:
        for walker in self.walkers:
            walker.step = step
        for act in acts:
            for walker in self.walkers:
                act(walker)
            for walker in self.walkers:
                walker.come_to_rest()
        self._come_to_be_alike()
        for walker in self.walkers:
            walker.keep_answers()

    def _come_to_be_alike(self) -> None:
        """Keep both pages once they are alike, or as they stand after a while: charts move for a moment."""
        deadline = time.monotonic() + self.rest
        while len({walker.keep("page", walker.page.evaluate(STANDING).encode()) for walker in self.walkers}) > 1:
            if time.monotonic() > deadline:
                return
            self.walkers[0].page.wait_for_timeout(100)

    def open(self, place: str) -> None:
        """An address, as a link opens it."""
        self.do(place, lambda walker: walker.page.goto(f"{walker.address}/{place}"))
        for walker in self.walkers:
            assert set(urlsplit(place).query.split("&")) <= set(urlsplit(walker.page.url).query.split("&"))

    def go(self, screen: str) -> None:
        """Another screen, as the navigation opens it: what was chosen stays."""
        self.do(screen, lambda walker: walker.page.evaluate(GO, screen))
        for walker in self.walkers:
            assert urlsplit(walker.page.url).path == f"/{screen}"
            if walker.page.locator(".st-key-filter_bar").count():
                assert ("districts=" if screen == "district" else "schools=") in walker.page.url

    def differing(self) -> list[tuple[str, str]]:
        one, other = (walker.seen for walker in self.walkers)
        return sorted(place for place in {*one, *other} if one.get(place) != other.get(place))

    def take(self, step: str, button: str, *acts: Callable[[Walker], object]) -> None:
        """Do what makes a file, and take it."""
        self.do(step, *acts)
        for walker in self.walkers:
            walker.page.get_by_role("button", name=button).wait_for(timeout=120_000)
            walker.take(button)


def press(button: str) -> Callable[[Walker], object]:
    cards = '[class*="st-key-card_"]'
    return lambda walker: walker.page.locator(cards).get_by_role("button", name=button).first.click()


def as_(kind: str) -> Callable[[Walker], object]:
    return lambda walker: walker.page.get_by_test_id("stButtonGroup").get_by_text(kind, exact=True).click()


def for_whom(says: str) -> Callable[[Walker], object]:
    def choose(walker: Walker) -> None:
        walker.page.get_by_label("For whom").click()
        walker.page.get_by_role("option", name=says, exact=True).click()

    return choose


@pytest.fixture(scope="module")
def counties(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The data of two counties that the public cannot tell apart, though most of what is hidden differs."""
    one = read_settings(folders=Folders(data=demo_data))
    other = two_worlds.other_world(one, tmp_path_factory.mktemp("other") / "data")
    hidden = [two_worlds.hidden_counts(county) for county in (one, other)]
    assert (hidden[0]["count"] != hidden[1]["count"]).mean() > 0.3
    return demo_data, other.folders.data


@contextmanager
def walking(chromium: Browser, *addresses: str, rest: float = REST) -> Iterator[Both]:
    """Somebody who opens both counties."""
    contexts = [chromium.new_context(viewport={"width": 1600, "height": 900}) for _ in addresses]
    yield Both(*(Walker(context.new_page(), at) for context, at in zip(contexts, addresses, strict=True)), rest=rest)
    for context in contexts:
        context.close()


def test_whatever_reaches_a_browser_for_the_public_is_the_same_in_both_counties(chromium, dashboard, counties):
    with Dashboard(counties[1]) as second, walking(chromium, dashboard.address, second.address) as both:
        for place in COUNTY:
            both.open(place)
        both.open(ONE_SCHOOL)
        for room in ROOMS:
            both.go(room)
        both.open(f"{FIGURES[0]}&compare=none")
        both.do("data", press("Data"))
        both.take("data as CSV", "Download as CSV")
        both.do("data closed", lambda walker: walker.page.keyboard.press("Escape"))
        both.take("save as PNG", "Download PNG", press("Save"))
        for kind in KINDS[1:]:
            both.take(f"save as {kind}", f"Download {kind}", as_(kind))
        both.open("reports?period=2025-26")
        both.do("for a legislator", for_whom(LEGISLATURE))
        both.take("slides", "Download legislature", press("Make it"))
        one, other = both.walkers
        assert both.differing() == []
        assert one.heard == other.heard
        files = {Path(place).suffix for _, place in one.seen if place.startswith("file ")}
        assert files >= {".png", ".svg", ".csv", ".xml", ""}
        assert any("‡".encode() in content for (_, place), content in one.seen.items() if place == "page")


def test_the_same_walk_for_leadership_sees_that_the_counties_differ(chromium, counties, tmp_path):
    program = tmp_path / "program.toml"
    text = (PROJECT / "program.toml").read_text(encoding="utf-8")
    assert 'audience = "public"' in text
    program.write_text(text.replace('audience = "public"', 'audience = "leadership"', 1), encoding="utf-8")
    with ExitStack() as stack:
        served = [Dashboard(data, SRO_PROGRAM=str(program)) for data in counties]
        with ThreadPoolExecutor() as threads:  # one starts beside the other
            list(threads.map(stack.enter_context, served))
        with walking(chromium, *(one.address for one in served), rest=0) as both:
            both.open(FIGURES[0])
            both.do("a moment later", lambda walker: walker.page.wait_for_timeout(1000))  # all charts stand
            assert {place.split()[0] for _, place in both.differing()} == {"message", "page"}
            assert both.walkers[0].heard != both.walkers[1].heard
