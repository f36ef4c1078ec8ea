"""The readers of exports under bytes at random (atheris), and what such bytes have found."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec

import duckdb
import pytest

from sro.settings import PROJECT
from sro.vintages import check
from tests.office import TODAY, settings_in

RUNS = 4000


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no package for this system or this Python")
def test_the_readers_answer_whatever_comes_in_words(tmp_path):
    """A process of its own: what crashes a reader would end it. `make fuzz` runs longer.

    No limit to memory: the most that a process held counts what the one held from which it was forked.
    """
    run = subprocess.run(
        [sys.executable, "-m", "tests.attacks.fuzzing", f"-atheris_runs={RUNS}", "-seed=1", "-rss_limit_mb=0"],
        cwd=PROJECT, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0 and f"Done {RUNS} in" in run.stderr, run.stderr[-3000:]


@pytest.mark.parametrize("name", ["", "."])
def test_a_member_of_a_zip_without_a_name_is_refused(tmp_path, name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("schools.csv", "school_id,name\nA,Alder\n")
        member = zipfile.ZipInfo("x")
        member.filename = name
        archive.writestr(member, "y")
    (tmp_path / "sent.zip").write_bytes(packed.getvalue())
    report = check(tmp_path / "sent.zip", settings_in(tmp_path), today=lambda: TODAY)
    assert not report.is_good and "without a name" in report.problems[0].message
    assert all(problem.message and problem.remedy for problem in report.problems)


def test_a_reader_that_fails_does_not_tell_where_files_lie(tmp_path):
    path = tmp_path / "schools.parquet"
    duckdb.execute(f"COPY (SELECT 'A' AS school_id, 'Alder' AS name) TO '{path}' (FORMAT parquet)")
    path.write_bytes(path.read_bytes()[:-8] + b"\xff\xff\xff\x7fPAR1")
    (problem,) = [one for one in check(tmp_path, settings_in(tmp_path / "home")).problems if one.file == path.name]
    assert "cannot be read" in problem.message and str(tmp_path) not in str(problem)
