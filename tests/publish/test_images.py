"""A picture is the figure that was asked for, whole, in the size that was asked for; whoever asks at once."""

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from sro.figures import theme
from sro.figures.wording import value_text
from sro.publish import browser, images, passport, stamps
from sro.publish.browser import BrowserLost, NoBrowser
from sro.publish.images import PictureError, Studio, TooTall
from sro.question import Question
from tests.figures.answers import COVERAGE, answer
from tests.publish.conftest import desk_of

try:
    browser.find()
except NoBrowser:
    pytest.skip("needs Chromium", allow_module_level=True)


@pytest.fixture
def stamp(exhibit, settings):
    return passport.issue([exhibit.figure], settings)


def words(svg: bytes) -> list[str]:
    """The texts of a drawing, one line each; parts of one line joined."""
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("size", ["slide", "social"])
def test_a_slide_and_a_post_have_exactly_their_size(exhibit, stamp, size):
    picture = Image.open(io.BytesIO(images.png(exhibit.figure, size, stamp)))
    assert picture.size == (theme.SIZES[size].width, theme.SIZES[size].height)


def test_a_picture_for_print_is_six_and_a_half_inches_wide_at_300_dots(exhibit, stamp):
    picture = Image.open(io.BytesIO(images.png(exhibit.figure, "print", stamp)))
    assert picture.width / 300 == 6.5 and round(picture.info["dpi"][0]) == 300


def test_title_subtitle_footnotes_and_footer_are_in_the_picture(exhibit, stamp):
    figure = exhibit.figure
    said = " ".join(words(images.svg(figure, "print", stamp)))
    for text in (figure.title, figure.subtitle, figure.footer, stamp.short, *figure.footnotes):
        assert text in said


def test_the_svg_names_itself_and_says_its_alternative_text(exhibit, stamp):
    root = ElementTree.fromstring(images.svg(exhibit.figure, "slide", stamp))
    spoken = {child.tag.split("}")[1]: child.text for child in root if child.tag.split("}")[1] in ("title", "desc")}
    assert spoken == {"title": exhibit.figure.title, "desc": exhibit.figure.alt}


def test_the_house_type_is_inside_the_svg_and_nothing_is_fetched(exhibit, stamp):
    svg = images.svg(exhibit.figure, "slide", stamp).decode()
    assert svg.count("font/woff2;base64,") == 2
    assert not re.findall(r"(?:href|src|url)[=(]['\"]?https?:", svg)


def test_every_label_of_the_svg_is_the_answers_number(settings):
    asked = Question("coverage_rate", "2025-26", by="school")
    shares = {"A": 91, "B": 72, "C": 8}
    made = answer(
        COVERAGE,
        lambda unit, part, slice_: (list(shares.values())[unit], 100),
        by="school",
        units={u: u for u in shares},
    )
    shown = desk_of(settings, made).exhibit([asked], "delivered")
    said = words(images.svg(shown.figure, "slide", passport.issue([shown.figure], settings)))
    labels = [text for text in said if text.endswith("%")]
    assert labels == [value_text(float(value), COVERAGE) for value in shown.answers[0].cells["value"]]


def test_a_pdf_is_one_page_as_large_as_its_picture_with_text_that_can_be_searched(exhibit, stamp):
    pages = PdfReader(io.BytesIO(images.pdf(exhibit.figure, "slide", stamp))).pages
    assert len(pages) == 1
    assert [round(float(edge)) for edge in pages[0].mediabox[2:]] == [960, 540]
    assert exhibit.figure.title in pages[0].extract_text().replace("\n", " ")


def test_the_same_figure_makes_the_same_bytes(exhibit, stamp):
    assert images.png(exhibit.figure, "social", stamp) == images.png(exhibit.figure, "social", stamp)


