"""What a foreign sheet could be: its table by the likeness of headers, its columns and its codes, as suggestions.

Nothing here decides. A person confirms a proposal, and it becomes a mapping (mapping.py) that reads such files from
then on. What people call things stands in data/reference/synonyms.toml.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from sro.contract import Contract, Field, Table, normalized

LIKE = 0.78
TABLE_LIKE = 0.4
NAMED_BY_SYNONYM = 0.95
ABBREVIATED = 0.9
FEWEST_COLUMNS = 2
NEGATIONS = {"no", "not", "non", "without"}
FILLING = NEGATIONS | {"of", "the", "a", "and", "or", "in", "by"}
CELL = "{@cell}"
TABLE_CODES = {"activity_type": "activity_types.csv"}


@dataclass(frozen=True)
class Vocabulary:
    """What else columns and codes are called: column → names, field → code → names, all as `normalized` writes them."""

    columns: Mapping[str, Sequence[str]]
    codes: Mapping[str, Mapping[str, Sequence[str]]]
    lists: frozenset[str] = frozenset(TABLE_CODES)

    def knowing(self, column: str, titles: Mapping[str, Sequence[str]]) -> Vocabulary:
        """With the ids that may stand in a column, and what each is called: the schools of an office."""
        named = {code: [normalized(title) for title in names if title] for code, names in titles.items()}
        return Vocabulary(self.columns, {**self.codes, column: named}, self.lists | {column})

    def codes_of(self, table: Table, column: Field) -> dict[str, list[str]]:
        """Every code that may stand in the column, with its other names; empty where the column has no codes."""
        own = self.codes.get(f"{table.name}.{column.name}", {})
        shared = self.codes.get(column.name, {})
        listed = column.name in self.lists and table.primary_key != (column.name,)
        codes = column.enum or (tuple(shared) if listed else ())
        return {code: [normalized(code), *own.get(code, ()), *shared.get(code, ())] for code in codes}


@dataclass(frozen=True)
class Likeness:
    """How much a sheet looks like a contract table (0 to 1), and which of its headers each column could be."""

    table: Table
    score: float
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Rows:
    """Which rows of a sheet make rows of a table.

    Only those in which the columns `filled` are; of those with the same key the one with the largest `keep`. With
    `unpivot` (column → code) a row for each of these columns: `elsewhere` is the text in one that says that the number
    stands in another row, `parts` are those that count once more what others count.
    """

    filled: Sequence[str] = ()
    keep: str = ""
    unpivot: Mapping[str, str] = field(default_factory=dict)
    elsewhere: str = ""
    parts: Sequence[str] = ()


@dataclass(frozen=True)
class Proposal:
    """One contract table as a person confirmed it: column → template of mapping.py, column → text found → code.

    A template can name others for where it is empty: `{Code} | {Building}`.
    """

    table: str
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)


def read_vocabulary(folder: Path) -> Vocabulary:
    """The synonyms, with the titles of codes, of data/reference."""
    raw = tomllib.loads((folder / "synonyms.toml").read_text(encoding="utf-8"))
    codes: dict[str, dict[str, list[str]]] = {}
    for name, code, title in code_titles(folder):
        codes.setdefault(name, {}).setdefault(code, []).append(normalized(title))
    for name, known in raw["codes"].items():
        for code, names in known.items():
            codes.setdefault(name, {}).setdefault(code, []).extend(map(normalized, names))
    return Vocabulary({name: [*map(normalized, names)] for name, names in raw["columns"].items()}, codes)


def code_titles(folder: Path) -> list[tuple[str, str, str]]:
    """(column or table.column, code, title) of every code that data/reference names."""
    titles = [(row["field"], row["code"], row["title"]) for row in _rows(folder / "code_titles.csv")]
    listed = [(name, row[name], row["title"]) for name, file in TABLE_CODES.items() for row in _rows(folder / file)]
    return titles + listed


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# Tables and columns --------------------------------------------------------------------------------------------------


def likenesses(headers: Sequence[str], contract: Contract, words: Vocabulary) -> list[Likeness]:
    """The tables that the sheet could be, the likeliest first; none when nothing fits."""
    found = [likeness(headers, table, words) for table in contract.tables.values()]
    likely = [one for one in found if one.score >= TABLE_LIKE and len(one.columns) >= FEWEST_COLUMNS]
    return sorted(likely, key=lambda one: (-one.score, one.table.name))


def likeness(headers: Sequence[str], table: Table, words: Vocabulary) -> Likeness:
    """Columns matched best first, each header once; the score is the mean of headers used and needed columns found."""
    pairs = sorted(
        (-_alike(normalized(header), column, words), header, column.name)
        for header in headers
        for column in table.fields
        if normalized(header)
    )
    columns: dict[str, str] = {}
    quality = 0.0
    for score, header, column in pairs:
        if -score >= LIKE and column not in columns and header not in columns.values():
            columns[column] = header
            quality -= score
    needed = [column.name for column in table.fields if column.required]
    used = quality / max(1, len([header for header in headers if normalized(header)]))
    complete = sum(name in columns for name in needed) / max(1, len(needed))
    return Likeness(table, (used + complete) / 2, columns)


def _alike(header: str, column: Field, words: Vocabulary) -> float:
    if header == column.name:
        return 1.0
    if header == normalized(column.title) or header in words.columns.get(column.name, ()):
        return NAMED_BY_SYNONYM
    return min(ABBREVIATED, max(_ratio(header, column.name), _ratio(header, normalized(column.title))))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


# Codes ---------------------------------------------------------------------------------------------------------------


def match_code(text: str, codes: Mapping[str, Iterable[str]]) -> str:
    """The code that a text most likely means; empty where two are as likely, or none is.

    "Fight – no inj." is fight_no_injury; "Fight, injury" is not, because one of the two says no.
    """
    said = normalized(text)
    scored = sorted(((max(_means(said, name) for name in names), code) for code, names in codes.items()), reverse=True)
    if not scored or scored[0][0] < LIKE or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return ""
    return scored[0][1]


def _means(said: str, name: str) -> float:
    """1 for the same words, a little less for abbreviated ones, else how alike the letters are."""
    if said == name:
        return 1.0
    words, known = said.split("_"), name.split("_")
    if bool(NEGATIONS & set(words)) != bool(NEGATIONS & set(known)):
        return 0.0
    short = [word for word in words if word not in FILLING]
    full = [word for word in known if word not in FILLING]
    if short and len(short) == len(full) and all(map(_abbreviates, short, full)):
        return NAMED_BY_SYNONYM
    return min(ABBREVIATED, _ratio(said, name))


def _abbreviates(short: str, full: str) -> bool:
    return full.startswith(short) and (len(short) > 2 or short == full)


# A confirmed proposal as a mapping -----------------------------------------------------------------------------------


def as_column(header: str) -> str:
    """A header as a mapping names it; braces and brackets mean something there, so such a header is normalized."""
    return normalized(header) if re.search(r"[{}\[\]@]", header) else header


def mapping_toml(title: str, headers: Sequence[str], proposals: Sequence[Proposal], nothing: Sequence[str] = ()) -> str:
    """The text of a mapping file that reads every file with these headers as confirmed.

    `nothing` are the texts that stand for an empty cell.
    """
    known = [as_column(header) for header in headers if normalized(header)]
    lines = [f"title = {_quoted(title)}", *([f"nothing = {_listed(nothing)}"] if nothing else [])]
    lines += ["", "[match]", f"columns = {_listed(known)}"]
    for proposal in proposals:
        rows = proposal.rows
        if rows.elsewhere:
            lines += _table(proposal, "filled", {"reported": "reported", **proposal.columns})
            without = {name: template for name, template in proposal.columns.items() if template != CELL}
            lines += _table(proposal, "elsewhere", {**without, "reported": "counted_elsewhere"})
        else:
            lines += _table(proposal, "filled", proposal.columns)
        if rows.unpivot and {"category_scheme", "category"} <= proposal.columns.keys():
            lines += _categories(title, proposal)
    return "\n".join(lines) + "\n"


def _table(proposal: Proposal, which: str, columns: Mapping[str, str]) -> list[str]:
    """A table of a mapping; of the unpivoted cells those that are filled, or those that say "elsewhere"."""
    rows = proposal.rows
    lines = ["", "[[table]]", f"name = {_quoted(proposal.table)}"]
    conditions = [f'{{ column = {_quoted(as_column(name))}, is = "filled" }}' for name in rows.filled]
    if rows.unpivot:
        said = f"equals = {_quoted(rows.elsewhere)}" if which == "elsewhere" else 'is = "filled"'
        conditions.append(f'{{ column = "@cell", {said} }}')
        pairs = (f"{_quoted(as_column(name))} = {_quoted(code)}" for name, code in rows.unpivot.items())
        lines.append(f"unpivot = {{ {', '.join(pairs)} }}")
    if conditions:
        lines.append(f"rows = [{', '.join(conditions)}]")
    if rows.keep:
        # A year says which row is the newer one; of two numbers, setting one aside is worth a warning.
        is_time = {"year", "date", "month"} & set(normalized(rows.keep).split("_"))
        lines.append(f"{'latest' if is_time else 'largest'} = {_quoted(as_column(rows.keep))}")
    lines.append("[table.columns]")
    for column, template in columns.items():
        codes = proposal.codes.get(column)
        alternatives = [part.strip() for part in template.split(" | ")]
        plain = _listed(alternatives) if len(alternatives) > 1 and all(alternatives) else _quoted(template)
        lines.append(f"{column} = {_coded(template, codes) if codes else plain}")
    return lines


def _categories(title: str, proposal: Proposal) -> list[str]:
    """What the columns count, by the names that the file gives them."""
    scheme, rows = _quoted(proposal.columns["category_scheme"]), proposal.rows
    lines = ["", "[[table]]", 'name = "incident_categories"', "values = ["]
    for place, (column, code) in enumerate(rows.unpivot.items(), start=1):
        part = ', part_of_others = "true"' if column in rows.parts else ""
        lines.append(
            f"    {{ category_scheme = {scheme}, category = {_quoted(code)}, title = {_quoted(column)}, "
            f'sort_order = "{place}", source = {_quoted(title)}{part} }},'
        )
    return [*lines, "]"]


def _listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _coded(template: str, codes: Mapping[str, str]) -> str:
    pairs = ", ".join(f"{_quoted(text)} = {_quoted(code)}" for text, code in codes.items())
    return f"{{ of = {_quoted(template)}, codes = {{ {pairs} }} }}"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for the one control character that JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
