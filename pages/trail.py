"""Audit trail: who did what, for administrators."""

from sro import screen

screen.title("Audit trail", "Who asked, saw, loaded and published what, when, and for whom?")
screen.trail()
