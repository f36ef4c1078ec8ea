"""Coverage: where officers were while school was in session."""

from sro import screen

screen.title("Coverage", "Was an officer there when students were?")
view = screen.filters()
screen.headline(view, "coverage_rate", "days_with_officer", "contracted_days_delivered", "contracted_hours_delivered",
                "shift_fill_rate", "longest_gap", "sro_fte", "students_served")  # fmt: skip
with screen.row():
    screen.figure(view, "coverage_rate")
    screen.figure(view, "uncovered_days", "slices", sliced=True)
screen.figure(view, "coverage_rate", "schools", by="school")
with screen.section("Day by day", "Each square is an instructional day. Choose one school to see its own days."):
    screen.figure(view, "covered_days", "calendar", grain="day", compare="none")
with screen.section("On the map", "Where officers were, and how often they met students. Steps, never ranks."):
    screen.maps(view, "coverage_rate", "contact_rate")
with screen.section("Contracted against delivered"):
    with screen.row():
        screen.figure(view, "contracted_days_delivered", "delivered", by="district")
        screen.figure(view, "contracted_hours_delivered", "delivered", by="district")
with screen.section("Where shift records are missing"):
    screen.figure(view, "shift_fill_rate", "completeness", by="school", grain="month", compare="none")
