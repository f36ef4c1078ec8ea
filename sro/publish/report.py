"""A report as Word document: findings, measures of a grant, figures, methods, definitions, the quality of the data."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Inches, Pt, RGBColor

from sro import calendar
from sro.answer import Answer
from sro.calendar import Period, parse_period
from sro.figures import wording
from sro.people import PUBLISH
from sro.progress import Progress, silent
from sro.publish import images, office
from sro.publish.browser import NoBrowser
from sro.publish.corrections import HEAD
from sro.publish.desk import Desk
from sro.publish.grants import Grant, Measure
from sro.publish.images import PictureError, TooTall
from sro.publish.passport import Passport, entry_of, issue
from sro.publish.plot import LOOK
from sro.publish.presets import Collection, Placed
from sro.publish.quality import METHODS, quality_rows, received
from sro.publish.wordfile import caption, field, heading, list_of, paragraph, picture, table
from sro.publish.workbook import rows_of_table

MEASURES = (
    "Measure, as the award words it", "Baseline", "Target", "Actual", "% of target", "Award to date", "Exact match"
)  # fmt: skip
LONGEST_TABLE = 60  # rows of a figure's numbers in print; longer ones are in its workbook


@dataclass(frozen=True)
class Award:
    """The award that a report is for, and its measures in the period."""

    grant: Grant
    measures: tuple[Measure, ...]


def report(collection: Collection, desk: Desk, award: Award | None = None, progress: Progress = silent) -> bytes:
    """The DOCX of a collection, with the measures of an award where there is one.

    Raises ValueError when the collection has no figure, and NotAllowed for a role that does not publish.
    """
    desk.settings.reach.must(PUBLISH)
    stamp = issue(collection.figures, desk.settings)
    document = _document(desk, collection)
    period = parse_period(collection.choice.period)
    _front(document, collection, desk, award, period)
    _contents(document, collection, award)
    _findings(document, collection)
    if award is not None:
        _measures(document, award, period)
    section = ""
    heading(document, "Figures", 1, "s_figures")
    for place, one in enumerate(collection.placed):
        progress(f"Figure {one.number}: {one.exhibit.figure.title}", place, len(collection.placed))
        if one.section != section:
            section = one.section
            document.add_heading(section, 2)
        _figure(document, one, stamp)
    _methods(document, collection)
    _quality(document, collection, desk)
    _corrections(document, collection)
    _numbers(document, collection)
    out = io.BytesIO()
    document.save(out)
    progress("Report", len(collection.placed), len(collection.placed))
    return office.stamp_office(out.getvalue(), stamp)


# The document --------------------------------------------------------------------------------------------------------


def _document(desk: Desk, collection: Collection) -> Any:
    """Letter paper in the house's or the office's styles, with a footer that numbers the pages."""
    template = desk.settings.branding.get("report_template")
    document: Any = docx.Document(str(template) if template else None)
    if not template:
        _house_styles(document)
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(1)
    page.top_margin = page.bottom_margin = Inches(0.8)
    made = collection.figures[0].provenance
    foot = page.footer.paragraphs[0]
    mark = "SYNTHETIC · " if made.synthetic else ""
    audience = collection.choice.audience
    foot.add_run(f"{mark}{made.program} · vintage {made.vintage} · audience: {audience} · page ")
    field(foot, "PAGE", "1")
    for run in foot.runs:
        run.font.size = Pt(8)
    properties = document.core_properties
    properties.title = f"{collection.preset.title}, {parse_period(collection.choice.period).label}"
    properties.author, properties.language = desk.settings.office, "en-US"
    properties.comments = "‡ stands for a number hidden to protect persons; a gap is a report that did not come."
    return document


def _house_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Title", 24), ("Heading 1", 17), ("Heading 2", 13), ("Caption", 9)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor.from_string(LOOK.ink.lstrip("#"))
        for fonts in style.element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rFonts"):
            for theme in [key for key in fonts.attrib if "Theme" in key or "theme" in key]:
                del fonts.attrib[theme]
    document.styles["Heading 1"].paragraph_format.space_before = Pt(20)
    document.styles["Caption"].font.bold = False
    for name in ("TOC 1", "table of figures"):
        if name not in [style.name for style in document.styles]:
            made = document.styles.add_style(name, 1)
            made.base_style = normal
            made.paragraph_format.space_after = Pt(2)


def _front(document: Any, collection: Collection, desk: Desk, award: Award | None, period: Period) -> None:
    document.add_heading(collection.preset.title, 0)
    paragraph(document, f"{collection.preset.says} · {period.label}", size=14, color=LOOK.muted)
    where = [desk.names.get(one, one) for one in (*collection.choice.districts, *collection.choice.schools)]
    lines = [f"{desk.settings.office}, {desk.settings.county}", *where]
    if award is not None:
        grant = award.grant
        listing = f", assistance listing {grant.listing}" if grant.listing else ""
        amount = f", award of ${grant.amount:,.0f}" if grant.amount else ""
        lines.append(
            f"{grant.funder}: {grant.program}{listing}{amount}, {calendar.day_label(grant.start)} to "
            f"{calendar.day_label(grant.end)} (grant {grant.grant_id})"
        )
    for line in lines:
        paragraph(document, line)
    if collection.figures[0].provenance.synthetic:
        paragraph(document, "SYNTHETIC DATA: a fictional county. Nothing here describes a real school.",
                  bold=True, color=LOOK.worse)  # fmt: skip
    paragraph(document, f"Data through {calendar.day_label(desk.facts.data_through)}.", color=LOOK.muted)


def _contents(document: Any, collection: Collection, award: Award | None) -> None:
    sections = [("Findings", "s_findings"), *([("Measures of the award", "s_measures")] if award else []),
                ("Figures", "s_figures"), ("Methods and limits", "s_methods"), ("Definitions", "s_definitions"),
                ("Quality of the data", "s_quality"),
                *([("Corrections", "s_corrections")] if collection.corrections else []),
                ("Numbers behind the figures", "s_numbers")]  # fmt: skip
    paragraph(document, "Contents", bold=True)
    list_of(document, 'TOC \\o "1-1" \\h \\z \\n', [(text, bookmark, "TOC 1") for text, bookmark in sections])
    paragraph(document, "Figures of this report", bold=True)
    entries = [
        (f"Figure {one.number}. {one.exhibit.figure.subtitle}", f"figure_{one.number}", "table of figures")
        for one in collection.placed
    ]
    list_of(document, 'TOC \\h \\z \\n \\c "Figure"', entries)


def _findings(document: Any, collection: Collection) -> None:
    heading(document, "Findings", 1, "s_findings")
    for one in collection.placed:
        paragraph(document, f"{one.exhibit.figure.title} (figure {one.number}).", "List Bullet")


def _measures(document: Any, award: Award, period: Period) -> None:
    heading(document, "Measures of the award", 1, "s_measures")
    caption(document, "Table", 1, f"Measures of {award.grant.grant_id}, {period.label}", "table_1")
    table(
        document, MEASURES, [measure_cells(measure) for measure in award.measures],
        f"Measures of grant {award.grant.grant_id} with baseline, target and actual",
        (1.9, 0.85, 0.7, 0.8, 0.7, 0.75, 0.8),
    )  # fmt: skip
    paragraph(
        document,
        "Exact match says whether the program's own metric counts precisely what the measure asks for. "
        "A number that is only similar must not be reported as the measure.",
    )
    for measure in award.measures:
        why = measure.why_none
        if measure.actual is not None and measure.actual.total.shown:
            card = measure.actual.card
            why = f"answered by {card.title} ({card.id} version {card.version}): {card.numerator}."
        source = f"Source of the measure: {measure.source or 'not named'}."
        paragraph(document, f"{measure.measure_id}: {why} {source}", "List Bullet")


def answered(answer: Answer | None) -> str:
    """The value of an answer's total, ‡ where it is hidden, a dash where there is none."""
    if answer is None:
        return "–"
    if answer.total.shown:
        return wording.value_text(answer.total.value, answer.card)
    return "‡" if answer.total.status == "suppressed" else "–"


