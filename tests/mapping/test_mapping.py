"""Foreign files become contract tables as a few lines of TOML say; a mapping that cannot work says why."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from sro import exports, findings, mapping
from sro.cells import load_macros
from sro.contract import load_contract
from sro.mapping import ForeignFile, MappingError, load_mappings
from sro.raw import RawTable
from sro.settings import PROJECT
from tests.office import load_office, settings_in

CONTRACT = load_contract(PROJECT / "data" / "contract")
OPENING = """
title = "A foreign file"
nothing = ["N/A"]
[match]
columns = ["Year", "Code", "Name", "Type", "Count", "More"]
"""
SCHOOLS = '[[table]]\nname = "schools"\n[table.columns]\nschool_id = "{Code}"\nname = "{Name}"\n'
TOTALS = """
[[table]]
name = "official_incidents"
rows = [{ column = "@cell", is = "filled" }]
unpivot = { "Count" = "all", "More" = "some" }
[table.columns]
school_id = "{Code}"
school_year = "{Year}"
category_scheme = "theirs"
category = "{@code}"
n = "{@cell}"
"""
HEADER = "Year,Code,Name,Type,Count,More\n"
ROWS = HEADER + '2023-24,A1,Alder ,H,"1,204",N/A\n2024-25,A1,Alder School,H,7,2\n2024-25,B2,Birch,M,N/A,0\n'


@pytest.fixture
def mapped(tmp_path) -> Callable[..., dict[str, list[tuple]]]:
    """`mapped(toml, csv)` gives table → rows, the foreign file's row in front; findings beneath `findings`."""

    def apply(tables: str, text: str = ROWS) -> dict[str, list[tuple]]:
        (tmp_path / "foreign.toml").write_text(OPENING + tables, encoding="utf-8")
        (tmp_path / "export.csv").write_text(text, encoding="utf-8")
        with duckdb.connect() as connection:
            connection.execute("ATTACH ':memory:' AS raw")
            load_macros(connection, PROJECT / "queries" / "cells")
            findings.prepare(connection)
            (source,), _ = exports.find_sources(tmp_path / "export.csv", tmp_path, {})
            (raw,), _ = exports.read(connection, source, tmp_path, {})
            found = mapping.find_mapping(raw, load_mappings(tmp_path, CONTRACT))
            assert found is not None
            made = mapping.apply(connection, raw, found)
            rows = {name: rows_of(connection, table) for name, table in made.items()}
            told = [(p.row, p.rule, p.value) for p in findings.examples(connection)]
            return {**rows, "findings": told}

    return apply


