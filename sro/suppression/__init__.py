"""Complementary cell suppression: which person-related counts may show, so that no hidden one can be worked out."""

from sro.suppression.cube import Count, Cube, CubeError, Public, Same, Spec, Sum, Within, build
from sro.suppression.decide import Decision, decide
from sro.suppression.links import Links, read_links
from sro.suppression.permission import Permission, cells_of, permission_of, spec_of

__all__ = [
    "Count",
    "Cube",
    "CubeError",
    "Decision",
    "Links",
    "Permission",
    "Public",
    "Same",
    "Spec",
    "Sum",
    "Within",
    "build",
    "cells_of",
    "decide",
    "permission_of",
    "read_links",
    "spec_of",
]
