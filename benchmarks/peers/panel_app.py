"""A plain Panel app: python panel_app.py PORT."""

import sys

import panel as pn
from charts import SCREENS, USUAL, YEARS, figure

pn.extension("plotly")


def page(screen: str) -> pn.Column:
    year = pn.widgets.RadioBoxGroup(options=list(YEARS), value=USUAL, inline=True)
    panes = [
        pn.pane.Plotly(pn.bind(figure, metric, form, year), sizing_mode="stretch_width", height=450)
        for metric, form in SCREENS[screen]
    ]
    return pn.Column(year, pn.GridBox(*panes, ncols=2, sizing_mode="stretch_width"), sizing_mode="stretch_width")


def app() -> pn.Tabs:
    return pn.Tabs(*((screen, page(screen)) for screen in SCREENS), dynamic=True, sizing_mode="stretch_width")


if __name__ == "__main__":
    port = int(sys.argv[1])
    pn.serve(app, port=port, show=False, websocket_origin=f"127.0.0.1:{port}")
