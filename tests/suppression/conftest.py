"""Every decision that a test looks at has been held against the auditor."""

import pytest

from sro.audit import audit
from sro.suppression import Spec, build, decide
from tests.suppression.tables import YEAR, knowledge, published


@pytest.fixture
def decided():
    """Decide the arrests of 2024–25 and hold the decision against the auditor; returns its cells."""

    def of(atoms, geography, spec=None, threshold=10, budget=20.0, **more):
        cubes = build(atoms, geography, [spec or Spec("arrests")], *YEAR)
        decision = decide(cubes, threshold, budget)
        assert audit(published(decision.cells), knowledge(geography, decision.cells, **more), threshold) == []
        return decision.cells

    return of
