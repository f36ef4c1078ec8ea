"""Districts or schools on a plane, in four steps of the measure. No tiles, no network; never incidents or persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from statistics import fmean
from typing import Any

from sro.answer import SHOWN, Answer
from sro.figures import marks, wording
from sro.figures.figure import Drawing, Event, FigureError
from sro.figures.schools import schools_finding
from sro.figures.tables import answer_table, drawn, rows_of
from sro.figures.theme import Paint, contrast
from sro.geography import Geography, Place, Point, Ring

MAPPED = ("C", "E")  # the families of metrics that may be mapped: coverage and engagement
STEPS = 4
HEIGHT = 470
GRID, WIDE = 16, 3.0  # where names are tried, and how much wider than high a name is
# What follows a place in a district's name and tells districts of a county apart as little as "County" tells counties.
ENDINGS = ("Central", "City", "Union", "Free", "School", "District", "Cooperative", "Educational", "Services")
SIZES = (9, 11, 13, 15)  # pixels of a school's mark, so that a grayscale print tells the steps apart
NOTHING = {"not_received": "No report received", "not_applicable": "Not applicable", "suppressed": "‡ Hidden"}
Row = Mapping[str, Any]


def on_map(answer: Answer, look: Paint, events: Sequence[Event], geography: Geography | None = None) -> Drawing:
    """Districts filled, or schools as dots over the outlines of districts, by step of the value.

    Raises FigureError for a metric that is not mapped, for an answer over time, and without any place.
    """
    card, question = answer.card, answer.question
    if card.id[0] not in MAPPED or card.persons == "yes":
        raise FigureError(f"A map shows coverage and engagement only; {card.title} has no place on it.")
    if question.by not in ("district", "school"):
        raise FigureError("A map draws schools or districts; ask by school or district.")
    marks.one_of(answer, "period", "map", "ask for the total of the period")
    marks.one_of(answer, "slice", "map", "ask without categories")
    ground = geography or Geography()
    if not ground.places:
        raise FigureError("No school of this export has a place. Fill lat and lon of the table schools to see a map.")
    rows = {str(row["unit"]): row for row in rows_of(answer.cells)}
    steps = _edges(rows, answer)
    outlines = ground.outlines
    places = [place for place in ground.places if _unit(place, answer) in rows]
    drawing: list[dict] = []
    labels: list[dict] = []
    bare = sorted({place.district_id for place in places} - set(outlines))
    hulls = {name: _hull([place.at for place in places if place.district_id == name]) for name in bare}
    if question.by == "district":
        for name in (name for name in outlines if name in rows):
            drawing.append(_area(outlines[name], rows[name], steps, answer, look))
        loose = [place for place in places if place.district_id in bare]
        labels += [
            _label(_free(outlines[name], loose), name, rows[name], steps, ground, answer, look)
            for name in outlines
            if name in rows
        ]
    else:
        concerned = {place.district_id for place in places}
        for name in (name for name in outlines if name in concerned):
            drawing.append(_outline(outlines[name], look, "solid"))
            labels.append(_name(_free(outlines[name], places), name, ground, look))
        loose = places
    drawing += [_outline((hull,), look, "dash") for hull in hulls.values() if len(hull) > 2]
    if loose:
        drawing.append(_dots(loose, rows, steps, answer, look))
    legend = _legend(rows, steps, answer, look)
    missing = [row for unit, row in rows.items() if unit not in {_unit(place, answer) for place in places}]
    every = [point for rings in outlines.values() for ring in rings for point in ring] + [p.at for p in places]
    return Drawing(
        traces=drawing + legend,
        layout={
            "xaxis": {**_plain(every, 0), "constrain": "domain"},
            "yaxis": {**_plain(every, 1), "scaleanchor": "x", "scaleratio": 1, "constrain": "domain"},
            "showlegend": True,
            "legend": {"orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.01, "yanchor": "top",
                       "itemclick": False, "itemdoubleclick": False, "font": {"size": look.font - 2}},
            "annotations": labels,
            "margin": {"t": 8, "b": 52, "l": 8, "r": 8},
        },
        height=HEIGHT,
        table=answer_table(answer),
        finding=schools_finding(answer),
        about=f"A map of {card.title} by {question.by}, "
        f"{wording.range_text(answer.rows, card) or 'without a value'}",
        footnotes=(*_notes(hulls, missing, answer), *(f"Outlines: {source}." for source in ground.sources),
                   *ground.troubles),
        form="map",
    )  # fmt: skip


def _unit(place: Place, answer: Answer) -> str:
    return place.school_id if answer.question.by == "school" else place.district_id


# Steps ----------------------------------------------------------------------------------------------------------------


def _edges(rows: Mapping[str, Row], answer: Answer) -> tuple[float, ...]:
    """The upper ends of the lower three steps: quarters of 100%; half, all and one and a half of the whole's rate.

    A count has no whole to stand beside; its steps are quarters of the largest.
    """
    if wording.kind(answer.card) == "percent":
        return (25.0, 50.0, 75.0)
    if answer.total.shown and answer.total.value > 0 and not answer.card.is_count:
        return tuple(answer.total.value * share for share in (0.5, 1.0, 1.5))
    most = max((float(row["value"]) for row in rows.values() if row["status"] in SHOWN), default=0.0)
    return tuple(most * share for share in (0.25, 0.5, 0.75))


def _step(row: Row, steps: Sequence[float]) -> int | None:
    """The place of a value among the steps; None where there is no number."""
    if row["status"] not in SHOWN:
        return None
    return next((place for place, edge in enumerate(steps) if float(row["value"]) <= edge), STEPS - 1)


def _step_text(place: int, steps: Sequence[float], answer: Answer) -> str:
    texts = [wording.value_text(edge, answer.card) for edge in steps]
    if place == 0:
        return f"Up to {texts[0]}"
    return f"Over {texts[-1]}" if place == STEPS - 1 else f"Over {texts[place - 1]} to {texts[place]}"


# Marks ----------------------------------------------------------------------------------------------------------------


def _area(rings: Sequence[Ring], row: Row, steps: Sequence[float], answer: Answer, look: Paint) -> dict:
    step = _step(row, steps)
    filled: dict[str, Any] = {"fillcolor": look.steps[step] if step is not None else look.ground}
    if row["status"] == "not_received":
        filled["fillpattern"] = {"shape": "/", "fgcolor": look.rule, "bgcolor": look.ground, "size": 7, "solidity": 0.2}
    return {
        "type": "scatter", "mode": "lines", "fill": "toself", **_line(rings), **filled,
        "line": {"color": look.rule, "width": 1.25}, "hoveron": "fills", "showlegend": False, "hoverinfo": "text",
        "text": wording.hover(str(row["unit_name"]), row, answer.card), "name": wording.plain(str(row["unit_name"])),
    }  # fmt: skip


def _outline(rings: Sequence[Ring], look: Paint, dash: str) -> dict:
    return {
        "type": "scatter", "mode": "lines", **_line(rings), "hoverinfo": "skip", "showlegend": False,
        "line": {"color": look.rule, "width": 1, "dash": dash},
    }  # fmt: skip


def _dots(
    places: Sequence[Place], rows: Mapping[str, Row], steps: Sequence[float], answer: Answer, look: Paint
) -> dict:
    here = [rows[_unit(place, answer)] for place in places]
    found = [_step(row, steps) for row in here]
    return {
        "type": "scatter", "mode": "markers", "name": wording.plain(answer.card.title), "showlegend": False,
        "x": [_round(place.at[0]) for place in places], "y": [_round(place.at[1]) for place in places],
        "marker": {
            "opacity": 1,
            "size": [SIZES[step] if step is not None else 7 for step in found],
            "symbol": ["x-thin" if row["status"] == "not_received" else "circle" for row in here],
            "color": [look.steps[step] if step is not None else look.ground for step in found],
            "line": {"color": [look.ink if step is not None else look.rule for step in found], "width": 1.25},
        },
        "customdata": [str(row["unit"]) for row in here], "cliponaxis": False,
        "hovertext": [wording.hover(str(row["unit_name"]), row, answer.card) for row in here],
        "hovertemplate": marks.HOVER,
    }  # fmt: skip


def _legend(rows: Mapping[str, Row], steps: Sequence[float], answer: Answer, look: Paint) -> list[dict]:
    """A mark for every step, and for each kind of nothing that occurs."""
    by_school = answer.question.by == "school"
    entries = [
        {"name": _step_text(place, steps, answer),
         "marker": {"symbol": "circle" if by_school else "square", "color": look.steps[place],
                    "size": SIZES[place] if by_school else 13,
                    "line": {"color": look.ink if by_school else look.rule, "width": 1.25}}}
        for place in range(STEPS)
    ]  # fmt: skip
    for status in dict.fromkeys(str(row["status"]) for row in rows.values()):
        if status in NOTHING:
            symbol = "x-thin" if status == "not_received" else "circle" if by_school else "square"
            entries.append(
                {"name": NOTHING[status],
                 "marker": {"symbol": symbol, "color": look.ground, "size": 8 if by_school else 13,
                            "line": {"color": look.rule, "width": 1.25}}}
            )  # fmt: skip
    return [
        {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip", "showlegend": True,
         **entry}
        for entry in entries
    ]  # fmt: skip


def _label(
    at: Point, name: str, row: Row, steps: Sequence[float], ground: Geography, answer: Answer, look: Paint
) -> dict:
    """A district's name and value, in ink that can be read on its fill."""
    step = _step(row, steps)
    fill = look.steps[step] if step is not None else look.ground
    ink = max(("#000000", "#FFFFFF"), key=lambda color: contrast(color, fill)) if step is not None else look.muted
    value = wording.value_text(float(row["value"]), answer.card) if row["status"] in SHOWN else "–"
    said = "‡" if row["status"] == "suppressed" else value
    return {
        **_name(at, name, ground, look),
        "text": f"{wording.label(_short(name, ground), 13)}<br><b>{said}</b>",
        "font": {"size": look.font - 3, "color": ink},
    }


