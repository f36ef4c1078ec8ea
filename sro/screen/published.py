"""Whether a file that was published is ours, and whether its numbers still stand."""

from __future__ import annotations

import streamlit as st

from sro.publish.verify import CURRENT, Verdict, verify
from sro.screen.here import here
from sro.screen.layout import panel


def published() -> None:
    """A place to drop a published file: genuine, revised since, altered, or not ours."""
    at = here()
    with panel("verify", "Is this ours, and does it still stand?"):
        dropped = st.file_uploader("A picture, deck, report, workbook or CSV file that was made here", key="dropped")
        if dropped is not None:
            _tell(verify(dropped.getvalue(), at, reader=at.settings.audience))


def _tell(verdict: Verdict) -> None:
    show = st.success if verdict.state == CURRENT else st.warning
    lines = [verdict.says]
    for checked in verdict.figures:
        lines.append(
            f"- {checked.said}" + ("" if checked.is_current else f" Now: {checked.says_now or 'not to be had'}.")
        )
    show("\n".join(lines))
