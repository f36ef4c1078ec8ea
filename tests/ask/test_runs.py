"""The longest run of days, over months that say of their own only how long the first, the last and the longest is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sro.ask.asker import Asker
from sro.ask.runs import longest_runs, runs_of
from sro.calendar import month_end

FIRST = date(2025, 9, 1)
# For each of two schools and each day whether it is a school day, and whether it was uncovered; months not received.
DAYS = st.lists(st.sampled_from([None, 0, 1, 1]), min_size=120, max_size=120)
MISSING = st.sets(st.sampled_from([9, 10, 11, 12]), max_size=2)


@given(st.tuples(DAYS, DAYS), MISSING, st.integers(9, 12), st.integers(9, 12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_runs_go_on_over_months_and_are_cut_where_the_span_is(tiny, drawn, missing, first, last):
    first, last = sorted((first, last))
    tiny.connection.execute("DELETE FROM metric_day; DELETE FROM reporting_month")
    rows = [
        ("gap", school, FIRST + timedelta(place), None, uncovered, 1)
        for school, days in zip("AB", drawn, strict=True)
        for place, uncovered in enumerate(days)
        if uncovered is not None
    ]
    if rows:
        tiny.connection.executemany("INSERT INTO metric_day VALUES (?, ?, ?, ?, ?, ?)", rows)
    for month in missing:
        tiny.report("A", f"2025-{month:02}", received=False)
    tiny.roll_up()
    span = (date(2025, first, 1), month_end(date(2025, last, 1)))
    runs = runs_of._remembered.__wrapped__("gap", "log", Asker(tiny, tiny.settings))
    (most,), (seen,) = longest_runs(runs, {"A": "both", "B": "both"}, ["both"], [span])
    told = {
        school: [
            row[4]
            for row in rows
            if row[1] == school and span[0] <= row[2] <= span[1] and not (school == "A" and row[2].month in missing)
        ]
        for school in "AB"
    }
    count = sum(map(len, told.values()))
    assert (seen[0] == count) if count else (most[0] != most[0])
    if count:
        assert most[0] == max(map(longest, told.values()))


def longest(days):
    best = running = 0
    for uncovered in days:
        running = running + 1 if uncovered else 0
        best = max(best, running)
    return best
