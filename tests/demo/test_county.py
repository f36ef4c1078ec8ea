"""The county is fictional, the same every time, of a size to work with, and like a real one in what leaders look at."""

import csv
from datetime import date
from pathlib import Path

import pytest

from sro.demo import generate
from sro.demo.county import DISTRICTS, SCHOOLS

SHORT = date(2021, 10, 14)
REAL = Path(__file__).with_name("broome_schools.txt").read_text(encoding="utf-8").splitlines()


def rows(folder: Path, table: str) -> list[tuple[str, ...]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [tuple(row) for row in csv.reader(lines)]


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path):
    for name in ("once", "again"):
        generate(tmp_path / name, through=SHORT)
    for path in (tmp_path / "once").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_another_seed_gives_another_county_life(tmp_path):
    generate(tmp_path / "one", through=SHORT, seed=1)
    generate(tmp_path / "two", through=SHORT, seed=2)
    assert rows(tmp_path / "one", "incidents") != rows(tmp_path / "two", "incidents")
    assert rows(tmp_path / "one", "districts") == rows(tmp_path / "two", "districts")


@pytest.mark.parametrize("table", ["shifts", "activities", "calendar", "drills"])
def test_a_later_day_adds_rows_and_changes_none(tmp_path, table):
    generate(tmp_path / "early", through=date(2021, 9, 24))
    generate(tmp_path / "later", through=SHORT)
    assert set(rows(tmp_path / "early", table)) < set(rows(tmp_path / "later", table))


def test_a_day_before_the_first_year_is_refused(tmp_path):
    with pytest.raises(ValueError, match="2021-07-01"):
        generate(tmp_path, through=date(2021, 6, 30))


@pytest.mark.parametrize("through", [date(2021, 7, 1), date(2022, 2, 14)], ids=str)
def test_any_last_day_gives_schools_that_are_there(tmp_path, through):
    generate(tmp_path, through=through)
    header, *schools = rows(tmp_path, "schools")
    known = {row[header.index("school_id")] for row in schools} | {"", "ALL"}
    assert "site:tamarack-learning-center" not in known
    for path in tmp_path.iterdir():
        header, *found = rows(tmp_path, path.stem)
        if "school_id" in header:
            assert {row[header.index("school_id")] for row in found} <= known, path.name


def test_progress_hears_of_every_table(tmp_path):
    heard: list[str] = []
    counts = generate(tmp_path, through=date(2021, 7, 1), progress=heard.append)
    assert {*heard, "manifest"} == set(counts)


def test_no_school_or_district_has_a_real_name():
    real = {name.casefold() for name in REAL}
    stems = {name.casefold().removesuffix(end) for name in REAL for end in (" es", " ms", " hs", " shs", " school")}
    for fictional in (*SCHOOLS, *DISTRICTS):
        assert fictional.name.casefold() not in real
        assert not any(fictional.name.casefold().startswith(stem + " ") for stem in stems if len(stem) > 4)


def test_short_names_fit_a_chart(county):
    assert county.number("SELECT max(length(short_name)) FROM schools") <= 24
    assert county.number("SELECT max(length(label)) FROM annotations") <= 40


def test_there_are_twelve_districts_and_forty_five_schools(county):
    assert county.number("SELECT count(*) FROM districts WHERE sector = 'public'") == 12
    assert county.number("SELECT count(*) FROM schools") == 45


def test_the_learning_center_joins_in_september_2024(county):
    first = "SELECT min({}) FROM {} WHERE school_id = 'site:tamarack-learning-center'"
    assert county.number(first.format("date", "calendar")) == date(2024, 9, 3)
    assert county.number(first.format("start_date", "assignments")) == date(2024, 9, 3)
    assert county.ask("SELECT is_program_site, count_in_program_total FROM schools WHERE level = 'alternative'") == [
        (True, False)
    ]


def test_districts_join_at_different_times_and_one_in_the_middle_of_a_year(county):
    joined = {day for (day,) in county.ask("SELECT date FROM annotations WHERE kind = 'program_start'")}
    assert len(joined) >= 4
    assert any(day.month not in (7, 8, 9) for day in joined)


def test_coverage_lies_where_real_programs_lie(county):
    coverage = """
        WITH stay AS (
            SELECT school_id, date AS day, min(actual_start) AS came, max(actual_end) AS went
            FROM shifts WHERE duty_type = 'school' AND actual_start IS NOT NULL GROUP BY ALL
        )
        SELECT
            sum(epoch(least(went, bell_end)) - epoch(greatest(came, bell_start))) FILTER (went > bell_start)
            / sum(epoch(bell_end) - epoch(bell_start))
        FROM service_day LEFT JOIN stay USING (school_id, day)
    """
    assert 0.84 < county.number(coverage) < 0.95


def test_arrests_are_a_few_dozen_a_year_and_few_at_any_school(county):
    by_school = """
        SELECT school_id, opening(occurred_on) AS opening, count(*) AS n FROM le_actions
        JOIN incidents USING (incident_id) WHERE action LIKE 'arrest%' GROUP BY ALL
    """
    by_year = f"SELECT opening, sum(n) AS n FROM ({by_school}) WHERE opening < 2025 GROUP BY opening"
    assert county.number(f"SELECT min(n) FROM ({by_year})") >= 12
    assert county.number(f"SELECT max(n) FROM ({by_year})") <= 48
    assert county.number(f"SELECT median(n) FROM ({by_school})") <= 2


def test_nothing_happens_in_summer(county):
    assert county.number("SELECT count(*) FROM incidents WHERE month(occurred_on) IN (7, 8)") == 0


def test_entries_come_two_days_late_and_three_weeks_at_one_school(county):
    lags = dict(county.ask("SELECT school_id, median(entered_at::DATE - occurred_on) FROM incidents GROUP BY 1"))
    assert lags.pop("990901060001") == pytest.approx(21, abs=2)
    assert all(1 <= lag <= 3 for lag in lags.values())


def test_officially_counted_incidents_are_near_the_log_but_not_the_same(county):
    gap = """
        WITH logged AS (
            SELECT school_id, opening(occurred_on) AS opening, count(*) AS n FROM incidents
            WHERE ssec_code IS NOT NULL GROUP BY ALL
        ), certified AS (
            SELECT school_id, left(school_year, 4)::INT AS opening, sum(n) AS n FROM official_incidents
            WHERE category_scheme = 'ssec_2021' GROUP BY ALL
        )
        SELECT sum(certified.n) / sum(logged.n), count(*) FILTER (certified.n <> logged.n)
        FROM certified JOIN logged USING (school_id, opening)
    """
    ratio, different = county.ask(gap)[0]
    assert 0.85 < ratio < 1.2
    assert different > 5


def test_some_survey_items_have_under_ten_answers(county):
    small = "SELECT sum(n) AS n FROM surveys GROUP BY survey_id, school_id, respondent, item_id HAVING sum(n) < 10"
    assert len(county.ask(small)) > 2


def test_all_files_together_stay_small(county):
    assert sum(path.stat().st_size for path in county.folder.iterdir()) < 15_000_000
