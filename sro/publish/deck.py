"""A deck of slides, 16:9: findings as titles, real charts, footnotes; definitions and passport in the notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from sro import calendar
from sro.calendar import parse_period
from sro.figures import Figure
from sro.people import PUBLISH
from sro.progress import Progress, silent
from sro.publish import images, office
from sro.publish.browser import NoBrowser
from sro.publish.desk import Desk, Exhibit
from sro.publish.images import PictureError, TooTall
from sro.publish.native import add_chart
from sro.publish.passport import Passport, entry_of, issue
from sro.publish.plot import LOOK, Plot
from sro.publish.plots import in_office_words, plots_of
from sro.publish.presets import Collection

WIDE, HIGH = Inches(13.333), Inches(7.5)
EDGE = Inches(0.55)
TYPE = 14.0  # points of a chart's text
COLUMNS = 4  # of small charts


def deck(collection: Collection, desk: Desk, progress: Progress = silent) -> bytes:
    """The PPTX of a collection: a title slide, its figures, corrections, and how the numbers can be asked again.

    Raises ValueError when the collection has no figure, and NotAllowed for a role that does not publish.
    """
    figures = collection.figures
    desk.settings.reach.must(PUBLISH)
    stamp = issue(figures, desk.settings)
    show = _presentation(desk)
    _title_slide(show, collection, desk, stamp)
    for number, one in enumerate(collection.placed):
        progress(f"Slide: {one.exhibit.figure.title}", number, len(figures))
        _figure_slides(show, one.section, one.exhibit, desk)
    if (found := collection.corrections) is not None:
        _brand(_words_slide(show, "Corrections", [found.lead, *found.sentences]), show, desk, stamp.synthetic)
    _brand(_last_slide(show, collection, stamp), show, desk, stamp.synthetic)
    show.core_properties.title = f"{collection.preset.title}: {collection.preset.says}"
    show.core_properties.author = desk.settings.office
    show.core_properties.language = "en-US"
    out = io.BytesIO()
    show.save(out)
    progress("Deck", len(figures), len(figures))
    return office.stamp_office(out.getvalue(), stamp)


def _presentation(desk: Desk) -> Any:
    """The office's template without its slides, or the plain one made wide."""
    template = desk.settings.branding.get("deck_template")
    show: Any = Presentation(str(template) if template else None)
    for slide in list(show.slides._sldIdLst):
        show.part.drop_rel(slide.rId)
        show.slides._sldIdLst.remove(slide)
    if template:
        return show
    ratio = WIDE / show.slide_width
    show.slide_width, show.slide_height = WIDE, HIGH
    for page in (show.slide_master, *show.slide_layouts):
        for shape in page.shapes:
            if shape.width is not None:
                shape.left, shape.width = round(shape.left * ratio), round(shape.width * ratio)
    return show


def _layout(show: Any, *names: str) -> Any:
    """The layout of that name, or else the first that has a title."""
    for name in names:
        for layout in show.slide_layouts:
            if layout.name.strip().lower() == name.lower():
                return layout
    return next((one for one in show.slide_layouts if any(s.placeholder_format.type == 1 for s in one.placeholders)),
                show.slide_layouts[0])  # fmt: skip


def _title_slide(show: Any, collection: Collection, desk: Desk, stamp: Passport) -> None:
    slide = _bare(show, "Title Only")
    period = parse_period(collection.choice.period)
    where = [desk.names.get(one, one) for one in (*collection.choice.districts, *collection.choice.schools)]
    _title(slide, collection.preset.title, Inches(2.2), Inches(1.0), 40)
    lines = [collection.preset.says, " · ".join([*where, period.label]), desk.settings.office, desk.settings.county]
    box = _text(slide, lines[0], EDGE, Inches(3.2), WIDE - 2 * EDGE, Inches(1.8), 24, LOOK.ink)
    for line in lines[1:]:
        _line(box, line, 18, LOOK.muted)
    through = calendar.day_label(desk.facts.data_through)
    _text(slide, f"Data through {through} · Vintage {stamp.vintage} · Audience: {stamp.audience}",
          EDGE, HIGH - Inches(0.75), WIDE - 2 * EDGE, Inches(0.4), 12, LOOK.muted)  # fmt: skip
    _brand(slide, show, desk, stamp.synthetic)


