"""Engagement: teaching, mentoring and safety planning, with enforcement beside them."""

from sro import screen

screen.title("Engagement", "What did officers do with students, families and staff?")
view = screen.filters()
screen.headline(view, "lessons_delivered", "student_attendances", "mentoring_contacts", "contact_rate", "mediations",
                "staff_trained", "activities_logged", "discipline_only_by_officer")  # fmt: skip
with screen.row():
    screen.figure(view, "contact_rate")
    screen.figure(view, "lessons_delivered")
    screen.figure(view, "triad_time_mix", "stack", grain="month", sliced=True, compare="none")
    screen.figure(view, "activities_logged", "slices", sliced=True)
with screen.section(
    "School by school", "In order of district and name, never of a value. Click a mark to open the school."
):
    with screen.row():
        screen.figure(view, "contact_rate", "schools", by="school")
        screen.figure(view, "lessons_delivered", "schools", by="school")
with screen.section("Youth programs", "Young people served, of school years that are over."):
    with screen.row():
        screen.figure(screen.all_years(view), "youth_served", grain="year")
        screen.figure(screen.last_year(view), "youth_served", "schools", by="school")
with screen.section("Beside it: enforcement", "Engagement and enforcement are two sides of the same officers' work."):
    with screen.row():
        screen.figure(view, "calls_for_service")
        screen.figure(view, "calls_by_handler", "slices", sliced=True)
        screen.figure(view, "discipline_time")
        screen.figure(view, "coordination_meetings")
