"""All commands together: every one is documented, none ever shows a traceback; and those that write files."""

import os
import subprocess
import sys

import pytest

from sro import cli
from sro.cli import COMMANDS, main
from sro.contract import load_contract
from sro.settings import PROJECT, SettingsError

CONTRACT = load_contract(PROJECT / "data" / "contract")
README = PROJECT / "README.md"


def test_no_two_commands_have_one_name():
    names = [command.name for command in COMMANDS]
    assert len(names) == len(set(names)) >= 9


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command, sro, served):
    said = sro(served, command.name, "--help")
    assert said.code == 0 and command.says.split(";")[0][:40] in said.out.replace("\n", " ")


@pytest.mark.skipif(not README.exists(), reason="There is no README yet.")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_documented(command):
    assert f"python -m sro {command.name}" in README.read_text(encoding="utf-8")


def python_m_sro(office, *arguments, **more):
    environment = {**os.environ, "SRO_DATA": str(office), **more}
    command = [sys.executable, "-m", "sro", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60)


def test_it_runs_as_a_module_and_says_its_version():
    ran = python_m_sro(PROJECT, "--version")
    assert ran.returncode == 0 and ran.stdout.startswith("SRO Program Dashboard ")


def test_a_terminal_that_knows_few_letters_gets_question_marks(served):
    ran = python_m_sro(served, "ask", "E03", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "") and "2025?26" in ran.stdout


def test_a_reader_that_has_enough_is_no_error(served):
    script = f"{sys.executable} -m sro metrics | head -1; exit ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "SRO_DATA": str(served)}
    ran = subprocess.run(
        ["bash", "-c", script], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert ran.stderr == "" and ran.stdout.startswith("Id")


def test_settings_that_cannot_be_read_are_told(sro, served, monkeypatch, tmp_path):
    def broken():
        raise SettingsError("program.toml: [program] name is missing.")

    monkeypatch.setattr(cli, "read_settings", broken)
    said = sro(served, "status")
    assert (said.code, said.err) == (1, "program.toml: [program] name is missing.\n")


@pytest.mark.parametrize(
    "error, code, says",
    [
        (KeyboardInterrupt(), 130, "Stopped. Nothing was published."),
        (PermissionError(13, "Permission denied", "data/vintages"), 1, "data/vintages: Permission denied."),
        (ZeroDivisionError("division by zero"), 1, "A fault of this program: ZeroDivisionError, division by zero."),
    ],
)
def test_whatever_happens_is_told_in_a_sentence(error, code, says, sro, served, monkeypatch):
    def failing(*_):
        raise error

    monkeypatch.setattr(cli, "read_settings", failing)
    said = sro(served, "status")
    assert said.code == code and says in said.err


# Commands that write files -------------------------------------------------------------------------------------------


def test_templates_have_the_columns_of_the_contract_and_load_as_empty_tables(sro, empty):
    said = sro(empty, "template", "--to", f"{empty}/blank")
    assert said.code == 0 and f"{len(CONTRACT.tables)} blank tables" in said.out
    for name, table in CONTRACT.tables.items():
        assert (empty / "blank" / f"{name}.csv").read_bytes() == f"{','.join(table.columns)}\r\n".encode()
    said = sro(empty, "check", f"{empty}/blank")
    assert said.code == 1 and "1 error," in said.out + said.err and "schools.csv: There are no rows." in said.err


def test_templates_as_workbooks_come_with_a_weekly_log(sro, empty):
    said = sro(empty, "template", "--xlsx", "--to", f"{empty}/blank")
    assert said.code == 0 and "and weekly_officer_log.xlsx" in said.out
    written = {path.name for path in (empty / "blank").iterdir()}
    assert written == {f"{name}.xlsx" for name in CONTRACT.tables} | {"weekly_officer_log.xlsx"}
    said = sro(empty, "check", f"{empty}/blank")
    assert said.code == 1 and "1 error," in said.out + said.err and "There are no rows." in said.err
    said = sro(empty, "template", "drills", "--xlsx", "--to", f"{empty}/one")
    assert [path.name for path in (empty / "one").iterdir()] == ["drills.xlsx"]


def test_a_template_never_replaces_a_file(sro, empty):
    (empty / "schools.csv").write_text("mine")
    said = sro(empty, "template", "schools", "drills", "--to", str(empty))
    assert "exists already" in said.out and "1 blank table " in said.out
    assert (empty / "schools.csv").read_text() == "mine"


def test_a_template_of_no_table_is_told(sro, empty):
    said = sro(empty, "template", "teachers", "--to", f"{empty}/blank")
    assert said.code == 2 and "The contract has no table 'teachers'" in said.err
    assert not (empty / "blank").exists()


def test_the_dictionary_is_written_from_the_contract(sro, empty):
    said = sro(empty, "dictionary", "--to", f"{empty}/dictionary.md")
    assert said.code == 0
    assert (empty / "dictionary.md").read_bytes() == (PROJECT / "docs" / "data-dictionary.md").read_bytes()


def test_the_demo_loads_and_says_synthetic(sro, tmp_path):
    said = sro(tmp_path, "demo", "--through", "2021-10-15", "--seed", "7")
    assert said.code == 0 and "marked SYNTHETIC" in said.out
    assert sro(tmp_path, "load", f"{tmp_path}/demo", "--quiet").code == 0
    assert "· SYNTHETIC" in sro(tmp_path, "status").out
    asked = sro(tmp_path, "ask", "lessons_delivered")
    assert asked.code == 0 and "\nSYNTHETIC · Source" in asked.out


@pytest.mark.parametrize("day, says", [("2010-01-01", "begin on 2021-07-01"), ("soon", "'soon' is no date")])
def test_a_demo_of_no_day_is_told(day, says, sro, empty):
    said = sro(empty, "demo", "--through", day)
    assert said.code == 2 and says in said.err


def test_no_argument_at_all_is_no_traceback():
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
