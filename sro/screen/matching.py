"""A sheet that nobody has met before: what it holds, column by column and code by code, for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sro.contract import Contract, Field, Table, normalized
from sro.intake import Sheet, remember
from sro.mapping import MappingError
from sro.recognition import CELL, Likeness, Proposal, Rows, Vocabulary, as_column, likeness, match_code
from sro.screen import markup
from sro.settings import Settings

T = TypeVar("T")
ABSENT = ""
ACROSS = 3
HELP = (
    "Choose a column of the file, or write what shall stand in every row. {Column} stands for a column's text, "
    "{Column[:6]} for its first six characters, {A} | {B} for B where A is empty."
)
CODE = "{@code}"
SPREAD = {CODE: "the code of the column", CELL: "what stands in the column"}
# What spreadsheets write where there is nothing.
NOTHING = ("N/A", "#N/A", "n/a", "NA", "#NULL!", "#VALUE!", "NULL", "null", "None", "-", "--", "—", ".")


def match(sheet: Sheet, contract: Contract, words: Vocabulary, settings: Settings) -> None:
    """A card with the tables that the sheet holds; what is confirmed is remembered, and the screen drawn anew."""
    likely = {one.table.name: one for one in sheet.likely}
    with st.container(border=True):
        markup.show(f'<h2 class="sro-finding">{escape(sheet.label)}</h2>')
        like = (
            f" It looks like {sheet.likely[0].table.title.lower()}." if sheet.likely else " It is like no table here."
        )
        markup.note(f"Rows: {sheet.rows:,}.{like} Confirm it once; such files are known from then on.")
        names = st.multiselect(
            "Tables it holds", list(contract.tables), default=list(likely)[:1], key=f"holds {sheet.label}",
            format_func=lambda name: contract.tables[name].title,
        )  # fmt: skip
        found = {text for texts in sheet.texts.values() for text in texts}
        nothing = st.multiselect(
            "Texts that stand for nothing", [text for text in NOTHING if text in found],
            default=[text for text in NOTHING if text in found], accept_new_options=True,
            key=f"nothing {sheet.label}", help="Such a cell is read as empty: not collected, which is never zero.",
        )  # fmt: skip
        proposals, missing = [], []
        for name in names:
            table = contract.tables[name]
            with st.container(key=f"table {sheet.label} {name}"):
                proposal = _table(sheet, likely.get(name) or likeness(sheet.headers, table, words), words)
            proposals.append(proposal)
            missing += [field.title for field in table.fields if field.required and field.name not in proposal.columns]
        if missing:
            markup.note(f"Still needed: {', '.join(missing)}.")
        ready = bool(names) and not missing
        st.button(
            "Confirm and remember", key=f"confirm {sheet.label}", disabled=not ready, type="primary",
            on_click=_remember, args=(sheet, proposals, settings, nothing),
        )  # fmt: skip
        if refused := st.session_state.pop(f"refused {sheet.label}", ""):
            st.warning(refused, icon=":material/warning:")


def _remember(sheet: Sheet, proposals: Sequence[Proposal], settings: Settings, nothing: Sequence[str]) -> None:
    """Runs before the screen is drawn anew, so that a quick next click cannot overtake it."""
    try:
        remember(sheet, proposals, settings, nothing)
    except (MappingError, OSError) as error:
        st.session_state[f"refused {sheet.label}"] = str(error)


def _table(sheet: Sheet, likely: Likeness, words: Vocabulary) -> Proposal:
    """The fields to fill first: those that are needed or have a suggestion; the rest is folded away."""
    table = likely.table
    markup.show(f'<h3 class="sro-finding">{escape(table.title)}</h3>')
    with st.expander(f"Which rows make {table.title.lower()}"):
        rows = _rows(sheet, table)
    linked = {name for key in table.foreign_keys for name in key.fields}
    first = [field for field in table.fields if field.required or field.name in linked | likely.columns.keys()]
    more = SPREAD if rows.unpivot else {}
    chosen = _columns(sheet, table, first, likely, more)
    with st.expander(f"More columns of {table.title.lower()}"):
        chosen |= _columns(sheet, table, [field for field in table.fields if field not in first], likely, more)
    codes = {}
    for field in table.fields:
        known = words.codes_of(table, field)
        found = [text for text in sheet.texts.get(chosen.get(field.name, ""), ()) if text not in known]
        if known and found:
            codes[field.name] = _codes(sheet, table, field, found, known)
    templates = {
        name: f"{{{as_column(choice)}}}" if choice in sheet.headers else choice for name, choice in chosen.items()
    }
    return Proposal(table.name, templates, {name: pairs for name, pairs in codes.items() if pairs}, rows)


def _rows(sheet: Sheet, table: Table) -> Rows:
    """Which rows of the sheet are rows of the table; every one of them, unless somebody says otherwise."""
    headers = [header for header in sheet.headers if header]
    key = f"{sheet.label} {table.name}"
    filled = st.multiselect("Only rows in which these are filled", headers, key=f"filled {key}")
    keep = st.selectbox(
        "Where a key repeats, keep the row with the largest", [ABSENT, *headers], key=f"keep {key}",
        format_func=lambda header: header or "no: a repeated key is an error",
    )  # fmt: skip
    spread = st.multiselect(
        "One row for each of these columns", headers, key=f"unpivot {key}", on_change=_spread, args=(key, table),
        help="For numbers that stand side by side, one column a category.",
    )  # fmt: skip
    if not spread:
        return Rows(filled, keep)
    codes = {
        header: place.text_input(f"Code of “{header}”", normalized(header), key=f"spread {key} {header}")
        for header, place in _grid(spread)
    }
    elsewhere, parts = ABSENT, []
    if "reported" in table.columns:
        texts = sorted({text for header in spread for text in sheet.texts.get(header, ()) if not text[:1].isdigit()})
        elsewhere = st.selectbox(
            "Text in them that says: counted in another row", [ABSENT, *texts], key=f"elsewhere {key}",
            format_func=lambda text: text or "none", help="Such a school is not missing, and its number is not zero.",
        )  # fmt: skip
    if "category" in table.columns:
        parts = st.multiselect(
            "Columns that count once more what others count", spread, key=f"parts {key}",
            help="They are shown by themselves and are in no total.",
        )  # fmt: skip
    return Rows(filled, keep, {header: code for header, code in codes.items() if code}, elsewhere, parts)


def _spread(key: str, table: Table) -> None:
    """The columns to which a spread column's code and number go, where the table says it by their names."""
    for column, what in (("category", CODE), ("n", CELL)):
        if column in table.columns and st.session_state[f"unpivot {key}"]:
            st.session_state[f"column {key} {column}"] = what