def _name(at: Point, name: str, ground: Geography, look: Paint) -> dict:
    return {
        "x": _round(at[0]), "y": _round(at[1]), "xref": "x", "yref": "y", "showarrow": False,
        "text": wording.label(_short(name, ground), 13), "font": {"size": look.font - 3, "color": look.muted},
    }  # fmt: skip


def _short(name: str, ground: Geography) -> str:
    """A district's name without what all districts share; all of it where nothing else is left."""
    full = ground.names.get(name, name)
    words = full.split()
    while len(words) > 1 and words[-1] in ENDINGS:
        words.pop()
    return " ".join(words)


def _notes(hulls: Mapping[str, Ring], missing: Sequence[Row], answer: Answer) -> tuple[str, ...]:
    noun = answer.question.by
    notes = []
    if any(len(hull) > 2 for hull in hulls.values()):
        notes.append("Dashed: a line around a district's schools, not its border; no outline of it is on file.")
    if noun == "district" and hulls:
        notes.append("A district without an outline is shown by its schools, each in the step of the district.")
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        notes.append(f"{wording.many(len(missing), noun)} without a place {verb} in the table only.")
    return (*notes, *wording.status_notes(answer.cells, answer, {
        "not_received": "Hatched or crossed", "suppressed": "‡", "not_applicable": "Empty", "partial": "This period",
        "unstable": "Among these",
    }))  # fmt: skip


