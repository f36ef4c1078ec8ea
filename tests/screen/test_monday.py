"""What a week begins with: logs owed and reports due."""

from __future__ import annotations

from datetime import date

from sro.calendar import span
from sro.publish.desk import desk
from sro.publish.grants import Grant, Reporting, grants
from sro.publish.owing import upcoming
from sro.screen.monday import MOST_LINES
from tests import demo_vintage
from tests.screen.conftest import text_of

PAGES = ("overview", "grants")
QUARTER = span(date(2026, 7, 1), date(2026, 9, 30))


def award(name, *due):
    periods = tuple(Reporting(number, QUARTER, day) for number, day in enumerate(due, 1))
    return Grant(name, "A funder", "", "", None, date(2025, 7, 1), date(2027, 6, 30), periods)


def test_reports_stand_in_order_of_their_dates_across_awards():
    awards = [award("B", date(2026, 12, 1), date(2026, 11, 1)), award("A", date(2026, 12, 1))]
    found = [(grant.grant_id, one.due) for grant, one in upcoming(awards, date(2026, 10, 21))]
    assert found == [("B", date(2026, 11, 1)), ("A", date(2026, 12, 1)), ("B", date(2026, 12, 1))]


def test_what_was_due_before_the_data_ends_or_has_no_date_is_not_listed():
    awards = [award("A", date(2026, 10, 21), None, date(2026, 10, 22))]
    assert [one.number for _, one in upcoming(awards, date(2026, 10, 21))] == [3]


def test_overview_and_grants_screen_name_the_next_report_and_grants_every_one(serve, demo):
    few, every = (text_of(serve(demo)(page)).split("Reports due")[1].split("Make a report")[0] for page in PAGES)
    assert ", 2026</strong>" in few
    assert 0 < few.count("<li>") <= MOST_LINES
    assert every.count("<li>") == len(upcoming(grants(desk(demo)), demo_vintage.THROUGH))


def test_the_overview_names_the_school_whose_log_is_missing(serve, demo):
    text = text_of(serve(demo)("overview", period="2025-26"))
    assert "Sorrel Road" in text.split("Where logs are missing")[1].split("Reports due")[0]


def test_without_logs_the_overview_stands_and_still_says_what_is_due(serve, bare):
    app = serve(bare)("overview")
    assert not app.exception and not app.error
    assert "Reports due" in text_of(app)
