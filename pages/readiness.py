"""Training and readiness: what officers learned, what schools practiced, and what was advised."""

from sro import screen

screen.title("Training and readiness", "Are officers trained, and schools prepared?")
view = screen.filters()
year = screen.last_year(view)
screen.headline(year, "trained_before_assignment", "basic_training_complete", "training_hours_per_officer",
                "officers_trained", "drills_completed", "drills_by_december", "drills_with_officer",
                "recommendations_closed")  # fmt: skip
with screen.section("Officers", "Of the last whole school year. A certificate that has run out no longer counts."):
    with screen.row():
        screen.figure(year, "topics_current", "slices", sliced=True)
        screen.figure(screen.all_years(view), "training_hours_per_officer", grain="year")
screen.expiry()
with screen.section("Drills", "Schools answer for drills; what is required stands in the export, never in code."):
    with screen.row():
        screen.figure(year, "drills_completed", "slices", sliced=True)
        screen.figure(screen.all_years(view), "drills_with_notice", grain="year")
    screen.figure(year, "drills_completed", "schools", by="school")
with screen.section("Advice to schools", "That advice was given, and how much of it was followed by now."):
    with screen.row():
        screen.figure(view, "safety_consultations", "slices", sliced=True)
        screen.figure(screen.all_years(view), "recommendations_closed", grain="year")
        screen.figure(year, "threats_supported", "slices", sliced=True)
        screen.figure(view, "staff_trained")
        screen.figure(view, "staff_sessions")
