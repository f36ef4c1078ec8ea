"""The passport inside each kind of file: put in, taken out, and the digest of what the file shows without it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape, unescape

import python_calamine
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import NameObject, StreamObject, TextStringObject

from sro.publish import office
from sro.publish.passport import KEYWORD, Passport, digest

PNG = b"\x89PNG\r\n\x1a\n"
SVG_METADATA = re.compile(rb"<metadata>.*?</metadata>", re.DOTALL)
CSV_LINE = f"# {KEYWORD}: "
MOST_BYTES = 400_000_000  # unpacked; a file that grows beyond it is not one of ours


class Unreadable(Exception):
    """The file is damaged, so that nothing can be said of what it shows."""


# PNG -----------------------------------------------------------------------------------------------------------------


def stamp_png(data: bytes, passport: Passport, dpi: int) -> bytes:
    """The picture with its passport as a text chunk, and its resolution."""
    sealed = f"{KEYWORD}\0{passport.sealed(_png_content(data))}".encode("ascii")
    per_meter = round(dpi / 0.0254)
    out = [PNG]
    for name, body in _chunks(data):
        if name == b"pHYs":
            continue
        out.append(_chunk(name, body))
        if name == b"IHDR":
            out += [_chunk(b"pHYs", struct.pack(">IIB", per_meter, per_meter, 1)), _chunk(b"tEXt", sealed)]
    return b"".join(out)


def _png_text(data: bytes) -> str | None:
    lead = f"{KEYWORD}\0".encode()
    return next((b[len(lead) :].decode("ascii") for n, b in _chunks(data) if n == b"tEXt" and b.startswith(lead)), None)


def _png_content(data: bytes) -> str:
    """The digest of the pixels."""
    chunks = list(_chunks(data))
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    pixels = zlib.decompressobj().decompress(packed, MOST_BYTES)
    return digest([chunks[0][1], pixels])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


# SVG -----------------------------------------------------------------------------------------------------------------


def stamp_svg(data: bytes, passport: Passport) -> bytes:
    """The drawing with its passport as metadata."""
    sealed = escape(passport.sealed(_svg_content(data)))
    return data.replace(b"</title>", f"</title><metadata>{sealed}</metadata>".encode(), 1)


def _svg_text(data: bytes) -> str | None:
    found = SVG_METADATA.search(data)
    return unescape(found[0][len(b"<metadata>") : -len(b"</metadata>")].decode()) if found else None


def _svg_content(data: bytes) -> str:
    return digest([SVG_METADATA.sub(b"", data, count=1)])


# PDF -----------------------------------------------------------------------------------------------------------------


def stamp_pdf(data: bytes, passport: Passport, title: str) -> bytes:
    """The document with its passport among its properties; it says its title and its language."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.add_metadata({"/Title": title, "/Author": passport.program, "/Producer": "SRO Program Dashboard"})
    writer._root_object[NameObject("/Lang")] = TextStringObject("en-US")
    writer.add_metadata({f"/{KEYWORD}": passport.sealed(_pdf_content(data))})
    writer.pdf_header = "%PDF-1.7"  # a copy says 1.3, in which tags have no meaning
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pdf_text(data: bytes) -> str | None:
    found = (PdfReader(io.BytesIO(data)).metadata or {}).get(f"/{KEYWORD}")
    return str(found) if found else None


def _pdf_content(data: bytes) -> str:
    """The digest of all that is drawn: every stream that the pages lead to, and how many notes lie on them."""
    reader = PdfReader(io.BytesIO(data))
    parts: list[bytes] = []
    for page in reader.pages:
        parts.append(f"{[float(edge) for edge in page.mediabox]} {page.rotation}".encode())
        contents = page.get_contents()
        parts.append(contents.get_data() if contents is not None else b"")
        parts += sorted(_streams(page.get("/Resources"), set()))
        parts.append(str(len(page.get("/Annots") or [])).encode())
    return digest(parts)


def _streams(thing: object, seen: set[int]) -> Iterator[bytes]:
    thing = thing.get_object() if hasattr(thing, "get_object") else thing  # type: ignore[union-attr]
    if thing is None or id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, StreamObject):
        yield hashlib.sha256(thing.get_data()).digest()
    if isinstance(thing, dict):
        for name, part in thing.items():
            if name not in ("/Parent", "/StructParents", "/P"):
                yield from _streams(part, seen)
    elif isinstance(thing, list):
        for part in thing:
            yield from _streams(part, seen)


# CSV ---------------------------------------------------------------------------------------------------------------


def stamp_csv(text: str, passport: Passport) -> bytes:
    """The rows with the passport as a last line of their heading; UTF-8 with the mark that spreadsheets need."""
    lines = text.splitlines(keepends=True)
    place = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    lines.insert(place, f"{CSV_LINE}{passport.sealed(_csv_content(text.encode()))}\r\n")
    return "".join(lines).encode("utf-8-sig")


def _csv_text(data: bytes) -> str | None:
    lines = data.decode("utf-8-sig").splitlines()
    unquoted = (next(csv.reader([line]), [""]) if line.startswith('"') else [line] for line in lines)
    return next((row[0][len(CSV_LINE) :] for row in unquoted if row and row[0].startswith(CSV_LINE)), None)


def _csv_content(data: bytes) -> str:
    lines = data.decode("utf-8-sig").splitlines()
    return digest(line.encode() for line in lines if CSV_LINE not in line)


# Any of them ---------------------------------------------------------------------------------------------------------

READERS = {
    "png": (_png_text, _png_content),
    "svg": (_svg_text, _svg_content),
    "pdf": (_pdf_text, _pdf_content),
    "csv": (_csv_text, _csv_content),
    "xlsx": (office.workbook_text, office.content_of_workbook),
    "office": (office.office_text, office.office_content),
}
DAMAGED = (
    PyPdfError, zipfile.BadZipFile, zlib.error, struct.error, ElementTree.ParseError, python_calamine.CalamineError,
    UnicodeDecodeError, ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError, OSError,
)  # fmt: skip


def kind_of(data: bytes) -> str:
    """png, svg, pdf, xlsx, office (deck or report) or csv, by what the file begins with."""
    if data.startswith(PNG):
        return "png"
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                    raise Unreadable("The file unpacks to more than any of ours.")
                return "xlsx" if any(name.startswith("xl/") for name in parts.namelist()) else "office"
        except DAMAGED as error:
            raise Unreadable("The file is damaged.") from error
    return "svg" if data.lstrip()[:5].lower() in (b"<?xml", b"<svg ") else "csv"


def text_in(data: bytes) -> str | None:
    """The passport that a file carries, as text; None where it has none.

    Raises Unreadable when the file is damaged.
    """
    try:
        return READERS[kind_of(data)][0](data)
    except DAMAGED as error:
        raise Unreadable("The file is damaged.") from error


def content_of(data: bytes) -> str:
    """The digest of what a file shows.

    Raises Unreadable when the file is damaged.
    """
    try:
        return READERS[kind_of(data)][1](data)
    except DAMAGED as error:
        raise Unreadable("The file is damaged.") from error
