"""What an award is owed: months without reports, measures without an answer, money beside time."""

from dataclasses import replace
from datetime import date

import pytest

from sro.calendar import parse_period, span
from sro.contract import load_contract
from sro.metrics import read_catalogue
from sro.publish.asked import asked_by_funders, measures_file
from sro.publish.desk import Desk, desk
from sro.publish.grants import Grant, Reporting, find_grant, last_period, measures
from sro.publish.owing import SpendDown, lacks, next_report, spend_down
from sro.settings import PROJECT


@pytest.fixture(scope="module")
def place(county_2025) -> Desk:
    return desk(county_2025.settings, county_2025.vintage)


@pytest.fixture
def stop(place) -> Grant:
    return find_grant(place, "G-STOP")


def test_an_award_that_has_not_begun_has_no_actual_and_no_fault(place, stop):
    later = span(date(2027, 1, 1), date(2027, 3, 31))
    grant = replace(stop, start=date(2027, 1, 1), end=date(2029, 12, 31), periods=(Reporting(1, later, None),))
    assert last_period(grant, place.facts.data_through) == later
    for period in (later, parse_period("2024-25")):  # its own first period, and one before it
        for one in measures(place, grant, period):
            assert one.to_date is None or not one.to_date.total.shown
    assert spend_down(place, grant) is None


def test_the_next_report_is_the_nearest_that_lies_ahead(stop):
    report = next_report(stop, date(2025, 12, 12))
    assert report is not None and report.due == date(2026, 1, 31)
    assert next_report(stop, date(2031, 1, 1)) is None


def test_a_report_lacks_the_months_that_are_not_over(place, stop):
    report = next_report(stop, place.facts.data_through)
    assert report is not None
    trained = next(one for one in lacks(place, stop, report) if one.measure.measure_id == "STOP-PM1")
    assert trained.missing[-1] == "not over: Dec 2025"


def test_a_report_lacks_the_logs_that_did_not_come(place, stop, county_2025):
    logs = county_2025.ask("staff_trained", "2025-09..2025-11", grain="month").cells
    owed = {row.period_label: row.expected - row.received for row in logs.itertuples() if row.received < row.expected}
    assert owed, "the demo has a late school in autumn"
    report = Reporting(1, parse_period("2025-09..2025-11"), date(2026, 1, 31))
    trained = next(one for one in lacks(place, stop, report) if one.measure.measure_id == "STOP-PM1")
    assert [text.split(" of ")[0] for text in trained.missing if " logs" in text] == [
        f"{month}: {count}" for month, count in owed.items()
    ]


def test_a_measure_without_a_metric_says_what_to_do(place, stop):
    nameless = replace(stop, grant_id="G-TITLE2")
    report = Reporting(2, parse_period("2025-04..2025-09"), None)
    found = {one.measure.measure_id: one.missing for one in lacks(place, nameless, report)}
    assert "known by whole school years only" in found["PA17-05"]


def test_money_of_an_award_is_what_its_costs_say(place, stop, county_2025):
    sql = "SELECT sum(amount) FROM export.costs WHERE funding_source = 'grant:G-STOP'"
    ((booked,),) = county_2025.vintage.cursor().execute(sql).fetchall()
    down = spend_down(place, stop)
    assert down is not None
    assert down == SpendDown(down.spent, 420_000, 26, 36)  # October 2023 to November 2025, of three years
    assert (down.spent, down.percent_spent) == pytest.approx((booked, 100 * booked / 420_000))


def test_an_award_that_no_cost_names_has_no_spending_rather_than_none(place):
    assert spend_down(place, find_grant(place, "G-TITLE2")) is None


def test_what_funders_ask_for_names_metrics_and_sources_and_no_wording_that_is_not_theirs():
    known = asked_by_funders(PROJECT / "data" / "reference")
    assert set(known) == {"stop", "cops_hiring", "cops_svpp", "ojjdp_pa17", "district"}
    ids = {card.id for card in read_catalogue(PROJECT / "queries" / "metrics").cards.values()}
    for one in (one for found in known.values() for one in found):
        assert one.source and one.wording in ("verbatim", "named")
        assert one.metric_id in ids
        assert (one.text == one.measure) is (one.wording == "verbatim")


def test_measures_to_begin_with_are_a_file_of_the_contract():
    table = load_contract(PROJECT / "data" / "contract").tables["grant_measures"]
    text = measures_file(asked_by_funders(PROJECT / "data" / "reference")["stop"], table)
    head, first, *_ = text.split("\r\n")
    assert head == ",".join(table.columns)
    assert first.startswith("YOUR-AWARD,PM1,Number of school staff trained,")
