"""A tiny series for a headline, as SVG: the line, its last mark, hatched months without a report, nothing else."""

from __future__ import annotations

import pandas as pd

from sro.answer import Answer
from sro.figures import marks, wording
from sro.figures.figure import FigureError
from sro.figures.lines import runs, series_of
from sro.figures.theme import Paint

WIDTH, HEIGHT, EDGE = 240, 40, 4


def spark(answer: Answer, look: Paint) -> str:
    """One series without axes on a scale from zero; gaps stay gaps. Empty where there is nothing to draw.

    Raises FigureError when the answer has several series.
    """
    if answer.is_empty:
        return ""
    parts = series_of(answer)
    if len(parts) > 1:
        raise FigureError("A spark draws one series; ask for the program without categories.")
    cells = parts[0][3].reset_index(drop=True)
    top = marks.top_of([cells], wording.kind(answer.card) == "percent", intervals=False)
    values = cells["value"].tolist()
    step = (WIDTH - 2 * EDGE) / len(cells)

    def spot(row: int) -> tuple[float, float]:
        return EDGE + step * (row + 0.5), HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * values[row] / top

    drawn = [
        f'<rect x="{EDGE + step * row:.1f}" y="0" width="{step:.1f}" height="{HEIGHT}" fill="url(#none)"/>'
        for row in _rows(cells["status"] == "not_received")
    ]
    for stretch in runs(cells, ()):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(spot, stretch.index))
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{look.accent}" stroke-width="2"/>')
    shown = _rows(marks.shown(cells))
    x, y = spot(shown[-1])
    unfinished = bool(cells["partial"].iat[shown[-1]])
    fill = look.ground if unfinished else look.accent
    drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{fill}" stroke="{look.accent}" stroke-width="1.5"/>')
    hatch = (
        f'<pattern id="none" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 5L5 0" '
        f'stroke="{look.rule}" stroke-width="0.8"/></pattern>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<defs>{hatch}</defs>{''.join(drawn)}</svg>"
    )


def _rows(mask: pd.Series) -> list[int]:
    return [place for place, yes in enumerate(mask) if yes]
