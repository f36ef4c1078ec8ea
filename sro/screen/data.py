"""The coordinator's day: drop files, confirm what they hold, see what would change, load it, or go back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from sro.backup import INBOX, prune_inbox
from sro.contract import Contract, load_contract
from sro.intake import Sheet, look, put_aside, vocabulary
from sro.marking import ENDING
from sro.preview import Preview, preview_of
from sro.problems import Problem
from sro.recognition import Vocabulary
from sro.screen import markup
from sro.screen.here import mine, noted
from sro.screen.layout import panel
from sro.screen.matching import match
from sro.settings import Settings
from sro.templates import WEEKLY_LOG, every_table, weekly_log
from sro.vintages import LoadReport, Vintage, VintageError, current, load, serve, served_id, stored

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHECKED, LOADED = "data_checked", "data_loaded"
# What is wrong with files that were meant to join others.
ONLY_A_PART = ("missing_table", "unknown_reference")
REPLACES, ADDS = "They replace everything", "They add to what is served"


@dataclass(frozen=True)
class Checked:
    """What became of a check: the report, the marked copies, and what would change; `state` is what was checked."""

    state: tuple
    report: LoadReport
    marked: Mapping[str, bytes]
    preview: Preview


def data() -> None:
    """Everything in one place; nothing is published before its button is pressed."""
    at = mine()
    contract = load_contract(at.folders.contract)
    if loaded := st.session_state.pop(LOADED, ""):
        st.success(loaded, icon=":material/check_circle:")
    files = st.file_uploader(
        "CSV, XLSX or Parquet files, or a zip of them", accept_multiple_files=True, key="data_files"
    )
    if files:
        try:
            _take(_put_aside([(file.name, file.getvalue()) for file in files], at), at, contract)
        except (VintageError, OSError) as error:
            st.warning(str(error), icon=":material/warning:")
    _blanks(at, contract)
    _earlier(at)


def _put_aside(files: list[tuple[str, bytes]], at: Settings) -> Path:
    prune_inbox(at, at.retention["inbox_days"])
    return put_aside(files, at.folders.data / INBOX)


def _blanks(at: Settings, contract: Contract) -> None:
    """Workbooks to fill in; made only when somebody asks for one."""
    reference = at.folders.reference
    with panel("blanks", "Blank workbooks to fill in"):
        markup.note("With lists of codes, rules for dates and numbers, examples and a data dictionary.")
        with st.container(horizontal=True):
            st.download_button(
                "Weekly officer log", lambda: weekly_log(contract, reference), f"{WEEKLY_LOG}.xlsx", XLSX,
                icon=":material/download:", on_click="ignore", key="blank_log",
            )  # fmt: skip
            st.download_button(
                "Every table, as a zip", lambda: every_table(contract, reference), "blank-tables.zip",
                mime="application/zip", icon=":material/download:", on_click="ignore", key="blank_tables",
            )  # fmt: skip


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _served(at: Settings) -> Vintage | None:
    return current(at) if served_id(at) else None


def _take(path: Path, at: Settings, contract: Contract) -> None:
    served = _served(at)
    words = vocabulary(at, served)
    sheets, problems = look(path, at, words)
    for problem in problems:
        st.warning(str(problem), icon=":material/warning:")
    _recognized([sheet for sheet in sheets if sheet.known])
    _unknown([sheet for sheet in sheets if not sheet.known], contract, words, at)
    if not any(sheet.known for sheet in sheets):
        return
    own = sorted((file.name, file.stat().st_mtime_ns) for file in at.folders.own_mappings.glob("*.toml"))
    add, remove_missing = _role() if served else (False, False)
    state = (str(path), tuple(own), served.id if served else None, add, remove_missing)
    if st.button("Check", icon=":material/rule:", key="data_check"):
        st.session_state[CHECKED] = _check(path, state, add, remove_missing, at, contract)
    checked = st.session_state.get(CHECKED)
    if checked and checked.state == state:
        _tell(checked, add, at, contract)


def _role() -> tuple[bool, bool]:
    """Whether the files are laid over what is served, and whether that takes away what they leave out."""
    role = st.radio("What these files do", [REPLACES, ADDS], horizontal=True, key="data_role")
    if role == REPLACES:
        return False, False
    markup.note("Rows replace those with the same key; all others stay.")
    return True, st.checkbox(
        "Also remove what they leave out of the schools and months that they hold", key="data_remove_missing"
    )


def _recognized(sheets: list[Sheet]) -> None:
    if sheets:
        lines = (
            f"<dt>{escape(sheet.label)}</dt><dd>{escape(sheet.known)}, {_many(sheet.rows, 'row')}</dd>"
            for sheet in sheets
        )
        markup.show(f'<h2 class="sro-finding">Recognized</h2><dl class="sro-terms">{"".join(lines)}</dl>')


def _unknown(sheets: list[Sheet], contract: Contract, words: Vocabulary, at: Settings) -> None:
    for sheet in sheets:
        match(sheet, contract, words, at)


# Checking ------------------------------------------------------------------------------------------------------------


def _check(path: Path, state: tuple, add: bool, remove_missing: bool, at: Settings, contract: Contract) -> Checked:
    """Build the vintage aside, with a bar, and compare it with the one that is served."""
    found = Preview()
    bar = st.progress(0.0, "Looking for files …")

    def progress(says: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), says)

    def compare(finished: Path) -> bool:
        nonlocal found
        progress("Comparing with what is served", 1, 1)
        found = preview_of(finished, contract, at)
        return False

    try:
        with tempfile.TemporaryDirectory(prefix="sro-marked-") as folder:
            noted("loaded", ", ".join(sorted(file.name for file in path.iterdir())) if path.is_dir() else path.name)
            report = load(
                path, at, add=add, remove_missing=remove_missing, marked=Path(folder), agree=compare, progress=progress
            )
            marked = {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}
        return Checked(state, report, marked, found)
    finally:
        bar.empty()


def _tell(checked: Checked, add: bool, at: Settings, contract: Contract) -> None:
    report = checked.report
    if not report.is_good:
        st.error(f"{_many(report.errors, 'error')}. Nothing was changed; correct this and drop the files again.")
        if not add and served_id(at) and any(problem.rule in ONLY_A_PART for problem in report.problems):
            st.info(f"If they are a part of the data only, choose “{ADDS}”.", icon=":material/info:")
    elif report.warnings:
        st.warning(f"It can be loaded. {_many(report.warnings, 'warning')} will be kept beside it.")
    _problems(report.problems)
    for name, content in checked.marked.items():
        st.download_button(
            f"{name.removesuffix(ENDING)} with its cells marked", content, name, XLSX, icon=":material/download:",
            on_click="ignore", key=f"marked {name}",
        )  # fmt: skip
    if report.is_served:
        st.info("These files are served already.", icon=":material/info:")
    elif report.vintage:
        _preview(checked, report.vintage, add, at, contract)


def _problems(problems: tuple[Problem, ...]) -> None:
    if problems:
        rows = [
            (problem.severity, problem.place, problem.message, problem.value or "", problem.remedy)
            for problem in problems
        ]
        table = pd.DataFrame(rows, columns=["", "Where", "What is wrong", "Found", "What to do"])
        st.dataframe(table, hide_index=True, width="stretch", key="data_problems")


def _preview(checked: Checked, name: str, add: bool, at: Settings, contract: Contract) -> None:
    """What would change, and the one button that changes it."""
    preview = checked.preview
    with panel("preview", "What will change"):
        if not preview.instead_of:
            amount = sum(checked.report.rows.values())
            markup.note(f"Nothing is served yet. {_many(amount, 'row')} will be.")
        else:
            _changes(preview, contract)
        agreed = not preview.removed or _removal(preview, name, add)
        if st.button("Load", type="primary", icon=":material/publish:", disabled=not agreed, key="data_load"):
            noted("served", "loaded", vintage=name)
            try:
                serve(at, name, instead_of=preview.instead_of)
            except VintageError as error:
                st.warning(str(error), icon=":material/warning:")
                return
            st.session_state[LOADED] = f"Vintage {name} is served."
            st.session_state.pop(CHECKED, None)
            st.rerun()


def _removal(preview: Preview, name: str, add: bool) -> bool:
    """Removing needs a consent of its own."""
    them = "is" if preview.removed == 1 else "are"
    if not add:
        markup.note(f"If these files are a part of the data only, choose “{ADDS}” above, and nothing is removed.")
    return st.checkbox(
        f"Yes, remove {_many(preview.removed, 'row')} that {them} not in these files any more", key=f"removal {name}"
    )


def _changes(preview: Preview, contract: Contract) -> None:
    lines = (f"<dt>{escape(contract.tables[change.table].title)}</dt><dd>{change}</dd>" for change in preview.rows)
    markup.show(f'<dl class="sro-terms">{"".join(lines)}</dl>' if preview.rows else markup.paragraph("No row.", "sub"))
    if not preview.figures:
        markup.note("No headline figure reads differently.")
        return
    rows = [(change.title, change.period, change.before, change.after) for change in preview.figures]
    st.dataframe(
        pd.DataFrame(rows, columns=["Headline figure", "Period", "Reads", "Will read"]),
        hide_index=True, width="stretch", key="data_figures",
    )  # fmt: skip


# Going back ----------------------------------------------------------------------------------------------------------


def _earlier(at: Settings) -> None:
    """Every vintage that is kept; one click returns to it."""
    kept = stored(at)
    if not kept:
        return
    with panel("earlier", "What is kept"):
        for vintage in kept:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{vintage.id} · built {vintage.built:%Y-%m-%d %H:%M} · {vintage.megabytes:,.1f} MB")
                if vintage.is_current:
                    st.badge("served")
                elif st.button(f"Return to {vintage.id}", key=f"return {vintage.id}"):
                    noted("served", "returned to", vintage=vintage.id)
                    try:
                        serve(at, vintage.id)
                    except VintageError as error:
                        st.warning(str(error), icon=":material/warning:")
                    else:
                        st.session_state[LOADED] = f"Vintage {vintage.id} is served again."
                        st.rerun()
