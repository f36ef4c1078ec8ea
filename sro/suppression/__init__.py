"""Complementary cell suppression: which person-related counts may show, so that no hidden one can be worked out."""

from sro.suppression.cube import Cube, CubeError, Same, Spec, Within, build
from sro.suppression.decide import Decision, decide
from sro.suppression.permission import Permission, cells_of, permission_of, spec_of

__all__ = [
    "Cube",
    "CubeError",
    "Decision",
    "Permission",
    "Same",
    "Spec",
    "Within",
    "build",
    "cells_of",
    "decide",
    "permission_of",
    "spec_of",
]
