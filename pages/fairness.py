"""Fairness: whether what the program offers reaches schools alike, and what it does. Whole years, never one student."""

from sro import screen

screen.title("Fairness", "Does the program reach students alike?")
view = screen.filters()
year = screen.last_year(view)
screen.headline(year, "reach_by_level", "students_served", "students_per_officer")
with screen.row():
    screen.figure(year, "reach_by_level", "slices", sliced=True)
    screen.figure(screen.all_years(view), "student_attendances", grain="year")
with screen.section(
    "Group by group", "Students of each group beside all others, of whole school years and the whole program only."
):
    with screen.row():
        screen.figure(year, "reported_by_race", "parity", sliced=True, compare="none")
        screen.figure(year, "reported_by_disability", "parity", sliced=True, compare="none")
        screen.figure(year, "arrests_by_race", "parity", sliced=True, compare="none")
        screen.figure(year, "arrests_by_disability", "parity", sliced=True, compare="none")
        screen.figure(year, "diversion_by_race", "parity", sliced=True, compare="none")
screen.note("A ratio says that groups differ, not why. Who is enrolled is not who stood a chance to be concerned.")
