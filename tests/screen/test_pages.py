"""Every screen on the demo, and on exports that lack much of it."""

from __future__ import annotations

import re

import pytest

from sro import vintages
from sro.answer import SHOWN
from sro.ask import ask
from sro.question import Question
from sro.settings import Folders, read_settings
from sro.stats.impact import Estimate, EventTime, Staggered
from tests.screen.conftest import PAGES, figures_of, text_of

SCREENS = [page for page in PAGES if page != "board"]  # a slide says it all in its own footer
FIGURES = [page for page in SCREENS if page not in ("definitions", "claims", "data", "reports", "figure", "trail")]


def chips(text):
    return re.findall(r'<div class="sro-band".*?</div>', text)[0]


@pytest.mark.parametrize("page", PAGES)
def test_a_screen_is_drawn_without_an_error(page, serve, demo):
    app = serve(demo)(page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", SCREENS)
def test_a_screen_says_that_the_data_is_synthetic_and_for_whom_it_is_drawn(page, serve, demo):
    band = chips(text_of(serve(demo)(page)))
    assert "SYNTHETIC" in band
    assert "Drawn for the public" in band
    assert "Data through Oct 21, 2026" in band


def test_a_district_is_chosen_alone_and_other_screens_do_not_keep_it(serve, demo):
    app = serve(demo)("district", districts="990201000000")
    assert "Brindle Creek Central School District" in text_of(app)
    app.selectbox(key="filter_district").select("990301000000").run()
    assert "Cedar Notch Central School District" in text_of(app)
    assert "Brindle Creek Central School District" not in text_of(app)
    assert [button.label for button in app.button].count("Make it") == 1
    app.switch_page(str(demo.folders.project / "pages" / "coverage.py")).run()
    assert app.multiselect(key="filter_districts").value == []


@pytest.mark.parametrize("page", FIGURES)
def test_every_figure_has_words_a_chart_a_source_and_its_data_within_reach(page, serve, demo):
    app = serve(demo)(page)
    figures = figures_of(app)
    assert figures
    assert [
        one for one in figures if not (one["title"] and one["subtitle"] and one["alt"] and one["chart"]["data"])
    ] == []
    assert [one for one in figures if not one["footer"].startswith("SYNTHETIC · Source:")] == []
    (card,) = {element.proto.html_content for element in app.get("bidi_component") if element.proto.id.count("card_")}
    assert re.findall(r"<button.*?>(.*?)</button>", card) == ["Data", "Save", "Definition"]


@pytest.mark.parametrize("page", [page for page in FIGURES if page != "perception"])  # which reads no log
def test_a_screen_without_a_log_says_what_is_not_in_the_export(page, serve, bare):
    app = serve(bare)(page)
    assert not app.exception
    assert not app.error
    assert "Not in this export: " in text_of(app)


@pytest.mark.parametrize("page", FIGURES)
@pytest.mark.parametrize("period", ["2026-10", "2021-07..2026-06", "2022-23-Q1", "2026-07..2026-08"])
def test_a_screen_can_be_drawn_for_any_period(page, period, serve, demo):
    app = serve(demo)(page, period=period)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", ["overview", "engagement", "incidents", "coverage"])
@pytest.mark.parametrize("chosen", [{"schools": "990401060001"}, {"providers": "sheriff"}, {"levels": "program_site"}])
def test_a_screen_can_be_drawn_for_any_schools(page, chosen, serve, demo):
    app = serve(demo)(page, **chosen)
    assert not app.exception
    assert not app.error


def test_the_address_opens_the_view_it_names(serve, demo):
    app = serve(demo)("coverage", period="2024-25-S1", compare="prior_year", districts="990401000000")
    assert app.selectbox(key="filter_year").value == "2024-25"
    assert app.selectbox(key="filter_part").value == "2024-25-S1"
    assert app.selectbox(key="filter_compare").value == "prior_year"
    assert app.multiselect(key="filter_districts").value == ["990401000000"]
    assert "2024–25" in text_of(app)


def test_a_change_of_the_filter_bar_changes_the_address(serve, demo):
    app = serve(demo)("coverage")
    app.selectbox(key="filter_year").select("2024-25").run()
    assert app.query_params["period"] == "2024-25"
    app.selectbox(key="filter_part").select("2024-25-Q2").run()
    assert app.query_params["period"] == "2024-25-Q2"


def test_another_year_keeps_the_part_that_was_chosen(serve, demo):
    app = serve(demo)("coverage", period="2024-25-Q2")
    app.selectbox(key="filter_year").select("2023-24").run()
    assert app.query_params["period"] == "2023-24-Q2"


def test_months_of_ones_choice_may_be_named_in_either_order(serve, demo):
    app = serve(demo)("coverage", period="2025-03..2025-11")
    assert app.selectbox(key="filter_year").value == "months"
    app.selectbox(key="filter_from").select(app.selectbox(key="filter_to").value).run()
    assert app.query_params["period"] == "2025-11"


def test_the_school_of_a_profile_does_not_filter_the_other_screens(serve, demo):
    app = serve(demo)("school", schools="990401060001")
    assert "Dunmarrow High School" in text_of(app)
    app.switch_page(str(demo.folders.project / "pages" / "coverage.py")).run()
    assert app.multiselect(key="filter_schools").value == []


def test_an_address_that_names_what_is_not_there_says_so_and_shows_the_rest(serve, demo):
    app = serve(demo)("coverage", schools="no-such-school", period="yesterday")
    assert len(app.warning) == 2
    assert figures_of(app)


def test_searching_the_definitions_finds_by_id_and_by_word(serve, demo):
    app = serve(demo)("definitions", metric="C04")
    assert [entry.label for entry in app.expander] == ["**On-site coverage** · C04"]
    app.text_input(key="metric").set_value("calls handled").run()
    assert 0 < len(app.expander) < 10


def test_definitions_name_what_the_export_cannot_answer(serve, bare):
    labels = [entry.label for entry in serve(bare)("definitions").expander]
    assert "**On-site coverage** · C04 · not in this export" in labels


def test_without_a_vintage_a_screen_says_what_to_do(serve, tmp_path):
    app = serve(read_settings(folders=Folders(data=tmp_path)))()
    assert "No data has been loaded yet." in text_of(app)
    assert not app.exception


def test_a_damaged_vintage_is_told_in_a_sentence(serve, tmp_path):
    settings = read_settings(folders=Folders(data=tmp_path))
    settings.folders.vintages.mkdir(parents=True)
    (settings.folders.vintages / "abc.duckdb").write_bytes(b"junk" * 5000)
    (settings.folders.vintages / "current").write_text("abc")
    assert "damaged" in text_of(serve(settings)())


def test_a_fault_of_the_dashboard_shows_no_traceback(serve, demo, monkeypatch):
    open_page = serve(demo)
    monkeypatch.setattr("sro.screen.here.desk", lambda *_: 1 / 0)
    monkeypatch.setattr(vintages, "current", lambda settings: _Other())
    app = open_page()
    assert "could not be drawn" in text_of(app)
    assert "ZeroDivisionError" not in text_of(app)
    assert not app.exception


class _Other:
    id = "another"


def test_a_claim_is_judged_with_the_sentence_that_holds(serve, demo):
    app = serve(demo)("claims", period="2025-26", districts="990401000000")
    app.selectbox(key="claimed_metric").select("exposure_adjusted_incident_rate").run()
    app.selectbox(key="claim").select("fell").run()
    assert "**Supported**" in app.success[0].value
    app.selectbox(key="claim").select("rose").run()
    assert "**Not supported**" in app.info[0].value
    assert "below 2024–25" in app.code[0].value


def test_what_stands_out_is_said_on_the_overview(serve, demo):
    text = text_of(serve(demo)("overview", period="2025-26"))
    assert "Dunmarrow" in text
    assert re.search(r"By chance, (fewer than|about) \d+ of \d+ schools would stand out in a year; \d+ did", text)


def test_impact_never_lacks_the_sentence_on_association(serve, demo):
    text = text_of(serve(demo)("impact"))
    assert text.count("Association in time; not evidence that the program caused the change.") == 2
    assert "What speaks against reading more into them" in text


def test_slides_are_made_and_offered(serve, demo):
    app = serve(demo)("reports", period="2025-26")
    app.button[-1].click().run(timeout=120)
    assert [button.label for button in app.get("download_button")] == ["Download board-2025-26.pptx"]


def test_a_file_that_was_not_made_here_is_called_so(serve, demo):
    app = serve(demo)("definitions")
    app.file_uploader(key="dropped").upload("other.csv", b"a,b\n1,2\n").run()
    assert "Not ours" in app.warning[0].value


def test_where_schools_joined_at_different_times_the_event_study_is_drawn(serve, demo, monkeypatch):
    estimate = Estimate(-4.0, -6.0, -2.0, 0.01)
    study = (EventTime(-1, Estimate(0.5, -2.0, 3.0, 0.7), 1.2), EventTime(0, estimate, 1.0))
    made = Staggered((), study, estimate, 0.7, "bootstrap", "")
    monkeypatch.setattr("sro.impact.staggered", lambda *_, **__: made)
    text = text_of(serve(demo)("impact"))
    assert "1 year of 1 since the start beyond chance" in text


def test_a_headline_says_what_its_months_say_and_whether_the_target_is_met(serve, demo):
    text = text_of(serve(demo)("coverage"))
    assert re.search(r"Target 100(\.0)?%: (hit and miss|consistently (met|missed)): ", text)
    assert "No target set." in text


def test_owed_logs_are_named_with_a_sheet_to_send(serve, demo):
    app = serve(demo)("quality")
    table = app.table[0].value
    assert "Sorrel Road ES" in str(table) or "Hollin Ridge HS" in str(table)
    buttons = [button.proto.label for button in app.get("download_button")]
    assert "Sheets to send to these schools" in buttons


def test_what_the_checks_found_is_told_with_its_effect_and_without_a_row(serve, demo):
    app = serve(demo)("quality")
    found = str(app.table[1].value)
    assert "What it does to your figures" in found and "SRO-12" not in found
    assert not app.expander


def beside(app, heading):
    """Name → what the log and what the certified totals say, as text."""
    heads = [heading, "In the log", "Certified"]
    (table,) = [one.value for one in app.dataframe if list(one.value.columns) == heads]
    return {row[0]: row[1:] for row in table.itertuples(index=False)}


def numbers(demo, metric, column, **parts):
    cells = ask(Question(metric, "2025-26", **parts), vintages.current(demo), demo).cells
    return {row[column]: f"{row['value']:,.0f}" for row in cells.to_dict("records") if row["status"] in SHOWN}


def test_the_log_stands_beside_the_certified_totals_of_the_schools_that_have_both(serve, demo):
    app = serve(demo)("quality", period="2025-07..2026-06")
    assert not app.exception
    assert "Two counts by two rules, never added." in text_of(app)
    logged, certified = (
        numbers(demo, metric, "unit_name", by="school") for metric in ("incidents_logged", "official_incidents")
    )
    both = logged.keys() & certified.keys()
    assert len(both) > 10 and len(certified) > len(both)
    assert beside(app, "School") == {school: (logged[school], certified[school]) for school in both}


def test_categories_stand_beside_certified_ones_for_the_same_schools(serve, demo):
    app = serve(demo)("quality", period="2025-07..2026-06")
    schools = [set(numbers(demo, metric, "unit", by="school")) for metric in ("incidents_logged", "official_incidents")]
    logged, certified = (
        numbers(demo, metric, "slice_title", sliced=True, schools=tuple(schools[0] & schools[1]))
        for metric in ("incidents_by_ssec_category", "official_incidents")
    )
    found = beside(app, "State category")
    assert len(found) > 3
    assert found == {title: (logged[title], certified[title]) for title in logged.keys() & certified.keys()}
