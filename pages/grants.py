"""Grants and money: what the program costs, and what districts got of what they pay for."""

from sro import screen

screen.title("Grants and money", "What does the program cost, and was it delivered?")
view = screen.filters()
year = screen.last_year(view)
screen.headline(year, "money_spent", "cost_per_covered_day", "cost_per_student", "contracted_days_delivered",
                "contracted_hours_delivered", "positions_filled", "days_to_fill", "service_hours")  # fmt: skip
screen.due(most=20)
with screen.row():
    screen.figure(year, "money_spent", "slices", sliced=True)
    screen.figure(screen.all_years(view), "cost_per_covered_day", grain="year")
    screen.figure(screen.all_years(view), "cost_per_student", grain="year")
    screen.figure(view, "positions_filled")
with screen.section("Awards", "Targets, what the next report lacks, and money beside time."):
    screen.figure(screen.all_years(view), "award_money_spent", "slices", sliced=True)
    screen.awards()
    screen.funders()
with screen.section("Contracted against delivered", "By district, in order of its name."):
    with screen.row():
        screen.figure(view, "contracted_days_delivered", "delivered", by="district")
        screen.figure(view, "contracted_hours_delivered", "delivered", by="district")
