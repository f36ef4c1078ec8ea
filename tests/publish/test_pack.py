"""A pack has every figure in every format, a page to look through and a manifest that holds."""

import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest

from sro.publish import pack as packing
from sro.publish.browser import HOW_TO_GET_IT, NoBrowser, find
from sro.publish.pack import pack
from sro.publish.presets import Choice, Collection, Placed, Preset
from sro.publish.verify import CURRENT, verify
from sro.question import Question
from tests.publish.conftest import MONTHLY

ENDINGS = ["csv", "pdf", "print.png", "slide.png", "social.png", "svg", "xlsx"]


def collection(desk) -> Collection:
    preset = Preset("grant", "Grant <report>", "Program", ())
    placed = (
        Placed(2, "Presence", desk.exhibit([MONTHLY], "trend")),
        Placed(3, "Context", desk.exhibit([Question("incident_rate", "2025-26", by="school")], "schools")),
    )
    return Collection(preset, Choice("2025-26"), placed, ("Figure 1, drills: no data.",))


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.fixture
def no_browser(monkeypatch):
    def nobody(*_):
        raise NoBrowser(HOW_TO_GET_IT)

    monkeypatch.setattr(packing.images, "every", nobody)


def test_every_figure_is_there_in_every_format_and_genuine(desk):
    try:
        find()
    except NoBrowser:
        pytest.skip("needs Chromium")
    files = opened(pack(collection(desk), desk))
    for stem in ("02-coverage_rate-trend", "03-incident_rate-schools"):
        assert sorted(name[len(stem) + 1 :] for name in files if name.startswith(stem)) == ENDINGS
    published = [data for name, data in files.items() if name[0].isdigit()]
    assert {verify(data, desk).state for data in published} == {CURRENT}


def test_the_manifest_has_the_digest_of_every_file(desk, no_browser):
    files = opened(pack(collection(desk), desk))
    listed = {one["file"]: one["sha256"] for one in json.loads(files["manifest.json"])["files"]}
    assert listed == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name[0].isdigit()
    }  # fmt: skip


def test_without_a_browser_numbers_go_along_and_the_lack_is_told(desk, no_browser):
    files = opened(pack(collection(desk), desk))
    assert sorted(name for name in files if name.startswith("02")) == [
        "02-coverage_rate-trend.csv", "02-coverage_rate-trend.xlsx",
    ]  # fmt: skip
    assert "apt install chromium" in files["README.txt"].decode()
    assert "apt install chromium" in files["index.html"].decode()


def test_the_page_links_only_to_files_that_are_there_and_fetches_nothing(desk, no_browser):
    files = opened(pack(collection(desk), desk))
    page = files["index.html"].decode()
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert links and set(links) <= set(files)
    assert "Grant &lt;report&gt;" in page and "Left out" in page


def test_the_page_has_its_language_a_title_and_one_first_heading(desk, no_browser):
    tags: list[tuple[str, dict]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append((tag, dict(attrs)))

    Reader().feed(opened(pack(collection(desk), desk))["index.html"].decode())
    names = [name for name, _ in tags]
    assert dict(tags)["html"]["lang"] == "en" and names.count("h1") == names.count("main") == names.count("title") == 1


def test_the_same_figures_make_the_same_pack(desk, no_browser):
    first, second = (opened(pack(collection(desk), desk)) for _ in range(2))
    assert (
        first["index.html"] == second["index.html"]
        and first["02-coverage_rate-trend.csv"] == (second["02-coverage_rate-trend.csv"])
    )


def test_progress_counts_the_figures(desk, no_browser):
    told: list[tuple[int, int]] = []
    pack(collection(desk), desk, lambda what, done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
