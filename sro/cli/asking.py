"""metrics, ask: what can be asked, and what the answer is."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import fields

import pandas as pd

from sro import vintages
from sro.answer import SHOWN, STATUSES, Answer
from sro.ask import Facts, ask, vintage_facts
from sro.calendar import GRAINS, school_year_of
from sro.cli.command import DONE, REFUSED, Command, CommandError
from sro.cli.tables import aligned
from sro.figures import wording
from sro.figures.tables import PLACE_NAMES, answer_table, csv_text, rows_of
from sro.gates import compared, context_of
from sro.metrics import CARD_FIELDS, read_catalogue
from sro.publish.plain import as_json
from sro.question import BY, COMPARE, FILTERS, Question
from sro.settings import AUDIENCES, Settings


def _metrics(options: Namespace, settings: Settings) -> int:
    catalogue = read_catalogue(settings.folders.queries / "metrics")
    if not options.metric:
        cards = catalogue.cards.values()
        print(aligned(("Id", "Name", "Title", "Unit"), [(c.id, c.name, c.title, c.unit) for c in cards]))
        return DONE
    card = catalogue.find(options.metric)
    for name in CARD_FIELDS:
        print(f"{name.replace('_', ' ') + ':':<13} {getattr(card, name)}")
    print(f"\n{card.sql}")
    return DONE


def _metrics_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("metric", nargs="?", metavar="METRIC", help="name, id or title, such as coverage_rate or C04")


def _ask(options: Namespace, settings: Settings) -> int:
    vintage = vintages.current(settings)
    facts = vintage_facts(vintage, settings)
    answer = compared(ask(_question(options, facts), vintage, settings), context_of(vintage, settings))
    names = names_of(facts)
    match options.format:
        case "csv":
            lines = [*_heading(answer, names), *_footing(answer)]
            print(csv_text(answer_table(answer), lines), end="")
        case "json":
            print(json.dumps(as_json(answer), indent=2, ensure_ascii=False, allow_nan=False))
        case _:
            print(*_heading(answer, names), "", *_table(answer), *_footing(answer), sep="\n")
    return REFUSED if answer.is_empty else DONE


def _ask_arguments(parser: ArgumentParser) -> None:
    """The parts of a Question, spelled as in a page's address."""
    periods = "2025-26, 2025-26-Q1, 2025-26-S2, 2025-09 or 2025-09..2026-01 (default: the latest school year)"
    parser.add_argument("metric", metavar="METRIC", help="name, id or title, such as coverage_rate or C04")
    parser.add_argument("--period", help=periods)
    parser.add_argument("--grain", choices=GRAINS, default="total", help="parts of the period")
    parser.add_argument("--by", choices=BY, default="program", help="one line for each of these")
    for name in FILTERS:
        says = "name or id; may be repeated" if name in ("schools", "districts") else "code; may be repeated"
        parser.add_argument(f"--{name[:-1]}", dest=name, action="append", default=[], metavar="WHICH", help=says)
    parser.add_argument("--sliced", action="store_true", help="cut by the metric's own categories")
    parser.add_argument("--compare", choices=COMPARE, default="none")
    parser.add_argument("--audience", choices=AUDIENCES, default="public", help="for whom (default: public)")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")


def _question(options: Namespace, facts: Facts) -> Question:
    given = {field.name: getattr(options, field.name) for field in fields(Question)}
    given["period"] = options.period or school_year_of(facts.data_through).key
    schools = {school.school_id: (school.name, school.short_name) for school in facts.schools}
    districts = {school.district_id: (school.district_name,) for school in facts.schools}
    given["schools"] = tuple(meant("school", text, schools) for text in options.schools)
    given["districts"] = tuple(meant("district", text, districts) for text in options.districts)
    return Question(**given)


def meant(what: str, text: str, known: Mapping[str, Sequence[str]]) -> str:
    """The id that a person means by an id, a name, or a part of a name that only one has."""
    if text in known:
        return text
    wanted = text.casefold().strip()
    names = {id_: [name.casefold() for name in names if name] for id_, names in known.items()}
    for fits in (lambda name: name == wanted, lambda name: wanted in name):
        found = [id_ for id_ in names if any(map(fits, names[id_]))]
        if len(found) == 1:
            return found[0]
        if found:
            several = "; ".join(f"{known[id_][0]} ({id_})" for id_ in found[:6])
            more = f"; and {len(found) - 6} more" if len(found) > 6 else ""
            raise CommandError(f"{text!r} is the name of several {what}s: {several}{more}. Give the id.")
    raise CommandError(
        f"There is no {what} {text!r} in this export. `python -m sro ask schools_served --by {what}` lists them."
    )


def names_of(facts: Facts) -> dict[str, str]:
    """What districts and schools are called, by id."""
    named = {school.district_id: school.district_name for school in facts.schools}
    return named | {school.school_id: school.name for school in facts.schools}


# What is printed -----------------------------------------------------------------------------------------------------


def _heading(answer: Answer, names: Mapping[str, str]) -> list[str]:
    """The finding, and what was asked."""
    return [wording.finding(answer), wording.subtitle(answer, names)]


def _footing(answer: Answer) -> list[str]:
    """Notes, the comparison with its interval, and where all of it comes from."""
    compared = wording.comparison_note(answer) if answer.change else ()
    return [*answer.notes, *compared, wording.footer(answer)]


def _table(answer: Answer) -> list[str]:
    """The cells, and those of the answer that it is compared with; nothing where there are none."""
    cells = answer.cells
    if answer.comparison is not None:
        cells = pd.concat([cells, answer.comparison.cells], ignore_index=True)
    if cells.empty:
        return []
    card = answer.card
    rows = rows_of(cells)
    columns = {PLACE_NAMES[answer.question.by]: [row["unit_name"] for row in rows]}
    columns["Period"] = [f"{row['period_label']}{' (part)' if row['partial'] else ''}" for row in rows]
    if any(row["slice_title"] for row in rows):
        columns["Category"] = [row["slice_title"] for row in rows]
    first_number = len(columns)
    seen = [row if row["status"] in SHOWN else None for row in rows]
    columns["Value"] = [wording.value_text(row["value"], card) if row else "" for row in seen]
    if card.interval != "none":
        columns["Interval"] = [wording.interval_text(row["low"], row["high"], card) if row else "" for row in seen]
    if not card.is_count:
        for name in ("numerator", "denominator"):
            columns[name.capitalize()] = [wording.count_text(row[name]) if row else "" for row in seen]
    last_number = len(columns)
    columns["Status"] = [STATUSES[row["status"]] for row in rows]
    lines = zip(*columns.values(), strict=True)
    return [aligned(list(columns), list(lines), right=range(first_number, last_number)), ""]


COMMANDS = (
    Command("metrics", "All metrics, or the definition of one.", _metrics, _metrics_arguments),
    Command("ask", "The answer to a question, as a table, CSV or JSON.", _ask, _ask_arguments, did="asked"),
)
