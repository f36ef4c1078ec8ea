"""Fairness: whether what the program offers reaches schools alike. Whole school years, never one student."""

from sro import screen

screen.title("Fairness", "Does the program reach students alike?")
view = screen.filters()
year = screen.last_year(view)
screen.headline(year, "reach_by_level", "students_served", "students_per_officer")
with screen.row():
    screen.figure(year, "reach_by_level", "slices", sliced=True)
    screen.figure(screen.all_years(view), "student_attendances", grain="year")
screen.note(
    "Risk ratios and shares of arrests, referrals and diversion by group are not drawn: they count children, "
    "and no such count is shown before the rules of disclosure cover it."
)
