"""DuckDB's SQL as Spark's: every file of the model, the metrics and the rollups, and what sqlglot gets wrong alone."""

from __future__ import annotations

import pytest

pytest.importorskip("sqlglot", reason="sqlglot is not installed (make spark).")

from sro.engine import EngineError, model_files
from sro.metrics import read_catalogue
from sro.settings import PROJECT
from sro.spark.dialect import Macros, translate

QUERIES = PROJECT / "queries"


def spark(sql: str, macros: Macros | None = None, **parameters: str) -> str:
    (statement,) = translate(sql, "a.sql", {} if macros is None else macros, parameters)
    return statement.sql


@pytest.fixture(scope="module")
def macros() -> Macros:
    """Those of the model."""
    known: Macros = {}
    for path in model_files(QUERIES):
        translate(path.read_text(encoding="utf-8"), path.name, known)
    return known


def test_every_file_is_translated_and_no_macro_is_left(macros):
    assert set(macros) == {"school_year_of", "minutes_between", "is_in_export"}
    texts = {path.name: path.read_text(encoding="utf-8") for path in model_files(QUERIES)}
    cards = read_catalogue(QUERIES / "metrics").cards.values()
    texts |= {f"{card.name}.sql": card.sql for card in cards}
    for name in {rollup for card in cards for rollup in card.rollups}:
        texts[f"rollup {name}.sql"] = (QUERIES / "rollup" / f"{name}.sql").read_text(encoding="utf-8")
    for file, text in texts.items():
        for statement in translate(text, file, macros, {"metric": "coverage_rate"}):
            assert not [name for name in macros if f"{name}(" in statement.sql.lower()], file
            assert "$" not in statement.sql.replace("]$", ""), file


def test_what_a_statement_becomes():
    assert [
        (one.becomes, one.name)
        for sql in ("CREATE TABLE a AS SELECT 1", "CREATE VIEW b AS SELECT 1", "INSERT INTO c SELECT 1", "SELECT 1")
        for one in translate(sql, "a.sql", {})
    ] == [("TABLE", "a"), ("VIEW", "b"), ("INSERT", "c"), ("SELECT", "")]
    assert translate("CREATE TABLE a (b VARCHAR)", "a.sql", {}) == []


def test_a_macro_is_written_out_with_what_it_is_given():
    macros: Macros = {}
    assert translate("CREATE MACRO twice(x) AS x * 2; CREATE MACRO more(y) AS twice(y) + 1", "m.sql", macros) == []
    assert spark("SELECT more(a + 1) FROM t", macros) == "SELECT ((((a + 1)) * 2) + 1) FROM t"


def test_a_parameter_is_said_as_text():
    assert spark("SELECT $metric AS m", metric="o'clock") == r"SELECT 'o\'clock' AS m"


def test_min_by_passes_over_what_is_not_known():
    assert "FILTER(WHERE NOT a IS NULL)" in spark("SELECT max_by(a, b) FROM t")


def test_monday_is_one():
    assert spark("SELECT isodow(d) FROM t") == "SELECT (WEEKDAY(d) + 1) FROM t"


@pytest.mark.parametrize(
    "sql, says",
    [
        ("SELECT FROM WHERE (", "a.sql cannot be translated for Spark"),
        ("SELECT format('{}', a) FROM t", r"a.sql .* write format\(\) with"),
        ("SELECT $other", r"a.sql .* nothing is given for \$other"),
        ("CREATE MACRO f(a) AS format('{}', a)", "a.sql .* the body of its macro"),
    ],
)
def test_what_cannot_be_translated_names_its_file(sql, says):
    with pytest.raises(EngineError, match=says):
        translate(sql, "a.sql", {})


def test_a_macro_with_too_few_arguments_is_told():
    macros: Macros = {}
    translate("CREATE MACRO f(a, b) AS a + b", "m.sql", macros)
    with pytest.raises(EngineError, match="f takes 2 arguments"):
        translate("SELECT f(1)", "a.sql", macros)
