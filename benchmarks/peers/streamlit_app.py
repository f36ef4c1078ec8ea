"""A plain Streamlit app: streamlit run streamlit_app.py."""

import streamlit as st
from charts import SCREENS, USUAL, YEARS, figure


def page(screen: str) -> None:
    year = st.radio("School year", YEARS, index=YEARS.index(USUAL), horizontal=True, key=f"{screen}-year")
    columns = st.columns(2)
    for place, (metric, form) in enumerate(SCREENS[screen]):
        columns[place % 2].plotly_chart(figure(metric, form, year), key=f"{screen}-{place}")


st.set_page_config(layout="wide")
pages = [
    st.Page(lambda screen=screen: page(screen), title=screen, url_path=screen.lower(), default=screen == "Engagement")
    for screen in SCREENS
]
st.navigation(pages, position="top").run()
