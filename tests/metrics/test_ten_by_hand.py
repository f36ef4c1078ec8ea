"""Ten metrics across the families: what `ask` tells every screen, against other SQL on the exported files."""

from __future__ import annotations

import duckdb
import pytest

from sro import vintages
from sro.ask import ask
from sro.question import Question
from sro.settings import Settings
from tests import demo_vintage
from tests.metrics.files import exported

YEAR = "BETWEEN DATE '2025-07-01' AND DATE '2026-06-30'"
BY_HAND = {
    "staff_trained": (
        f"SELECT sum(adults_reached) FROM activities WHERE activity_type = 'staff_training' AND date {YEAR}"
    ),
    "safety_consultations": f"SELECT count(*) FROM safety_consultations WHERE date {YEAR}",
    "recommendations_closed": (
        f"SELECT 100.0 * sum(closed_n) / sum(recommendations_n) FROM safety_consultations WHERE date {YEAR}"
    ),
    "drills_with_officer": f"SELECT 100.0 * avg(sro_present::INTEGER) FROM drills WHERE date {YEAR}",
    "complaints_commendations": f"SELECT count(*) FROM complaints WHERE received_on {YEAR}",
    "feel_safe": """
        SELECT 100.0 * sum(n) FILTER (WHERE response IN ('safe', 'very_safe')) / sum(n) FROM surveys
        WHERE survey_id = 'SV-2026' AND item_id = 'feel_safe' AND school_id <> 'ALL'
    """,
    "unsure_of_officer": """
        SELECT 100.0 * sum(n) FILTER (WHERE response = 'unsure') / sum(n) FROM surveys
        WHERE survey_id = 'SV-2026' AND item_id = 'knows_officer' AND school_id <> 'ALL'
    """,
    "money_spent": "SELECT sum(amount) FROM costs WHERE school_year = '2025-26'",
    "backfill_rate": f"""
        SELECT 100.0 * count(*) FILTER (WHERE (school_id, date) IN (
            SELECT (school_id, date) FROM shifts WHERE is_backfill AND status IN ('completed', 'partial')
        )) / count(*)
        FROM shifts WHERE status = 'absent' AND NOT is_backfill AND duty_type IN ('school', 'event') AND date {YEAR}
    """,
    "service_hours": "SELECT sum(service_hours) FROM youth_program_periods WHERE period LIKE '2025-26-Q%'",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return demo_vintage.served(tmp_path_factory)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The exported files, a table each, with nothing of the model."""
    return exported(tmp_path_factory)


@pytest.mark.parametrize("metric", BY_HAND)
def test_a_number_on_screen_is_the_number_in_the_files(metric, demo, files):
    cells = ask(Question(metric=metric, period="2025-26"), vintages.current(demo), demo).cells
    assert cells["value"].iloc[0] == pytest.approx(files.execute(BY_HAND[metric]).fetchone()[0], rel=1e-6)


def test_a_district_s_money_is_its_own(demo, files):
    spent = dict(
        files.execute(
            "SELECT district_id, sum(amount) FROM costs WHERE school_year = '2025-26' GROUP BY ALL"
        ).fetchall()
    )
    vintage = vintages.current(demo)
    cells = ask(Question("money_spent", "2025-26", by="district"), vintage, demo).cells
    told = {str(row.unit): row.value for row in cells.itertuples() if row.status == "value"}
    assert told == pytest.approx({str(district): amount for district, amount in spent.items()})
    one = ask(Question("money_spent", "2025-26", districts=("990201000000",)), vintage, demo)
    assert one.total.value == pytest.approx(spent[990201000000])
    assert all(status == "not_applicable" for status in cells[~cells["unit"].isin(told)]["status"])  # never a zero


def test_money_asked_by_school_is_told_by_district(demo):
    answer = ask(Question("cost_per_student", "2025-26", by="school"), vintages.current(demo), demo)
    assert answer.question.by == "district"
    assert "Known by district, not by school." in answer.notes


def test_money_of_a_school_is_asked_of_nobody(demo):
    answer = ask(Question("money_spent", "2025-26", schools=("990201060001",)), vintages.current(demo), demo)
    whole = ask(Question("money_spent", "2025-26"), vintages.current(demo), demo)
    assert answer.total.value == whole.total.value
    assert any("only districts apply" in note for note in answer.notes)