def measure_cells(measure: Measure) -> list[str]:
    """One line of the table of measures; a dash where there is nothing, never a zero."""

    def number(value: float | None) -> str:
        return "–" if value is None else wording.count_text(value)

    percent = measure.percent_of_target
    return [
        f"{measure.text} ({measure.measure_id})",
        number(measure.baseline),
        number(measure.target),
        answered(measure.actual),
        "–" if percent is None else f"{percent:.0f}%",
        answered(measure.to_date),
        {True: "yes", False: "no", None: "not said"}[measure.exact],
    ]


def _figure(document: Any, one: Placed, stamp: Passport) -> None:
    """The picture, whole in itself, and its caption; without a browser, why there is none."""
    figure = one.exhibit.figure
    try:
        data = images.png(figure, "print", replace(stamp, entries=(entry_of(figure),)))
        picture(document, data, figure.alt, f"Figure {one.number}")
    except (NoBrowser, TooTall, PictureError) as error:
        paragraph(document, figure.title, bold=True)
        paragraph(document, f"No picture: {error} The numbers are at the end of this report.")
        for note in (*figure.footnotes, figure.footer):
            paragraph(document, note, size=9, color=LOOK.muted)
    caption(document, "Figure", one.number, figure.subtitle, f"figure_{one.number}")


