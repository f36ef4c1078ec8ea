"""From exports to the vintage that is served: once, whole, or not at all."""

from __future__ import annotations

import shutil
import threading
import zipfile

import duckdb
import pytest

from sro import building, locks, store
from sro.problems import WARNING
from sro.vintages import VintageError, before, check, current, load, prune, status, stored
from tests.office import LESSONS, LOGGED, TODAY, lessons, load_office, settings_in, write

MORE = LOGGED["activities.csv"] + "ACT-4,B,2025-09-09,14:00,20,classroom_lesson,12\n"
BROKEN = LOGGED["activities.csv"].replace("classroom_lesson", "lektion")


@pytest.fixture
def export(tmp_path):
    return write(tmp_path / "export")


def test_a_healthy_export_is_served_without_a_word(export, settings):
    report = load_office(export, settings)
    assert report.is_good and report.problems == () and report.report is None
    assert current(settings).id == report.vintage
    assert report.rows["activities"] == 3
    assert lessons(settings) == LESSONS


def test_an_export_larger_than_the_memory_of_a_load_goes_by_the_disk(export, settings, monkeypatch):
    monkeypatch.setattr(building, "MEMORY", "48MB")
    header, first, *_ = LOGGED["activities.csv"].splitlines(keepends=True)
    many = "".join(first.replace("ACT-1,", f"ACT-{number},") for number in range(200_000))
    (export / "activities.csv").write_text(header + many)
    assert load_office(export, settings).rows["activities"] == 200_000
    assert not [path for path in settings.folders.vintages.rglob("*") if "spilled" in path.name]


def test_the_same_files_are_the_same_vintage_and_no_work_is_done_twice(export, settings):
    first = load_office(export, settings)
    path = current(settings).path
    built = path.stat().st_mtime_ns
    second = load_office(export, settings)
    assert (second.vintage, second.unchanged) == (first.vintage, True)
    assert path.stat().st_mtime_ns == built
    assert second.rows == first.rows


def test_a_folder_and_a_zip_of_the_same_files_are_the_same_vintage(export, settings, tmp_path):
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as archive:
        for path in export.iterdir():
            archive.write(path, f"september/{path.name}")
    assert load_office(export, settings).vintage == load_office(tmp_path / "sent.zip", settings).vintage


def test_one_changed_cell_is_another_vintage(export, settings):
    first = load_office(export, settings).vintage
    write(export, {"activities.csv": MORE})
    assert load_office(export, settings).vintage != first
    assert lessons(settings) == LESSONS + 1


def test_an_error_refuses_the_export_and_the_last_vintage_is_still_served(export, settings, tmp_path):
    first = load_office(export, settings).vintage
    report = load_office(write(tmp_path / "broken", {"activities.csv": BROKEN}), settings)
    assert (report.vintage, report.errors) == (None, 3)
    assert current(settings).id == first
    assert lessons(settings) == LESSONS


def test_the_report_holds_every_problem_and_goes_when_all_is_well(export, settings, tmp_path):
    report = load_office(write(tmp_path / "broken", {"activities.csv": BROKEN}), settings)
    assert report.report is not None
    assert len(report.report.read_text(encoding="utf-8").splitlines()) == 1 + report.errors
    load_office(export, settings)
    assert not report.report.exists()


def test_the_report_cannot_run_as_a_formula(export, settings):
    write(export, {"schools.csv": "school_id,district_id,name\nA,D1,=1+1\nB,D1,Birch\n"})
    report = load_office(export, settings)
    assert report.report is not None
    assert ",'=1+1," in report.report.read_text(encoding="utf-8")


def test_a_console_shows_the_first_five_and_says_how_many_more_there_are(export, settings):
    rows = "".join(f"ACT-{n},A,2025-09-08,,,lektion,\n" for n in range(12))
    header = LOGGED["activities.csv"].splitlines()[0] + "\n"
    lines = load_office(write(export, {"activities.csv": header + rows}), settings).lines()
    assert sum("lektion" in line for line in lines) == 5
    assert any("and 7 more like it" in line for line in lines)


def test_a_warning_lets_the_export_through_and_stays_with_the_vintage(export, settings):
    write(export, {"schools.csv": LOGGED["schools.csv"].replace("level", "stage")})
    report = load_office(export, settings)
    assert report.is_good and report.warnings == 1
    (kept,) = status(settings).warnings
    assert (kept.severity, kept.rule, kept.table, kept.column) == (WARNING, "column_not_used", "schools", "stage")
    assert load_office(export, settings).problems == report.problems


