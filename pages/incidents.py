"""Incidents and response: the officers' log and the certified totals, side by side and never added."""

from sro import screen

screen.title("Incidents and response", "What happened, who called, and what came of it?")
view = screen.filters()
screen.headline(view, "incidents_logged", "exposure_adjusted_incident_rate", "calls_for_service",
                "officer_on_site_at_incident", "handled_by_school", "resolved_by_officer", "diverted",
                "discipline_only_by_officer")  # fmt: skip
with screen.row():
    screen.figure(view, "exposure_adjusted_incident_rate")
    screen.funnel(view)
    screen.figure(view, "incidents_logged", "slices", sliced=True)
    screen.figure(view, "initiator_mix", "slices", sliced=True, compare="none")
with screen.section(
    "School by school", "In order of district and name, never of a value. Click a mark to open the school."
):
    screen.figure(view, "exposure_adjusted_incident_rate", "schools", by="school")
with screen.section("Certified totals", "What districts certified for whole school years: another count, never added."):
    with screen.row():
        screen.figure(screen.all_years(view), "official_incident_rate", grain="year")
        screen.figure(screen.last_year(view), "official_incidents", "slices", sliced=True)
    screen.figure(screen.last_year(view), "official_incident_rate", "schools", by="school")