# Geometry -------------------------------------------------------------------------------------------------------------


def _line(rings: Sequence[Ring]) -> dict[str, list[float | None]]:
    """Rings one after another, with a gap between two."""
    x: list[float | None] = []
    y: list[float | None] = []
    for place, ring in enumerate(rings):
        x += [None] * bool(place) + [_round(east) for east, _ in ring]
        y += [None] * bool(place) + [_round(north) for _, north in ring]
    return {"x": x, "y": y}


def _plain(points: Sequence[Point], axis: int) -> dict[str, Any]:
    """An axis without ticks around all points; a single point gets some ground around it."""
    values = [point[axis] for point in points]
    low, high = min(values), max(values)
    edge = 0.03 * (high - low) or 0.01
    return {"visible": False, "fixedrange": True, "range": [_round(low - edge), _round(high + edge)]}


def _free(rings: Sequence[Ring], places: Sequence[Place]) -> Point:
    """Where a name has most room in the largest ring: far from its edges and from schools, a name being wide."""
    ring = max(rings, key=lambda one: abs(_area_of(one)))
    east, north = [point[0] for point in ring], [point[1] for point in ring]
    low, high = (min(east), min(north)), (max(east), max(north))
    grid = [
        (low[0] + (high[0] - low[0]) * across / GRID, low[1] + (high[1] - low[1]) * up / GRID)
        for across in range(1, GRID)
        for up in range(1, GRID)
    ]
    inside = [point for point in grid if _holds(ring, point)]
    edges = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    near = [place.at for place in places if low[0] <= place.at[0] <= high[0] and low[1] <= place.at[1] <= high[1]]

    def room(point: Point) -> float:
        dots = (hypot((point[0] - dot[0]) / WIDE, point[1] - dot[1]) for dot in near)
        return min((*(_away(point, one, two) for one, two in edges), *dots))

    return max(inside, key=room, default=(fmean(east), fmean(north)))


def _away(point: Point, one: Point, two: Point) -> float:
    """How far a point is from the stretch between two others, a step east counting less than one north."""
    (px, py), (ax, ay), (bx, by) = ((each[0] / WIDE, each[1]) for each in (point, one, two))
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = 0.0 if not length else max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay))


def _holds(ring: Ring, point: Point) -> bool:
    """Whether a point lies within a ring: a ray from it crosses the ring an odd number of times."""
    inside = False
    for one, two in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (one[1] > point[1]) != (two[1] > point[1]):
            crossing = one[0] + (point[1] - one[1]) / (two[1] - one[1]) * (two[0] - one[0])
            inside ^= point[0] < crossing
    return inside


def _area_of(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _hull(points: Sequence[Point]) -> Ring:
    """The convex hull, closed (Andrew's monotone chain); the points themselves where they are fewer than three."""
    order = sorted(set(points))
    if len(order) < 3:
        return tuple(order)

    def half(run: Sequence[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in run:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept

    lower, upper = half(order), half(order[::-1])
    return (*lower[:-1], *upper[:-1], lower[0])


def _turn(one: Point, two: Point, three: Point) -> float:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def _round(number: float) -> float:
    return float(drawn(number) or 0)
