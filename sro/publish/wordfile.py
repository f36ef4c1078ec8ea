"""What a Word document needs beyond paragraphs: accessible tables, numbered captions, fields, alternative texts."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Inches, Pt, RGBColor

from sro.publish.plot import LOOK

SMALL = 8.5
PICTURE_WIDTH, TALLEST_PICTURE = Inches(6), Inches(8)  # two usual ones share a page
Document = Any  # python-docx says no types
Rows = Sequence[Sequence[str]]


def paragraph(document: Document, text: str, style: str = "Normal", **font: Any) -> Any:
    """A paragraph in a style; `size` in points, `color` as #RRGGBB, `bold`."""
    made = document.add_paragraph(style=style)
    run = made.add_run(text)
    if "size" in font:
        run.font.size = Pt(font["size"])
    if "color" in font:
        run.font.color.rgb = RGBColor.from_string(font["color"].lstrip("#"))
    if "bold" in font:
        run.bold = font["bold"]
    return made


def caption(document: Document, label: str, number: int, text: str, bookmark: str) -> None:
    """`Figure 4. …` with a number that Word knows, and keeps; a bookmark that the lists of contents point to."""
    made = document.add_paragraph(style="Caption")
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number + (1000 if label == "Table" else 0)))
    start.set(qn("w:name"), bookmark)
    made._p.append(start)
    made.add_run(f"{label} ")
    field(made, f"SEQ {label} \\* ARABIC \\r {number}", str(number))
    made.add_run(f". {text}")
    made._p.append(end)


def field(where: Any, instruction: str, shown: str) -> None:
    """A field of Word with the text that it shows until it is refreshed."""
    for kind in ("begin", None, "separate", shown, "end"):
        run = where.add_run()
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            run.text = shown


def list_of(document: Document, instruction: str, entries: Sequence[tuple[str, str, str]]) -> None:
    """A list of contents, filled in already: (text, bookmark, style). Word refreshes it when asked to."""
    for place, (text, bookmark, style) in enumerate(entries):
        made = document.add_paragraph(style=style)
        if place == 0:
            _mark(made, "begin")
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            made.add_run()._r.append(code)
            _mark(made, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), bookmark)
        link.set(qn("w:history"), "1")
        run = made.add_run(text)
        link.append(run._r)
        made._p.append(link)
        if place == len(entries) - 1:
            _mark(made, "end")


def _mark(where: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    where.add_run()._r.append(mark)


def heading(document: Document, text: str, level: int, bookmark: str) -> None:
    """A heading that the table of contents points to."""
    made = document.add_heading(level=level)
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(2000 + zlib.crc32(bookmark.encode()) % 100_000))
    start.set(qn("w:name"), bookmark)
    made._p.append(start)
    made.add_run(text)
    made._p.append(end)


def table(
    document: Document, head: Sequence[str], rows: Rows, about: str, widths: Sequence[float] = (), numbers: int = -1
) -> Any:
    """A table whose first row is its header, known as such and repeated on each page; no cell spans others.

    `widths` in inches; columns from `numbers` on are set flush right.
    """
    made = document.add_table(rows=1, cols=len(head))
    made.style = "Table Grid"
    made.autofit = not widths
    properties = made._tbl.tblPr
    for name, text in (("w:tblCaption", about), ("w:tblDescription", about)):
        said = OxmlElement(name)
        said.set(qn("w:val"), text[:250])
        properties.append(said)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "0")
    _fill(made.rows[0], head, len(head), bold=True)
    flag = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(flag)
    for cells in rows:
        _fill(made.add_row(), cells, numbers, bold=False)
    for column, width in zip(made.columns, widths, strict=False):
        column.width = Inches(width)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=False):
            cell.width = Inches(width)
    document.add_paragraph().paragraph_format.space_after = Pt(2)
    return made


def _fill(row: Any, texts: Sequence[str], numbers: int, bold: bool) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        inside = cell.paragraphs[0]
        inside.paragraph_format.space_after = Pt(0)
        run = inside.add_run(text)
        run.font.size = Pt(SMALL)
        run.bold = bold
        if bold:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", LOOK.grid.lstrip("#"))):
                shade.set(qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shade)
        elif 0 <= numbers <= place:
            inside.alignment = 2


def picture(document: Document, data: bytes, alt: str, name: str) -> None:
    """A PNG in the line, read out by its alternative text; it fits a page together with its caption."""
    across, down = struct.unpack(">II", data[16:24])
    width = min(PICTURE_WIDTH, TALLEST_PICTURE * across // down)
    made = document.add_paragraph()
    made.paragraph_format.keep_with_next = True
    shape = made.add_run().add_picture(io.BytesIO(data), width=Emu(width))
    described = shape._inline.docPr
    described.set("descr", alt)
    described.set("name", name)