def test_200_requests_from_8_threads_get_each_its_own_figure(exhibit, settings):
    figures = []
    for number in range(20):
        chart = {
            **exhibit.figure.chart,
            "layout": {**exhibit.figure.chart["layout"], "meta": {"figure": f"f{number:02d}"}},
        }
        figures.append(replace(exhibit.figure, id=f"f{number:02d}", title=f"Finding {number:02d}", chart=chart))
    stamps_of = [passport.issue([figure], settings) for figure in figures]
    together = threading.Barrier(8)
    started = threading.local()

    def one(place: int) -> bool:
        if not hasattr(started, "yes"):
            started.yes = True
            together.wait()
        figure, stamp = figures[place % 20], stamps_of[place % 20]
        svg = images.svg(figure, "social", stamp).decode()
        return figure.title in svg and f'data-figure="{figure.id}"' in svg and f'"figure":"{figure.id}"' in svg

    with ThreadPoolExecutor(8) as threads:
        assert all(list(threads.map(one, range(200))))


def test_a_figure_whose_chart_is_anothers_is_not_handed_out(exhibit, stamp):
    with pytest.raises(PictureError, match="instead of 'another'"):
        images.png(replace(exhibit.figure, id="another"), "social", stamp)


def test_a_browser_that_was_killed_is_replaced(exhibit, stamp):
    studio = Studio(easels=1)
    (easel,) = studio.easels
    try:
        size = theme.SIZES["social"]
        studio.draw(exhibit.figure, size, stamp, images._as_svg)
        assert easel._browser is not None
        easel._browser._process.kill()
        easel._browser._process.wait()
        assert exhibit.figure.title.encode() in studio.draw(exhibit.figure, size, stamp, images._as_svg)
    finally:
        studio.close()


def test_a_browser_killed_in_the_middle_of_a_picture_is_replaced_and_twice_is_told(exhibit, stamp):
    studio = Studio(easels=1)
    size, left = theme.SIZES["social"], 1

    def dying(opened, page, of):
        nonlocal left
        if left:
            left -= 1
            opened._process.kill()
        return images._as_png(opened, page, of)

    try:
        assert studio.draw(exhibit.figure, size, stamp, dying).startswith(b"\x89PNG")
        left = 2
        with pytest.raises(PictureError, match="Try again"):
            studio.draw(exhibit.figure, size, stamp, dying)
        assert studio.draw(exhibit.figure, size, stamp, dying).startswith(b"\x89PNG")
    finally:
        studio.close()


def test_a_browser_that_hangs_is_given_up_after_its_time():
    hung = browser.Browser(browser.find())
    try:
        with pytest.raises(BrowserLost, match=r"0\.2 seconds"):
            hung.run("new Promise(() => {})", 0.2)
        assert hung.run("'later'", 5) == "later"
    finally:
        hung.close()


def test_what_the_browser_kept_is_gone_when_it_ends():
    opened = browser.Browser(browser.find())
    home = Path(opened._home)
    assert home.exists()
    opened.close()
    assert not home.exists()


def test_without_a_browser_the_error_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setattr(browser, "ELSEWHERE", ())
    monkeypatch.delenv("SRO_CHROME", raising=False)
    with pytest.raises(NoBrowser, match="apt install chromium"):
        browser.find()


def test_a_named_browser_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setenv("SRO_CHROME", "/nowhere/chrome")
    with pytest.raises(NoBrowser, match="/nowhere/chrome"):
        browser.find()


def test_sixty_rows_do_not_fit_a_slide_and_say_what_does(settings):
    asked = Question("coverage_rate", "2025-26", by="school")
    units = {f"S{number:02d}": f"School {number:02d}" for number in range(60)}
    made = answer(COVERAGE, (90, 100), by="school", units=units)
    shown = desk_of(settings, made).exhibit([asked], "delivered")
    stamp = passport.issue([shown.figure], settings)
    with pytest.raises(TooTall, match="print or screen"):
        images.png(shown.figure, "slide", stamp)
    assert Image.open(io.BytesIO(images.png(shown.figure, "screen", stamp))).height > 1200


def test_a_stamped_picture_has_the_pixels_of_the_unstamped_one(exhibit, stamp):
    data = images.png(exhibit.figure, "social", stamp)
    bare = Image.open(io.BytesIO(images.studio().draw(exhibit.figure, theme.SIZES["social"], stamp, images._as_png)))
    assert Image.open(io.BytesIO(data)).convert("RGB").tobytes() == bare.convert("RGB").tobytes()
    assert stamps.text_in(data)
