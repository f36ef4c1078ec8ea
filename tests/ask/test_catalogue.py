"""Every definition card is whole, and a file that is not is refused by name."""

import duckdb
import pytest

from sro.metrics import CatalogueError, materialize, read_card, read_catalogue
from sro.settings import PROJECT

GOOD = "\n".join(
    f"-- {key}: {value}"
    for key, value in {
        "id": "Z1", "title": "Things", "asks": "How many?", "unit": "things", "numerator": "things",
        "denominator": "none", "aggregate": "sum", "scale": "1", "interval": "none", "direction": "neutral",
        "persons": "no", "grain": "month", "stream": "none", "slice": "none", "needs": "schools", "level": "school",
        "defined_by": "this program", "caution": "none", "version": "1", "daily": "no",
    }.items()
)  # fmt: skip
SQL = "SELECT 'A' AS school_id, DATE '2025-09-01' AS day, NULL::VARCHAR AS slice, 1 AS numerator, 2 AS denominator"


def card(folder, text, name="things"):
    path = folder / f"{name}.sql"
    path.write_text(text)
    return path


@pytest.mark.parametrize("field", [line.split(":")[0][3:] for line in GOOD.splitlines()])
def test_a_card_without_a_field_is_refused_by_file_and_field(tmp_path, field):
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"-- {field}:")]
    with pytest.raises(CatalogueError, match=f"things.sql: the card lacks {field}"):
        read_card(card(tmp_path, "\n".join([*lines, SQL])))


def test_a_value_out_of_its_choices_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match="aggregate is 'mean'"):
        read_card(card(tmp_path, GOOD.replace("aggregate: sum", "aggregate: mean") + "\n" + SQL))


def test_a_long_field_goes_on_in_the_next_line(tmp_path):
    text = GOOD.replace("-- caution: none", "-- caution: Says where officers were,\n--   not what they did.")
    assert read_card(card(tmp_path, f"{text}\n{SQL}")).caution == "Says where officers were, not what they did."


def test_a_metric_whose_sql_lacks_an_agreed_column_is_refused(tmp_path):
    card(tmp_path, f"{GOOD}\n{SQL.replace(', 2 AS denominator', '')}")
    with pytest.raises(CatalogueError, match="must return school_id, day, slice, numerator, denominator"):
        materialize(duckdb.connect(), read_catalogue(tmp_path), {"schools"}, PROJECT / "queries" / "rollup")


def test_two_metrics_cannot_share_an_id(tmp_path):
    card(tmp_path, f"{GOOD}\n{SQL}", "first")
    card(tmp_path, f"{GOOD}\n{SQL}", "second")
    with pytest.raises(CatalogueError, match=r"id Z1 is taken by first\.sql"):
        read_catalogue(tmp_path)


def test_every_metric_of_the_project_has_a_whole_card():
    assert len(read_catalogue(PROJECT / "queries" / "metrics").cards) >= 38


@pytest.mark.parametrize("wanted", ["coverage_rate", "C04", "c04", "on_site_coverage"])
def test_a_metric_is_found_by_file_id_and_title(wanted):
    assert read_catalogue(PROJECT / "queries" / "metrics").find(wanted).name == "coverage_rate"


@pytest.mark.parametrize(
    "card", read_catalogue(PROJECT / "queries" / "metrics").cards.values(), ids=lambda card: card.name
)
def test_no_metric_averages_a_ratio(card):
    assert "avg(" not in card.sql.lower().replace(" ", "")
    assert "mean(" not in card.sql.lower()
