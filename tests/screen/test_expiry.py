"""When training runs out: an officer once a topic, by the month in which the certificate ends."""

from datetime import date

from sro.screen.expiry import ENDED, LATER, NEVER, by_month, by_position
from sro.surroundings import Currency

THROUGH = date(2025, 11, 12)
TAKEN = date(2024, 3, 15)


def held(officer: str, until: date | None, taken: date | None = TAKEN, position: str = "P-1") -> Currency:
    return Currency(officer, position, "youth_engagement", "Youth engagement", taken, until)


FOUND = (
    held("O1", date(2025, 11, 12)),  # the data date itself still counts
    held("O2", date(2025, 11, 11)),
    held("O3", date(2026, 10, 31)),
    held("O4", date(2026, 11, 1)),
    held("O5", None),
    held("O6", None, taken=None, position=""),
)


def test_every_officer_stands_in_one_row():
    rows = {row["Ends in"]: row["Youth engagement"] for row in by_month(FOUND, THROUGH)}
    assert rows == {NEVER: "1", ENDED: "1", "Nov 2025": "1", "Oct 2026": "1", LATER: "2"}


def test_rows_come_in_the_order_of_time():
    assert [row["Ends in"] for row in by_month(FOUND, THROUGH)] == [NEVER, ENDED, "Nov 2025", "Oct 2026", LATER]


def test_a_position_says_until_when_or_why_not():
    said = {row["Position"]: row["Youth engagement"] for row in by_position(FOUND, THROUGH)}
    assert said["P-1 (O2)"] == "ended Nov 11, 2025"
    assert said["P-1 (O3)"] == "Oct 31, 2026"
    assert said["P-1 (O5)"] == "no end"
    assert said["No position (O6)"] == "never taken"
