"""Reports: what leaves the building, and whether what left it still stands."""

from sro import screen

screen.title("Reports", "Slides, reports and figure packs for boards and grants, from one preset each.")
view = screen.filters()
screen.reports(view)
