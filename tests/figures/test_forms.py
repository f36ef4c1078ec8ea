"""What every form owes its reader: no invented zero, no hidden number, nothing that the table does not have."""

import json
import re
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sro.answer import NUMBERS, SHOWN
from sro.calendar import day_label
from sro.figures import Event, draw, funnel
from sro.figures.multiples import MOST_PANELS
from sro.figures.schools import MOST_ROWS
from tests.figures.answers import CALLS, COVERAGE, HANDLED, LESSONS, MIX, RATE, answer, cell_of, compared, nothing

SCHOOLS = {"A": "Alder", "B": "Birch", "C": "Cedar"}
SLICES = ["Law", "Drugs", "Safety"]
# form → how an answer is asked that suits it
SUITS = {
    "trend": {"card": RATE, "grain": "month"},
    "small_multiples": {"card": RATE, "grain": "month", "by": "school", "units": SCHOOLS},
    "schools": {"card": RATE, "by": "school", "units": SCHOOLS},
    "delivered": {"card": COVERAGE, "by": "school", "units": SCHOOLS},
    "slices": {"card": LESSONS, "slices": SLICES},
    "stack": {"card": MIX, "slices": SLICES, "grain": "month"},
    "calendar": {"card": COVERAGE, "grain": "day", "period": "2025-09"},
    "completeness": {"card": LESSONS, "grain": "month", "by": "school", "units": SCHOOLS},
}
HORIZONTAL = ("schools", "delivered", "slices")
SENTINEL = 77777.0
statuses = st.sampled_from(["not_received", "not_applicable", "suppressed"])
numbers = st.tuples(st.integers(0, 400), st.integers(400, 100_000))


def made(form, at, **parts):
    """The figure of a form, its cells given by `at(unit, period, slice)`."""
    suit = {**SUITS[form], **parts}
    return draw(answer(suit.pop("card"), at, **suit), form)


def drawn_values(figure):
    """Every number that stands on the value axis, overlay bands left out."""
    across = figure.form in HORIZONTAL
    values = []
    for trace in figure.chart["data"]:
        on_overlay = trace.get("xaxis" if across else "yaxis", "") not in ("", "x", "y") and _is_overlay(figure, trace)
        if on_overlay or trace["type"] == "heatmap":
            continue
        values += [value for value in trace["x" if across else "y"] if value is not None]
    return values


def _is_overlay(figure, trace):
    across = figure.form in HORIZONTAL
    name = trace["xaxis" if across else "yaxis"]
    key = f"{name[0]}axis{name[1:]}"
    return "overlaying" in figure.chart["layout"].get(key, {})


def everything(figure):
    parts = [json.dumps(figure.chart, allow_nan=False), figure.csv(), figure.title, figure.subtitle, figure.alt]
    return "\n".join([*parts, *figure.footnotes])


@pytest.mark.parametrize("form", [form for form in SUITS if form not in ("calendar", "completeness")])
def test_missing_is_never_a_drawn_zero(form):
    figure = made(form, lambda u, p, s: "not_received" if u + p + s == 1 else (40, 100))
    values = drawn_values(figure)
    assert values
    assert 0 not in values


def test_a_day_without_a_report_is_not_an_uncovered_day():
    figure = made("calendar", lambda u, p, s: "not_received" if p == 3 else (40, 100))
    steps = [step for row in figure.chart["data"][0]["z"] for step in row if step is not None]
    assert steps.count(0) == 0
    assert steps.count(5) == 1


def test_a_month_without_a_report_is_hatched_and_named():
    figure = made("trend", lambda u, p, s: "not_received" if p == 3 else (40, 100))
    band = next(trace for trace in figure.chart["data"] if trace["name"] == "No report received")
    assert band["marker"]["pattern"]["shape"] == "/"
    assert band["hovertext"] == ["<b>Oct 2025</b><br>No report received"]
    assert "Grey hatch: no report received; not a zero." in figure.footnotes


def test_a_line_does_not_cross_a_month_without_a_report():
    figure = made("trend", lambda u, p, s: "not_received" if p == 3 else (40, 100))
    lines = [trace for trace in figure.chart["data"] if trace.get("mode") == "lines" and "fill" not in trace]
    assert [len(trace["x"]) for trace in lines] == [3, 8]


def test_a_series_break_cuts_the_line():
    asked = answer(RATE, (40, 100), grain="month")
    broken = draw(asked, "trend", events=(Event(date(2026, 1, 1), "New categories", "series_break"),))
    lines = [trace for trace in broken.chart["data"] if trace.get("mode") == "lines" and "fill" not in trace]
    assert [len(trace["x"]) for trace in lines] == [6, 6]


