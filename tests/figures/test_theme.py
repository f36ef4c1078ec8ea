"""Anyone can read it: contrast in both modes, one order of colors, nothing taken from a library's default."""

import json

import pytest

from sro.figures import draw, theme
from sro.figures.theme import CATEGORIES, GROUND, contrast, paint
from tests.figures.answers import answer

MODES = ("light", "dark")


def test_contrast_is_that_of_the_web_guidelines():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["ink", "muted"])
def test_text_can_be_read(mode, name):
    assert contrast(getattr(paint(mode), name), GROUND[mode]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["accent", "rule", "better", "worse", "changed"])
def test_marks_can_be_seen(mode, name):
    assert contrast(getattr(paint(mode), name), GROUND[mode]) >= 3


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("place", range(len(CATEGORIES)))
def test_a_category_color_can_be_seen_or_is_outlined(mode, place):
    look = paint(mode)
    color = look.category(place)
    assert contrast(color, look.ground) >= 3 or look.is_faint(color)


def test_a_category_keeps_its_color_in_both_modes_but_for_black():
    light, dark = paint("light"), paint("dark")
    assert [light.category(place) for place in range(6)] == [dark.category(place) for place in range(6)]
    assert dark.category(6) == dark.ink


def test_colors_come_back_with_another_pattern():
    look = paint("light")
    assert look.category(8) == look.category(1)
    assert look.pattern(8) != look.pattern(1)


@pytest.mark.parametrize("mode", MODES)
def test_no_direction_is_red_or_green(mode):
    for name in ("better", "worse", "changed"):
        red, green, blue = (int(getattr(paint(mode), name)[start : start + 2], 16) for start in (1, 3, 5))
        assert not (green > red and green > blue)
        assert not (red > 1.8 * green and red > 1.8 * blue and green < 60)


@pytest.mark.parametrize("mode", MODES)
def test_the_ground_shows_through(mode):
    layout = draw(answer(grain="month"), "trend", mode).chart["layout"]["template"]["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"


def test_light_and_dark_draw_the_same_numbers():
    light, dark = (draw(answer(grain="month"), "trend", mode) for mode in MODES)
    values = [[(trace["x"], trace["y"]) for trace in figure.chart["data"]] for figure in (light, dark)]
    assert values[0] == values[1]
    assert (light.id, light.title, light.csv()) == (dark.id, dark.title, dark.csv())


def test_a_chart_is_plain_json():
    json.dumps(draw(answer(grain="month"), "trend").chart, allow_nan=False)


def test_nothing_can_be_zoomed_by_accident():
    assert theme.CONFIG["displayModeBar"] is False
    assert theme.template(paint("light"))["layout"]["xaxis"]["fixedrange"]