def _figure_slides(show: Any, section: str, exhibit: Exhibit, desk: Desk) -> None:
    pages = plots_of(exhibit)
    figure = in_office_words(exhibit.figure) if pages else exhibit.figure
    for number, plots in enumerate(pages or [[]], 1):
        slide = _bare(show, "Title Only")
        part = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
        _brand(slide, show, desk, figure.provenance.synthetic)
        _text(slide, section, EDGE, Inches(0.28), Inches(9), Inches(0.35), 12, LOOK.accent)
        _title(slide, f"{figure.title}{part}", Inches(0.55), Inches(0.85), 26)
        _text(slide, figure.subtitle, EDGE, Inches(1.42), WIDE - 2 * EDGE, Inches(0.4),
              16 if len(figure.subtitle) < 115 else 12, LOOK.muted)  # fmt: skip
        top = Inches(1.85)
        bottom = _foot(slide, figure)
        box = (EDGE, top, WIDE - 2 * EDGE, bottom - top)
        if plots:
            _charts(slide, plots, box, figure)
        else:
            _picture(slide, figure, box)
        slide.notes_slide.notes_text_frame.text = notes_of(figure, desk)


def _charts(slide: Any, plots: Sequence[Plot], box: tuple[int, int, int, int], figure: Figure) -> None:
    """One chart in the box, or several small ones in rows."""
    if len(plots) == 1:
        rows = len(plots[0].categories) * (len(plots[0].series) if plots[0].kind == "bars" else 1)
        size = TYPE if rows <= 12 else 12.0 if rows <= 18 else 10.5
        add_chart(slide, plots[0], box, size, figure.alt, f"Chart {figure.id}")
        return
    columns = min(COLUMNS, len(plots))
    rows = -(-len(plots) // columns)
    left, top, width, height = box
    for place, plot in enumerate(plots):
        row, column = divmod(place, columns)
        part = (left + width * column // columns, top + height * row // rows, width // columns, height // rows)
        add_chart(slide, plot, part, 9.0, f"{plot.heading}. {figure.alt}"[:220], f"Chart {figure.id}, {plot.heading}")


def _picture(slide: Any, figure: Figure, box: tuple[int, int, int, int]) -> None:
    """A form that no office program has, as a picture; where none can be made, its reason stands there."""
    left, top, width, height = box
    try:
        data = images.plate(figure, round(width / 9144), round(height / 9144))
    except (NoBrowser, TooTall, PictureError) as error:
        _text(slide, str(error), left, top + height // 3, width, height // 3, 16, LOOK.muted)
        return
    shape = slide.shapes.add_picture(io.BytesIO(data), left, top, width, height)
    described = shape._element.nvPicPr.cNvPr
    described.set("descr", figure.alt)
    described.set("name", f"Picture {figure.id}")


def _foot(slide: Any, figure: Figure) -> int:
    """Footnotes and footer at the foot of a slide; where they begin."""
    notes = "  ".join(figure.footnotes)
    size = 11 if len(notes) < 500 else 9
    lines = max(1, -(-len(notes) * size // 1900)) if notes else 0
    room = Inches(0.19) * lines * size // 11 + Inches(0.52)
    top = HIGH - Inches(0.3) - room
    box = _text(slide, notes or figure.footer, EDGE, top, WIDE - 2 * EDGE, room, size, LOOK.muted)
    if notes:
        _line(box, figure.footer, 10, LOOK.muted)
    _line(box, f"Passport {figure.id}-{entry_of(figure).digest[:8]}", 10, LOOK.muted)
    return top - Inches(0.08)


def notes_of(figure: Figure, desk: Desk) -> str:
    """What a speaker may be asked: the chart in words, definitions, footnotes, and how to ask the number again."""
    asked = [question.to_command() for question in figure.questions]
    digest = entry_of(figure).digest
    parts = [
        figure.alt,
        *(f"{name}: {text}" for name, text in figure.definitions.items()),
        *figure.footnotes,
        figure.footer,
        f"Passport: figure {figure.id}, digest {digest[:16]}, vintage {figure.provenance.vintage}. Ask again:",
        *asked,
    ]
    return "\n".join(parts)


def _last_slide(show: Any, collection: Collection, stamp: Passport) -> Any:
    through = calendar.day_label(collection.figures[0].provenance.data_through)
    lines = [
        "Every figure can be asked again: python -m sro verify FILE, with this file, says which numbers still stand.",
        f"Vintage {stamp.vintage}, data through {through}, made for the audience: {stamp.audience}.",
        "‡ stands for a number hidden to protect persons; a month without a report is a gap and never a zero.",
        "Definitions, footnotes and the question behind each figure are in the notes of its slide.",
    ]
    left_out = [f"Left out: {reason}" for reason in collection.left_out]
    return _words_slide(show, "How to check these numbers", lines, left_out)


def _words_slide(show: Any, title: str, lines: Sequence[str], small: Sequence[str] = ()) -> Any:
    """A slide of sentences, the `small` ones in smaller type."""
    slide = _bare(show, "Title Only")
    _title(slide, title, Inches(0.55), Inches(0.85), 28)
    size = 18 if len(lines) <= 8 else 14
    box = _text(slide, lines[0], EDGE, Inches(1.6), WIDE - 2 * EDGE, Inches(5), size, LOOK.ink)
    for line in lines[1:]:
        _line(box, line, size, LOOK.ink)
    for line in small:
        _line(box, line, 14, LOOK.ink)
    return slide


def _bare(show: Any, layout: str) -> Any:
    """A new slide with its title alone; empty placeholders would be read out."""
    slide = show.slides.add_slide(_layout(show, layout))
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx != 0:
            shape._element.getparent().remove(shape._element)
    return slide


def _title(slide: Any, text: str, top: int, height: int, size: float) -> None:
    """The finding, in the slide's own title, so that outlines and screen readers find it."""
    shape = slide.shapes.title
    if shape is None:
        _text(slide, text, EDGE, top, WIDE - 2 * EDGE, height, size, LOOK.ink)
        return
    shape.left, shape.top, shape.width, shape.height = EDGE, top, WIDE - 2 * EDGE, height
    frame = shape.text_frame
    frame.text = text
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    font = paragraph.runs[0].font
    font.size, font.bold, font.color.rgb = (
        Pt(size if len(text) < 75 else size - 3 if len(text) < 125 else size - 7),
        True,
        _rgb(LOOK.ink),
    )


def _text(slide: Any, text: str, left: int, top: int, width: int, height: int, size: float, color: str) -> Any:
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = text
    if frame.paragraphs[0].runs:
        font = frame.paragraphs[0].runs[0].font
        font.size, font.color.rgb = Pt(size), _rgb(color)
    return frame


def _line(frame: Any, text: str, size: float, color: str) -> None:
    paragraph = frame.add_paragraph()
    paragraph.space_before = Pt(size / 4)
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.color.rgb = Pt(size), _rgb(color)


def _brand(slide: Any, show: Any, desk: Desk, synthetic: bool) -> None:
    """The office's logo at the top right, and the mark of synthetic data."""
    right = show.slide_width - EDGE
    if logo := desk.settings.branding.get("logo"):
        shape = slide.shapes.add_picture(str(logo), 0, Inches(0.2), height=Inches(0.5))
        shape.left = right - shape.width
        right = shape.left - Inches(0.15)
        shape._element.nvPicPr.cNvPr.set("descr", f"Logo of {desk.settings.office}")
    if synthetic:
        mark = _text(slide, "SYNTHETIC DATA", right - Inches(2), Inches(0.28), Inches(2), Inches(0.3), 12, LOOK.worse)
        mark.paragraphs[0].alignment = PP_ALIGN.RIGHT
        mark.paragraphs[0].runs[0].font.bold = True


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color.lstrip("#"))
