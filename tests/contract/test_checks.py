"""Every rule finds the row that breaks it, says so in a sentence, and leaves alone the rows that keep it."""

from datetime import date, datetime, time

import pytest

from sro import checks
from sro.checks import SEVERAL, Check, CheckError, in_words, load_checks, placeholders, read_check, run_check
from sro.problems import ERROR, WARNING
from tests.contract.rows import CHECKS, contract, export_of
from tests.contract.rules import RULES, TODAY, Rule, activity, incident, shift

LOADED = {check.rule: check for check in load_checks(CHECKS)}
HEAD = {
    "rule": "a_rule",
    "severity": "error",
    "table": "shifts",
    "needs": "shifts, officers",
    "says": "{officer_id} is wrong.",
    "remedy": "Correct it.",
}


def file_text(asks: str = "-- A sentence.", without: str = "", **changed: str) -> str:
    matter = [f"-- {key}: {value}" for key, value in {**HEAD, **changed}.items() if key != without]
    return "\n".join([asks, *matter, "SELECT 1"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_row_that_breaks_the_rule_is_told(rule: Rule):
    (problem,) = run_check(export_of(rule.breaks), LOADED[rule.name], TODAY)
    assert problem.message == rule.says
    assert (problem.row, problem.column) == (rule.row, rule.column)
    assert problem.file == f"{problem.table}.csv"
    assert problem.rule == rule.name
    assert problem.remedy


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rows_that_keep_the_rule_are_left_alone(rule: Rule):
    assert run_check(export_of(rule.keeps), LOADED[rule.name], TODAY) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_problem_shows_no_value_that_speaks_of_persons(rule: Rule):
    """Warnings stay with the vintage and are read on screens."""
    for problem in run_check(export_of(rule.breaks), LOADED[rule.name], TODAY):
        field = contract().tables[problem.table].field(problem.column)
        assert problem.value is None or not field.persons


@pytest.mark.parametrize("check", LOADED.values(), ids=lambda check: check.rule)
def test_a_problem_speaks_of_a_column_of_the_contract(check: Check):
    tables = contract().tables
    assert check.table in (SEVERAL, *tables)
    assert set(check.needs) <= set(tables)
    assert check.says[0].isupper() or check.says[0] == "{"
    assert check.says.endswith((".", "}.")) and check.remedy.endswith(".") and check.asks.endswith(".")


@pytest.mark.parametrize("check", LOADED.values(), ids=lambda check: check.rule)
def test_a_sentence_says_only_what_the_select_returns(check: Check):
    sql = check.sql.replace("$today", "DATE '2026-03-02'")
    columns = {row[0] for row in export_of({}).execute(f"DESCRIBE ({sql}\n)").fetchall()}
    assert {"row_number", "file", "column_name", "value"} <= columns
    assert placeholders(check.says) | placeholders(check.remedy) <= columns
    assert check.table != SEVERAL or "table_name" in columns


def test_every_rule_has_its_rows_that_break_it():
    assert sorted(LOADED) == sorted(rule.name for rule in RULES)


def test_an_empty_export_breaks_no_rule():
    connection = export_of({})
    assert [problem for check in LOADED.values() for problem in run_check(connection, check, TODAY)] == []


def test_the_manifest_is_held_against_every_other_table():
    listed = {name for name in contract().tables if f"FROM export.{name})" in LOADED["row_count_differs"].sql}
    assert listed == set(contract().tables) - {"manifest"}


def test_a_repeat_of_itself_or_of_another_repeat_counts_nowhere():
    pair = [incident(duplicate_of="i2"), incident(incident_id="i2", duplicate_of="i2")]
    found = run_check(export_of({"incidents": pair}), LOADED["duplicate_of_nothing"], TODAY)
    assert ["is marked as a repeat too" in found[0].message, "is this row itself" in found[1].message] == [True, True]


def test_a_rule_over_several_tables_names_the_table_of_the_row():
    officers = [{"officer_id": "O1", "hire_date": "2025-10-01"}]
    rows = {"officers": officers, "shifts": [shift()], "activities": [activity()]}
    found = run_check(export_of(rows), LOADED["officer_not_in_program"], TODAY)
    assert [(problem.table, problem.file) for problem in found] == [
        ("activities", "activities.csv"),
        ("shifts", "shifts.csv"),
    ]


def test_a_rule_waits_for_the_tables_that_it_needs():
    check = LOADED["no_shift_that_day"]
    assert check.applies_to({"activities", "shifts", "schools"})
    assert not check.applies_to({"activities", "schools"})
    assert LOADED["date_in_the_future"].applies_to(set())


def test_what_lies_in_the_future_depends_on_the_day_handed_in():
    connection = export_of({"incidents": [incident(occurred_on="2026-03-02")]})
    check = LOADED["date_in_the_future"]
    assert run_check(connection, check, date(2026, 3, 2)) == []
    assert len(run_check(connection, check, date(2026, 3, 1))) == 1


def test_problems_past_the_most_are_counted_and_not_dropped_in_silence(monkeypatch):
    monkeypatch.setattr(checks, "MOST_A_RULE", 2)
    backwards = [shift(actual_start="09:00", actual_end="08:00") for _ in range(7)]
    found = run_check(export_of({"shifts": backwards}), LOADED["shift_ends_before_it_begins"], TODAY)
    assert [problem.row for problem in found] == [2, 3, None]
    assert found[-1].message == "5 more rows break this rule; only the first 2 are listed."


def test_a_file_is_read_with_its_front_matter_and_its_sql():
    text = "-- A sentence\n-- on two lines.\n" + file_text(asks="", says="One line\n--   and another.").lstrip()
    check = read_check("a_rule", text)
    assert check == Check(
        rule="a_rule",
        severity=ERROR,
        table="shifts",
        needs=("shifts", "officers"),
        asks="A sentence on two lines.",
        says="One line and another.",
        remedy="Correct it.",
        effect="",
        sql="SELECT 1",
    )


def test_a_comment_of_the_sql_is_no_part_of_the_remedy():
    check = read_check("a_rule", file_text().replace("SELECT 1", "-- Why.\nSELECT 1"))
    assert (check.remedy, check.sql) == ("Correct it.", "-- Why.\nSELECT 1")


@pytest.mark.parametrize("key", HEAD)
def test_a_file_without_a_part_of_its_front_matter_is_refused(key):
    with pytest.raises(CheckError, match=rf"^a_rule\.sql: `-- {key}: …` is missing"):
        read_check("a_rule", file_text(without=key))


def test_a_file_that_does_not_open_with_its_rule_is_refused():
    with pytest.raises(CheckError, match="first line"):
        read_check("a_rule", file_text(asks="").lstrip())


def test_a_file_that_bears_another_name_is_refused():
    with pytest.raises(CheckError, match="'a_rule'; file and rule must have the same name"):
        read_check("another_rule", file_text())


def test_a_severity_that_is_neither_is_refused():
    with pytest.raises(CheckError, match="'fatal'; it must be error or warning"):
        read_check("a_rule", file_text(severity="fatal"))


def test_sql_that_does_not_run_names_its_file():
    check = read_check("a_rule", file_text().replace("SELECT 1", "SELECT nothing FROM nowhere"))
    with pytest.raises(CheckError, match=r"^a_rule\.sql does not run"):
        run_check(export_of({}), check)


def test_both_severities_are_used():
    assert {check.severity for check in LOADED.values()} == {ERROR, WARNING}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "nothing"),
        (time(8, 5), "8:05"),
        (date(2025, 9, 30), "2025-09-30"),
        (datetime(2025, 9, 30, 16, 5), "2025-09-30 16:05"),
        (1204, "1,204"),
        (16.5, "16.5"),
        (1.1, "1.1"),
        (17.0, "17"),
        ("A", "A"),
    ],
)
def test_a_value_in_a_sentence(value, said):
    assert in_words(value) == said


def test_a_warning_says_what_it_does_to_figures():
    assert all(bool(check.effect) is (check.severity == WARNING) for check in LOADED.values())
    with pytest.raises(CheckError, match="effect"):
        read_check("a_rule", file_text().replace("severity: error", "severity: warning"))
