"""Two hundred exports that arrive broken: each is refused in words, or loads with the same values."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from sro.problems import ERROR, WARNING
from sro.vintages import LoadReport, current
from tests.office import LESSONS, lessons, load_office, settings_in
from tests.vintages.mutations import KINDS, Mutation, files

CASES = [(kind, number) for kind, (times, _) in KINDS.items() for number in range(times)]


def as_path(mutation: Mutation, folder: Path) -> Path:
    if mutation.archive:
        path = folder / "export.zip"
        path.write_bytes(mutation.archive)
        return path
    for name, content in mutation.files.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """An office that serves a healthy export already."""
    settings = settings_in(tmp_path_factory.mktemp("office"))
    export = as_path(Mutation(files()), tmp_path_factory.mktemp("healthy"))
    report = load_office(export, settings)
    assert report.problems == ()
    return settings


def test_there_are_two_hundred_of_them():
    assert len(CASES) >= 200


@pytest.mark.parametrize("kind, number", CASES, ids=[f"{kind} {number}" for kind, number in CASES])
def test_a_broken_export_is_refused_or_harmless(kind, number, settings, tmp_path):
    mutation = KINDS[kind][1](Random(f"{kind} {number}"))
    before = current(settings).id
    report = load_office(as_path(mutation, tmp_path), settings)
    for problem in report.problems:
        assert problem.message and problem.remedy and problem.severity in (ERROR, WARNING)
        assert len(str(problem)) < 1000
    if mutation.says:
        assert not report.is_good and report.vintage is None
        assert_named(report, mutation)
        assert current(settings).id == before
    else:
        assert report.is_good, report.lines()
    assert lessons(settings) == LESSONS
    assert [path.name for path in settings.folders.vintages.iterdir() if path.name.startswith(".building")] == []


def assert_named(report: LoadReport, mutation: Mutation) -> None:
    errors = [problem for problem in report.problems if problem.severity == ERROR]
    assert all(problem.file for problem in errors)
    named = [problem for problem in errors if problem.rule in mutation.says.split()]
    assert named, report.lines()
    assert any(
        problem.file == mutation.file
        and mutation.row in (None, problem.row)
        and mutation.column.casefold() in ("", problem.column.casefold())
        and mutation.value in (problem.value or "")
        for problem in named
    ), report.lines()
