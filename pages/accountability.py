"""Response and accountability: how soon officers came, what they did, and what people said of it."""

from sro import screen

screen.title("Response and accountability", "How did officers respond, and who holds them to account?")
view = screen.filters()
year, years = screen.last_year(view), screen.all_years(view)
screen.headline(view, "calls_for_service", "response_time", "response_time_nine_in_ten", "officer_on_site_at_incident",
                "handled_by_school", "resolved_by_officer", "diverted", "discipline_only_by_officer")  # fmt: skip
with screen.row():
    screen.funnel(view)
    screen.figure(view, "initiator_mix", "slices", sliced=True, compare="none")
    screen.figure(view, "discipline_only_by_officer")
    screen.figure(view, "complaints_commendations", "slices", sliced=True, compare="none")
with screen.section(
    "Arrests, referrals and force", "Each counts children: small counts, and what would give them away, are hidden."
):
    with screen.row():
        screen.figure(years, "referrals", grain="year")
        screen.figure(years, "arrest_rate", grain="year")
        screen.figure(year, "arrests", "slices", sliced=True)
        screen.figure(year, "arrests_by_level", "slices", sliced=True)
        screen.figure(years, "referral_share", grain="year")
        screen.figure(years, "searched", grain="year")
        screen.figure(years, "force_used", grain="year")
        screen.figure(years, "handcuffed", grain="year")
with screen.section("When and where", "Counts of the log. Nothing is divided by how many students were there."):
    with screen.row():
        screen.figure(view, "incidents_by_hour", "slices", sliced=True, compare="none")
        screen.figure(view, "incidents_by_weekday", "slices", sliced=True, compare="none")
        screen.figure(view, "incidents_by_location", "slices", sliced=True, compare="none")
        screen.figure(view, "weapon_incidents", "slices", sliced=True, compare="none")
with screen.section("Certified totals", "What districts certified for whole school years: another count, never added."):
    with screen.row():
        screen.figure(year, "official_incidents", "slices", sliced=True)
        screen.figure(years, "violence_index", grain="year")
with screen.section("Beside it: engagement", "Engagement and enforcement are two sides of the same officers' work."):
    with screen.row():
        screen.figure(view, "engagement_contacts")
        screen.figure(view, "triad_time_mix", "stack", grain="month", sliced=True, compare="none")
