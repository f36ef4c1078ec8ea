"""A plain Dash app: python dash_app.py PORT."""

import sys

import dash
from charts import SCREENS, USUAL, YEARS, figure
from dash import Input, Output, dcc, html

app = dash.Dash(__name__, use_pages=True, pages_folder="")


def page(screen: str) -> html.Div:
    charts = SCREENS[screen]
    outputs = [Output(f"{screen}-{place}", "figure") for place in range(len(charts))]

    @app.callback(outputs, Input(f"{screen}-year", "value"))
    def update(year: str):
        return [figure(metric, form, year) for metric, form in charts]

    grid = {"display": "grid", "gridTemplateColumns": "1fr 1fr"}
    return html.Div(
        [
            dcc.RadioItems(list(YEARS), USUAL, id=f"{screen}-year", inline=True),
            html.Div([dcc.Graph(id=output.component_id) for output in outputs], style=grid),
        ]
    )


for screen in SCREENS:
    dash.register_page(screen, path="/" if screen == "Engagement" else f"/{screen.lower()}", layout=page(screen))
links = [dcc.Link(one["name"], href=one["path"]) for one in dash.page_registry.values()]
app.layout = html.Div([html.Nav(links), dash.page_container])

if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
