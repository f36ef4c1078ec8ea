"""The door: what somebody sees who is not known yet, and how one leaves."""

from __future__ import annotations

import streamlit as st

from sro.people import LOCAL, Person
from sro.screen import markup
from sro.sign_in import NobodyHere, NotSignedIn


def sign_in(why: Exception) -> None:
    """Why nothing is shown, and the button that leads to the provider; nothing else of the dashboard."""
    st.header("SRO Program Dashboard")
    if not isinstance(why, NotSignedIn):
        st.error(f"Nobody can be let in now. {why}", icon=":material/error:")
        return
    st.info(str(why), icon=":material/lock:")
    if isinstance(why, NobodyHere):
        st.button("Sign in as somebody else", on_click=st.logout, key="sign_out")
    elif "is_logged_in" not in st.user:
        st.error("Sign-in is required and not set up: .streamlit/secrets.toml lacks [auth].", icon=":material/error:")
    else:
        st.button("Sign in", on_click=st.login, key="sign_in")


def leave(who: Person) -> None:
    """Who is signed in, and the way out; nothing for the one local person."""
    if who == LOCAL:
        return
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="signed_in"):
        markup.note(f"{who.name} · {', '.join(who.roles)}")
        st.button("Sign out", on_click=st.logout, key="sign_out")
