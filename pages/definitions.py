"""Definitions: the catalogue, searchable, with formula, source and SQL; and whether a published file still stands."""

from sro import screen

screen.title("Definitions", "What does each number mean, who defined it, and what can it not say?")
screen.published()
screen.definitions()
