"""claim: can I say this?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from sro import vintages
from sro.ask import catalogue_of, vintage_facts
from sro.calendar import school_year_of
from sro.claims import KINDS, VERDICTS, Claim, ClaimError, judge
from sro.cli.asking import meant, names_of
from sro.cli.command import DONE, REFUSED, Command, CommandError
from sro.question import Question
from sro.settings import AUDIENCES, Settings


def _claim(options: Namespace, settings: Settings) -> int:
    vintage = vintages.current(settings)
    facts = vintage_facts(vintage, settings)
    schools = {school.school_id: (school.name, school.short_name) for school in facts.schools}
    districts = {school.district_id: (school.district_name,) for school in facts.schools}
    card = catalogue_of(settings.folders.queries / "metrics").find(options.metric)
    question = Question(
        card.name,
        options.period or school_year_of(facts.data_through).key,
        schools=tuple(meant("school", text, schools) for text in options.schools),
        districts=tuple(meant("district", text, districts) for text in options.districts),
        audience=options.audience,
    )
    others = tuple(meant("school", text, schools) for text in options.than)
    try:
        claim = Claim(
            options.kind,
            question,
            before=options.before or "",
            since_start=options.since_start,
            other=replace(question, schools=others, districts=()) if others else None,
            by=options.by,
            target=settings.targets.get(card.name) if options.target is None else options.target,
        )
    except ClaimError as error:
        raise CommandError(str(error)) from None
    said = judge(claim, vintage, settings, names_of(facts))
    print(said.verdict.capitalize())
    for reason in said.reasons:
        print(f"  · {reason}")
    print(f"\nWhat the data supports:\n{said.sentence}\n\n{said.footnote}")
    return REFUSED if said.verdict == VERDICTS[2] else DONE


def _claim_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("metric", metavar="METRIC", help="name, id or title, such as coverage_rate or C04")
    parser.add_argument("kind", choices=tuple(KINDS), metavar="CLAIM", help=", ".join(KINDS))
    parser.add_argument("--period", help="the period that it is said of (default: the latest school year)")
    parser.add_argument(
        "--before", help="the period that it is compared with (default: the same months a year earlier)"
    )
    parser.add_argument(
        "--since-start", action="store_true", help="compared with the program's first whole school year"
    )
    for name in ("schools", "districts"):
        says = "name or id; may be repeated"
        parser.add_argument(f"--{name[:-1]}", dest=name, action="append", default=[], metavar="WHICH", help=says)
    parser.add_argument(
        "--than", action="append", default=[], metavar="SCHOOL", help="higher or lower than this school"
    )
    parser.add_argument("--by", type=float, metavar="SIZE", help="the claimed size: percent, of a percentage points")
    parser.add_argument(
        "--target", type=float, metavar="VALUE", help="what was to be reached (default: that of program.toml)"
    )
    parser.add_argument("--audience", choices=AUDIENCES, default="public", help="for whom (default: public)")


COMMANDS = (
    Command(
        "claim",
        "Can I say this? Judge a claim and give the sentence that holds.",
        _claim,
        _claim_arguments,
        did="asked",
    ),
)
