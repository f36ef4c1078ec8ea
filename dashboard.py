"""The entry: `streamlit run dashboard.py` serves every screen from here."""

import streamlit as st

from sro.server import middleware, routes

app = st.App("sro/screen/house.py", middleware=middleware(), routes=routes())
