"""push, fetch: the vintage that one machine serves, through a folder or object store, to others."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sro import depot, trail, vintages
from sro.cli.command import DONE, Command, local_name
from sro.settings import Settings


def _push(options: Namespace, settings: Settings) -> int:
    listing = depot.push(options.depot, settings)
    print(f"Vintage {listing.vintage} is in {options.depot}, for others to fetch.")
    return DONE


def _fetch(options: Namespace, settings: Settings) -> int:
    """What changes nothing is not noted, as a scheduler asks every few minutes."""
    listing = depot.listed(options.depot)
    if listing.vintage == vintages.served_id(settings):
        print(f"Vintage {listing.vintage} is served already.")
        return DONE
    trail.note(settings, local_name(), "served", f"fetch {options.depot}", vintage=listing.vintage)
    depot.fetch(options.depot, listing, settings)
    print(f"Vintage {listing.vintage} is served, from {options.depot}.")
    return DONE


def _arguments(parser: ArgumentParser) -> None:
    says = "a folder, or the address of one in an object store, such as s3://bucket/folder"
    parser.add_argument("depot", metavar="DEPOT", help=says)


COMMANDS = (
    Command("push", "Put the vintage that is served where other machines fetch it.", _push, _arguments, did="exported"),
    Command("fetch", "Serve the vintage that another machine pushed.", _fetch, _arguments),
)
