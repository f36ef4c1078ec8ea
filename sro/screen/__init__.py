"""What pages are made of: filter bar, headlines, figure cards, and the shell. The only room that knows Streamlit."""

from sro.screen.awards import awards, funders
from sro.screen.board import board
from sro.screen.card import all_years, figure, funnel, last_year
from sro.screen.catalogue import definitions
from sro.screen.claims import claims
from sro.screen.data import data
from sro.screen.expiry import expiry
from sro.screen.filters import filters
from sro.screen.headline import headline
from sro.screen.impact import impact
from sro.screen.layout import row, section
from sro.screen.linked import linked_figure
from sro.screen.mapped import maps
from sro.screen.markup import note
from sro.screen.monday import due, monday
from sro.screen.profile import school
from sro.screen.published import published
from sro.screen.quality import against_certified, found_by_checks, owed
from sro.screen.reports import reports, to_send
from sro.screen.shell import Room, run, title
from sro.screen.trail import trail

__all__ = [
    "Room", "against_certified", "all_years", "awards", "board", "claims", "data", "definitions", "due", "expiry",
    "figure", "filters", "found_by_checks", "funders", "funnel", "headline", "impact", "last_year", "linked_figure",
    "maps", "monday", "note", "owed", "published", "reports", "row", "run", "school", "section", "title", "to_send",
    "trail",
]  # fmt: skip