def _columns(
    sheet: Sheet, table: Table, fields: Sequence[Field], likely: Likeness, more: Mapping[str, str]
) -> dict[str, str]:
    """Contract column → the header or the text that was chosen for it; `more` can be chosen, too, by its title."""
    headers = [header for header in sheet.headers if header]
    chosen = {}
    for field, place in _grid(fields):
        options = [ABSENT, *headers, *more, *(code for code in field.enum if code not in headers)]
        titles = {ABSENT: "not in this file", **more, **{code: f"always {code}" for code in field.enum}}
        titles |= {header: header for header in headers}
        choice = place.selectbox(
            f"{field.title}{' (needed)' if field.required else ''}",
            options,
            index=options.index(likely.columns.get(field.name, ABSENT)),
            format_func=partial(_title, titles),
            accept_new_options=True,
            help=f"{field.description} {HELP}",
            key=f"column {sheet.label} {table.name} {field.name}",
        )
        if choice:
            chosen[field.name] = choice
    return chosen


def _title(titles: Mapping[str, str], choice: str) -> str:
    return titles.get(choice, choice)


def _grid(items: Sequence[T]) -> Iterator[tuple[T, DeltaGenerator]]:
    """Each item with its place, three in a row; made row by row, so that reading order holds on a phone."""
    for start in range(0, len(items), ACROSS):
        row = items[start : start + ACROSS]
        yield from zip(row, st.columns(ACROSS)[: len(row)], strict=True)


def _codes(
    sheet: Sheet, table: Table, field: Field, found: Sequence[str], known: dict[str, list[str]]
) -> dict[str, str]:
    """Text of the file → code of the contract, for the texts that are none."""
    guessed = {text: match_code(text, known) for text in found}
    open_ones = sum(not code for code in guessed.values())
    title = f"{field.title}: what {len(found):,} texts mean" + (
        f", {open_ones:,} without a suggestion" * bool(open_ones)
    )
    options = [ABSENT, *known]
    pairs = {}
    with st.expander(title, expanded=True):
        for text, place in _grid(found):
            code = place.selectbox(
                text,
                options,
                index=options.index(guessed[text]),
                format_func=lambda code: code or "leave as it is",
                key=f"code {sheet.label} {table.name} {field.name} {text}",
            )
            if code:
                pairs[text] = code
    return pairs
