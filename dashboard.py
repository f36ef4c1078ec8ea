"""The entry: `streamlit run dashboard.py` serves every screen from here."""

import streamlit as st

app = st.App("sro/screen/house.py")
