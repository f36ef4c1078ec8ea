"""Slides, reports and packs from a preset, and whether a file that was published still stands."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from sro.people import PUBLISH
from sro.publish import presets
from sro.publish.deck import deck
from sro.publish.desk import Desk
from sro.publish.grants import find_grant, grants, has_grants, measures
from sro.publish.pack import pack
from sro.publish.presets import Choice, Collection, PresetError
from sro.publish.report import Award, report
from sro.releases import ReleaseError, cleared, releases, touched
from sro.screen import markup
from sro.screen.board import address
from sro.screen.here import here, noted
from sro.screen.layout import panel
from sro.screen.view import View
from sro.settings import PROJECT

Progress = Callable[[str, int, int], None]
KINDS = {
    "Slides": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "Report": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "Figure pack": ("zip", "application/zip"),
}
NO_GRANT = ""
MADE = "report_made"


def reports(view: View) -> None:
    """Choose a preset and a kind; period and schools are those of the filter bar. Always for the public."""
    at = here()
    folder = at.settings.folders.project / "data" / "presets"
    with panel("make", "Make"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            titles = {name: presets.read_preset(folder, name).says for name in presets.names(folder)}
            name = st.selectbox("For whom", list(titles), format_func=titles.__getitem__, key="preset", width=320)
            kind = st.segmented_control("As", list(KINDS), default="Slides", required=True, key="report_kind")
            award = _award(at, kind or "")
            asked = (at.vintage.id, name, kind, award, view)
            wanted = st.button("Make it", icon=":material/build:")
            st.page_link(
                PROJECT / "pages" / "board.py", label="Show on the board screen", icon=":material/slideshow:",
                query_params=address(name, view),
            )  # fmt: skip
        if wanted:
            _make(asked, view, at, folder)
        _made(asked)
    _released(at)
    markup.show(f"<p>{markup.link('Is a file ours, and does it still stand?', 'definitions', **view.to_query())}</p>")


def to_send(view: View, name: str) -> None:
    """Make a preset of this screen's period and places and take it along; nothing for a role that does not publish."""
    at = here()
    if PUBLISH not in at.settings.reach.may:
        return
    folder = at.settings.folders.project / "data" / "presets"
    with st.container(border=True, key=f"card_send_{name}"):
        says = presets.read_preset(folder, name).says
        markup.show(f'<h2 class="sro-finding">{escape(says)}, {escape(view.span.label)}</h2>')
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = (
                st.segmented_control("As", list(KINDS), default="Report", required=True, key=f"send_{name}") or "Report"
            )
            asked = (at.vintage.id, name, kind, NO_GRANT, view)
            wanted = st.button("Make it", icon=":material/build:", key=f"send_{name}_make")
        markup.note("For the public, as everything that is sent. A figure as PNG, PDF or SVG: Save beneath it.")
        if wanted:
            _make(asked, view, at, folder)
        _made(asked)


def _made(asked: tuple) -> None:
    """The file that was made of this, if any, and what is not in it."""
    made = st.session_state.get(MADE)
    if not made or made[0] != asked:
        return
    ending, mime = KINDS[asked[2] or "Slides"]
    st.download_button(
        f"Download {made[1]}.{ending}", made[2], f"{made[1]}.{ending}", mime, icon=":material/download:",
        on_click="ignore", key="report_file",
    )  # fmt: skip
    for reason in made[3]:
        markup.note(f"Left out: {reason}")


def _released(at: Desk) -> None:
    """What was published for good, the newest first, and whether it is as it was frozen."""
    with panel("released", "Published for good"):
        try:
            known = releases(at.settings)
            rows = [
                {
                    "Release": one.id,
                    "Made": one.made_at[:10],
                    "What": one.title,
                    "Period": one.period,
                    "For": one.audience,
                    "Vintage": one.vintage,
                    "Stands": f"withdrawn: {one.withdrawn}" if one.withdrawn else "yes",
                    "Files": f"changed: {', '.join(files)}" if (files := touched(one, at.settings)) else "as frozen",
                }
                for one in reversed(known)
            ]
        except ReleaseError as error:
            st.info(str(error), icon=":material/info:")
            return
        if rows:
            st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Releases, the newest first, and whether they stand")
        else:
            markup.note("No release yet. `python -m sro release` makes one.")


def _award(at: Desk, kind: str) -> str:
    """The grant whose measures a report holds; none for anything else."""
    if kind != "Report" or not has_grants(at):
        return NO_GRANT
    named = {NO_GRANT: "None"} | {grant.grant_id: f"{grant.grant_id}, {grant.program}" for grant in grants(at)}
    return st.selectbox(
        "With the measures of grant", list(named), format_func=named.__getitem__, key="grant", width=320
    )


def _make(asked: tuple, view: View, at: Desk, folder) -> None:
    """Draw everything, with a bar; what was made stays until something else is asked for."""
    _, name, kind, award, _ = asked
    bar = st.progress(0.0, "Collecting the figures …")

    def progress(says: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), says)

    try:
        preset = presets.read_preset(folder, name)
        collection = presets.collect(at, preset, Choice(view.period, view.districts, view.schools), progress)
        if not collection.placed:
            st.info(f"There is nothing to show. {' '.join(collection.left_out)}", icon=":material/info:")
            return
        noted("exported", f"{kind} {name}?{urlencode(view.to_query())}", collection.choice.audience, at.vintage.id)
        cleared(collection, at)
        data = _drawn(kind, award, collection, at, view, progress)
    except (PresetError, ReleaseError) as error:
        st.info(str(error), icon=":material/info:")
        return
    finally:
        bar.empty()
    st.session_state[MADE] = (asked, f"{preset.name}-{view.period.replace('..', '-')}", data, collection.left_out)


def _drawn(kind: str, award: str, collection: Collection, at: Desk, view: View, progress: Progress) -> bytes:
    if kind == "Slides":
        return deck(collection, at, progress)
    if kind == "Figure pack":
        return pack(collection, at, progress)
    grant = find_grant(at, award) if award else None
    return report(collection, at, Award(grant, measures(at, grant, view.span)) if grant else None, progress)