def test_another_event_does_not_cut_the_line():
    asked = answer(RATE, (40, 100), grain="month")
    figure = draw(asked, "trend", events=(Event(date(2026, 1, 1), "New policy", "policy"),))
    assert sum(trace.get("mode") == "lines" and "fill" not in trace for trace in figure.chart["data"]) == 1
    assert figure.chart["layout"]["annotations"][0]["text"] == "New policy"


def test_many_events_become_numbers_with_their_names_beneath():
    asked = answer(RATE, (40, 100), grain="month")
    events = tuple(Event(date(2025, month, 3), f"Event {month}", "policy") for month in range(7, 13))
    figure = draw(asked, "trend", events=events)
    assert [note["text"] for note in figure.chart["layout"]["annotations"]] == list("123456")
    assert f"1, {day_label(date(2025, 7, 3))}: Event 7." in figure.footnotes


def test_events_outside_the_drawn_months_are_not_drawn():
    figure = draw(answer(RATE, (40, 100), grain="month"), "trend", events=(Event(date(2020, 3, 1), "Old", "policy"),))
    assert figure.chart["layout"]["shapes"] == []


def test_an_unfinished_month_is_dashed_and_hollow():
    figure = draw(answer(COVERAGE, (40, 100), grain="month", through=date(2026, 3, 3)), "trend")
    dashed = [trace for trace in figure.chart["data"] if trace.get("line", {}).get("dash") == "3px,4px"]
    markers = next(trace for trace in figure.chart["data"] if trace.get("mode") == "markers")
    assert len(dashed) == 1
    assert markers["marker"]["color"][-1] != markers["marker"]["color"][0]
    assert "Dashed and hollow: not over; data through Mar 3, 2026." in figure.footnotes


def test_an_unstable_rate_is_hollow_and_explained():
    figure = made("schools", lambda u, p, s: (5 if u else 50, 100_000))
    assert any(note.startswith("Hollow: few events") for note in figure.footnotes)


def test_schools_keep_the_order_of_the_answer_and_are_never_ranked():
    figure = made("schools", lambda u, p, s: ((50, 90, 20)[u], 100_000))
    assert figure.chart["layout"]["yaxis"]["ticktext"] == ["Alder", "Birch", "Cedar"]
    assert figure.table["School"].tolist() == ["Alder", "Birch", "Cedar", "All of these"]


def test_a_school_without_a_report_keeps_its_row():
    figure = made("schools", lambda u, p, s: "not_received" if u == 1 else (50, 100_000))
    band = next(trace for trace in figure.chart["data"] if trace.get("name") == "No report received")
    assert band["y"] == [1]
    assert band["customdata"] == ["B"]


def test_two_schools_of_one_name_keep_two_rows():
    figure = made("schools", (50, 100_000), units={"A": "Lincoln School", "B": "Lincoln School"})
    assert figure.chart["layout"]["yaxis"]["tickvals"] == [0, 1]


def test_a_mark_knows_its_school():
    dots = made("schools", (50, 100_000)).chart["data"][-1]
    assert dots["customdata"] == ["A", "B", "C"]


def test_what_is_not_drawn_of_many_schools_is_said_and_in_the_table():
    units = {f"S{number:03}": f"School {number}" for number in range(MOST_ROWS + 5)}
    figure = made("schools", (50, 100_000), units=units)
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 5} by district and name" in " ".join(figure.footnotes)
    assert len(figure.table) == len(units) + 1


def test_beyond_twelve_panels_the_rest_is_named():
    units = {f"S{number:02}": f"School {number}" for number in range(MOST_PANELS + 2)}
    figure = made("small_multiples", (50, 100_000), units=units)
    assert "Not drawn, but in the table: School 12 and School 13." in figure.footnotes


def test_small_multiples_share_one_scale():
    figure = made("small_multiples", lambda u, p, s: (50 * (u + 1), 100_000))
    layout = figure.chart["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"] == layout["yaxis3"]["range"]


def test_more_than_six_lines_become_small_multiples():
    units = {f"S{number}": f"School {number}" for number in range(7)}
    assert draw(answer(RATE, (50, 1000), grain="month", by="school", units=units), "trend").form == "small_multiples"


def test_bars_start_at_zero():
    assert made("slices", (40, 1)).chart["layout"]["xaxis"]["range"][0] == 0


