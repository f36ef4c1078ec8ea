"""A figure to take along: picture, workbook or CSV with its passport, and a sentence to copy. Always for the public."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urljoin

import streamlit as st

from sro.figures import Figure
from sro.publish import images, passport, workbook
from sro.publish.browser import NoBrowser
from sro.publish.desk import Exhibit
from sro.publish.images import PictureError, TooTall
from sro.publish.passport import Passport
from sro.screen import markup
from sro.screen.here import Here, noted

Maker = Callable[[Exhibit, str, Passport], bytes]
FORMATS: dict[str, tuple[str, Maker]] = {
    "PNG": ("image/png", lambda exhibit, size, stamp: images.png(exhibit.figure, size, stamp)),
    "SVG": ("image/svg+xml", lambda exhibit, size, stamp: images.svg(exhibit.figure, size, stamp)),
    "PDF": ("application/pdf", lambda exhibit, size, stamp: images.pdf(exhibit.figure, size, stamp)),
    "XLSX": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda exhibit, size, stamp: workbook.xlsx(exhibit.figure, stamp),
    ),
    "CSV": ("text/csv", lambda exhibit, size, stamp: workbook.csv(exhibit.figure, stamp)),
}
PICTURES = ("PNG", "SVG", "PDF")
SIZES = {"slide": "Slide, 1600 × 900", "print": "Print, 6.5 inches", "social": "Social, 1200 × 675", "screen": "Screen"}


def save(drawn: Figure, place: Here) -> None:
    """What a card's Save offers; it is made only once somebody looks."""
    kind = st.segmented_control("As", list(FORMATS), default="PNG", required=True, key="save_kind")
    size = "slide"
    if kind in PICTURES:
        size = st.selectbox("Size", list(SIZES), format_func=SIZES.__getitem__, key="save_size")
    noted("exported", f"{kind} of {link_to(drawn)}", "public", place.vintage.id)
    exhibit = place.redrawn(drawn.questions, drawn.form, "public")
    mime, make = FORMATS[kind or "PNG"]
    try:
        with st.spinner("Drawing …"):
            made = make(exhibit, size, passport.issue([exhibit.figure], place.settings))
    except (NoBrowser, TooTall, PictureError) as error:
        st.info(str(error), icon=":material/info:")
    else:
        st.download_button(
            f"Download {kind}", made, f"{file_name(drawn)}.{str(kind).lower()}", mime,
            icon=":material/download:", on_click="ignore", key="save_file",
        )  # fmt: skip
    markup.note("Drawn for the public, with its source and a passport by which its numbers can be asked again.")
    st.code(workbook.as_text(exhibit.figure, exhibit.answers[0]), language=None, wrap_lines=True)
    markup.note("A link that opens this figure:")
    st.code(link_to(drawn), language=None, wrap_lines=True)


def link_to(figure: Figure) -> str:
    """The address of a figure alone, below that at which the reader's browser has the dashboard: its question."""
    query = {"form": figure.form, **figure.questions[0].to_query()}
    query.pop("audience", None)  # whoever opens it sees what the dashboard there may show
    return urljoin(st.context.url or "", f"figure?{urlencode(query)}")


def file_name(drawn: Figure) -> str:
    """What is measured, how it is drawn and for when: no count, no school's name."""
    question = drawn.questions[0]
    return f"{question.metric}_{drawn.form}_{question.period.replace('..', '_')}_{drawn.id}"
