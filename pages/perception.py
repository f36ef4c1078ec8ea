"""Perception: what students, staff and families say, with those who are unsure set apart."""

from sro import screen

screen.title("Perception", "Do students, staff and families feel safe, and trust their officers?")
view = screen.filters()
year = screen.last_year(view)
screen.headline(year, "feel_safe", "feel_unsafe", "comfortable_reporting", "knows_officer", "unsure_of_officer",
                "missed_school_unsafe", "survey_response_rate", "complaints_commendations")  # fmt: skip
with screen.section("In the last whole school year", "Program only, nothing under ten answers."):
    with screen.row():
        screen.figure(year, "feel_safe", "slices", sliced=True)
        screen.figure(year, "feel_unsafe", "slices", sliced=True)
        screen.figure(year, "survey_response_rate", "slices", sliced=True)
        screen.figure(year, "complaints_commendations", "slices", sliced=True, compare="none")
with screen.section("Over the years", "Those who answer may differ from year to year."):
    with screen.row():
        screen.figure(screen.all_years(view), "comfortable_reporting", grain="year")
        screen.figure(screen.all_years(view), "knows_officer", grain="year")
        screen.figure(screen.all_years(view), "unsure_of_officer", grain="year")
        screen.figure(screen.all_years(view), "missed_school_unsafe", grain="year")
