"""Plots as real PowerPoint charts: editable, with limits as error bars, gaps as gaps, and their own small workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt
from xlsxwriter.utility import xl_col_to_name

from sro.publish.chart_book import EVENTS, SHEET, limit_column, reaches, workbook_of
from sro.publish.plot import LOOK, Plot, Series

KINDS = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stack": XL_CHART_TYPE.COLUMN_STACKED,
    "funnel": XL_CHART_TYPE.BAR_STACKED,
}
Chart = Any  # python-pptx says no types
DASHES = {
    "solid": MSO_LINE.SOLID, "dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT, "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH, "longdashdot": MSO_LINE.LONG_DASH_DOT,
}  # fmt: skip
SYMBOLS = {
    "circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE, "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE, "triangle-down": XL_MARKER_STYLE.DASH, "cross": XL_MARKER_STYLE.X,
}  # fmt: skip
CHART_POINTS = 880.0  # the width of a slide's chart


def add_chart(slide: Any, plot: Plot, box: tuple[int, int, int, int], size: float, alt: str, name: str) -> Any:
    """A chart of a plot on a slide, in a box (left, top, width, height in EMU) and type of so many points."""
    data = CategoryChartData()
    data.categories = plot.categories
    for series in plot.series:
        data.add_series(series.name, series.values)
    if plot.events:
        marks = [plot.top if place in plot.events else None for place in range(len(plot.categories))]
        data.add_series(EVENTS, marks)
    frame = slide.shapes.add_chart(KINDS[plot.kind], *map(Emu, box), data)
    described = frame._element.nvGraphicFramePr.cNvPr
    described.set("descr", alt)
    described.set("name", name)
    chart: Chart = frame.chart
    chart.font.size = Pt(size)
    chart.font.color.rgb = _rgb(LOOK.ink)
    chart.has_title = bool(plot.heading)
    if plot.heading:
        _heading(chart, plot.heading, size)
    _axes(chart, plot, size)
    _legend(chart, plot, size)
    made = list(chart.plots[0].series)
    for series, drawn in zip(plot.series, made, strict=False):
        _style(series, drawn, plot, size)
    for column, series in enumerate(plot.series):
        if series.has_limits:
            _error_bars(made[column], series, limit_column(plot, column), plot.kind == "line")
    if plot.events:
        _events(made[-1], plot, size)
    _gaps_stay(chart)
    chart.part.chart_workbook.update_from_xlsx_blob(workbook_of(plot))
    return frame


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color.lstrip("#"))


def _heading(chart: Chart, text: str, size: float) -> None:
    frame = chart.chart_title.text_frame
    frame.text = text
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(size), False
    chart.chart_title.include_in_layout = False


def _axes(chart: Chart, plot: Plot, size: float) -> None:
    names, values = chart.category_axis, chart.value_axis
    values.minimum_scale, values.maximum_scale = 0, _round_up(plot.top)
    if values.maximum_scale == 100:
        values.major_unit = 25
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = plot.number, False
    values.major_gridlines.format.line.color.rgb = _rgb(LOOK.grid)
    values.major_gridlines.format.line.width = Pt(0.75)
    values.format.line.fill.background()
    names.format.line.color.rgb = _rgb(LOOK.rule)
    for axis in (names, values):
        axis.tick_labels.font.size = Pt(size)
        axis.tick_labels.font.color.rgb = _rgb(LOOK.muted if axis is values else LOOK.ink)
    if plot.heading:
        names.tick_label_position = XL_TICK_LABEL_POSITION.NONE  # the subtitle says which periods small charts share
    else:
        _name_every_category(names)
    if plot.kind in ("bars", "funnel"):
        _room_for_names(chart, plot, size)
        names.reverse_order = True
        values.has_major_gridlines = plot.kind == "bars"
        if plot.kind == "funnel":
            values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        chart.plots[0].gap_width = 45
        if plot.kind == "bars" and len(plot.series) > 1:
            chart.plots[0].overlap = 0
    if plot.kind == "stack":
        chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
    if plot.kind == "funnel":
        chart.plots[0].overlap = 100


def _name_every_category(axis: Any) -> None:
    axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")
    last = axis._element.find(qn("c:noMultiLvlLbl"))
    last.addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))


def _room_for_names(chart: Chart, plot: Plot, size: float) -> None:
    """The bars begin where the longest name ends, so that no name breaks or is left out."""
    names = min(0.46, 0.02 + max(map(len, plot.categories)) * size * 0.5 / CHART_POINTS)
    above = 0.17 if chart.has_legend or len([s for s in plot.series if not s.invisible]) > 1 else 0.09
    parts = (("x", names), ("y", above), ("w", 0.97 - names), ("h", 0.98 - above))
    manual = "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in parts)
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{manual}</c:manualLayout></c:layout>'
    )
    area = chart._chartSpace.find(qn("c:chart")).find(qn("c:plotArea"))
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    area.insert(0, layout)


def _round_up(top: float) -> float:
    """A scale's end that its steps reach: 102 → 100 for percentages of up to 100."""
    return 100.0 if 100 < top <= 102 else float(f"{top:.3g}")


