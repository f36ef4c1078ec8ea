"""A workbook to send to schools whose logs are missing: a sheet a school, a row a month, to be filled in."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import xlsxwriter

from sro.publish.desk import Desk

ASKED = ("Month", "Is the log complete now?", "Was there nothing to report?", "Who filled this in", "Remarks")
YES_OR_NO = {"validate": "list", "source": ["yes", "no"]}
LONGEST_NAME = 31  # characters that Excel takes as the name of a sheet
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


def reminders(owed: Mapping[str, tuple[str, ...]], desk: Desk) -> bytes:
    """School → missing months, as XLSX. No cell can run as a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        title, head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        for school, months in owed.items():
            sheet = book.add_worksheet(_sheet_name(school, taken))
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.set_column(0, 0, 14)
            sheet.set_column(1, 4, 28, wrapped)
            sheet.write(0, 0, f"Logs missing: {school}", title)
            sheet.write(1, 0, _says(desk, len(months)))
            sheet.write_row(3, 0, ASKED, head)
            sheet.write_column(4, 0, months)
            sheet.data_validation(4, 1, 3 + len(months), 2, YES_OR_NO)
    return out.getvalue()


def _says(desk: Desk, months: int) -> str:
    mark = "SYNTHETIC: a fictional county. " if desk.facts.synthetic else ""
    noun = "month is" if months == 1 else "months are"
    return f"{mark}{desk.settings.program}: {months} {noun} missing. A missing month is a gap in figures, never a zero."


def _sheet_name(school: str, taken: set[str]) -> str:
    """A name that Excel takes and that no other sheet has."""
    plain = NOT_IN_A_NAME.sub(" ", school).strip()[:LONGEST_NAME] or "School"
    name, number = plain, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = plain[: LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name
