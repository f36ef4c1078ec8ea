"""Foreign files through the screen, by hand, without a mapping; the next time, known by what was confirmed.

Made-up files have the shape of the real ones, which lie beside the project or are not there.
"""

from __future__ import annotations

import contextlib
import csv
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from sro.ask import ask
from sro.question import Question
from sro.vintages import current
from tests.office import settings_in
from tests.real.conftest import REAL
from tests.real.test_new_york_city import school_of

CITY, STATE = "nyc_school_safety_2013_2016.csv", "nys_schools_enrollment.csv"
# The mappings that come with the project know the headers as they were published.
RENAMED = {CITY: ("Location Name", "School Name"), STATE: ("BEDS", "BEDS Code")}
ATTEMPTS = 3
CLASSES, PARTS = ("Major N", "Oth N", "NoCrim N"), ("Prop N", "Vio N")
SCHOOL = "{Building Code}-{Location Code} | {Building Code}-{DBN[-4:]} | {Building Code}"
MADE_UP = {
    CITY: (
        "School Year,Building Code,DBN,School Name,Location Code,Address,Geographical District Code,Register,"
        "Major N,Oth N,NoCrim N,Prop N,Vio N,Latitude,Longitude,AvgOfMajor N\n"
        '2014-15,K001,15K001,Ash School,K001,1 Ash St,15,"1,277",0,2,1,1,0,40.6,-74.0,0.86\n'
        "2014-15,K002,17K002,Elm School,K002,2 Elm St,17,479,N/A,N/A,N/A,N/A,N/A,40.7,-73.9,0.86\n"
        '2014-15,K002,#N/A,2 Elm St CONSOLIDATED LOCATION,#N/A,2 Elm St,17,"1,200",1,3,4,2,1,40.7,-73.9,0.86\n'
        '2015-16,K001,15K001,Ash School of Arts,K001,1 Ash St,15,"1,300",1,2,1,1,0,40.6,-74.0,0.86\n'
        "2015-16,K142,13K142,Oak School,,3 Oak St,#N/A,500,0,0,2,0,0,40.5,-73.8,0.86\n"
    ),
    STATE: (
        "School Name,pct,city,BEDS Code,enrollment\n"
        "ASH ELEM SCHOOL,97.7,ALBANY,010100010014,335\n"
        "ELM MS,98.3,ALBANY,010100010016,\n"
        "OAK HS,99,BATH,570302060001,410\n"
    ),
}


class Hand:
    """A person at the screen; every click is counted, and writing a text is one more."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0
        self.within: Page | Locator = page

    def drop(self, path: Path) -> None:
        self.page.locator('input[type="file"]').set_input_files(str(path))
        self.clicks += 1

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=re.compile(f"{name}$")).click()
        self.clicks += 1
        self.settle()

    def hold(self, *tables: str) -> None:
        """The tables that a sheet holds, instead of the one that was suggested."""
        box = self.page.get_by_role("combobox", name=re.compile("Tables it holds")).first
        box.press("Backspace")
        self.settle()
        self.clicks += 1
        self.pick("Tables it holds", *tables)

    def at(self, table: str) -> None:
        """What follows is done in the part of the card that speaks of a table."""
        self.within = self.page.locator(f'[class*="st-key-table"][class*="-{table}"]').last

    def unfold(self, what: str) -> None:
        self.within.get_by_text(what, exact=False).first.click()
        self.clicks += 1
        self.settle()

    def pick(self, label: str, *options: str) -> None:
        """Choose from a list, one after another where it holds several."""
        for option in options:
            offered = self.page.get_by_role("option", name=option, exact=True).first
            box = self.box(label, option)
            for _ in range(ATTEMPTS):
                with contextlib.suppress(Error):
                    offered.click(timeout=3_000)
                    break
                self.box(label, option)
            self.clicks += 2
            self.settle()
            while self.page.get_by_role("listbox").count():  # that of a box that holds several stays open
                box.press("Escape")
                self.settle()

    def write(self, label: str, text: str) -> None:
        """Write what is in no list."""
        self.box(label, text).press("Enter")
        self.clicks += 2
        self.settle()

    def box(self, label: str, text: str) -> Locator:
        box = self.within.get_by_role("combobox", name=re.compile(re.escape(label))).first
        box.click()
        box.fill(text)
        return box

    def settle(self) -> None:
        self.page.wait_for_timeout(150)
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=60_000)

    def see(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False).first).to_be_visible(timeout=60_000)


@pytest.fixture
def hand(data_screen):
    return Hand(data_screen)


def file_of(name: str, folder: Path, is_real: bool) -> Path:
    """The file under headers that no mapping knows."""
    text = MADE_UP[name]
    if is_real:
        if not (REAL / name).is_file():
            pytest.skip(f"{name} is not in {REAL}; SRO_REAL can name another folder.")
        header, rest = (REAL / name).read_text(encoding="utf-8-sig").split("\n", 1)
        text = f"{header.replace(*RENAMED[name])}\n{rest}"
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def city(hand: Hand) -> None:
    """Four tables: counts stand side by side, and once a building; years repeat a school."""
    hand.see("Tables it holds")
    hand.hold("Districts", "Schools", "Enrollment", "Certified incident totals")
    hand.at("districts")
    hand.unfold("Which rows make")
    hand.pick("Only rows in which", "Geographical District Code")
    hand.write("District (needed)", "nyc:{Geographical District Code}")
    hand.write("Name (needed)", "Geographical District {Geographical District Code}")
    hand.at("schools")
    hand.unfold("Which rows make")
    hand.pick("Where a key repeats", "School Year")
    hand.write("School (needed)", SCHOOL)
    hand.write("District", "nyc:{Geographical District Code}")
    hand.pick("Name (needed)", "School Name")
    hand.at("enrollment")
    hand.unfold("Which rows make")
    hand.pick("Only rows in which", "Register")
    hand.pick("Where a key repeats", "Register")
    hand.write("School (needed)", SCHOOL)
    hand.write("Basis", "beds_day")
    hand.pick("Grouping", "always all")
    hand.pick("Group (needed)", "always all")
    hand.pick("Students", "Register")
    hand.at("official_incidents")
    hand.unfold("Which rows make")
    hand.pick("One row for each of these columns", *CLASSES, *PARTS)
    hand.pick("Text in them that says", "N/A")
    hand.pick("Columns that count once more", *PARTS)
    hand.write("School (needed)", SCHOOL)
    hand.write("Scheme (needed)", "nypd_class")


def state(hand: Hand) -> None:
    """Three tables: a code begins with its district's, and the year stands in no column."""
    hand.see("Tables it holds")
    hand.hold("Schools", "Districts", "Enrollment")
    hand.at("schools")
    hand.pick("School (needed)", "BEDS Code")
    hand.write("District", "{BEDS Code[:6]}000000")
    hand.pick("Name (needed)", "School Name")
    hand.at("districts")
    hand.write("District (needed)", "{BEDS Code[:6]}000000")
    hand.write("Name (needed)", "District {BEDS Code[:6]}")
    hand.at("enrollment")
    hand.unfold("Which rows make")
    hand.pick("Only rows in which", "enrollment")
    hand.pick("School (needed)", "BEDS Code")
    hand.write("School year", "2012-13")
    hand.write("Basis", "beds_day")
    hand.pick("Grouping", "always all")
    hand.pick("Group (needed)", "always all")
    hand.pick("Students", "enrollment")


