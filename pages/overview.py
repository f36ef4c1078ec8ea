"""Overview: the one page of a Monday, on one screen: the program, what changed, gaps and due dates; figures below."""

from sro import screen

screen.title("Overview", "What changed, where to look, and where logs are missing?")
view = screen.filters()
screen.headline(view, "schools_served", "coverage_rate", "contact_rate", "student_attendances",
                "exposure_adjusted_incident_rate", "handled_by_school", "discipline_only_by_officer",
                "reporting_completeness", dense=True)  # fmt: skip
screen.monday(view)
with screen.row(3):
    screen.figure(view, "coverage_rate")
    screen.figure(view, "contact_rate")
    screen.figure(view, "exposure_adjusted_incident_rate")
screen.figure(screen.all_years(view), "official_incident_rate", grain="year")
with screen.section("Where logs are missing", "A month without a log is no month without incidents."):
    screen.figure(view, "reporting_completeness", "completeness", by="school", grain="month", compare="none")