def _legend(chart: Chart, plot: Plot, size: float) -> None:
    visible = [series for series in plot.series if not series.invisible]
    chart.has_legend = len(visible) > 1
    if not chart.has_legend:
        return
    chart.legend.position = XL_LEGEND_POSITION.RIGHT if plot.kind in ("line", "stack") else XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(size)
    if plot.events:
        entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{len(plot.series)}"/><c:delete val="1"/></c:legendEntry>'
        chart.legend._element.insert(1, parse_xml(entry))


def _style(series: Series, drawn: Any, plot: Plot, size: float) -> None:
    if plot.kind == "line":
        _style_line(series, drawn, size)
        return
    if series.invisible:
        drawn.format.fill.background()
        return
    drawn.invert_if_negative = False
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = _rgb(LOOK.grid if series.earlier else series.color)
    if LOOK.is_faint(series.color) or series.earlier:
        drawn.format.line.color.rgb = _rgb(LOOK.rule)
    for place in series.grey:
        point = drawn.points[place]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = _rgb(LOOK.steps[1] if plot.kind == "funnel" else LOOK.muted)
    for place in series.hollow:
        point = drawn.points[place]
        point.format.fill.patterned()
        point.format.fill.fore_color.rgb, point.format.fill.back_color.rgb = _rgb(series.color), _rgb(LOOK.ground)
        point.format.line.color.rgb = _rgb(series.color)


def _style_line(series: Series, drawn: Any, size: float) -> None:
    drawn.smooth = False
    line = drawn.format.line
    line.color.rgb, line.width = _rgb(series.color), Pt(1.5 if series.earlier else 2.25)
    line.dash_style = DASHES[series.dash]
    marker = drawn.marker
    marker.style = XL_MARKER_STYLE.NONE if series.earlier else SYMBOLS[series.symbol]
    marker.size = 5 if size < 12 else 8
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = _rgb(series.color)
    marker.format.line.color.rgb = _rgb(LOOK.rule if LOOK.is_faint(series.color) else series.color)
    for place in sorted(series.hollow):
        point = drawn.points[place]
        point.marker.style, point.marker.size = SYMBOLS[series.symbol], marker.size
        point.marker.format.fill.solid()
        point.marker.format.fill.fore_color.rgb = _rgb(LOOK.ground)
        point.marker.format.line.color.rgb = _rgb(series.color)
        point.format.line.color.rgb, point.format.line.width = _rgb(series.color), Pt(2.25)
        point.format.line.dash_style = MSO_LINE.SQUARE_DOT
    for place in sorted(series.signals):
        point = drawn.points[place]
        point.marker.style, point.marker.size = SYMBOLS[series.symbol], marker.size + 4
        point.marker.format.line.color.rgb, point.marker.format.line.width = _rgb(LOOK.ink), Pt(2.25)
    for place in sorted(series.cut):
        drawn.points[place].format.line.fill.background()


def _error_bars(drawn: Any, series: Series, column: int, is_line: bool) -> None:
    """The interval as a light stroke, its lengths in the chart's own workbook."""
    down, up = reaches(series)
    color = (series.color if is_line else LOOK.rule).lstrip("#")
    direction = '<c:errDir val="y"/>' if is_line else ""
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}>{direction}<c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="1"/>{_reference("plus", up, column + 1)}'
        f'{_reference("minus", down, column)}<c:spPr><a:ln w="28575"><a:solidFill><a:srgbClr '
        f'val="{color}"><a:alpha val="55000"/></a:srgbClr>'
        "</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    drawn._element.find(qn("c:cat")).addprevious(bars)


def _reference(name: str, values: Sequence[float | None], column: int) -> str:
    letter = xl_col_to_name(column)
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values) if value is not None
    )
    return (
        f"<c:{name}><c:numRef><c:f>{SHEET}!${letter}$2:${letter}${len(values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
        f"</c:numCache></c:numRef></c:{name}>"
    )


def _events(drawn: Any, plot: Plot, size: float) -> None:
    """Thin vertical rules with a label at their top: marks without a line, whose error bars reach to zero."""
    drawn.smooth = False
    drawn.format.line.fill.background()
    drawn.marker.style = XL_MARKER_STYLE.NONE
    late = len(plot.categories) / 2
    for place, text in plot.events.items():
        if not text:
            continue  # a small chart has room for the rule alone
        label = drawn.points[place].data_label
        label.position = XL_LABEL_POSITION.LEFT if place > late else XL_LABEL_POSITION.RIGHT
        label.text_frame.text = text
        font = label.text_frame.paragraphs[0].runs[0].font
        font.size, font.color.rgb = Pt(max(9, size - 2)), _rgb(LOOK.muted)
    rule = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="percentage"/>'
        f'<c:noEndCap val="1"/><c:val val="100"/><c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr '
        f'val="{LOOK.rule.lstrip("#")}"/></a:solidFill><a:prstDash val="sysDot"/></a:ln></c:spPr></c:errBars>'
    )
    drawn._element.find(qn("c:cat")).addprevious(rule)


def _gaps_stay(chart: Chart) -> None:
    """A missing value is a gap, never a zero and never bridged."""
    space = chart._chartSpace.find(qn("c:chart"))
    blanks = space.find(qn("c:dispBlanksAs"))
    if blanks is None:
        blanks = parse_xml(f'<c:dispBlanksAs {nsdecls("c")} val="gap"/>')
        space.append(blanks)
    blanks.set("val", "gap")
