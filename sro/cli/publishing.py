"""verify: asks the numbers of a published file again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sro.cli.command import DONE, REFUSED, Command, CommandError
from sro.publish.desk import desk
from sro.publish.verify import CURRENT, Verdict, verify
from sro.settings import Settings


def _verify(options: Namespace, settings: Settings) -> int:
    path: Path = options.file
    if not path.is_file():
        raise CommandError(f"{path}: there is no such file. Give a picture, deck, report, workbook or CSV file.")
    verdict = verify(path.read_bytes(), desk(settings), reader="restricted")
    print(*_told(verdict), sep="\n")
    return DONE if verdict.state == CURRENT else REFUSED


def _told(verdict: Verdict) -> list[str]:
    lines = [verdict.says]
    if verdict.passport is not None:
        made = verdict.passport
        lines.append(
            f"{made.program}, vintage {made.vintage}, data through {made.data_through}, audience {made.audience}"
            f"{', SYNTHETIC' if made.synthetic else ''}"
        )
    for checked in verdict.figures:
        lines += ["", f"{'same' if checked.is_current else 'then'}: {checked.said}"]
        if not checked.is_current:
            lines += [f"now:  {checked.says_now}"] * bool(checked.says_now) + [f"      {why}" for why in checked.why]
        for query in checked.entry.questions:
            lines.append(f"      {' '.join(f'{name}={value}' for name, value in query.items())}")
    return lines


def _verify_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="PNG, SVG, PDF, PPTX, DOCX, XLSX or CSV")


COMMANDS = (
    Command(
        "verify",
        "Whether a published file is genuine, and whether its numbers still stand.",
        _verify,
        _verify_arguments,
    ),
)