def rows_of(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[tuple]:
    cells = ", ".join(f"c{place}" for place in range(len(table.headers)))
    return connection.execute(f"SELECT _row, {cells} FROM {table.relation} ORDER BY ALL").fetchall()


# What comes out ------------------------------------------------------------------------------------------------------


def test_rows_that_say_the_same_become_one(mapped):
    text = HEADER + "2023-24,A1,Alder,H,1,1\n2024-25,A1, Alder ,H,2,2\n"
    assert mapped(SCHOOLS, text)["schools"] == [(2, "A1", "Alder")]


def test_the_latest_row_of_a_key_stands(mapped):
    latest = SCHOOLS.replace('name = "schools"', 'name = "schools"\nlatest = "Year"')
    assert mapped(latest)["schools"] == [(3, "A1", "Alder School"), (4, "B2", "Birch")]


def test_the_largest_row_of_a_key_stands_and_the_others_are_told(mapped):
    """1,204 is more than 7, though it is not as a text."""
    largest = SCHOOLS.replace('name = "schools"', 'name = "schools"\nlargest = "Count"')
    made = mapped(largest)
    assert made["schools"] == [(2, "A1", "Alder"), (4, "B2", "Birch")]
    assert made["findings"] == [(3, "set_aside", "A1")]


def test_columns_become_rows_and_what_stands_for_nothing_is_left_out(mapped):
    assert mapped(TOTALS)["official_incidents"] == [
        (2, "A1", "2023-24", "theirs", "all", "1,204"),
        (3, "A1", "2024-25", "theirs", "all", "7"),
        (3, "A1", "2024-25", "theirs", "some", "2"),
        (4, "B2", "2024-25", "theirs", "some", "0"),
    ]


def test_what_stands_for_nothing_can_be_asked_for(mapped):
    elsewhere = TOTALS.replace('is = "filled"', 'equals = "N/A"').replace(
        'n = "{@cell}"', 'reported = "counted_elsewhere"'
    )
    made = mapped(TOTALS + elsewhere)["official_incidents"]
    assert [row for row in made if row[-1]] == [
        (2, "A1", "2023-24", "theirs", "some", None, "counted_elsewhere"),
        (4, "B2", "2024-25", "theirs", "all", None, "counted_elsewhere"),
    ]


@pytest.mark.parametrize(
    "condition, rows",
    [
        ('{ column = "Count", is = "filled" }', [2, 3]),
        ('{ column = "Count", is = "blank" }', [4]),
        ('{ column = "Type", equals = "M" }', [4]),
        ('{ column = "Year", in = ["2023-24", "2022-23"] }', [2]),
        ('{ column = "Name", contains = "School" }', [3]),
        ('{ column = "Type", equals = "H" }, { column = "Year", equals = "2024-25" }', [3]),
    ],
)
def test_rows_are_chosen_by_conditions_that_must_all_hold(condition, rows, mapped):
    chosen = SCHOOLS.replace('name = "schools"', f'name = "schools"\nrows = [{condition}]')
    assert [row for row, *_ in mapped(chosen)["schools"]] == rows


@pytest.mark.parametrize(
    "template, value",
    [
        ('"{Code}"', "B2"),
        ('"{Year[:4]}"', "2024"),
        ('"{Year[-2:]}"', "25"),
        ('"x:{Code}-{Type}"', "x:B2-M"),
        ('["{Count}", "{Name}"]', "Birch"),
        ('["{Code}", "{Name}"]', "B2"),
        ('"{Count} or more"', None),
        ('"of all"', "of all"),
        ('"it\'s"', "it's"),
        ('{ of = "{Type}", codes = { M = "middle", H = "high" } }', "middle"),
        ('{ of = "{Type}", codes = { H = "high" } }', "M"),
    ],
)
def test_a_value_is_a_template_the_first_of_several_or_a_code(template, value, mapped):
    tables = SCHOOLS.replace('name = "{Name}"', f"name = {template}")
    (birch,) = [row for row in mapped(tables)["schools"] if row[0] == 4]
    assert birch == (4, "B2", value)


def test_rows_that_are_in_no_file_have_no_row_number(mapped):
    row = '{ category_scheme = "theirs", category = "all", title = "All" }'
    named = f'[[table]]\nname = "incident_categories"\nvalues = [{row}]\n'
    assert mapped(named)["incident_categories"] == [(None, "theirs", "all", "All")]


def test_headers_are_known_however_they_are_spelled(mapped):
    assert mapped(SCHOOLS, ROWS.replace("Year,Code", " YEAR , code"))["schools"]


def test_a_file_with_fewer_columns_is_not_that_file(mapped):
    with pytest.raises(AssertionError):
        mapped(SCHOOLS, "Year,Code,Name\n2024-25,A,Alder\n")


def test_a_code_that_is_not_in_the_list_is_refused_with_the_row_of_the_foreign_file(tmp_path):
    """A roster whose BEDS code is none."""
    (tmp_path / "roster.csv").write_text("name,city,BEDS,enrollment\nAlder,X,010100010014,20\nBirch,X,?,30\n")
    report = load_office(tmp_path / "roster.csv", settings_in(tmp_path / "home"))
    assert not report.is_good
    assert {(problem.file, problem.row, problem.rule) for problem in report.problems if problem.table == "schools"} == {
        ("roster.csv", 3, "wrong_form")
    }


def with_option(option: str) -> str:
    return OPENING + SCHOOLS.replace("[table.columns]", f"{option}\n[table.columns]")


# What cannot work ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, says",
    [
        ("title = ", "not readable as TOML"),
        ('title = "x"', "'match' is missing"),
        (OPENING, "'table' is missing"),
        (OPENING + '[[table]]\nname = "teachers"', "table teachers: the contract has no such table"),
        (with_option("sort = 1"), "there is no option 'sort'"),
        (OPENING + SCHOOLS + 'size = "{Count}"', "the contract has no column 'size'"),
        (OPENING + SCHOOLS.replace('name = "{Name}"\n', ""), "the column 'name' must be there"),
        (OPENING + SCHOOLS.replace("{Name}", "{Title}"), "'Title' is not among the columns of [match]"),
        (OPENING + SCHOOLS.replace("{Name}", "{@cell}"), "'@cell' is not among the columns of [match]"),
        (with_option('latest = "Month"'), "'Month' is not among"),
        (with_option('rows = [{ column = "Code" }]'), "is no condition"),
        (with_option('rows = [{ column = "Code", is = "odd" }]'), "no condition"),
    ],
)
def test_a_mapping_that_cannot_work_says_where_and_why(text, says, tmp_path):
    (tmp_path / "foreign.toml").write_text(text, encoding="utf-8")
    with pytest.raises(MappingError) as refused:
        load_mappings(tmp_path, CONTRACT)
    assert str(refused.value).startswith("foreign.toml") and says in str(refused.value)


# The project's own ---------------------------------------------------------------------------------------------------

OWN = load_mappings(PROJECT / "data" / "mappings", CONTRACT)


def test_the_mapping_that_asks_for_most_columns_is_tried_first():
    assert [len(own.columns) for own in OWN] == sorted((len(own.columns) for own in OWN), reverse=True)


@pytest.mark.parametrize("own", OWN, ids=lambda own: own.name)
def test_an_own_mapping_makes_schools(own: ForeignFile):
    assert own.title and "schools" in {target.table.name for target in own.targets}


def test_no_own_mapping_takes_a_table_of_the_contract_for_a_foreign_file():
    for table in CONTRACT.tables.values():
        assert not any({column.lower() for column in own.columns} <= set(table.columns) for own in OWN)