def test_a_check_stores_nothing_but_the_report(export, settings):
    report = check(export, settings, today=lambda: TODAY)
    assert report.is_good and report.vintage is None
    assert not settings.folders.vintages.exists()


def test_a_file_that_was_changed_after_the_export_is_told(export, settings):
    listed = f"table_name,row_count,sha256\nschools,2,{'0' * 64}\n"
    (problem,) = load_office(write(export, {"manifest.csv": listed}), settings).problems
    assert (problem.severity, problem.rule, problem.row) == (WARNING, "file_changed", 2)


def test_a_required_table_that_cannot_be_read_is_not_called_missing(export, settings):
    report = load_office(write(export, {"schools.csv": b"\0\1\2"}), settings)
    assert "missing_table" not in {problem.rule for problem in report.problems}


def test_a_file_without_any_column_of_its_table_is_told_which_it_needs(export, settings):
    report = load_office(write(export, {"schools.csv": "x\n1\n"}), settings)
    missing = {problem.column for problem in report.problems if problem.rule == "missing_column"}
    assert missing == {"school_id", "name"}


def test_status_says_what_is_served_and_from_where(export, settings):
    assert status(settings).current is None
    load_office(export, settings)
    told = status(settings)
    assert told.facts["built_from"] == "export"
    assert (told.facts["data_from"], told.facts["synthetic"]) == ("2025-09-01", "false")
    assert ("activities.csv", "activities", 3) in told.sources
    assert "drills" not in told.tables


# Readers -------------------------------------------------------------------------------------------------------------


def test_a_reader_notices_a_new_vintage_and_keeps_the_one_it_holds(export, settings):
    load_office(export, settings)
    held = current(settings)
    load_office(write(export, {"activities.csv": MORE}), settings)
    assert current(settings).id != held.id
    assert held.cursor().execute("SELECT count(*) FROM export.activities").fetchall() == [(3,)]


def test_readers_never_wait_for_a_load(export, settings):
    """One asks again and again while another loads; no answer is ever anything but the old or the new one."""
    load_office(export, settings)
    write(export, {"activities.csv": MORE})
    seen, done = set(), threading.Event()

    def ask_on():
        while not done.is_set():
            seen.add(lessons(settings))

    reader = threading.Thread(target=ask_on)
    reader.start()
    load_office(export, settings)
    seen.add(lessons(settings))
    done.set()
    reader.join()
    assert seen <= {LESSONS, LESSONS + 1} and LESSONS + 1 in seen


def test_nobody_can_write_to_a_vintage_or_leave_it(export, settings, tmp_path):
    load_office(export, settings)
    cursor = current(settings).cursor()
    for forbidden in (
        "DELETE FROM export.schools",
        f"COPY export.schools TO '{tmp_path}/stolen.csv'",
        f"SELECT * FROM read_csv('{export}/schools.csv')",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            cursor.execute(forbidden)


def test_nothing_loaded_is_told_in_a_sentence(settings):
    with pytest.raises(VintageError, match=r"No data has been loaded yet\. Run `python -m sro load"):
        current(settings)


@pytest.mark.parametrize("harm", ["cut short", "junk", "gone", "empty"])
def test_a_damaged_vintage_is_told_in_a_sentence_and_built_anew(harm, export, settings):
    name = load_office(export, settings).vintage
    path = settings.folders.vintages / f"{name}.duckdb"
    content = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes({"cut short": content[:4096], "junk": b"\xff" * 9000, "empty": b""}[harm])
    with pytest.raises(VintageError, match=rf"{name} is (damaged|missing)\. Load the exports again"):
        current(settings)
    assert load_office(export, settings).unchanged is False
    assert lessons(settings) == LESSONS


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"../../etc/passwd", b"no such vintage\n"])
def test_a_spoiled_pointer_counts_as_none(content, export, settings):
    load_office(export, settings)
    (settings.folders.vintages / "current").write_bytes(content)
    with pytest.raises(VintageError, match="No data has been loaded yet"):
        current(settings)
    load_office(export, settings)
    assert lessons(settings) == LESSONS