def by_hand(hand: Hand, path: Path, confirm: Callable[[Hand], None]) -> None:
    """Confirm it, load it, and load it again without a click but those of loading."""
    started = time.monotonic()
    hand.drop(path)
    confirm(hand)
    hand.page.screenshot(path=str(path.with_suffix(".matching.png")), full_page=True)
    hand.press("Confirm and remember")
    hand.see("Recognized")
    confirmed, seconds = hand.clicks, time.monotonic() - started
    hand.press("Check")
    hand.see("Nothing is served yet")
    hand.press("Load")
    hand.see("is served.")
    print(
        f"{path.name}: {confirmed} clicks and {seconds:.0f} s to confirm, "
        f"{hand.clicks} clicks and {time.monotonic() - started:.0f} s until it is served"
    )
    hand.page.reload()
    hand.drop(path)
    hand.see("Recognized")
    expect(hand.page.get_by_role("button", name="Confirm and remember")).to_have_count(0)
    hand.press("Check")
    hand.see("These files are served already")


def answers(home: Path, metric: str, **parts) -> dict[str, float]:
    settings = settings_in(home)
    question = Question(metric=metric, period="2013-07..2016-06", grain="year", **parts)
    cells = ask(question, current(settings), settings).cells
    return dict(zip(cells["period"], cells["value"], strict=True))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [{name: (cell or "").strip() for name, cell in row.items()} for row in csv.DictReader(lines)]


def counted(rows: list[dict[str, str]], year: str) -> int:
    """Incidents of a year, of the file alone; property and violent crimes are among the others."""
    cells = (row[name].replace(",", "") for row in rows if row["School Year"] == year for name in CLASSES)
    return sum(int(cell) for cell in cells if cell.isdigit())


@pytest.mark.parametrize("is_real", [False, True], ids=["made up", "real"])
def test_a_citys_report_goes_in_by_hand_and_is_known_next_time(is_real, hand, office, tmp_path):
    path = file_of(CITY, tmp_path, is_real)
    by_hand(hand, path, city)
    rows = rows_of(path)
    years = sorted({row["School Year"] for row in rows})
    told = answers(office.data, "official_incidents")
    assert [told[year] for year in years] == [counted(rows, year) for year in years]
    settings = settings_in(office.data)
    elsewhere = current(settings).cursor().execute(
        "SELECT count(DISTINCT (school_id, school_year)) FROM export.official_incidents "
        "WHERE reported = 'counted_elsewhere' AND n IS NULL"
    ).fetchall()  # fmt: skip
    stated = {(school_of(row), row["School Year"]) for row in rows if row["Major N"] == "N/A"}
    assert elsewhere[0][0] == len(stated) > 0


@pytest.mark.parametrize("is_real", [False, True], ids=["made up", "real"])
def test_a_states_roster_goes_in_by_hand_and_is_known_next_time(is_real, hand, office, tmp_path):
    path = file_of(STATE, tmp_path, is_real)
    by_hand(hand, path, state)
    rows = rows_of(path)
    cursor = current(settings_in(office.data)).cursor()
    assert cursor.execute("SELECT count(*) FROM export.schools").fetchall() == [(len(rows),)]
    students = [int(row["enrollment"]) for row in rows if row["enrollment"]]
    stored = cursor.execute("SELECT count(*), sum(n)::BIGINT FROM export.enrollment").fetchall()
    assert stored == [(len(students), sum(students))]
