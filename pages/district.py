"""District: what one district pays for and gets, on a page that can be sent to it."""

from sro import screen

screen.title("District", "What does this district pay for, and what does it get?")
view = screen.filters(only="district")
year = screen.last_year(view)
screen.headline(view, "contracted_days_delivered", "contracted_hours_delivered", "coverage_rate", "days_with_officer",
                "contact_rate", "lessons_delivered", "staff_trained", "calls_for_service")  # fmt: skip
screen.to_send(year, "district")
with screen.section("Contracted against delivered"):
    with screen.row():
        screen.figure(view, "contracted_days_delivered", "delivered", by="school")
        screen.figure(view, "contracted_hours_delivered", "delivered", by="school")
with screen.section("Was an officer there?"):
    with screen.row():
        screen.figure(view, "coverage_rate")
        screen.figure(view, "uncovered_days", "slices", sliced=True)
    screen.figure(view, "coverage_rate", "schools", by="school")
with screen.section("What did officers do?", "Engagement, and beside it who handled the calls."):
    with screen.row():
        screen.figure(view, "contact_rate")
        screen.figure(view, "activities_logged", "slices", sliced=True)
        screen.figure(view, "calls_for_service")
        screen.figure(view, "discipline_only_by_officer")
with screen.section("Training and drills", "Of staff and schools of this district."):
    with screen.row():
        screen.figure(view, "staff_trained")
        screen.figure(year, "drills_completed", "slices", sliced=True)
with screen.section("What it cost", "As the office booked it for this district, whoever paid."):
    with screen.row():
        screen.figure(year, "money_spent", "slices", sliced=True)
        screen.figure(screen.all_years(view), "cost_per_covered_day", grain="year")
