"""A thousand random cubes: whatever is decided, the attacker learns nothing."""

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sro.audit import audit
from sro.suppression import Spec, build, decide
from tests.suppression.tables import knowledge, published

YEARS_A_COUNTY = 5
COUNTIES = 200
GRAINS = {"program": ("year", "semester"), "district": ("year", "semester"), "school": ("year", "semester")}


@st.composite
def counties(draw):
    """Schools in districts (some alone, some without) and five years of counts, many of them zero, some lines empty."""
    districts = draw(st.lists(st.sampled_from(["D1", "D2", "D3", None]), min_size=1, max_size=6))
    names = [f"S{n}" for n in range(len(districts))]
    atom = st.tuples(
        st.sampled_from(names),
        st.integers(0, 12 * YEARS_A_COUNTY - 1),
        st.sampled_from("xyz"[: draw(st.integers(1, 3))]),
        st.one_of(st.integers(0, 4), st.integers(1, 60)),
    )
    rows = draw(st.lists(atom, max_size=60))
    atoms = pd.DataFrame(rows, columns=["school_id", "month", "slice", "count"])
    atoms["month"] = [date(2020 + (month + 6) // 12, (month + 6) % 12 + 1, 1) for month in atoms["month"]]
    return atoms.assign(metric="arrests"), pd.DataFrame({"school_id": names, "district_id": districts})


@given(counties(), st.sampled_from([5, 10]), st.booleans(), st.sampled_from([0.0, 0.0, 30.0]))
@settings(max_examples=COUNTIES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_the_attacker_finds_nothing_in_five_random_years(county, threshold, zeros_protected, seconds):
    atoms, geography = county
    spec = Spec("arrests", grains=GRAINS, zeros_protected=zeros_protected)
    cubes = build(atoms, geography, [spec], date(2020, 7, 1), date(2025, 6, 30))
    assert len(cubes) == YEARS_A_COUNTY
    cells = decide(cubes, threshold, seconds).cells
    small = (cells["value"] < threshold) & ((cells["value"] > 0) | zeros_protected)
    assert not (small & cells["shown"]).any()
    hides = frozenset({"arrests"}) if zeros_protected else frozenset()
    assert audit(published(cells), knowledge(geography, cells, hides_zeros=hides), threshold) == []


def test_hidden_is_never_more_than_twice_what_the_naive_rule_hides_on_a_plain_county():
    random = np.random.default_rng(3)
    geography = pd.DataFrame(
        {"school_id": [f"S{n}" for n in range(12)], "district_id": [f"D{n % 4}" for n in range(12)]}
    )
    rows = [
        (school, date(2024, month, 1), slice_, int(random.poisson(8)))
        for school in geography["school_id"]
        for month in (9, 10, 11, 12)
        for slice_ in "xyz"
    ]
    atoms = pd.DataFrame(rows, columns=["school_id", "month", "slice", "count"]).assign(metric="arrests")
    cells = decide(build(atoms, geography, [Spec("arrests")], date(2024, 7, 1), date(2025, 6, 30)), 10).cells
    naive = ((cells["value"] > 0) & (cells["value"] < 10)).sum()
    assert (~cells["shown"]).sum() <= 2 * naive
