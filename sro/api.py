"""What programs may ask of the server: an answer, or the numbers of a figure, as the person's screens tell them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from sro.calendar import PeriodError
from sro.figures import FigureError
from sro.metrics import CatalogueError
from sro.people import NotAllowed, Person
from sro.publish.desk import DRAWN_FORMS, FUNNEL, Desk, desk
from sro.publish.plain import as_json
from sro.publish.workbook import rows_of_table
from sro.question import NotYours, Question, QuestionError
from sro.settings import Settings, SettingsError
from sro.trail import TrailError, note
from sro.vintages import VintageError

log = logging.getLogger(__name__)
LONGEST = 4000  # characters of a query
Said = tuple[int, dict[str, Any]]


def ask_api(query: Mapping[str, str], person: Person, settings: Settings) -> Said:
    """Status and JSON of a question, spelled as in a page's address; the audience is the person's unless named."""
    return _told(query, person, settings, "ask", lambda question, at: as_json(at.ask(question)))


def figure_api(identity: str, query: Mapping[str, str], person: Person, settings: Settings) -> Said:
    """Status and JSON of the figure that a question makes in a `form`, which must be the one of this id."""
    form = query.get("form", "trend")
    if form not in DRAWN_FORMS or form == FUNNEL:
        known = ", ".join(one for one in DRAWN_FORMS if one != FUNNEL)
        return 400, {"says": f"There is no form {form!r}; use one of {known}."}

    def drawn(question: Question, at: Desk) -> dict[str, Any]:
        figure = at.exhibit((question,), form).figure
        if figure.id != identity:
            raise FigureError(f"This question makes the figure {figure.id} now, not {identity}.")
        return {
            "id": figure.id, "form": form, "title": figure.title, "subtitle": figure.subtitle, "alt": figure.alt,
            "footnotes": list(figure.footnotes), "footer": figure.footer, "audience": figure.provenance.audience,
            "vintage": figure.provenance.vintage, "questions": [one.to_query() for one in figure.questions],
            "table": rows_of_table(figure.table),
        }  # fmt: skip

    return _told(query, person, settings, f"figure {identity}", drawn)


def _told(
    query: Mapping[str, str], person: Person, settings: Settings, what: str,
    tell: Callable[[Question, Desk], dict[str, Any]],
) -> Said:  # fmt: skip
    """What a question is told, noted first; or why it is not, in words and with the status that fits."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    try:
        if len(asked) > LONGEST:
            raise QuestionError("This question is too long.")
        at = desk(settings)
        question = Question.from_query({"audience": settings.audience, **query})
        note(settings, person.name, "asked", f"api {what} {asked}", question.audience, at.vintage.id)
        return 200, tell(question, at)
    except (NotYours, NotAllowed) as error:
        note(settings, person.name, "refused", f"api {what} {asked}")
        return 403, {"says": str(error)}
    except (QuestionError, PeriodError, CatalogueError, FigureError) as error:
        return 400, {"says": str(error)}
    except (VintageError, SettingsError, TrailError) as error:
        return 503, {"says": str(error)}
    except Exception:
        log.exception("The API could not answer %s %s", what, asked)
        return 500, {"says": "This could not be answered. The server's log has the details."}
