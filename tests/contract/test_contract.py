"""The contract holds together: its schemas, keys, titles, templates, dictionary, and what it forbids."""

import csv
import json
import re

import duckdb
import pytest
from frictionless import Schema

from sro.contract import (
    DUCKDB_TYPES,
    ContractError,
    ddl,
    dictionary_markdown,
    load_contract,
    normalized,
    template_csv,
)
from sro.settings import PROJECT
from tests.contract.rows import contract

FOLDER = PROJECT / "data" / "contract"
REFERENCE = PROJECT / "data" / "reference"
FILES = sorted(FOLDER.glob("*.json"))
TABLES = contract().tables
FIELDS = [(table, field) for table in TABLES.values() for field in table.fields]
DICTIONARY = PROJECT / "docs" / "data-dictionary.md"
TRIADS = {"educator", "counselor", "law_enforcement", "safety_planning", "coordination", "other"}


def reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


@pytest.fixture
def folder(tmp_path):
    """An empty contract folder with the project's list of forbidden columns beside it."""
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "forbidden.csv").write_bytes((REFERENCE / "forbidden.csv").read_bytes())
    (tmp_path / "contract").mkdir()
    return tmp_path / "contract"


# Schemas


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_a_table_schema(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert list(Schema.metadata_validate(schema)) == []
    assert Schema.from_descriptor(schema).field_names == list(TABLES[path.stem].columns)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_fits_its_own_field(path):
    schema = Schema.from_descriptor(json.loads(path.read_text(encoding="utf-8")))
    _, notes = schema.read_cells([field.example for field in TABLES[path.stem].fields])
    assert notes == [None] * len(schema.fields)


def test_a_file_is_named_for_its_table():
    assert [path.stem for path in FILES] == list(TABLES)


def test_only_schools_has_to_be_there():
    assert [name for name, table in TABLES.items() if table.required] == ["schools"]


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=lambda part: part.name)
def test_every_field_says_what_it_means(table, field):
    assert field.type in DUCKDB_TYPES
    assert field.title and field.description.endswith(".") and field.example
    assert "|" not in field.description  # it would break the dictionary's table


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_row_is_explained_and_its_key_must_not_be_empty(table):
    assert re.match(r"One row .*\.$", table.description)
    assert table.primary_key
    assert all(table.field(column).required for column in table.primary_key)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_references_point_to_keys_of_the_same_type(table):
    for key in table.foreign_keys:
        other = TABLES[key.table]
        assert other.primary_key == key.references
        for own, its in zip(key.fields, key.references, strict=True):
            assert table.field(own).type == other.field(its).type


def test_tables_load_after_those_that_they_refer_to():
    order = [table.name for table in contract().in_load_order()]
    assert sorted(order) == sorted(TABLES)
    for table in TABLES.values():
        for key in table.foreign_keys:
            assert key.table == table.name or order.index(key.table) < order.index(table.name)


def test_numbers_of_things_are_never_negative():
    for table, field in FIELDS:
        if field.type == "integer" and field.name != "sort_order":
            assert field.minimum is not None and field.minimum >= 0, f"{table.name}.{field.name}"


# Titles of codes


def titles() -> set[tuple[str, str]]:
    """(field, code) of everything that has a title; a field is `topic` or, where tables differ, `activities.topic`."""
    named = {(row["field"], row["code"]) for row in reference("code_titles")}
    named |= {("activity_type", row["activity_type"]) for row in reference("activity_types")}
    for row in reference("incident_categories"):
        named.add(("local_category" if row["category_scheme"] == "local" else "ssec_code", row["category"]))
    return named


@pytest.mark.parametrize(("table", "field"), [part for part in FIELDS if part[1].enum], ids=lambda part: part.name)
def test_every_code_has_a_title(table, field):
    named = titles()
    own = f"{table.name}.{field.name}"
    name = own if own in {name for name, _ in named} else field.name
    assert [code for code in field.enum if (name, code) not in named] == []


def test_codes_and_their_places_stand_once():
    rows = reference("code_titles")
    for part in ("code", "title", "sort_order"):
        pairs = [(row["field"], row[part]) for row in rows]
        assert len(pairs) == len(set(pairs)), part


def test_every_activity_type_has_a_triad_and_says_by_whom():
    rows = reference("activity_types")
    assert {row["activity_type"] for row in rows} == set(TABLES["activities"].field("activity_type").enum)
    assert {row["triad"] for row in rows} == TRIADS
    assert all(row["title"] and row["source"] for row in rows)


def test_every_incident_category_stands_once_and_says_by_whom():
    rows = reference("incident_categories")
    assert len({(row["category_scheme"], row["category"]) for row in rows}) == len(rows)
    assert len({row["sort_order"] for row in rows}) == len(rows)
    assert {row["category_scheme"] for row in rows} == set(TABLES["incidents"].field("category_scheme").enum)
    assert all(row["title"] and row["source"] for row in rows)


# Tables, templates, dictionary


def test_the_tables_can_be_created_and_hold_the_contracts_types():
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA export")
    for table in contract().in_load_order():
        connection.execute(ddl(table))
        described = connection.execute(f'DESCRIBE export."{table.name}"').fetchall()
        wanted = [(field.name, field.duckdb_type) for field in table.fields]
        assert [row[:2] for row in described] == [*wanted, ("_file", "VARCHAR"), ("_row", "BIGINT")]


def test_a_template_is_the_header_and_nothing_else():
    assert template_csv(TABLES["log_submissions"]) == (
        "school_id,month,submitted,nothing_to_report,submitted_at,reviewed_by_role\r\n"
    )


