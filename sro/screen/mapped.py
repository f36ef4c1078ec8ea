"""Maps of a screen: districts and schools by what was delivered; never incidents or persons."""

from __future__ import annotations

from sro.screen import markup
from sro.screen.card import figure
from sro.screen.here import here
from sro.screen.layout import row
from sro.screen.view import View

NO_PLACE = "No map: the export says of no school where it is. Fill lat and lon of the table schools to see one."


def maps(view: View, *metrics: str) -> None:
    """Each metric by district and by school, side by side; one sentence where no school has a place."""
    if not here().geography.places:
        markup.note(NO_PLACE)
        return
    for metric in metrics:
        with row():
            for by in ("district", "school"):
                figure(view, metric, "map", by=by, compare="none")