def _methods(document: Any, collection: Collection) -> None:
    heading(document, "Methods and limits", 1, "s_methods")
    for text in METHODS:
        paragraph(document, text, "List Bullet")
    for reason in collection.left_out:
        paragraph(document, f"Left out: {reason}", "List Bullet")
    heading(document, "Definitions", 1, "s_definitions")
    defined: dict[str, str] = {}
    for figure in collection.figures:
        defined |= figure.definitions
    table(document, ["Measure", "Definition"], [[name, text] for name, text in defined.items()],
          "Definitions of the measures in this report", (1.7, 4.8))  # fmt: skip


def _quality(document: Any, collection: Collection, desk: Desk) -> None:
    heading(document, "Quality of the data", 1, "s_quality")
    paragraph(document, received(desk, collection.choice))
    rows = quality_rows(desk)
    if rows:
        paragraph(document, "What the checks found when the exports were loaded; none of it stopped the load:")
        table(document, ["Check", "Table", "Column", "Rows"], rows, "Warnings of the load", (2.6, 1.8, 1.3, 0.8), 3)


def _corrections(document: Any, collection: Collection) -> None:
    """What a reader of the last report has to know."""
    found = collection.corrections
    if found is None:
        return
    heading(document, "Corrections", 1, "s_corrections")
    paragraph(document, found.lead)
    if found.rows:
        table(document, HEAD, found.rows, found.lead, (2.6, 1.2, 1.0, 1.7))


def _numbers(document: Any, collection: Collection) -> None:
    heading(document, "Numbers behind the figures", 1, "s_numbers")
    for one in collection.placed:
        head, *rows = rows_of_table(one.exhibit.figure.table)
        document.add_heading(f"Figure {one.number}", 2)
        shown = rows[:LONGEST_TABLE]
        table(document, [str(name) for name in head], [texts(row) for row in shown],
              f"Numbers of figure {one.number}")  # fmt: skip
        if len(rows) > len(shown):
            paragraph(document, f"The first {len(shown)} of {len(rows):,} rows; all are in the workbook of the figure.")


def texts(row: Sequence[str | float | None]) -> list[str]:
    """Numbers as in a spreadsheet, to four decimals; empty where nothing may or can be said."""
    return [value if isinstance(value, str) else "" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")
            for value in row]  # fmt: skip
