"""A vintage small enough to check by hand: three schools, a handful of rollup rows, four metrics of each kind."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass, field, replace

import duckdb
import pytest

from sro import decisions
from sro.ask import ask
from sro.metrics import add_up_program, read_catalogue
from sro.question import Question
from sro.settings import PROJECT, Folders, Settings, read_settings

CARD = """-- id: {id}
-- title: {title}
-- asks: How many?
-- unit: things
-- numerator: things
-- denominator: exposure
-- aggregate: {aggregate}
-- scale: {scale}
-- interval: {interval}
-- direction: neutral
-- persons: {persons}
-- grain: {grain}
-- stream: {stream}
-- slice: {slice}
-- needs: schools
-- level: {level}
-- defined_by: this program
-- caution: none
-- version: 1
-- daily: {daily}
SELECT 1
"""
PLAIN = {
    "aggregate": "sum",
    "scale": "1",
    "interval": "poisson",
    "persons": "no",
    "grain": "month",
    "stream": "log",
    "slice": "none",
    "level": "school",
    "daily": "no",
}
METRICS = {
    "lessons": {},
    "mix": {"aggregate": "share", "scale": "100", "interval": "none", "slice": "kind"},
    "rate": {"aggregate": "rate", "scale": "1000", "slice": "kind"},
    "share": {"aggregate": "ratio", "scale": "100", "interval": "wilson"},
    "minutes": {"aggregate": "ratio", "scale": "100", "interval": "none", "stream": "none", "daily": "yes"},
    "patrols": {"aggregate": "ratio", "scale": "100", "interval": "none", "daily": "yes", "slice": "kind"},
    "people": {"aggregate": "distinct", "interval": "none"},
    "arrests": {"persons": "yes", "slice": "kind"},
    "sent_on": {"persons": "yes", "aggregate": "ratio", "scale": "100", "interval": "wilson"},
    "students": {"persons": "yes", "aggregate": "distinct", "interval": "none"},
    "arrest_mix": {"persons": "yes", "aggregate": "share", "scale": "100", "interval": "none", "slice": "kind"},
    "gap": {"aggregate": "longest_run", "interval": "none", "stream": "none"},
    "trained": {"aggregate": "ratio", "scale": "100", "interval": "none", "level": "program", "stream": "none"},
    "full_time": {"aggregate": "ratio", "interval": "none", "stream": "none"},
    "certified": {"grain": "year", "stream": "official"},
    "absent": {},
}
SCHOOLS = [
    ("A", "Alder", "D1", "Alder Valley"),
    ("B", "Birch", "D1", "Alder Valley"),
    ("C", "Cedar", "D2", "Cedar Falls"),
]
ROLLUPS = PROJECT / "queries" / "rollup"
_numbers = itertools.count()


@dataclass
class TinyVintage:
    """Rows are added with `month`, `day`, `member` and `report`; `ask` then answers as it does from a real vintage."""

    connection: duckdb.DuckDBPyConnection
    settings: Settings
    id: str = field(default_factory=lambda: f"tiny-{next(_numbers)}")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection.cursor()

    def month(self, metric, school, month, numerator, denominator=None, slice=None):
        row = [metric, school, f"{month}-01", slice, numerator, denominator]
        self.connection.execute("INSERT INTO metric_month VALUES (?, ?, ?, ?, ?, ?)", row)

    def day(self, metric, school, day, numerator, denominator=None):
        row = [metric, school, day, None, numerator, denominator]
        self.connection.execute("INSERT INTO metric_day VALUES (?, ?, ?, ?, ?, ?)", row)

    def member(self, metric, school, month, member, numerator=None):
        row = [metric, school, f"{month}-01", None, member, numerator]
        self.connection.execute("INSERT INTO metric_member VALUES (?, ?, ?, ?, ?, ?)", row)

    def report(self, school, *months, received=True, stream="log"):
        for month in months:
            row = [stream, school, f"{month}-01", True, received]
            self.connection.execute("INSERT INTO reporting_month VALUES (?, ?, ?, ?, ?)", row)

    def roll_up(self):
        """The rollups that are made of those that rows were added to."""
        rows = "SELECT * FROM metric_day WHERE metric = 'gap'"
        run = (ROLLUPS / "run.sql").read_text(encoding="utf-8")
        self.connection.execute("DELETE FROM metric_run; DELETE FROM program_month; DELETE FROM program_day")
        self.connection.execute(f"WITH metric_row AS ({rows}) {run}", {"metric": "gap"})
        add_up_program(self.connection, read_catalogue(self.settings.folders.queries / "metrics"), ROLLUPS)

    def decide(self):
        """What may be shown, decided as when a vintage is built."""
        folder = self.settings.folders.queries
        catalogue = read_catalogue(folder / "metrics")
        decisions.store(self.connection, catalogue, ["schools"], folder / "disclosure", self.settings.thresholds)
        return self

    def ask(self, metric, period="2025-26", **parts):
        self.roll_up()
        return ask(Question(metric=metric, period=period, **parts), self, self.settings)

    def cell(self, metric, **parts):
        """The only cell of an answer."""
        cells = self.ask(metric, **parts).cells
        assert len(cells) == 1, cells
        return cells.iloc[0]


@pytest.fixture(scope="session")
def tiny_settings(tmp_path_factory) -> Settings:
    project = tmp_path_factory.mktemp("project")
    metrics = project / "queries" / "metrics"
    metrics.mkdir(parents=True)
    for number, (name, differs) in enumerate(METRICS.items()):
        text = CARD.format(id=f"Z{number:02d}", title=name.capitalize(), **{**PLAIN, **differs})
        (metrics / f"{name}.sql").write_text(
            text.replace("needs: schools", "needs: drills") if name == "absent" else text
        )
    for room in ("ask", "disclosure"):
        shutil.copytree(PROJECT / "queries" / room, project / "queries" / room)
    return replace(read_settings(PROJECT / "program.toml"), folders=Folders(project=project), targets={})


@pytest.fixture
def tiny(tiny_settings) -> TinyVintage:
    connection = duckdb.connect()
    connection.execute((ROLLUPS / "tables.sql").read_text())
    connection.execute("""
        CREATE SCHEMA meta;
        CREATE TABLE meta.fact (name VARCHAR, value VARCHAR);
        INSERT INTO meta.fact VALUES
            ('data_from', '2024-07-01'), ('data_through', '2026-03-15'), ('synthetic', 'true');
        CREATE TABLE meta.table_presence (table_name VARCHAR, present BOOLEAN, row_count BIGINT);
        INSERT INTO meta.table_presence VALUES ('schools', true, 3), ('drills', false, 0);
        CREATE TABLE meta.source (file VARCHAR);
        INSERT INTO meta.source VALUES ('tiny.csv');
        CREATE TABLE reporting_month (
            stream VARCHAR, school_id VARCHAR, month DATE, expected BOOLEAN, received BOOLEAN
        );
        CREATE TABLE slice_title (dimension VARCHAR, slice VARCHAR, title VARCHAR, sort_order INTEGER);
        INSERT INTO slice_title VALUES ('kind', 'b', 'Second', 2), ('kind', 'a', 'First', 1);
        CREATE TABLE school (
            school_id VARCHAR, name VARCHAR, short_name VARCHAR, district_id VARCHAR, district_name VARCHAR,
            level VARCHAR, provider_agency VARCHAR, program_start DATE
        );
    """)
    for school in SCHOOLS:
        connection.execute("INSERT INTO school VALUES (?, ?, NULL, ?, ?, 'middle', 'da', DATE '2024-09-05')", [*school])
    return TinyVintage(connection, tiny_settings)
