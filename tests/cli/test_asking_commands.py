"""metrics, ask: the same Question as in a page's address, answered for a terminal, a spreadsheet or a program."""

import csv
import io
import json

import pytest

from sro.metrics import read_catalogue
from sro.settings import PROJECT
from tests.office import LESSONS

CARDS = read_catalogue(PROJECT / "queries" / "metrics").cards.values()


def test_the_catalogue_lists_every_metric(sro, served):
    said = sro(served, "metrics")
    assert said.code == 0
    for card in CARDS:
        assert card.name in said.out and card.title in said.out


@pytest.mark.parametrize("name", ["coverage_rate", "C04", "c04", "on_site_coverage"])
def test_a_card_is_found_by_name_id_or_title(name, sro, served):
    said = sro(served, "metrics", name)
    assert "title:        On-site coverage" in said.out and "FROM coverage_day" in said.out


def test_an_answer_reads_well_in_a_terminal(sro, served):
    said = sro(served, "ask", "lessons_delivered", "--by", "school", "--period", "2025-26")
    assert said.code == 0
    finding, asked, blank, headings, _, alder, birch, *_, footer = said.out.splitlines()
    assert finding == "Classroom lessons delivered: 3 in 2025–26 so far"
    assert asked.startswith("Classroom lessons") and "2025–26" in asked and blank == ""
    assert headings.split() == ["School", "Period", "Value", "Interval", "Status"]
    assert alder.split()[:2] == ["Alder", "School"] and " 2 " in alder and alder.endswith("Reported")
    assert " 1 " in birch
    assert "Data through " in footer and "Vintage " in footer and "Definition E03 v1" in footer
    assert footer.endswith("Audience: public")


def test_a_ratio_shows_its_parts(sro, served):
    """Two days of 390 minutes between the bells; on the second the officer left at noon, after 240."""
    said = sro(served, "ask", "C04", "--period", "2025-09", "--school", "A")
    (row,) = [line for line in said.out.splitlines() if line.startswith("Program")]
    assert "630" in row and "780" in row and "81%" in row


def test_without_a_period_the_latest_school_year_is_meant(sro, served):
    told = json.loads(sro(served, "ask", "lessons_delivered", "--format", "json").out)
    assert told["question"] == {"metric": "lessons_delivered", "period": "2025-26"}
    assert told["total"]["value"] == LESSONS


def test_json_has_null_where_there_is_nothing_and_says_where_it_comes_from(sro, served):
    said = sro(served, "ask", "lessons_delivered", "--format", "json", "--grain", "month", "--compare", "prior_year")
    told = json.loads(said.out)
    assert "NaN" not in said.out
    assert told["metric"]["id"] == "E03"
    assert told["provenance"]["synthetic"] is False and told["provenance"]["audience"] == "public"
    assert told["comparison"] is None and told["notes"]


def test_csv_has_the_rows_below_its_heading(sro, served):
    said = sro(served, "ask", "lessons_delivered", "--by", "school", "--format", "csv")
    lines = said.out.splitlines()
    assert lines[0].startswith("# Classroom lessons")
    table = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert [row["School"] for row in table] == ["Alder School", "Birch School"]


@pytest.mark.parametrize("name", ["A", "Alder School", "alder school", "alder"])
def test_a_school_is_found_by_id_name_or_part_of_it(name, sro, served):
    said = sro(served, "ask", "lessons_delivered", "--school", name, "--format", "json")
    told = json.loads(said.out)
    assert told["question"]["schools"] == "A" and told["total"]["value"] == 2


def test_a_name_that_several_schools_have_is_not_guessed(sro, served):
    said = sro(served, "ask", "lessons_delivered", "--school", "school")
    assert (said.code, said.out) == (2, "")
    assert "Alder School (A); Birch School (B). Give the id." in said.err


def test_a_school_that_is_not_there_is_told(sro, served):
    said = sro(served, "ask", "lessons_delivered", "--school", "Cedar")
    assert said.code == 2 and "There is no school 'Cedar' in this export" in said.err


def test_several_schools_and_districts_can_be_asked_for(sro, served):
    said = sro(
        served, "ask", "E03", "--school", "A", "--school", "B", "--district", "alder valley", "--format", "json"
    )  # fmt: skip
    assert json.loads(said.out)["question"]["districts"] == "D1"


@pytest.mark.parametrize(
    "arguments, says",
    [
        (["ask", "E03", "--period", "last week"], "'last week' is no period"),
        (["ask", "coverage"], "There is no metric 'coverage'. Did you mean"),
        (["metrics", "coverage"], "There is no metric 'coverage'"),
        (["ask", "E03", "--grain", "day"], "is not kept by day; ask by month"),
        (["ask", "E03", "--by", "officer"], "invalid choice: 'officer'"),
        (["ask", "E03", "--level", "kindergarten"], "There is no level 'kindergarten'"),
        (["ask"], "the following arguments are required: METRIC"),
        ([], "the following arguments are required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
    ],
)
def test_what_cannot_be_understood_ends_with_two(arguments, says, sro, served):
    said = sro(served, *arguments)
    assert (said.code, said.out) == (2, "") and says in said.err


def test_nothing_to_show_ends_with_one_and_says_why(sro, served):
    said = sro(served, "ask", "drills_completed")
    assert said.code == 1 and "Not in this export: drills" in said.out


def test_asking_before_anything_is_loaded_says_what_to_do(sro, empty):
    said = sro(empty, "ask", "E03")
    assert said.code == 1 and "No data has been loaded yet" in said.err


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_metric_can_be_asked(card, sro, served):
    said = sro(served, "ask", card.name)
    assert said.code in (0, 1) and said.err == ""
    assert said.out.startswith(card.title) and f"Definition {card.id} v{card.version}" in said.out
