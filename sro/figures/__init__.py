"""Answers become figures: a finding in words, a chart, its data, and where they come from."""

from sro.figures.charts import FORMS, draw, funnel, study
from sro.figures.event_study import Step
from sro.figures.figure import Event, Figure, FigureError
from sro.figures.limits import Limits
from sro.figures.spark import spark

__all__ = ["FORMS", "Event", "Figure", "FigureError", "Limits", "Step", "draw", "funnel", "spark", "study"]
