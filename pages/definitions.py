"""Definitions: the catalogue, searchable, with formula, source and SQL."""

from sro import screen

screen.title("Definitions", "What does each number mean, who defined it, and what can it not say?")
screen.definitions()
