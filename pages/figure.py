"""Figure: one alone, as a link names it."""

from sro import screen

screen.linked_figure()
