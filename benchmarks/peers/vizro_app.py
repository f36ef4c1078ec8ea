"""A plain Vizro app: python vizro_app.py PORT."""

import sys

import vizro.models as vm
from charts import SCREENS, USUAL, YEARS, chart, rows
from vizro import Vizro
from vizro.managers import data_manager
from vizro.models.types import capture


@capture("graph")
def drawn(data_frame, metric, form):
    return chart(data_frame, metric, form)


def graph(screen: str, metric: str, form: str) -> vm.Graph:
    name = f"{screen}-{metric}-{form}"
    data_manager[name] = lambda year=USUAL: rows(metric, form, year)
    return vm.Graph(id=name, figure=drawn(name, metric=metric, form=form))


def page(screen: str) -> vm.Page:
    graphs = [graph(screen, metric, form) for metric, form in SCREENS[screen]]
    year = vm.Parameter(
        targets=[f"{one.id}.data_frame.year" for one in graphs],
        selector=vm.RadioItems(options=list(YEARS), value=USUAL, title="School year"),
    )
    places = [[place, place + 1 if place + 1 < len(graphs) else -1] for place in range(0, len(graphs), 2)]
    grid = vm.Grid(grid=places, row_min_height="450px")
    return vm.Page(title=screen, layout=grid, components=graphs, controls=[year])


if __name__ == "__main__":
    Vizro().build(vm.Dashboard(pages=[page(screen) for screen in SCREENS])).run(port=int(sys.argv[1]), debug=False)
