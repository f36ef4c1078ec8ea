"""The passport inside workbooks, decks and reports, and the digest of what they show.

The digest follows what a reader sees. Saving a deck or a report again in an office program leaves it as it is; another
number, word or picture does not.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import python_calamine

from sro.publish.passport import KEYWORD, Passport, digest

SHEET = "Passport"
# Parts of an office document that show nothing, or that a program refreshes by itself.
SHOWN_PARTS = re.compile(
    r"(ppt/(slides|notesSlides|charts)/[^/]+\.xml|word/(document|footnotes)\.xml|(ppt|word)/(media|embeddings)/.+)"
)
PIECE = 240  # characters; office programs cut longer properties off
CUSTOM_PART = "docProps/custom.xml"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REFRESHED = ("TOC", "TableofFigures")  # paragraphs that the program fills in itself


def workbook_content(sheets: Iterable[tuple[str, Iterable[Iterable[object]]]]) -> str:
    """The digest of the cells of every sheet but the passport's; empty cells at the end of a row count for nothing."""
    shown = []
    for name, rows in sheets:
        cells = [list(map(_cell, row)) for row in rows]
        for row in cells:
            while row and row[-1] == "":
                row.pop()
        while cells and not cells[-1]:
            cells.pop()
        shown.append([name, cells])
    return digest([json.dumps(shown, ensure_ascii=False).encode()])


def workbook_text(data: bytes) -> str | None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    if SHEET not in book.sheet_names:
        return None
    rows = book.get_sheet_by_name(SHEET).to_python()
    parts = [str(row[1]) for row in rows if len(row) > 1 and str(row[0]).startswith(KEYWORD)]
    return "".join(parts) or None


def content_of_workbook(data: bytes) -> str:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [name for name in book.sheet_names if name != SHEET]
    return workbook_content((name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names)


def _cell(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return round(float(value), 6)


# Decks and reports ---------------------------------------------------------------------------------------------------


def stamp_office(data: bytes, passport: Passport) -> bytes:
    """A deck or report with its passport among its custom properties."""
    sealed = passport.sealed(office_content(data))
    pieces = (sealed[start : start + PIECE] for start in range(0, len(sealed), PIECE))
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number + 2}" name="{KEYWORD} {number + 1}">'
        f"<vt:lpwstr>{escape(piece)}</vt:lpwstr></property>"
        for number, piece in enumerate(pieces)
    )
    custom = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{PROPERTIES}" '
        f'xmlns:vt="{VALUES}">{properties}</Properties>'
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
                body = body.replace(
                    b"</Types>", f'<Override PartName="/{CUSTOM_PART}" ContentType="{kind}"/></Types>'.encode()
                )
            if part.filename == "_rels/.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
                relation = f'<Relationship Id="rIdPassport" Type="{kind}" Target="{CUSTOM_PART}"/>'
                body = body.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            new.writestr(part, body, compress_type=zipfile.ZIP_DEFLATED)
        new.writestr(CUSTOM_PART, custom)
    return out.getvalue()


def office_text(data: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if CUSTOM_PART not in parts.namelist():
            return None
        found = ElementTree.fromstring(parts.read(CUSTOM_PART)).findall(f"{{{PROPERTIES}}}property")
        ours = [one for one in found if str(one.get("name")).startswith(f"{KEYWORD} ")]
        ours.sort(key=lambda one: int(str(one.get("name")).split()[-1]))
        return "".join(str(text) for one in ours for text in one.itertext()) or None


def office_content(data: bytes) -> str:
    """The digest of texts, of chart values, of embedded workbooks and of pictures, in the order of the parts."""
    shown: list[bytes] = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in sorted(parts.namelist()):
            if not SHOWN_PARTS.fullmatch(name):
                continue
            body = parts.read(name)
            if name.endswith(".xml"):
                shown.append(_words(body).encode())
            elif name.endswith(".xlsx"):
                shown.append(content_of_workbook(body).encode())
            else:
                shown.append(body)
    return digest(shown)


def _words(part: bytes) -> str:
    root = ElementTree.fromstring(part)
    for paragraph in list(root.iter(f"{WORD}p")):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        if style is not None and str(style.get(f"{WORD}val")).startswith(REFRESHED):
            paragraph.clear()
    for instruction in list(root.iter(f"{WORD}instrText")):
        instruction.text = ""
    return "".join(_number(str(text)) for text in root.itertext())


def _number(text: str) -> str:
    try:
        return str(round(float(text), 6))
    except ValueError:
        return text