def test_the_earlier_period_stands_in_grey_under_the_same_months():
    both = compared(
        answer(COVERAGE, (40, 100), grain="month"), answer(COVERAGE, (30, 100), grain="month", period="2024-25")
    )
    figure = draw(both, "trend")
    grey = next(trace for trace in figure.chart["data"] if trace.get("name") == "2024–25")
    assert grey["x"][0].startswith("2025-07")
    assert 30 in grey["y"]


def test_the_completeness_grid_tells_nothing_from_missing():
    figure = made("completeness", lambda u, p, s: ("not_received", (0, 1), (4, 1))[u])
    assert set(figure.table["Report"]) == {"Missing", "Received: nothing to report", "Received"}
    assert figure.title == "Logs received for 24 of 36 school-months in 2025–26; 12 missing from 1 school"
    assert "Missing: Alder (12)." in figure.footnotes


def test_the_funnel_adds_up_and_says_so():
    handled = answer(CALLS, lambda u, p, s: ((50, 1), (97, 1), (0, 1))[s], slices=["School", "Officer", "Other agency"])
    outcomes = answer(CALLS, lambda u, p, s: ((89, 1), (5, 1), (3, 1))[s], slices=["Resolved", "Diverted", "Charged"])
    figure = funnel(answer(CALLS, (147, 1)), handled, outcomes)
    assert "147 calls = 50 school + 97 officer. It adds up." in figure.footnotes
    assert "97 handled by an officer = 89 resolved + 5 diverted + 3 charged. It adds up." in figure.footnotes


def test_a_funnel_that_does_not_add_up_says_by_how_much():
    handled = answer(CALLS, lambda u, p, s: ((50, 1), (94, 1))[s], slices=["School", "Officer"])
    figure = funnel(answer(CALLS, (147, 1)), handled, answer(CALLS, (94, 1), slices=["Resolved"]))
    assert any("It does not add up: 3 too few on the right." in note for note in figure.footnotes)


def test_a_hidden_part_of_the_funnel_is_a_dagger_and_leaves_no_bar():
    handled = answer(CALLS, lambda u, p, s: ((50, 1), (97, 1))[s], slices=["School", "Officer"])
    outcomes = answer(
        CALLS, lambda u, p, s: ((80, 1), "suppressed", "suppressed")[s], slices=["Resolved", "Diverted", "Charged"]
    )
    figure = funnel(answer(CALLS, (147, 1)), handled, outcomes)
    assert "97 handled by an officer = 80 resolved + ‡ diverted + ‡ charged." in figure.footnotes
    assert len(figure.chart["data"][0]["x"]) == 4


@pytest.mark.parametrize("form", SUITS)
def test_a_hidden_number_is_nowhere_even_if_the_answer_still_held_it(form):
    suit = dict(SUITS[form])
    asked = answer(suit.pop("card"), lambda u, p, s: "suppressed" if u + p + s == 1 else (40, 100), **suit)
    held = dict.fromkeys(NUMBERS, SENTINEL)
    rows = tuple(row._replace(**held) if row.status == "suppressed" else row for row in asked.rows)
    assert rows != asked.rows
    assert "77777" not in everything(draw(replace(asked, rows=rows), form)).replace(",", "")


@pytest.mark.parametrize("form", SUITS)
def test_a_hidden_total_is_nowhere(form):
    suit = dict(SUITS[form])
    hidden = replace(cell_of("suppressed", RATE), value=SENTINEL, numerator=SENTINEL)
    asked = replace(answer(suit.pop("card"), (40, 100), **suit), total=hidden)
    assert "77777" not in everything(draw(asked, form)).replace(",", "")


@pytest.mark.parametrize("form", [form for form in SUITS if form not in ("calendar", "completeness")])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_table_has_every_drawn_number(form, data):
    figure = made(form, lambda u, p, s: data.draw(numbers))
    known = {float(value) for column in figure.table.select_dtypes("number") for value in figure.table[column].dropna()}
    assert {float(value) for value in drawn_values(figure)} <= known


@pytest.mark.parametrize("form", SUITS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_answer_makes_a_figure_without_nan_and_with_a_short_alternative_text(form, data):
    gap = st.one_of(numbers, statuses) if form != "completeness" else st.one_of(numbers, st.just("not_received"))
    picks = [data.draw(gap) for _ in range(12)]
    figure = made(form, lambda u, p, s: picks[(u * 5 + p * 3 + s) % 12])
    assert len(figure.alt) <= 220
    assert figure.alt != figure.title
    assert not re.search(
        r"\bnan\b|\binf\b|infinity|<na>|none\b.*\bnone", everything(figure).lower().replace("reported: none", "")
    )


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=300), st.integers(0, 10**9))
def test_the_alternative_text_is_short_whatever_the_names(name, count):
    card = replace(LESSONS, title=name.strip() or "x")
    assert len(draw(answer(card, (count, 1), by="school", units={"A": name}), "schools").alt) <= 220


