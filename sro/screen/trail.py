"""The audit trail on a screen, for those whose role reads it."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict

import pandas as pd
import streamlit as st

from sro import trail as kept
from sro.locks import Busy
from sro.screen import markup
from sro.screen.here import mine

SHOWN = 1000
NAMES = {"when": "When (UTC)", "who": "Who", "did": "Did", "what": "What", "audience": "Audience", "vintage": "Vintage"}


def trail() -> None:
    """The last entries, the newest first, narrowed by words; and whether the trail is whole."""
    at = mine()
    words = st.text_input("Search", key="trail_words", placeholder="a name, exported, restricted …", width=420)
    found = deque((one for one in kept.entries(at) if _fits(one, words)), maxlen=SHOWN)
    markup.note(f"The last {len(found):,} entries that fit, the newest first.")
    if found:
        table = pd.DataFrame([asdict(one) for one in reversed(found)])[list(NAMES)].rename(columns=NAMES)
        st.dataframe(table, hide_index=True, height=560, key="trail_table")
    if st.button("Is it whole?", icon=":material/verified:", key="trail_verify"):
        _verify()


def _fits(entry: kept.Entry, words: str) -> bool:
    text = " ".join((entry.when, entry.who, entry.did, entry.what, entry.audience, entry.vintage)).lower()
    return all(word in text for word in words.lower().split())


def _verify() -> None:
    try:
        found = kept.verify(mine())
    except Busy:
        st.info("It is being written to. Try again.", icon=":material/info:")
        return
    if found.faults:
        st.error("Somebody has been at it.\n\n" + "\n".join(f"- {fault}" for fault in found.faults[:20]))
    else:
        st.success(f"Whole: every one of {found.count:,} entries follows on the one before it.")
    st.code(found.seal, language=None)
    markup.note("The last seal. Kept where nobody of this server can change it, it proves later that nothing was lost.")
