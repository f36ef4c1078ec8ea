"""What stands behind a figure, a click away: its data, the files to take along, its definition."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from sro.calendar import PeriodError
from sro.figures import Figure, FigureError
from sro.metrics import Card, CatalogueError
from sro.people import NotAllowed
from sro.publish import passport, workbook
from sro.question import QuestionError
from sro.screen import markup
from sro.screen.here import Here, here, noted
from sro.screen.save import file_name, link_to, save
from sro.sign_in import NotSignedIn
from sro.trail import TrailError

TALLEST_TABLE = 420
# What keeps a figure from being drawn, in words for whoever asked; and what keeps somebody from looking behind it.
UNDRAWN = (QuestionError, PeriodError, CatalogueError, FigureError)
TOLD = (NotAllowed, TrailError, *UNDRAWN)


def details(asked: str, drawn: Figure) -> None:
    """Opens what a button of a card is called after. Whoever looks is asked anew at each click in it."""

    def inside() -> None:
        try:
            markup.note(drawn.title)
            place = here()
            DETAILS[asked](place.draw(drawn.questions, drawn.form), place)
        except NotSignedIn:
            st.rerun()  # the whole page, which is the door then
        except TOLD as error:
            st.info(str(error), icon=":material/info:")

    st.dialog(asked, width="large")(inside)()


def data(drawn: Figure, place: Here) -> None:
    """Every number that the figure draws, as a table and as CSV, and how to ask for it again."""
    table = drawn.table
    st.dataframe(table, hide_index=True, height=min(TALLEST_TABLE, 38 + 35 * len(table)), alt=drawn.alt)
    noted("exported", f"CSV of {link_to(drawn)}", drawn.provenance.audience, place.vintage.id)
    made = workbook.csv(drawn, passport.issue([drawn], place.settings))
    st.download_button(
        "Download as CSV", made, f"{file_name(drawn)}.csv", "text/csv",
        icon=":material/download:", on_click="ignore", key="details_csv",
    )  # fmt: skip
    markup.note("The same numbers from the command line:")
    for question in drawn.questions:
        st.code(question.to_command(), language=None, wrap_lines=True)


def definitions(drawn: Figure, place: Here) -> None:
    """What each of its metrics counts, and where all of the definition stands."""
    for question in drawn.questions:
        card = place.cards[question.metric]
        more = markup.link("All of the definition", "definitions", metric=card.id)
        markup.show(f"{definition(card)}<p>{more}</p>")


def definition(card: Card) -> str:
    """A definition card as a list of terms."""
    over = "" if card.denominator == "none" else f"<dt>Divided by</dt><dd>{escape(card.denominator)}</dd>"
    return (
        f"<h4>{escape(card.title)}</h4><p>{escape(card.asks)}</p><dl class='sro-terms'>"
        f"<dt>{'Counted' if over else 'Counts'}</dt><dd>{escape(card.numerator)}</dd>{over}"
        f"<dt>Unit</dt><dd>{escape(card.unit)}</dd>"
        f"<dt>Better is</dt><dd>{ {'up': 'higher', 'down': 'lower'}.get(card.direction, 'neither: no direction') }</dd>"
        f"<dt>Counts persons</dt><dd>{escape(card.persons)}</dd>"
        f"<dt>Defined by</dt><dd>{escape(card.defined_by)}</dd>"
        f"<dt>Caution</dt><dd>{escape(card.caution)}</dd>"
        f"<dt>Id, version</dt><dd>{escape(card.id)}, version {escape(card.version)}</dd></dl>"
    )


# What a card's buttons are called → what they open.
DETAILS: dict[str, Callable[[Figure, Here], None]] = {"Data": data, "Save": save, "Definition": definitions}
