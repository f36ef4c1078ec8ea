"""A preset is data: figures in order, asked for a period and places; what cannot be drawn is named."""

import pytest

from sro.metrics import read_catalogue
from sro.publish import presets
from sro.publish.desk import FUNNEL
from sro.publish.presets import Choice, PresetError, collect, questions_of, read_preset
from sro.settings import PROJECT
from tests.figures.answers import COVERAGE, LESSONS, answer, nothing
from tests.publish.conftest import coverage_by_month, desk_of

FOLDER = PROJECT / "data" / "presets"


def write(folder, text: str) -> None:
    (folder / "mine.toml").write_text(f'title = "T"\nsays = "S"\n{text}', encoding="utf-8")


@pytest.mark.parametrize("name", presets.names(FOLDER))
def test_every_preset_of_the_project_asks_metrics_that_there_are(name):
    catalogue = read_catalogue(PROJECT / "queries" / "metrics")
    for item in read_preset(FOLDER, name).items:
        for question in questions_of(item, Choice("2025-26")):
            assert catalogue.find(question.metric)


def test_what_is_published_is_public_unless_it_is_said_otherwise():
    (item, *_) = read_preset(FOLDER, "board").items
    assert questions_of(item, Choice("2025-26"))[0].audience == "public"
    assert questions_of(item, Choice("2025-26", audience="leadership"))[0].audience == "leadership"


def test_a_funnel_is_three_questions_of_one_period():
    item = next(item for item in read_preset(FOLDER, "board").items if item.form == FUNNEL)
    asked = questions_of(item, Choice("2025-26-Q1"))
    assert [question.metric for question in asked] == list(presets.FUNNEL_METRICS)
    assert {question.period for question in asked} == {"2025-26-Q1"}


def test_districts_become_schools_where_one_district_is_chosen():
    item = presets.Item("delivered", {"metric": "coverage_rate", "by": "district"})
    assert questions_of(item, Choice("2025-26", districts=("D1",)))[0].by == "school"
    assert questions_of(item, Choice("2025-26"))[0].by == "district"


def test_an_unknown_preset_is_refused_with_those_that_there_are():
    with pytest.raises(PresetError, match="board, district, grant, leadership, legislature"):
        read_preset(FOLDER, "nope")


@pytest.mark.parametrize("name", ["../board", "board.toml", ""])
def test_a_preset_is_a_name_and_never_a_path(name):
    with pytest.raises(PresetError):
        read_preset(FOLDER, name)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[figures]]\nform = "pie"\nmetric = "x"', "figure 1 has the form 'pie'"),
        ('[[figures]]\nform = "trend"', "figure 1 lacks its metric"),
        ('[[figures]]\nform = "trend"\nmetric = "x"\nperiod = "2025-26"', "unknown 'period'"),
        ("", "figures is missing"),
        ("[[figures]\n", "not readable as TOML"),
    ],
)
def test_a_preset_that_cannot_be_used_is_told_by_file_and_place(text, says, tmp_path):
    write(tmp_path, text)
    with pytest.raises(PresetError, match=says):
        read_preset(tmp_path, "mine")


def test_what_cannot_be_drawn_is_left_out_with_its_reason(settings, tmp_path):
    write(
        tmp_path,
        '[[figures]]\nsection = "One"\nform = "trend"\nmetric = "coverage_rate"\ngrain = "month"\n'
        '[[figures]]\nform = "slices"\nmetric = "coverage_rate"\n'
        '[[figures]]\nform = "trend"\nmetric = "lessons"\n',
    )
    desk = desk_of(settings, coverage_by_month(), answer(COVERAGE), nothing(LESSONS, "Not in this export: activities."))
    made = collect(desk, read_preset(tmp_path, "mine"), Choice("2025-26"))
    assert [(one.number, one.section, one.exhibit.figure.form) for one in made.placed] == [(1, "One", "trend")]
    assert (
        made.left_out[0].startswith("Figure 2")
        and "draws categories" in made.left_out[0]
        and "not in this export" in made.left_out[1]
    )
