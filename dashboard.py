"""The entry: `streamlit run dashboard.py` serves every screen from here."""

import gc

import streamlit as st

from sro.screen import ahead
from sro.server import middleware, routes

app = st.App("sro/screen/house.py", middleware=middleware(), routes=routes())

ahead.start()

# What was imported stays; looking through it for garbage took a third of a second in the midst of a filter change.
gc.collect()
gc.freeze()
