"""Files laid over what is served: a new month, a corrected month, a late school. Keys decide what replaces what."""

from __future__ import annotations

from datetime import date

import pytest

from sro import vintages
from sro.contract import load_contract
from sro.preview import row_changes
from sro.settings import PROJECT
from sro.vintages import current, open_vintage, verify
from tests.office import LESSONS, LOGGED, SERVED, lessons, load_office, write

NOVEMBER = date(2025, 11, 3)
ACTIVITIES, INCIDENTS = (LOGGED[name].splitlines()[0] + "\n" for name in ("activities.csv", "incidents.csv"))
SUBMITTED = LOGGED["log_submissions.csv"].splitlines()[0] + "\n"
OCTOBER = {
    "activities.csv": ACTIVITIES + "ACT-4,A,2025-10-08,09:00,40,classroom_lesson,25\n",
    "log_submissions.csv": SUBMITTED + "A,2025-10,true\nB,2025-10,false\n",
}
CORRECTED = {  # of September at Alder, ACT-1 reached one student more, and ACT-2 and the incident never were
    "activities.csv": ACTIVITIES + "ACT-1,A,2025-09-08,09:00,40,classroom_lesson,25\n",
    "incidents.csv": INCIDENTS,
    "log_submissions.csv": SUBMITTED + "A,2025-09,true\n",
}
LATE = {
    "schools.csv": "school_id,district_id,name,level\nC,D1,Cedar School,high\n",
    "activities.csv": ACTIVITIES + "ACT-9,C,2025-09-10,09:00,40,classroom_lesson,18\n",
    "log_submissions.csv": SUBMITTED + "C,2025-09,true\n",
}
MANIFEST = "table_name,period_start,period_end,row_count,synthetic\n"


@pytest.fixture
def served(settings, tmp_path) -> str:
    name = load_office(write(tmp_path / "export", SERVED), settings).vintage
    assert name
    return name


@pytest.fixture
def add(settings, tmp_path):
    """`add(files)` lays them over what is served, and gives the report."""

    def added(files, **how):
        folder = tmp_path / f"added {len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8")
        return vintages.load(folder, settings, add=True, today=lambda: NOVEMBER, wait_seconds=30, **how)

    return added


def changes(settings, before) -> dict[str, str]:
    contract = load_contract(PROJECT / "data" / "contract")
    told = row_changes(open_vintage(settings, before), current(settings), contract)
    return {change.table: str(change) for change in told}


def test_a_new_month_joins_what_is_served(settings, served, add):
    report = add(OCTOBER)
    assert report.is_good, report.lines()
    assert changes(settings, served) == {"activities": "1 new", "log_submissions": "2 new"}
    assert lessons(settings) == LESSONS + 1


def test_a_corrected_month_replaces_rows_by_their_keys_and_removes_none(settings, served, add):
    assert add(CORRECTED).is_good
    assert changes(settings, served) == {"activities": "1 changed"}
    assert lessons(settings) == LESSONS


def test_a_corrected_month_removes_what_it_leaves_out_where_that_is_wanted(settings, served, add):
    """Birch, whose September is not in the files, keeps its lesson."""
    assert add(CORRECTED, remove_missing=True).is_good
    assert changes(settings, served) == {"activities": "1 changed, 1 removed", "incidents": "1 removed"}
    assert lessons(settings) == LESSONS - 1


def test_what_speaks_of_a_removed_incident_goes_with_it(settings, tmp_path, add):
    actions = {"le_actions.csv": "incident_id,action,seq,n_students\nINC-1,report,1,1\n"}
    assert load_office(write(tmp_path / "export", SERVED, actions), settings).is_good
    report = add(CORRECTED, remove_missing=True)
    assert report.is_good, report.lines()
    assert "le_actions" not in report.rows


def test_a_late_school_joins_with_its_log(settings, served, add):
    assert add(LATE).is_good
    assert changes(settings, served) == {"activities": "1 new", "log_submissions": "1 new", "schools": "1 new"}


def test_adding_nothing_changes_nothing(settings, served, add):
    report = add({"activities.csv": LOGGED["activities.csv"]})
    assert (report.vintage, report.unchanged) == (served, True)
    name = add(OCTOBER).vintage
    assert add(OCTOBER).vintage == name


def test_a_correction_can_be_taken_back(settings, served, add):
    add(CORRECTED)
    add({"activities.csv": LOGGED["activities.csv"]})
    assert changes(settings, served) == {}


def test_the_order_of_loads_is_part_of_the_id(settings, served, add):
    add(OCTOBER)
    name = add(LATE).vintage
    vintages.serve(settings, served)
    add(LATE)
    assert add(OCTOBER).vintage != name


def test_loads_make_the_same_vintage_again(settings, served, add):
    add(OCTOBER)
    name = add(CORRECTED, remove_missing=True).vintage
    assert name
    rebuilt = verify(name, settings)
    assert rebuilt.is_same, str(rebuilt)


def test_a_key_that_stands_twice_in_the_new_files_is_refused_by_its_row(settings, served, add):
    twice = OCTOBER["activities.csv"] + OCTOBER["activities.csv"].splitlines()[1] + "\n"
    report = add({"activities.csv": twice})
    assert not report.is_good
    assert [(p.rule, p.file, p.row) for p in report.problems] == [("repeated_key", "activities.csv", 3)]
    assert current(settings).id == served


def test_files_that_nobody_knows_are_refused(settings, served, add):
    report = add({"notes.csv": "what,when\nnothing,never\n"})
    assert {problem.rule for problem in report.problems} == {"file_not_used", "nothing_usable"}
    assert current(settings).id == served


def test_files_that_are_not_there_are_refused(settings, served, add):
    assert not add({}).is_good
    assert current(settings).id == served


# Manifests -----------------------------------------------------------------------------------------------------------

SEPTEMBER = {"manifest.csv": f"{MANIFEST}activities,2025-09-01,2025-09-30,3,true\n"}


@pytest.mark.parametrize("counted", [1, 2])
def test_a_manifest_counts_the_rows_of_its_own_load(settings, tmp_path, add, counted):
    assert load_office(write(tmp_path / "export", SERVED, SEPTEMBER), settings).is_good
    report = add({**OCTOBER, "manifest.csv": f"{MANIFEST}activities,2025-10-01,2025-10-31,{counted},true\n"})
    assert report.is_good == (counted == 1)
    assert [problem.rule for problem in report.problems] == ["row_count_differs"] * (counted - 1)


def test_the_period_widens_with_the_loads(settings, tmp_path, add):
    load_office(write(tmp_path / "export", SERVED, SEPTEMBER), settings)
    add({**OCTOBER, "manifest.csv": f"{MANIFEST}activities,2025-10-01,2025-10-31,1,true\n"})
    facts = vintages.status(settings).facts
    assert (facts["data_from"], facts["data_through"]) == ("2025-09-01", "2025-10-31")


def test_without_a_manifest_the_events_say_the_period_and_what_was_fictional_stays_so(settings, tmp_path, add):
    load_office(write(tmp_path / "export", SERVED, SEPTEMBER), settings)
    report = add(OCTOBER)
    assert report.is_good, report.lines()
    facts = vintages.status(settings).facts
    assert (facts["data_through"], facts["synthetic"]) == ("2025-10-31", "true")
