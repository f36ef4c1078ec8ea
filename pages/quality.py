"""Data quality: what came, what is owed, what the checks found, and what it does to the figures."""

from sro import screen

screen.title("Data quality", "How far can these numbers be trusted, and what would mend them?")
view = screen.filters()
screen.headline(view, "reporting_completeness", "entry_lag")
with screen.section("What came", "A month without a log is no month without incidents."):
    screen.figure(view, "reporting_completeness", "completeness", by="school", grain="month", compare="none")
    screen.owed(view)
with screen.section("How soon it is written down"):
    screen.figure(view, "entry_lag")
screen.found_by_checks()
with screen.section("Schools without an incident", "A quiet year and a log that is not kept look the same."):
    screen.figure(screen.all_years(view), "zero_incident_schools", grain="year", compare="none")
