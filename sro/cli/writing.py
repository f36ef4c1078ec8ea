"""template, dictionary, demo: files that come from the contract, or from nowhere but a seed."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

from sro.calendar import day_label
from sro.cli.command import DONE, Command, CommandError
from sro.cli.tables import many
from sro.contract import dictionary_markdown, load_contract, template_csv
from sro.demo import generate
from sro.progress import progress_bar
from sro.settings import Settings
from sro.templates import WEEKLY_LOG, table_workbook, weekly_log


def _template(options: Namespace, settings: Settings) -> int:
    contract = load_contract(settings.folders.contract)
    tables = contract.tables
    if unknown := [name for name in options.tables if name not in tables]:
        raise CommandError(f"The contract has no table {unknown[0]!r}. It has {', '.join(tables)}.")
    options.to.mkdir(parents=True, exist_ok=True)
    chosen = {name: tables[name] for name in options.tables or tables}
    blanks = {f"{name}.csv": template_csv(table).encode() for name, table in chosen.items()}
    if options.xlsx:
        reference = settings.folders.reference
        blanks = {f"{name}.xlsx": table_workbook(table, reference) for name, table in chosen.items()}
    written = sum(_write_new(options.to / name, content) for name, content in blanks.items())
    said = many(written, "blank table")
    if options.xlsx and not options.tables:
        new = _write_new(options.to / f"{WEEKLY_LOG}.xlsx", weekly_log(contract, settings.folders.reference))
        said += f" and {WEEKLY_LOG}.xlsx" if new else ""
    where = "the sheet Data dictionary" if options.xlsx else "docs/data-dictionary.md"
    print(f"{said} in {options.to}. What a column means stands in {where}.")
    return DONE


def _write_new(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet; gives whether it was written."""
    if path.exists():
        print(f"{path} exists already and was left as it is.")
        return False
    path.write_bytes(content)
    return True


def _template_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("tables", nargs="*", metavar="TABLE", help="only these tables (default: all)")
    parser.add_argument("--to", type=Path, default=Path("templates"), metavar="FOLDER", help="default: templates")
    parser.add_argument(
        "--xlsx", action="store_true",
        help="workbooks with drop-down lists, rules, examples and a data dictionary; of all tables, also a weekly log",
    )  # fmt: skip


def _dictionary(options: Namespace, settings: Settings) -> int:
    path = options.to or settings.folders.project / "docs" / "data-dictionary.md"
    contract = load_contract(settings.folders.contract)
    path.write_text(dictionary_markdown(contract), encoding="utf-8")
    print(f"{path}: {many(len(contract.tables), 'table')}.")
    return DONE


def _dictionary_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FILE", help="default: docs/data-dictionary.md")


def _demo(options: Namespace, settings: Settings) -> int:
    folder, through = options.to or settings.folders.demo, options.through or date.today()
    total, written = len(load_contract(settings.folders.contract).tables), 0
    try:
        with progress_bar() as progress:

            def tell(table: str) -> None:
                nonlocal written
                written += 1
                progress(f"Wrote {table}", written, total)

            rows = generate(folder, through, options.seed, tell)
    except ValueError as error:
        raise CommandError(str(error)) from None
    amount = f"{many(len(rows), 'table')}, {many(sum(rows.values()), 'row')}"
    print(f"{folder}: {amount} of a county that does not exist, through {day_label(through)}, marked SYNTHETIC.")
    print(f"Load it with `python -m sro load {folder}`.")
    return DONE


def _demo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="default: data/demo")
    parser.add_argument("--through", type=_day, metavar="DATE", help="last day of the data (default: today)")
    parser.add_argument("--seed", type=int, default=2016, metavar="N", help="default: 2016")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2025-09-30") from None


COMMANDS = (
    Command("template", "Write blank files with the contract's columns.", _template, _template_arguments),
    Command("dictionary", "Write the data dictionary from the contract.", _dictionary, _dictionary_arguments),
    Command("demo", "Write the exports of a county that does not exist.", _demo, _demo_arguments),
)
