"""Data: files in, checked and compared with what is served, before anything is published."""

from sro import screen

screen.title("Data", "What came in, what is wrong with it, and what would it change?")
screen.data()
