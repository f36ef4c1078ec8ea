"""The coordinator's day: drop files, confirm what they hold, see what would change, load it, or go back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from sro.contract import Contract, load_contract
from sro.intake import Sheet, look, put_aside, vocabulary
from sro.marking import ENDING
from sro.preview import FigureChange, RowChange, figure_changes, row_changes
from sro.problems import Problem
from sro.recognition import Vocabulary
from sro.screen import markup
from sro.screen.here import settings as read_once
from sro.screen.matching import match
from sro.settings import Settings
from sro.templates import WEEKLY_LOG, every_table, weekly_log
from sro.vintages import LoadReport, Vintage, VintageError, current, load, prepared, serve, stored

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHECKED, LOADED = "data_checked", "data_loaded"
HEADLINES = (
    "schools_served", "coverage_rate", "contact_rate", "student_attendances", "exposure_adjusted_incident_rate",
    "handled_by_school", "discipline_only_by_officer", "reporting_completeness", "official_incident_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What became of a check: the report, the marked copies, and what would change."""

    state: tuple
    report: LoadReport
    marked: Mapping[str, bytes]
    rows: tuple[RowChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()


def data() -> None:
    """Everything in one place; nothing is published before its button is pressed."""
    at = read_once()
    contract = load_contract(at.folders.contract)
    if loaded := st.session_state.pop(LOADED, ""):
        st.success(loaded, icon=":material/check_circle:")
    files = st.file_uploader(
        "CSV, XLSX or Parquet files, or a zip of them", accept_multiple_files=True, key="data_files"
    )
    if files:
        try:
            _take(put_aside([(file.name, file.getvalue()) for file in files], at.folders.data / "inbox"), at, contract)
        except (VintageError, OSError) as error:
            st.warning(str(error), icon=":material/warning:")
    _blanks(at, contract)
    _earlier(at)


def _blanks(at: Settings, contract: Contract) -> None:
    """Workbooks to fill in; made only when somebody asks for one."""
    reference = at.folders.reference
    with st.container(border=True, key="card_blanks"):
        markup.show('<h2 class="sro-finding">Blank workbooks to fill in</h2>')
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
    return current(at) if any(kept.is_current for kept in stored(at)) else None


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
    state = (str(path), tuple(own), served.id if served else None)
    if st.button("Check", icon=":material/rule:", key="data_check"):
        st.session_state[CHECKED] = _check(path, state, served, at, contract)
    checked = st.session_state.get(CHECKED)
    if checked and checked.state == state:
        _tell(checked, served, at, contract)


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


def _check(path: Path, state: tuple, served: Vintage | None, at: Settings, contract: Contract) -> Checked:
    """Build the vintage aside, with a bar, and ask it and the one that is served."""
    bar = st.progress(0.0, "Looking for files …")

    def progress(says: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), says)

    try:
        with tempfile.TemporaryDirectory(prefix="sro-marked-") as folder:
            report = load(path, at, marked=Path(folder), publishing=False, progress=progress)
            marked = {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}
        if not report.vintage or served is None or report.vintage == served.id:
            return Checked(state, report, marked)
        progress("Comparing with what is served", 1, 1)
        with prepared(at, report.vintage) as after:
            rows = row_changes(served, after, contract)
            figures = figure_changes(HEADLINES, served, after, at)
        return Checked(state, report, marked, tuple(rows), tuple(figures))
    finally:
        bar.empty()


def _tell(checked: Checked, served: Vintage | None, at: Settings, contract: Contract) -> None:
    report = checked.report
    if not report.is_good:
        st.error(f"{_many(report.errors, 'error')}. Nothing was changed; correct this and drop the files again.")
    elif report.warnings:
        st.warning(f"It can be loaded. {_many(report.warnings, 'warning')} will be kept beside it.")
    _problems(report.problems)
    for name, content in checked.marked.items():
        st.download_button(
            f"{name.removesuffix(ENDING)} with its cells marked", content, name, XLSX, icon=":material/download:",
            on_click="ignore", key=f"marked {name}",
        )  # fmt: skip
    if report.vintage and served and report.vintage == served.id:
        st.info("These files are served already.", icon=":material/info:")
    elif report.vintage:
        _preview(checked, report.vintage, served, at, contract)


def _problems(problems: tuple[Problem, ...]) -> None:
    if problems:
        rows = [
            (problem.severity, problem.place, problem.message, problem.value or "", problem.remedy)
            for problem in problems
        ]
        table = pd.DataFrame(rows, columns=["", "Where", "What is wrong", "Found", "What to do"])
        st.dataframe(table, hide_index=True, width="stretch", key="data_problems")


def _preview(checked: Checked, name: str, served: Vintage | None, at: Settings, contract: Contract) -> None:
    """What would change, and the one button that changes it."""
    with st.container(border=True, key="card_preview"):
        markup.show('<h2 class="sro-finding">What will change</h2>')
        if served is None:
            amount = sum(checked.report.rows.values())
            markup.note(f"Nothing is served yet. {_many(amount, 'row')} will be.")
        else:
            _changes(checked, contract)
        removed = sum(change.removed for change in checked.rows)
        agreed = not removed or st.checkbox(
            f"Yes, remove {_many(removed, 'row')} that {'is' if removed == 1 else 'are'} not in these files any more",
            key=f"removal {name}",
        )
        if st.button("Load", type="primary", icon=":material/publish:", disabled=not agreed, key="data_load"):
            serve(at, name)
            st.session_state[LOADED] = f"Vintage {name} is served."
            st.session_state.pop(CHECKED, None)
            st.rerun()


def _changes(checked: Checked, contract: Contract) -> None:
    lines = (f"<dt>{escape(contract.tables[change.table].title)}</dt><dd>{change}</dd>" for change in checked.rows)
    markup.show(f'<dl class="sro-terms">{"".join(lines)}</dl>' if checked.rows else markup.paragraph("No row.", "sub"))
    if not checked.figures:
        markup.note("No headline figure reads differently.")
        return
    rows = [(change.title, change.period, change.before, change.after) for change in checked.figures]
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
    with st.container(border=True, key="card_earlier"):
        markup.show('<h2 class="sro-finding">What is kept</h2>')
        for vintage in kept:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{vintage.id} · built {vintage.built:%Y-%m-%d %H:%M} · {vintage.megabytes:,.1f} MB")
                if vintage.is_current:
                    st.badge("served")
                elif st.button("Return to it", key=f"return {vintage.id}"):
                    try:
                        serve(at, vintage.id)
                    except VintageError as error:
                        st.warning(str(error), icon=":material/warning:")
                    else:
                        st.session_state[LOADED] = f"Vintage {vintage.id} is served again."
                        st.rerun()
