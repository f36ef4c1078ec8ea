"""Board: one figure a slide, nothing else on the screen."""

from sro import screen

screen.board()