def test_the_dictionary_is_up_to_date():
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary_markdown(contract()), (
        "The contract has changed. Write the dictionary anew: .venv/bin/python -m sro dictionary"
    )


def test_the_dictionary_names_every_column_and_every_code():
    text = dictionary_markdown(contract())
    for table, field in FIELDS:
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        (line,) = [line for line in section.splitlines() if re.match(rf"\| (\*\*)?{field.name}(\*\*)? ", line)]
        assert line.count("|") == 6
        assert all(f"`{code}`" in line for code in field.enum)


# What is forbidden


@pytest.mark.parametrize(
    "column",
    [
        "student_name", "StudentName", "First Name", "lname", "Parent/Guardian Name", "officer_name", "initials",
        "Student", "entered_by", "dob", "Date of Birth", "DateOfBirth", "birthdate", "student_id", "StudentID",
        "NYSSIS ID", "ssn", "SocialSecurityNumber", "case_number", "Case ID", "docket_no", "NYSID", "DCJS number",
        "report number", "badge_number", "narrative", "Notes", "incident_description", "officer comments", "phone",
        "PhoneNumber", "Parent Phone", "email", "E-mail Address", "home_address", "Street", "zip code", "license_plate",
    ],
)  # fmt: skip
def test_columns_that_speak_of_persons_are_refused(column):
    assert contract().forbids(column)


@pytest.mark.parametrize("row", reference("forbidden"), ids=lambda row: row["example"])
def test_every_forbidden_pattern_finds_its_own_example(row):
    assert re.search(row["pattern"], row["example"], re.IGNORECASE)
    assert row["applies_to"] in ("column", "value") and row["reason"]
    if row["applies_to"] == "column":
        assert contract().forbids(row["example"])
    else:
        assert contract().forbidden.reason(f"Call {row['example']}.") == row["reason"]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_no_column_of_the_contract_is_refused(table):
    for column in table.columns:
        assert contract().forbids(column) == ""
        assert contract().forbids(column, table.name) == ""


@pytest.mark.parametrize(
    "column",
    ["School Name", "District", "program", "grade", "n_reported", "created_at", "export_batch_id", "room",
     "reported_on", "case_type", "mobility_rate", "cellist", "update", "percent_present", "borough"],
)  # fmt: skip
def test_harmless_columns_are_not_refused(column):
    assert contract().forbids(column) == ""


def test_a_name_is_refused_where_the_contract_has_none():
    assert contract().forbids("name", "schools") == ""
    assert contract().forbids("name", "officers") == "names of persons"
    assert contract().forbids("program_name", "youth_program_periods") == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ask j.doe@example.org", "an e-mail address"),
        ("607-555-0123", "a phone number"),
        ("(607) 555-0123", "a phone number"),
        ("+1 607.555.0123 after 3", "a phone number"),
        ("SSN 123-45-6789", "a social security number"),
        ("030200010002", ""),
        ("2025-09-30", ""),
        ("2025-26-Q2", ""),
        ("Resolution 229 of 2019", ""),
        ("P-123-45-67890", ""),
        ("https://example.org/agreement.pdf", ""),
    ],
)
def test_free_text_is_looked_through(text, reason):
    assert contract().forbidden.reason(text) == reason


def test_forbidden_values_are_found_by_the_database_too():
    for pattern, reason in contract().forbidden.values:
        found = duckdb.execute(
            "SELECT regexp_matches('a 607-555-0123 b@example.org 123-45-6789', ?)", [pattern.pattern]
        )
        assert found.fetchall() == [(True,)], reason


def test_free_text_is_what_neither_codes_nor_patterns_limit():
    activities = TABLES["activities"]
    assert activities.field("curriculum").is_free_text
    assert not any(activities.field(name).is_free_text for name in ("topic", "activity_id", "date"))


def test_headers_are_compared_as_columns_are_written():
    assert normalized(" Date of Service ") == "date_of_service"
    assert normalized("School-ID*") == "school_id"


# A contract that cannot be used


def test_a_folder_without_files_is_refused(folder):
    with pytest.raises(ContractError, match="no contract files"):
        load_contract(folder)


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "shifts"}'])
def test_a_file_that_is_no_schema_is_named(folder, text):
    (folder / "shifts.json").write_text(text, encoding="utf-8")
    with pytest.raises(ContractError, match=r"^shifts\.json: not a usable Table Schema"):
        load_contract(folder)


def test_a_missing_list_of_what_is_forbidden_is_refused(folder):
    (folder / "schools.json").write_bytes((FOLDER / "schools.json").read_bytes())
    (folder.parent / "reference" / "forbidden.csv").unlink()
    with pytest.raises(ContractError, match=r"forbidden\.csv: not there"):
        load_contract(folder)


@pytest.mark.parametrize("line", ["column,(,names,x", "cell,a,names,x"])
def test_a_broken_list_of_what_is_forbidden_is_refused(folder, line):
    (folder / "schools.json").write_bytes((FOLDER / "schools.json").read_bytes())
    (folder.parent / "reference" / "forbidden.csv").write_text(f"applies_to,pattern,reason,example\n{line}\n")
    with pytest.raises(ContractError, match="not a usable list"):
        load_contract(folder)


def test_references_in_a_circle_are_refused(folder):
    for name, other in (("a", "b"), ("b", "a")):
        schema = {
            "name": name,
            "title": name,
            "description": name,
            "required": False,
            "fields": [{"name": "id", "type": "string", "title": "", "description": ""}],
            "primaryKey": ["id"],
            "foreignKeys": [{"fields": ["id"], "reference": {"resource": other, "fields": ["id"]}}],
        }
        (folder / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(ContractError, match="circle: a, b"):
        load_contract(folder).in_load_order()
