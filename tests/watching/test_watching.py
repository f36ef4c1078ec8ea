"""A folder is watched: what is complete is loaded, nothing twice, and a bad file leaves the last good data served."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest

from sro import vintages
from sro.watching import BESIDE, Watch
from tests.office import LESSONS, LOGGED, SERVED, lessons, load_office, settings_in, write

NOVEMBER = date(2025, 11, 3)
HEADER = LOGGED["activities.csv"].splitlines()[0] + "\n"
SUBMITTED = LOGGED["log_submissions.csv"].splitlines()[0] + "\n"
OCTOBER = HEADER + "ACT-4,A,2025-10-08,09:00,40,classroom_lesson,25\n"
HANDED_IN = SUBMITTED + "A,2025-10,true\n"
BAD = HEADER + "ACT-5,A,2025-10-09,09:00,2 hrs,classroom_lesson,25\n"


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path / "home")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "dropped").mkdir()
    return tmp_path / "dropped"


@pytest.fixture
def look(folder, settings):
    """`look()` watches the folder until all in it was looked at; gives what became of each drop."""

    def looked(add=True, sleep=lambda _: None, **how):
        settings.folders.data.mkdir(exist_ok=True)
        watch = Watch(folder, settings, add=add, today=lambda: NOVEMBER, **how)
        return [(one.drop, sorted(one.files), one.became) for one in watch.outcomes(once=True, sleep=sleep)]

    return looked


@pytest.fixture
def served(settings, tmp_path):
    name = load_office(write(tmp_path / "export", SERVED), settings).vintage
    assert name
    return name


def put(folder, **files):
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")


def test_what_appears_is_laid_over_what_is_served_and_never_twice(look, folder, settings, served):
    put(folder, activities=OCTOBER, log_submissions=HANDED_IN)
    assert look() == [("dropped", ["activities.csv", "log_submissions.csv"], "served")]
    assert lessons(settings) == LESSONS + 1
    put(folder, activities_again=OCTOBER)
    assert look() == []


def test_only_what_is_new_is_loaded(look, folder, settings, served):
    put(folder, activities=OCTOBER, log_submissions=HANDED_IN)
    look()
    put(folder, activities_2=HEADER + "ACT-6,A,2025-10-10,09:00,40,classroom_lesson,25\n")
    assert look() == [("dropped", ["activities_2.csv"], "served")]
    assert lessons(settings) == LESSONS + 2


def test_a_file_is_loaded_once_it_does_not_change_any_more(look, folder, settings, served):
    put(folder, log_submissions=HANDED_IN, activities=HEADER)
    growing = iter([OCTOBER[:-12], OCTOBER])

    def still_written(_):
        if (more := next(growing, None)) is not None:
            put(folder, activities=more)

    assert look(sleep=still_written) == [("dropped", ["activities.csv", "log_submissions.csv"], "served")]
    assert lessons(settings) == LESSONS + 1


def test_a_download_that_is_not_finished_is_waited_for(look, folder, served):
    (folder / "activities.csv.part").write_text(OCTOBER[:40])
    assert look() == []


def test_a_bad_file_keeps_nothing_else_from_being_loaded_and_is_marked_beside(look, folder, settings, served):
    put(folder, activities=OCTOBER, log_submissions=HANDED_IN, activities_2=BAD)
    all_three = ["activities.csv", "activities_2.csv", "log_submissions.csv"]
    good = ["activities.csv", "log_submissions.csv"]
    assert look() == [("dropped", all_three, "refused"), ("dropped", good, "served")]
    assert lessons(settings) == LESSONS + 1
    assert "2 hrs" in (folder / BESIDE / "dropped" / "problems.csv").read_text(encoding="utf-8")
    assert (folder / BESIDE / "dropped" / "activities_2.csv-marked.xlsx").is_file()


def test_a_refused_file_is_tried_again_only_when_something_changed(look, folder, settings, served):
    put(folder, activities=BAD, log_submissions=HANDED_IN)
    assert [became for _, _, became in look()] == ["refused", "served"]
    assert look() == [("dropped", ["activities.csv"], "refused")]
    assert look() == []
    put(folder, activities=BAD.replace("2 hrs", "120"))
    assert look() == [("dropped", ["activities.csv"], "served")]
    assert not (folder / BESIDE).exists()
    assert lessons(settings) == LESSONS + 1


def test_what_waited_for_another_file_is_loaded_when_that_comes(look, folder, settings, served):
    put(folder, activities=OCTOBER.replace(",A,", ",C,"))
    assert [became for _, _, became in look()] == ["refused"]
    put(
        folder,
        schools="school_id,district_id,name,level\nC,D1,Cedar School,high\n",
        log_submissions=SUBMITTED + "C,2025-10,true\n",
    )
    assert look() == [("dropped", ["activities.csv", "log_submissions.csv", "schools.csv"], "served")]
    assert lessons(settings) == LESSONS + 1


def test_a_file_that_nobody_knows_is_loaded_once_a_mapping_knows_it(look, folder, settings, served):
    put(folder, log=OCTOBER.replace("activity_id", "entry"), log_submissions=HANDED_IN)
    assert [became for _, _, became in look()] == ["served"]
    assert look() == [("dropped", ["log.csv"], "refused")]
    settings.folders.own_mappings.mkdir(parents=True)
    names = HEADER.strip().split(",")[1:]
    columns = "\n".join(f'{name} = "{{{name}}}"' for name in names)
    (settings.folders.own_mappings / "log.toml").write_text(
        f'title = "Log"\n[match]\ncolumns = ["entry", {", ".join(map(repr, names))}]\n'
        f'[[table]]\nname = "activities"\n[table.columns]\nactivity_id = "{{entry}}"\n{columns}\n'
    )
    assert look() == [("dropped", ["log.csv"], "served")]
    assert lessons(settings) == LESSONS + 1


def test_files_that_replace_everything_are_loaded_together_whenever_they_change(look, folder, settings):
    write(folder, SERVED)
    assert [became for _, _, became in look(add=False)] == ["served"]
    assert look(add=False) == []
    put(folder, activities=LOGGED["activities.csv"].replace("ACT-3", "ACT-7"))
    assert [became for _, _, became in look(add=False)] == ["not_agreed"]
    assert look(add=False) == []
    assert [became for _, _, became in look(add=False, remove_missing=True)] == ["served"]


def test_a_refused_export_leaves_the_last_one_served(look, folder, settings):
    write(folder, SERVED)
    look(add=False)
    name = vintages.served_id(settings)
    put(folder, activities=BAD)
    assert [became for _, _, became in look(add=False)] == ["refused"]
    assert vintages.served_id(settings) == name


def test_a_zip_and_a_folder_are_loaded_by_themselves(look, folder, settings, tmp_path, served):
    with zipfile.ZipFile(folder / "october.zip", "w") as packed:
        packed.writestr("activities.csv", OCTOBER)
        packed.writestr("log_submissions.csv", HANDED_IN)
    (folder / "late").mkdir()
    put(folder / "late", activities=OCTOBER.replace("ACT-4", "ACT-8"))
    assert sorted(look()) == [("late", ["activities.csv"], "served"), ("october.zip", ["october.zip"], "served")]
    assert lessons(settings) == LESSONS + 2


def test_a_return_to_an_earlier_vintage_is_not_undone(look, folder, settings, served):
    put(folder, activities=OCTOBER, log_submissions=HANDED_IN)
    look()
    vintages.serve(settings, served)
    assert look() == []
    assert vintages.served_id(settings) == served


def test_a_fault_is_told_and_tried_again(look, folder, settings, served, monkeypatch):
    put(folder, activities=OCTOBER, log_submissions=HANDED_IN)
    with monkeypatch.context() as broken:
        broken.setattr("sro.store.os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert [became for _, _, became in look()] == ["stopped"]
    assert [became for _, _, became in look()] == ["served"]


def test_a_folder_that_is_away_is_waited_for(look, folder, served):
    folder.rmdir()
    assert look() == []
