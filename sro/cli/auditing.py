"""audit: what an attacker could work out of everything that an audience can be told."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sro import publication, releases, vintages
from sro.audit import Leak, audit
from sro.cli.command import DONE, REFUSED, Command
from sro.cli.tables import many
from sro.progress import progress_bar
from sro.publish.desk import desk
from sro.settings import Settings


def _audit(options: Namespace, settings: Settings) -> int:
    if options.release:
        return _audit_releases(options, settings)
    vintage = vintages.current(settings)
    audiences = [options.audience] if options.audience else list(settings.thresholds)
    found: dict[str, list[Leak]] = {}
    counted = {}
    with progress_bar() as progress:
        years = publication.school_years(publication.vintage_facts(vintage, settings))
        knowledge = publication.knowledge_of(vintage, settings)
        steps = len(audiences) * len(years)
        for number, audience in enumerate(audiences):
            for place, year in enumerate(years):
                progress(f"Attacking {year.label}, {audience}", number * len(years) + place, steps)
                told = publication.told(vintage, settings, audience, year)
                counted[audience] = counted.get(audience, 0) + len(told)
                if len(told):
                    found.setdefault(audience, []).extend(audit(told, knowledge, settings.thresholds[audience]))
    for audience in audiences:
        leaks = found.get(audience, [])
        print(f"{audience}: {many(len(leaks), 'leak')} in {many(counted.get(audience, 0), 'statement')}.")
        for leak in leaks:
            print(f"  {leak}")
    return REFUSED if any(found.values()) else DONE


def _audit_releases(options: Namespace, settings: Settings) -> int:
    """What these releases give away together."""
    reader = options.audience or "public"
    names = dict.fromkeys(releases.named(text, settings) for text in options.release)
    told = releases.told_in(names, settings)
    leaks = releases.attacked(told, desk(settings), reader)
    print(f"{reader}: {many(len(leaks), 'leak')} in {many(sum(map(len, told)), 'statement')}.")
    print(*(f"  {leak}" for leak in leaks), sep="\n", end="\n" if leaks else "")
    return REFUSED if leaks else DONE


def _audit_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--release",
        nargs="+",
        metavar="FILE",
        help="only what these releases say together: ids, folders or published files",
    )
    parser.add_argument("--audience", choices=("public", "leadership"), help="only this one (default: both)")


COMMANDS = (Command("audit", "What could be worked out of all that each audience is told.", _audit, _audit_arguments),)
