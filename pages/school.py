"""School profile: one school, everything, on a page."""

from sro import screen

screen.title("School", "What does the program do at this one school?")
view = screen.filters(only="school")
screen.school(view)
screen.headline(view, "coverage_rate", "longest_gap", "contact_rate", "lessons_delivered", "incidents_logged",
                "exposure_adjusted_incident_rate", "calls_for_service", "reporting_completeness")  # fmt: skip
with screen.row():
    screen.figure(view, "coverage_rate")
    screen.figure(view, "contact_rate")
    screen.figure(view, "exposure_adjusted_incident_rate")
    screen.figure(view, "incidents_logged", "slices", sliced=True)
with screen.section("Day by day"):
    screen.figure(view, "covered_days", "calendar", grain="day", compare="none")
    with screen.row():
        screen.figure(view, "uncovered_days", "slices", sliced=True, compare="none")
        screen.figure(view, "activities_logged", "slices", sliced=True, compare="none")
        screen.figure(view, "triad_time_mix", "stack", grain="month", sliced=True, compare="none")
        screen.funnel(view)
with screen.section("Certified totals and reports"):
    with screen.row():
        screen.figure(screen.all_years(view), "official_incidents", grain="year")
        screen.figure(screen.last_year(view), "official_incidents", "slices", sliced=True)
    screen.figure(view, "reporting_completeness", "completeness", by="school", grain="month", compare="none")