@pytest.mark.parametrize("form", SUITS)
def test_plotly_accepts_every_key_of_the_chart(form):
    gaps = ("not_received", "suppressed", "not_applicable", (0, 100))
    go.Figure(made(form, lambda u, p, s: gaps[p] if 0 < p < 4 else (40, 100)).chart)


def test_no_trace_holds_rows_that_are_not_drawn():
    figure = made("schools", (50, 100_000))
    for trace in figure.chart["data"]:
        for extra in set(trace) & {"customdata"}:
            assert all(isinstance(value, str) for value in trace[extra])


def test_statuses_are_words_in_the_table():
    figure = made("trend", lambda u, p, s: "not_received" if p == 3 else (0, 100) if p == 4 else (40, 100))
    assert {"No report received", "Reported: none", "Reported"} <= set(figure.table["Status"])
    assert not set(figure.table["Status"]) & {*SHOWN, "not_received"}


def test_percentages_share_the_axis_from_nothing_to_all():
    figure = draw(answer(HANDLED, (40, 60), grain="month"), "trend")
    assert figure.chart["layout"]["yaxis"]["range"] == [0, 102.0]


def test_the_earlier_line_does_not_cross_a_missing_month_either():
    before = answer(COVERAGE, lambda u, p, s: "not_received" if p == 3 else (30, 100), grain="month", period="2024-25")
    figure = draw(compared(answer(COVERAGE, (40, 100), grain="month"), before), "trend")
    grey = next(trace for trace in figure.chart["data"] if trace.get("name") == "2024–25")
    assert grey["y"][2:5] == [30, None, 30]


def test_an_unfinished_year_is_not_drawn_beside_whole_months_of_the_year_before():
    now = answer(LESSONS, (40, 1), slices=SLICES, through=date(2026, 3, 15))
    figure = draw(compared(now, answer(LESSONS, (30, 1), slices=SLICES, period="2024-07..2025-02")), "slices")
    assert not any(note.startswith("Grey stroke") for note in figure.footnotes)


@pytest.mark.parametrize("form", ["schools", "delivered"])
def test_schools_to_which_a_measure_does_not_apply_are_left_to_the_table(form):
    figure = made(form, lambda u, p, s: "not_applicable" if u == 1 else (40, 100))
    assert figure.chart["layout"]["yaxis"]["ticktext"] == ["Alder", "Cedar"]
    assert len(figure.table[figure.table.iloc[:, 0] == "Birch"]) == 1
    assert "1 school to which this does not apply is in the table only." in figure.footnotes


def test_a_school_of_which_no_report_was_expected_has_no_row_of_squares():
    figure = made("completeness", lambda u, p, s: "not_applicable" if u == 1 else (40, 100))
    assert figure.chart["layout"]["yaxis"]["ticktext"] == ["Alder", "Cedar"]


def test_categories_of_which_there_were_none_are_named_instead_of_drawn():
    figure = made("slices", lambda u, p, s: (0, 100) if s == 1 else (40, 100))
    assert figure.chart["layout"]["yaxis"]["ticktext"] == ["Law", "Safety"]
    assert "None: Drugs." in figure.footnotes


def test_where_no_category_counts_any_all_are_drawn():
    figure = made("slices", lambda u, p, s: (0, 100))
    assert figure.chart["layout"]["yaxis"]["ticktext"] == SLICES


def test_a_sum_is_no_line_beside_its_own_parts():
    made = answer(
        LESSONS, lambda unit, part, slice_: (10 * (unit + 1), 1), by="school", units={"A": "Alder", "B": "Birch"}
    )
    chart = draw(made, "schools").chart["layout"]
    assert not chart["shapes"] and chart["xaxis"]["range"][1] < 60


def test_a_funnel_without_parts_remembers_all_that_was_asked():
    calls, handled, outcomes = answer(CALLS, (5, 1)), nothing(replace(CALLS, name="by_whom")), nothing(HANDLED)
    figure = funnel(calls, handled, outcomes)
    assert figure.questions == (calls.question, handled.question, outcomes.question)
