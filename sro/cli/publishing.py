"""deck, report, figures, verify: what leaves the building, and whether it still stands."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from sro.ask import Facts
from sro.calendar import parse_period, school_year_of
from sro.cli.asking import meant
from sro.cli.command import DONE, REFUSED, Command, CommandError
from sro.progress import progress_bar
from sro.publish import presets
from sro.publish.deck import deck
from sro.publish.desk import Desk, desk
from sro.publish.grants import Grant, GrantError, find_grant, last_period, measures
from sro.publish.pack import pack
from sro.publish.paper import NoOffice, as_pdf
from sro.publish.passport import issue
from sro.publish.presets import Choice, Collection, PresetError
from sro.publish.report import Award, report
from sro.publish.verify import CURRENT, Verdict, verify
from sro.releases import cleared
from sro.settings import AUDIENCES, Settings


def _made_by(make: Callable[[Collection, Desk, presets.Progress], bytes], ending: str) -> Callable[..., int]:
    """The command that makes one file of a preset."""

    def run(options: Namespace, settings: Settings) -> int:
        at = desk(settings)
        with progress_bar() as progress:
            collection = collection_of(options, at, progress)
            data = make(collection, at, progress)
        return _write(data, options.to or Path(f"{name_of(collection)}.{ending}"), collection)

    return run


def _report(options: Namespace, settings: Settings) -> int:
    at = desk(settings)
    grant: Grant | None = None
    try:
        grant = find_grant(at, options.grant) if options.grant else None
        if grant is not None and not options.period:
            options.period = last_period(grant, at.facts.data_through).key
    except GrantError as error:
        raise CommandError(str(error)) from None
    with progress_bar() as progress:
        collection = collection_of(options, at, progress)
        period = parse_period(collection.choice.period)
        award = Award(grant, measures(at, grant, period, options.audience)) if grant else None
        data = report(collection, at, award, progress)
    path = options.to or Path(f"{name_of(collection)}{f'-{grant.grant_id}' if grant else ''}.docx")
    code = _write(data, path, collection)
    return _as_pdf(data, path, collection, at) if options.pdf else code


def _as_pdf(data: bytes, path: Path, collection: Collection, at: Desk) -> int:
    title = f"{collection.preset.title}, {parse_period(collection.choice.period).label}"
    try:
        printed = as_pdf(data, issue(collection.figures, at.settings), title)
    except NoOffice as error:
        print(error)
        return REFUSED
    return _write(printed, path.with_suffix(".pdf"), collection)


def _report_arguments(parser: ArgumentParser) -> None:
    publish_arguments(parser, preset="grant")
    parser.add_argument("--grant", metavar="ID", help="with the measures of this award, by its reporting period")
    parser.add_argument("--pdf", action="store_true", help="as PDF, too (needs LibreOffice)")


def collection_of(options: Namespace, at: Desk, progress: presets.Progress) -> Collection:
    """The figures of the preset and period that the options name; refused where they would give a count away."""
    try:
        preset = presets.read_preset(at.settings.folders.project / "data" / "presets", options.preset)
    except PresetError as error:
        raise CommandError(str(error)) from None
    collection = presets.collect(at, preset, _choice(options, at.facts), progress)
    if not collection.placed:
        raise CommandError(f"There is nothing to show for {collection.choice.period}. {' '.join(collection.left_out)}")
    cleared(collection, at)
    return collection


def _choice(options: Namespace, facts: Facts) -> Choice:
    schools = {school.school_id: (school.name, school.short_name) for school in facts.schools}
    districts = {school.district_id: (school.district_name,) for school in facts.schools}
    period = options.period or school_year_of(facts.data_through).key
    return Choice(
        period=parse_period(period).key,
        districts=tuple(meant("district", text, districts) for text in options.district),
        schools=tuple(meant("school", text, schools) for text in options.school),
        audience=options.audience,
    )


def name_of(collection: Collection) -> str:
    """`board-2025-26`, with the places and the audience where they are not all and the public."""
    choice = collection.choice
    narrow = [] if choice.audience == "public" else [choice.audience]
    return "-".join([collection.preset.name, choice.period, *choice.districts, *choice.schools, *narrow])


def _write(data: bytes, path: Path, collection: Collection) -> int:
    """Write a file whole or not at all, and say what is in it."""
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None
    print(f"{path}: {len(collection.placed)} figures, {len(data) / 1e6:.1f} MB, audience {collection.choice.audience}")
    for reason in collection.left_out:
        print(f"left out: {reason}")
    return DONE


def publish_arguments(parser: ArgumentParser, preset: str = "") -> None:
    says = f"a file of data/presets, such as board{f' (default: {preset})' if preset else ''}"
    parser.add_argument("--preset", required=not preset, default=preset, metavar="NAME", help=says)
    parser.add_argument("--period", help="2025-26, 2025-26-Q1, 2025-09..2026-01 (default: the latest school year)")
    parser.add_argument("--district", action="append", default=[], metavar="WHICH", help="name or id; may be repeated")
    parser.add_argument("--school", action="append", default=[], metavar="WHICH", help="name or id; may be repeated")
    parser.add_argument("--audience", choices=AUDIENCES, default="public", help="for whom (default: public)")
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="where to write it (default: here, by preset and period)"
    )


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
        "deck", "Slides with real charts, from a preset.", _made_by(deck, "pptx"), publish_arguments, did="exported"
    ),
    Command(
        "report",
        "A Word report from a preset, with the measures of a grant.",
        _report,
        _report_arguments,
        did="exported",
    ),
    Command(
        "figures",
        "All figures of a preset in all formats, as a zip.",
        _made_by(pack, "zip"),
        publish_arguments,
        did="exported",
    ),
    Command("verify", "Whether a published file is genuine, and still current.", _verify, _verify_arguments),
)
