"""A command of `python -m sro`: its name, what it does in one line, its arguments and the function that runs it."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from sro.settings import Settings

# What a scheduler reads.
DONE, REFUSED, NOT_UNDERSTOOD, NOT_AGREED = 0, 1, 2, 3


class CommandError(Exception):
    """An argument that makes no sense here; the message says which, and what may stand there."""


def local_name() -> str:
    """Whom the audit trail names where a command is run."""
    return f"local:{getpass.getuser()}"


def no_arguments(parser: ArgumentParser) -> None:
    """Nothing to add."""


@dataclass(frozen=True)
class Command:
    """`add_arguments` describes its options; `run` gives the exit code; `did` is what the audit trail calls it."""

    name: str
    says: str
    run: Callable[[Namespace, Settings], int]
    add_arguments: Callable[[ArgumentParser], None] = no_arguments
    did: str = ""
