"""A tiny series for a headline, as SVG: the line, its last mark, hatched months without a report, nothing else."""

from __future__ import annotations

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import FigureError
from sro.figures.lines import stretches
from sro.figures.theme import Paint

WIDTH, HEIGHT, EDGE = 240, 40, 4


def spark(answer: Answer, look: Paint) -> str:
    """One series without axes on a scale from zero; gaps stay gaps. Empty where there is nothing to draw.

    Raises FigureError when the answer has several series.
    """
    if answer.is_empty:
        return ""
    if len({(row.unit, row.slice) for row in answer.rows}) > 1:
        raise FigureError("A spark draws one series; ask for the program without categories.")
    rows = sorted(answer.rows, key=lambda row: row.period_start)
    shown = [place for place, row in enumerate(rows) if row.shown]
    top = marks.with_headroom(max(rows[place].value for place in shown), wording.kind(answer.card) == "percent")
    step = (WIDTH - 2 * EDGE) / len(rows)

    def spot(place: int) -> tuple[float, float]:
        return EDGE + step * (place + 0.5), HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * rows[place].value / top

    drawn = [
        f'<rect x="{EDGE + step * place:.1f}" y="0" width="{step:.1f}" height="{HEIGHT}" fill="url(#none)"/>'
        for place, row in enumerate(rows)
        if row.status == "not_received"
    ]
    for places in stretches(rows, ()):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(spot, places))
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{look.accent}" stroke-width="2"/>')
    x, y = spot(shown[-1])
    fill = look.ground if rows[shown[-1]].partial else look.accent
    drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{fill}" stroke="{look.accent}" stroke-width="1.5"/>')
    hatch = (
        f'<pattern id="none" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 5L5 0" '
        f'stroke="{look.rule}" stroke-width="0.8"/></pattern>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<defs>{hatch}</defs>{''.join(drawn)}</svg>"
    )
