"""`python -m sro …`: load exports, ask questions. Every command ends with an exit code that a scheduler can read.

0 done · 1 the data was refused, or there is nothing to show · 2 the command could not be understood ·
3 good, but not published, because rows would be removed and nobody agreed to that.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from sro import __version__
from sro.backup import BackupError
from sro.calendar import PeriodError
from sro.cli import asking, auditing, claiming, guarding, loading, publishing, relaying, releasing, writing
from sro.cli.command import NOT_UNDERSTOOD, REFUSED, CommandError, local_name
from sro.contract import ContractError
from sro.depot import DepotError
from sro.engine import EngineError
from sro.metrics import CatalogueError
from sro.question import QuestionError
from sro.releases import ReleaseError
from sro.settings import Settings, SettingsError, read_settings
from sro.trail import TrailError, note, try_note
from sro.vintages import VintageError

# One module a group of commands; a new group is a new name here.
GROUPS = (loading, relaying, asking, claiming, publishing, releasing, auditing, guarding, writing)
COMMANDS = tuple(command for group in GROUPS for command in group.COMMANDS)
STOPPED = 130
REFUSALS = (
    SettingsError, ContractError, EngineError, VintageError, DepotError, ReleaseError, TrailError, BackupError,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; what goes wrong is told in a sentence on standard error.

    `python -X dev -m sro …` lets a fault of the program itself through, with its traceback.
    """
    _print_whatever_the_terminal_can()
    given = sys.argv[1:] if arguments is None else arguments
    options = parser().parse_args(given)
    try:
        settings = read_settings()
        if options.did:
            _note(settings, options, given)
        code = options.run(options, settings)
        sys.stdout.flush()
        return code
    except (CommandError, QuestionError, PeriodError, CatalogueError) as error:
        return _tell(error, NOT_UNDERSTOOD)
    except REFUSALS as error:
        # A scheduler reads one line, whatever happened.
        if options.run in (loading.load, loading.build) and options.json:
            print(loading.refusal(error))
            return REFUSED
        return _tell(error, REFUSED)
    except KeyboardInterrupt:
        return _tell("Stopped. Nothing was published.", STOPPED)
    except BrokenPipeError:  # the reader, such as `head`, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _tell(f"{error.filename or 'A file'}: {error.strerror or error}. Nothing was changed.", REFUSED)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        says = f"A fault of this program: {type(error).__name__}, {error}. Nothing was changed."
        return _tell(f"{says} `python -X dev -m sro …` shows where it is.", REFUSED)


def _note(settings: Settings, options: argparse.Namespace, given: Sequence[str]) -> None:
    """Who ran which command. Where nothing can be written, nothing leaves and nothing is published."""
    changes_nothing = options.did == "asked" or getattr(options, "verify", False)
    noted = try_note if changes_nothing else note
    noted(settings, local_name(), options.did, " ".join(given), getattr(options, "audience", "") or "")


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    whole = argparse.ArgumentParser(
        prog="python -m sro", description="The SRO Program Dashboard, from the command line."
    )
    whole.add_argument("--version", action="version", version=f"SRO Program Dashboard {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        added = commands.add_parser(command.name, help=command.says, description=command.says)
        added.set_defaults(run=command.run, did=command.did)
        command.add_arguments(added)
    return whole


def _tell(what: object, code: int) -> int:
    print(what, file=sys.stderr)
    return code


def _print_whatever_the_terminal_can() -> None:
    """A character that the terminal does not know becomes a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
