"""A Word document as tagged PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sro.publish import stamps
from sro.publish.passport import Passport

NAMES = ("soffice", "libreoffice")
ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
PATIENCE = 120  # seconds
HOW_TO_GET_IT = (
    "A PDF of a report needs LibreOffice, and none was found on this machine. Install it (on Debian and Ubuntu: "
    "`apt install libreoffice-writer`), name its program in the environment variable SRO_OFFICE, or save the DOCX as "
    "PDF in Word."
)


class NoOffice(Exception):
    """No LibreOffice to make a PDF with, or it failed; the message says what to do."""


def find() -> Path:
    """The program of LibreOffice.

    Raises NoOffice, with the way to get it.
    """
    named = [os.environ.get("SRO_OFFICE", ""), *(shutil.which(name) or "" for name in NAMES), *ELSEWHERE]
    for path in filter(None, named):
        if Path(path).is_file():
            return Path(path)
    raise NoOffice(HOW_TO_GET_IT)


def as_pdf(document: bytes, stamp: Passport, title: str) -> bytes:
    """The document as PDF for everyone (PDF/UA: tagged, titled, with alternative texts), stamped.

    Raises NoOffice.
    """
    program = find()
    wanted = {"PDFUACompliance": True, "UseTaggedPDF": True, "ExportBookmarks": True}
    options = json.dumps({name: {"type": "boolean", "value": str(value).lower()} for name, value in wanted.items()})
    with tempfile.TemporaryDirectory(prefix="sro-paper-") as folder:
        home = Path(folder)
        (home / "report.docx").write_bytes(document)
        command = [
            str(program), f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", folder, str(home / "report.docx"),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
            data = (home / "report.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise NoOffice(
                f"LibreOffice could not make the PDF ({type(error).__name__}). Save the DOCX in Word."
            ) from None
    return stamps.stamp_pdf(data, stamp, title)
