"""Answers become figures: a finding in words, a chart, its data, and where they come from."""

from sro.figures.charts import FORMS, draw, funnel
from sro.figures.figure import Event, Figure, FigureError
from sro.figures.limits import Limits
from sro.figures.spark import spark

__all__ = ["FORMS", "Event", "Figure", "FigureError", "Limits", "draw", "funnel", "spark"]