# Publishing ----------------------------------------------------------------------------------------------------------


def test_the_pointer_is_replaced_after_the_vintage_is_in_its_place(export, settings, monkeypatch):
    """And by renaming, so that it never holds half a name."""
    steps = []
    replace = store.os.replace

    def watched(source, target):
        steps.append(target.name)
        replace(source, target)

    monkeypatch.setattr(store.os, "replace", watched)
    name = load_office(export, settings).vintage
    assert steps == [f"{name}.zip", f"{name}.duckdb", "current"]


@pytest.mark.parametrize("step", [1, 2])
def test_a_disk_that_fails_while_publishing_leaves_the_last_vintage_served(step, export, settings, monkeypatch):
    first = load_office(export, settings).vintage
    write(export, {"activities.csv": MORE})
    replace, count = store.os.replace, iter(range(1, 9))

    def failing(source, target):
        if next(count) >= step:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(store.os, "replace", failing)
    with pytest.raises(VintageError, match=r"No space left on device\)\. Nothing was changed"):
        load_office(export, settings)
    monkeypatch.undo()
    assert current(settings).id == first
    assert load_office(export, settings).is_good
    assert lessons(settings) == LESSONS + 1


def test_leftovers_of_a_dead_load_are_removed_by_the_next(export, settings):
    home = settings.folders.vintages
    (home / ".building-99999" / "unpacked").mkdir(parents=True)
    (home / ".building-99999" / "vintage.duckdb").write_bytes(b"half")
    load_office(export, settings)
    assert not list(home.glob(".building-*"))


def test_two_loads_at_once_wait_for_each_other_and_give_up_in_a_sentence(export, settings):
    home = settings.folders.vintages
    home.mkdir(parents=True)
    with (
        locks.only_one(home / ".lock", 0, lambda: None),
        pytest.raises(VintageError, match="Another load is still running"),
    ):
        load(export, settings, wait_seconds=0.2)
    assert load_office(export, settings).is_good


def test_loads_of_two_threads_end_with_one_whole_vintage(export, settings, tmp_path):
    other = write(tmp_path / "other", {"activities.csv": MORE})
    threads = [threading.Thread(target=load_office, args=(path, settings)) for path in (export, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stored(settings)) == 2
    assert lessons(settings) in (LESSONS, LESSONS + 1)


# Keeping house -------------------------------------------------------------------------------------------------------


def three_vintages(export, settings) -> list[str]:
    names = []
    for extra in range(3):
        rows = "".join(f"EXTRA-{n},B,2025-09-09,14:00,20,classroom_lesson,12\n" for n in range(extra))
        names.append(load_office(write(export, {"activities.csv": LOGGED["activities.csv"] + rows}), settings).vintage)
    return names


def test_pruning_keeps_the_newest(export, settings):
    oldest, middle, newest = three_vintages(export, settings)
    assert prune(settings, keep=2) == (oldest,)
    assert {vintage.id for vintage in stored(settings)} == {middle, newest}


def test_pruning_keeps_the_one_that_is_served_though_it_is_the_oldest(export, settings):
    oldest, *_ = three_vintages(export, settings)
    load_office(write(export), settings)
    assert current(settings).id == oldest
    prune(settings, keep=1)
    assert [vintage.id for vintage in stored(settings)] == [oldest]
    assert lessons(settings) == LESSONS


def test_the_vintage_before_is_the_newest_older_one_of_the_same_definitions(export, settings, monkeypatch):
    load_office(export, settings)
    first = current(settings)
    (export / "activities.csv").write_text(MORE)
    load_office(export, settings)
    assert before(current(settings).id, settings) is first
    assert before(first.id, settings) is None
    monkeypatch.setattr(building, "recipe_digest", lambda *_: "another")
    (export / "activities.csv").write_text(LOGGED["activities.csv"])
    assert load_office(export, settings).vintage == current(settings).id
    assert before(current(settings).id, settings) is None


def test_pruning_where_nothing_was_ever_loaded_is_nothing(settings):
    assert prune(settings) == ()


def test_an_office_can_move_its_folder(export, settings, tmp_path):
    """Nothing in a vintage or pointer depends on where it lies."""
    load_office(export, settings)
    shutil.copytree(settings.folders.data, tmp_path / "moved")
    assert lessons(settings_in(tmp_path / "moved")) == LESSONS
