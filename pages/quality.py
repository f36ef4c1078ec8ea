"""Data quality: what came, what is owed, what the checks found, and what it does to the figures."""

from sro import screen

screen.title("Data quality", "How far can these numbers be trusted, and what would mend them?")
view = screen.filters()
screen.headline(view, "reporting_completeness", "entry_lag")
with screen.section("What came", "A month without a log is no month without incidents."):
    screen.figure(view, "reporting_completeness", "completeness", by="school", grain="month", compare="none")
    screen.owed(view)
with screen.section("How soon it is written down", "Late entries make the last months read low until they have come."):
    screen.figure(view, "entry_lag")
with screen.section(
    "What the log leaves open", "An entry that says unknown or other counts in totals, and in no category or share."
):
    screen.figure(view, "unknown_share")
    screen.figure(view, "unknown_share", "slices", sliced=True, compare="none")
screen.found_by_checks()
with screen.section(
    "Log and certified totals",
    "Two counts by two rules, never added. Where a log holds far less than was certified, its rates may read low.",
):
    screen.against_certified(screen.last_year(view))
with screen.section("Schools without an incident", "A quiet year and a log that is not kept look the same."):
    screen.figure(screen.all_years(view), "zero_incident_schools", grain="year", compare="none")
