"""What is in a published file, down to the last part of the last archive in it, without the hour it was made."""

from __future__ import annotations

import io
import re
import zipfile

from pypdf import PdfReader

MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
LISTED = re.compile(rb'"(bytes|sha256)": "?[0-9a-f]+"?')  # of a workbook, which has its hour in it; it is here itself


def unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """Place in the file → content: members of archives and Office files; of a PDF its pages as drawn and as read."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [unpacked(f"{name}/{member}", archive.read(member)) for member in archive.namelist()]
        return {place: content for member in members for place, content in member.items()}
    if data.startswith(b"%PDF"):
        return _of_pdf(name, data)
    return {name: LISTED.sub(b"", data) if name.endswith("manifest.json") else MADE.sub(rb"\1", data)}


def _of_pdf(name: str, data: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    reader = PdfReader(io.BytesIO(data))
    about = {key: value for key, value in (reader.metadata or {}).items() if key not in ("/CreationDate", "/ModDate")}
    found[f"{name}/about"] = repr(sorted(about.items())).encode()
    for number, page in enumerate(reader.pages, 1):
        drawn = page.get_contents()
        found[f"{name}/{number}/drawn"] = drawn.get_data() if drawn is not None else b""
        found[f"{name}/{number}/read"] = page.extract_text().encode()
    for attached, versions in reader.attachments.items():
        for version in versions:
            found |= unpacked(f"{name}/{attached}", version)
    return found
