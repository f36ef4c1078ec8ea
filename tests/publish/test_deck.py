"""A deck's charts are real ones: every number in them, and in the workbook behind them, is the Answer's."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.util import Inches
from python_calamine import CalamineWorkbook

from sro.cli import parser
from sro.figures.figure import Event
from sro.figures.limits import Limits
from sro.figures.tables import drawn
from sro.publish import office, stamps
from sro.publish.deck import deck
from sro.publish.presets import Choice, Collection, Placed, Preset
from sro.publish.verify import ALTERED, CURRENT, verify
from sro.question import Question
from tests.figures.answers import CALLS, COVERAGE, HANDLED, LESSONS, MIX, RATE, answer, compared
from tests.publish.conftest import coverage_by_month, desk_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def shown(settings, made, form):
    asked = made.question
    return desk_of(settings, made).exhibit([asked], form)


def collection(*exhibits) -> Collection:
    preset = Preset("board", "School Resource Officer Program", "Report to the school board", ())
    return Collection(
        preset,
        Choice("2025-26"),
        tuple(Placed(n, "Section", one) for n, one in enumerate(exhibits, 1)),
        ("drills: no data.",),
    )


def deck_of(settings, *exhibits) -> bytes:
    known = [one for exhibit in exhibits for one in exhibit.answers]
    return deck(collection(*exhibits), desk_of(settings, *known))


def slides(data: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(data)).slides)


def charts(data: bytes) -> list[Any]:
    return [shape.chart for slide in slides(data) for shape in slide.shapes if shape.has_chart]


def limits(chart) -> tuple[dict[int, float], dict[int, float]]:
    """How far the error bars of the first series reach above and below, by place."""
    series = chart._chartSpace.find(f".//{C}ser")
    return tuple(
        {
            int(point.get("idx")): float(point.find(f"{C}v").text)
            for point in series.find(f"{C}errBars/{C}{side}").iter(f"{C}pt")
        }
        for side in ("plus", "minus")
    )  # type: ignore[return-value]


def book(chart) -> list[list]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        .get_sheet_by_index(0)
        .to_python()
    )


@pytest.fixture
def trend(settings):
    values = (90, 84, "not_received", 86, "suppressed", 86, 88, 88, 90, 89, 91, 92)
    return shown(settings, coverage_by_month(values), "trend")


def test_a_trend_is_a_line_chart_with_the_answers_numbers_and_its_gaps(settings, trend):
    (chart,) = charts(deck_of(settings, trend))
    assert chart.chart_type.name == "LINE_MARKERS"
    (series,) = chart.plots[0].series
    assert list(series.values) == [90, 84, None, 86, None, 86, 88, 88, 90, 89, 91, 92]


def test_a_missing_month_is_a_gap_and_its_category_says_why(settings, trend):
    (chart,) = charts(deck_of(settings, trend))
    assert chart._chartSpace.find(f".//{C}dispBlanksAs").get("val") == "gap"
    names = list(chart.plots[0].categories)
    assert names[2] == "Sep 2025 (no report)" and names[4] == "Nov 2025 (‡)"


def test_the_workbook_behind_a_chart_holds_what_the_answer_shows_and_nothing_else(settings, trend):
    (chart,) = charts(deck_of(settings, trend))
    head, *rows = book(chart)
    assert head == ["", "2025–26"]
    values = trend.answers[0].cells["value"]
    assert [row[1] for row in rows] == ["" if value is None else value for value in map(drawn, values)]


def test_intervals_are_error_bars_as_long_as_the_answers(settings):
    by_month = answer(LESSONS, lambda unit, part, slice_: (20 + part, 1), grain="month")
    exhibit = shown(settings, by_month, "trend")
    (chart,) = charts(deck_of(settings, exhibit))
    up, down = limits(chart)
    cells = exhibit.answers[0].cells
    for place, cell in cells.iterrows():
        assert up[place] == pytest.approx(cell["high"] - cell["value"], abs=2e-4)  # type: ignore[index]
        assert down[place] == pytest.approx(cell["value"] - cell["low"], abs=2e-4)  # type: ignore[index]
    head, *rows = book(chart)
    assert head[2:] == ["2025–26: interval below", "2025–26: interval above"]
    assert [row[3] for row in rows] == list(up.values())


def test_the_earlier_year_lies_month_for_month_beside_this_one(settings):
    now = coverage_by_month()
    before = coverage_by_month(tuple(range(70, 82)), period="2024-25")
    exhibit = shown(settings, compared(now, before), "trend")
    (chart,) = charts(deck_of(settings, exhibit))
    earlier, this = chart.plots[0].series
    assert list(earlier.values) == list(range(70, 82)) and earlier.name == "2024–25"
    assert this.name == "2025–26"


def test_the_expected_range_is_three_quiet_lines_and_what_lies_outside_is_marked(settings, trend):
    first = trend.answers[0].cells["period_start"].iloc[0]
    expected = Limits({first: (80.0, 85.0, 89.5)}, {first: "high"}, "Dotted: the expected range.")
    (chart,) = charts(deck_of(settings, replace(trend, limits=expected)))
    lines = {series.name: series.values[0] for series in chart.plots[0].series}
    assert lines == {"2025–26": 90, "Lower limit": 80, "Center": 85, "Upper limit": 89.5}
    assert chart.plots[0].series[0].points[0].marker.size > chart.plots[0].series[0].marker.size


def test_schools_stand_in_the_answers_order_with_the_whole_beside_them(settings):
    by_school = answer(
        RATE, lambda unit, part, slice_: [(40, 50_000), (6, 20_000), "not_received"][unit], by="school",
        units={"A": "Aspen HS", "B": "Birch MS", "C": "Cedar ES"}, total=(46, 70_000),
    )  # fmt: skip
    (chart,) = charts(deck_of(settings, shown(settings, by_school, "schools")))
    assert list(chart.plots[0].categories) == [
        "Aspen HS: 80.0", "Birch MS: 30.0", "Cedar ES (no report)", "All of these: 65.7",
    ]  # fmt: skip
    assert list(chart.plots[0].series[0].values) == [80, 30, None, drawn(46 / 70_000 * 100_000)]


def test_the_sum_of_counts_is_no_bar_beside_its_parts(settings):
    by_school = answer(
        LESSONS, lambda unit, part, slice_: (10 * (unit + 1), 1), by="school", units={"A": "A", "B": "B"}
    )
    (chart,) = charts(deck_of(settings, shown(settings, by_school, "schools")))
    assert list(chart.plots[0].series[0].values) == [10, 20]


def test_more_bars_than_one_slide_can_hold_go_on_the_next(settings):
    units = {f"S{number:02d}": f"School {number:02d}" for number in range(45)}
    many = answer(COVERAGE, lambda unit, part, slice_: (unit + 1, 100), by="school", units=units, total=(50, 100))
    made = charts(deck_of(settings, shown(settings, many, "schools")))
    values = [value for chart in made for value in list(chart.plots[0].series[0].values)[:-1]]
    assert len(made) == 3 and values == list(range(1, 46))


def test_a_mix_is_stacked_and_a_hidden_part_leaves_its_place_empty(settings):
    parts = answer(
        MIX, lambda unit, part, slice_: "suppressed" if (part, slice_) == (1, 0) else ((60, 40)[slice_], 100),
        grain="quarter", slices=("Educator", "Officer"),
    )  # fmt: skip
    (chart,) = charts(deck_of(settings, shown(settings, parts, "stack")))
    assert [list(series.values) for series in chart.plots[0].series] == [[60, None, 60, 60], [40, 40, 40, 40]]


def test_delivered_stands_beside_contracted(settings):
    hours = answer(COVERAGE, lambda unit, part, slice_: (80 + unit, 100), by="district", units={"A": "Ash", "B": "Bay"})
    (chart,) = charts(deck_of(settings, shown(settings, hours, "delivered")))
    assert {series.name: list(series.values) for series in chart.plots[0].series} == {
        "Delivered": [80, 81], "Contracted": [100, 100],
    }  # fmt: skip


def test_the_funnel_begins_each_part_where_the_one_before_it_ends(settings):
    calls = answer(CALLS, (100, 1), synthetic=True)
    by_whom = replace(CALLS, name="by_whom")
    handled = answer(by_whom, lambda u, p, s: ((60, 1), (40, 1))[s], slices=("School", "Officer"))
    outcomes = answer(HANDLED, lambda u, p, s: (30, 40) if s == 0 else "suppressed", slices=("Resolved", "Charged"))
    desk = desk_of(settings, calls, handled, outcomes)
    exhibit = desk.exhibit([calls.question, handled.question, outcomes.question], "funnel")
    (chart,) = charts(deck(collection(exhibit), desk))
    begins, counts = (list(series.values) for series in chart.plots[0].series)
    assert begins == [0, 0, 60, 60, None] and counts == [100, 60, 40, 30, None]
    assert [name.strip() for name in chart.plots[0].categories][-1] == "Charged: ‡"


def test_a_line_is_cut_where_the_series_breaks_and_the_event_is_named(settings, trend):
    broken = replace(trend, events=(Event(date(2026, 1, 1), "New form", "series_break"),))
    (chart,) = charts(deck_of(settings, broken))
    events = list(chart.plots[0].series)[-1]
    assert [place for place, value in enumerate(events.values) if value is not None] == [6]
    assert events.points[6].data_label.text_frame.text == "New form"
    cut = chart.plots[0].series[0].points[6].format.line.fill.type
    assert cut is not None and cut.name == "BACKGROUND"


def test_every_slide_has_a_title_every_chart_an_alternative_text_and_definitions_in_the_notes(settings, trend):
    every = slides(deck_of(settings, trend))
    assert all(slide.shapes.title is not None and slide.shapes.title.text for slide in every)
    slide = every[1]
    figure = trend.figure
    described = [s._element.nvGraphicFramePr.cNvPr.get("descr") for s in slide.shapes if s.has_chart]
    assert described == [figure.alt] and slide.shapes.title.text == figure.title
    notes = slide.notes_slide.notes_text_frame.text
    for text in (*figure.definitions.values(), figure.footer, figure.id, "python -m sro ask coverage_rate"):
        assert text in notes


def words(data: bytes) -> str:
    slide = slides(data)[1]
    shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return "\n".join([*shown, slide.notes_slide.notes_text_frame.text])


def test_a_slide_names_the_marks_of_its_own_chart_and_none_of_the_picture(settings):
    few = shown(settings, answer(RATE, lambda unit, part, slice_: (3 + unit, 20_000), by="school",
                                 units={"A": "Aspen HS", "B": "Birch MS"}, total=(7, 40_000)), "schools")  # fmt: skip
    assert any(note.startswith("Hollow:") for note in few.figure.footnotes)
    said = words(deck_of(settings, few))
    assert "Hatched: few events" in said and "Hollow" not in said and "Light bands" not in said
    fill = charts(deck_of(settings, few))[0].plots[0].series[0].points[0].format.fill
    assert fill.type is not None and fill.type.name == "PATTERNED"


def test_a_signal_is_a_larger_mark_with_a_dark_edge_and_called_so(settings, trend):
    ringed = replace(trend, figure=replace(trend.figure, footnotes=("Ring: beyond what chance explains (1 point).",)))
    assert "Larger mark with a dark edge: beyond what chance" in words(deck_of(settings, ringed))


def test_source_date_audience_and_the_synthetic_mark_are_on_the_slide(settings, trend):
    slide = slides(deck_of(settings, trend))[1]
    said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert trend.figure.footer in said and "SYNTHETIC DATA" in said and trend.figure.subtitle in said


def test_what_was_left_out_is_said_on_the_last_slide(settings, trend):
    last = slides(deck_of(settings, trend))[-1]
    assert "Left out: drills: no data." in "\n".join(s.text_frame.text for s in last.shapes if s.has_text_frame)


def test_slides_are_sixteen_by_nine(settings, trend):
    show: Any = Presentation(io.BytesIO(deck_of(settings, trend)))
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9, abs=0.001)


def test_the_offices_own_template_is_taken(settings, trend, tmp_path):
    own = Presentation()
    own.slide_width, own.slide_height = Inches(13.333), Inches(7.5)
    own.slide_master.name = "Office look"
    own.slides.add_slide(own.slide_layouts[0])
    own.save(str(tmp_path / "own.pptx"))
    branded = replace(settings, branding={"deck_template": tmp_path / "own.pptx"})
    show = Presentation(io.BytesIO(deck_of(branded, trend)))
    assert show.slide_master.name == "Office look" and len(show.slides) == 3


def test_a_deck_is_genuine_and_stays_so_when_an_office_program_saves_it(settings, trend):
    data = deck_of(settings, trend)
    desk = desk_of(settings, *trend.answers)
    assert verify(data, desk).state == CURRENT
    again = io.BytesIO()
    Presentation(io.BytesIO(data)).save(again)
    assert stamps.content_of(again.getvalue()) == stamps.content_of(data)


@pytest.mark.parametrize("part", ["ppt/charts/", "ppt/slides/slide2.xml"])
def test_a_deck_with_another_number_is_altered(settings, trend, part):
    data = deck_of(settings, trend)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.startswith(part) and name.endswith(".xml"):
                body = body.replace(b"<c:v>84</c:v>", b"<c:v>94</c:v>").replace(b"88%", b"98%")
            new.writestr(name, body)
    assert verify(out.getvalue(), desk_of(settings, *trend.answers)).state == ALTERED


def test_the_passport_is_cut_into_pieces_that_office_programs_keep(settings, trend):
    with zipfile.ZipFile(io.BytesIO(deck_of(settings, trend))) as parts:
        properties = ElementTree.fromstring(parts.read(office.CUSTOM_PART))
    assert len(properties) > 2 and max(len("".join(one.itertext())) for one in properties) < 256


def test_the_question_behind_a_slide_is_spelled_as_the_command_line_takes_it(settings):
    asked = Question("coverage_rate", "2025-26", by="school", schools=("A", "B"), sliced=False)
    made = answer(COVERAGE, (90, 100), by="school", schools=("A", "B"), units={"A": "Ash", "B": "Bay"})
    assert made.question == asked
    line = slides(deck_of(settings, shown(settings, made, "schools")))[
        1
    ].notes_slide.notes_text_frame.text.splitlines()[-1]
    options = parser().parse_args(line.removeprefix("python -m sro ").split())
    assert options.schools == ["A", "B"] and options.by == "school"
