"""The least that Streamlit can show: streamlit run empty_app.py."""

import streamlit as st

st.write("Empty")
