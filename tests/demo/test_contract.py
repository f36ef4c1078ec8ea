"""The demo keeps the contract: columns, types, codes, limits, keys, and nothing forbidden."""

import csv
import hashlib

import pytest

from sro.contract import load_contract
from sro.settings import PROJECT

TABLES = load_contract(PROJECT / "data" / "contract").tables


def test_every_table_of_the_contract_is_there(county):
    assert set(county.rows) == set(TABLES)
    assert all(county.rows.values())


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_the_contracts(county, name):
    with (county.folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        assert tuple(next(csv.reader(lines))) == TABLES[name].columns


@pytest.mark.parametrize("name", TABLES)
def test_cells_fit_their_fields(county, name):
    for field in TABLES[name].fields:
        rules = []
        if field.required:
            rules.append(f'"{field.name}" IS NULL')
        if field.enum:
            codes = ", ".join(f"'{code}'" for code in field.enum)
            rules.append(f'"{field.name}" NOT IN ({codes})')
        if field.pattern:
            rules.append(f"NOT regexp_full_match(\"{field.name}\", '{field.pattern}')")
        if field.minimum is not None:
            rules.append(f'"{field.name}" < {field.minimum}')
        if field.maximum is not None:
            rules.append(f'"{field.name}" > {field.maximum}')
        for rule in rules:
            assert county.number(f"SELECT count(*) FROM {name} WHERE {rule}") == 0, rule


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique(county, name):
    key = ", ".join(f'"{column}"' for column in TABLES[name].primary_key)
    assert county.ask(f"SELECT {key} FROM {name} GROUP BY ALL HAVING count(*) > 1") == []


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.foreign_keys])
def test_references_are_found(county, name):
    for key in TABLES[name].foreign_keys:
        same = " AND ".join(f'a."{own}" = b."{other}"' for own, other in zip(key.fields, key.references, strict=True))
        given = " AND ".join(f'a."{own}" IS NOT NULL' for own in key.fields)
        lost = f"SELECT count(*) FROM {name} AS a ANTI JOIN {key.table} AS b ON {same} WHERE {given}"
        assert county.number(lost) == 0, key


def test_nothing_forbidden_stands_in_any_cell(county):
    for path in county.folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        for pattern, reason in county.contract.forbidden.values:
            assert not pattern.search(text), (path.name, reason)


def test_the_manifest_tells_the_truth_about_the_files(county):
    listed = county.ask("SELECT table_name, row_count, sha256, synthetic, period_end FROM manifest")
    assert {name for name, *_ in listed} == set(TABLES) - {"manifest"}
    for name, row_count, sha256, synthetic, period_end in listed:
        assert row_count == county.rows[name]
        assert sha256 == hashlib.sha256((county.folder / f"{name}.csv").read_bytes()).hexdigest()
        assert synthetic
        assert f"{period_end}" == "2025-12-12"
