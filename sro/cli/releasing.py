"""release, releases: what is published for good, and what there is of it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sro import releases
from sro.cli.command import DONE, REFUSED, Command
from sro.cli.publishing import collection_of, name_of, publish_arguments
from sro.cli.tables import aligned
from sro.progress import progress_bar
from sro.publish.deck import deck
from sro.publish.desk import desk
from sro.publish.pack import pack
from sro.publish.report import report
from sro.releases import Release
from sro.settings import Settings

COLUMNS = ("Release", "Audience", "Period", "Vintage", "Title", "Status")
MAKERS = {
    "deck": ("pptx", deck),
    "report": ("docx", lambda collection, at, progress: report(collection, at, None, progress)),
    "figures": ("zip", pack),
}


def _release(options: Namespace, settings: Settings) -> int:
    at = desk(settings)
    with progress_bar() as progress:
        collection = collection_of(options, at, progress)
        files = {}
        for kind in options.kind or list(MAKERS):
            ending, make = MAKERS[kind]
            files[f"{name_of(collection)}.{ending}"] = make(collection, at, progress)
    made = releases.freeze(collection, files, at)
    print(f"Release {made.id}, audience {made.audience}, vintage {made.vintage}: {', '.join(made.files)}.")
    return DONE


def _release_arguments(parser: ArgumentParser) -> None:
    publish_arguments(parser)
    parser.add_argument("--kind", action="append", choices=list(MAKERS), help="what is made of it (default: all three)")


def _releases(options: Namespace, settings: Settings) -> int:
    if options.withdraw:
        releases.withdraw(options.withdraw, options.reason or "", settings)
    known = releases.releases(settings)
    changed = {one.id: releases.broken(one, settings) for one in known} if options.verify else {}
    rows = [[one.id, one.audience, one.period, one.vintage, one.title, _status(one)] for one in known]
    print(aligned(COLUMNS, rows) if rows else "No release yet.")
    for name, files in changed.items():
        print(f"{name}: {'as it was frozen' if not files else 'changed: ' + ', '.join(files)}")
    return REFUSED if any(changed.values()) else DONE


def _status(release: Release) -> str:
    return f"withdrawn: {release.withdrawn}" if release.withdrawn else "stands"


def _releases_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--verify", action="store_true", help="hold every file against the digest in its manifest")
    parser.add_argument("--withdraw", metavar="ID", help="say that a release is not to be used any more")
    parser.add_argument("--reason", metavar="TEXT", help="why it is withdrawn")


COMMANDS = (
    Command(
        "release",
        "Publish a preset for good: files and statements, frozen.",
        _release,
        _release_arguments,
        did="released",
    ),
    Command("releases", "What was released, and whether it is as it was.", _releases, _releases_arguments),
)
