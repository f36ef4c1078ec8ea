"""The links between the program's metrics of persons, as queries/disclosure/links.toml has them, on small counts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from sro.audit import Knowledge, Tie, audit
from sro.settings import PROJECT
from sro.suppression import Count, CubeError, Spec, Sum, Within, build, decide, read_links, spec_of
from sro.suppression.system import system_of
from tests.metrics.test_cards import CARDS
from tests.suppression.tables import YEAR, hidden, knowledge, published, schools, table

LINKS = read_links(PROJECT / "queries" / "disclosure" / "links.toml")
YEARS = {"program": ("year",)}
GROUPS = Spec("by_race", YEARS, ("program",), zeros_protected=True)
PROGRAM = schools(D1="A B", D2="C D")


@dataclass(frozen=True)
class Linked:
    """Arrests and referrals by school, and arrests by group, decided together."""

    cells: pd.DataFrame
    leaks: list


def decided(rows, groups, *links, threshold=10, ties=()):
    atoms = [table([(*row, "all", count) for *row, count in found], metric) for metric, found in rows.items()]
    atoms.append(table([("*", "2024-07", group, count) for group, count in groups], "by_race"))
    specs = [*(Spec(metric, sliced=()) for metric in rows), GROUPS]
    cubes = build(pd.concat(atoms), PROGRAM, specs, *YEAR, links)
    cells = decide(cubes, threshold).cells
    known = knowledge(PROGRAM, cells)
    known = Knowledge(known.district_of, known.slices, hides_zeros=frozenset({"by_race"}), ties=tuple(ties))
    return Linked(cells, audit(published(cells), known, threshold))


ARRESTS = [("A", "2024-09", 14), ("B", "2024-09", 12), ("C", "2025-02", 11), ("D", "2025-02", 13)]
AGREE = Sum(Count("by_race"), (Count("arrests"),), supposed=True)
AGREE_TIE = Tie("equals", "by_race", "all", "arrests", "all")
AMONG = Within("arrests", "all", "referrals", "all")
AMONG_TIE = Tie("of", "arrests", "all", "referrals", "all")


def test_a_total_that_the_log_gives_hides_a_second_group():
    """50 arrests show: of the groups' 50, one hidden group alone would be known."""
    found = decided({"arrests": ARRESTS}, [("x", 30), ("y", 16), ("z", 4)], AGREE, ties=[AGREE_TIE])
    small = {slice_ for _, slice_ in hidden(found.cells, metric="by_race")}
    assert "z" in small and len(small - {"all"}) >= 2
    assert found.leaks == []


def test_what_is_only_supposed_binds_where_the_numbers_bear_it_out_and_nowhere_else():
    atoms = pd.concat([
        table([(*row, "all", count) for *row, count in ARRESTS], "arrests"),
        table([("*", "2024-07", "x", 49)], "by_race"),
    ])  # fmt: skip
    specs = [Spec("arrests", sliced=()), GROUPS]
    (apart,) = build(atoms, PROGRAM, specs, *YEAR, [AGREE])
    with pytest.raises(CubeError, match="not the sum"):
        build(atoms, PROGRAM, specs, *YEAR, [Sum(Count("by_race"), (Count("arrests"),))])
    agreeing = atoms.assign(count=atoms["count"].where(atoms["count"] != 49, 50))
    (together,) = build(agreeing, PROGRAM, specs, *YEAR, [AGREE])
    assert together.lines.shape[0] == apart.lines.shape[0] + 1


def test_referred_and_not_arrested_are_few_and_cannot_be_subtracted():
    referrals = [("A", "2024-09", 17), ("B", "2024-09", 30), ("C", "2025-02", 40), ("D", "2025-02", 40)]
    found = decided({"arrests": ARRESTS, "referrals": referrals}, [], AMONG, ties=[AMONG_TIE])
    by_school = found.cells[(found.cells["unit"] == "A") & (found.cells["period_kind"] == "year")]
    assert not by_school["shown"].all()  # 17 less 14 are 3
    assert found.leaks == []
    apart = decided({"arrests": ARRESTS, "referrals": referrals}, [], ties=[AMONG_TIE])
    assert any("without arrests" in leak.cell for leak in apart.leaks)


def test_no_group_is_a_secret_where_everybody_sees_that_there_were_none():
    """No arrest in the log: the groups' zeros are no more than that, and nothing is left to protect them with."""
    found = decided({"arrests": [("A", "2024-09", 0)]}, [("x", 0), ("y", 0)], AGREE, ties=[AGREE_TIE])
    assert found.cells["shown"].all()
    assert found.leaks == []


def test_a_zero_that_shows_reaches_parts_rests_and_equal_numbers():
    atoms = pd.concat([
        table([("A", "2024-09", "all", 0)], "arrests"),
        table([("*", "2024-07", "x", 0), ("*", "2024-07", "y", 0)], "by_race"),
        table([("*", "2024-07", "x", 7, 7), ("*", "2024-07", "y", 12, 12)], "diversion"),
    ])  # fmt: skip
    diverted = Spec("diversion", YEARS, ("program",), proportion=True, zeros_protected=True)
    rest = Sum(Count("diversion", "each", "rest"), (Count("by_race", "each"),))
    (cube,) = build(atoms, PROGRAM, [Spec("arrests", sliced=()), GROUPS, diverted], *YEAR, [AGREE, rest])
    system = system_of(cube, 10)
    is_rest = (cube.cells["part"] == "rest") | (cube.cells["metric"] == "by_race")
    assert (system.variable_of[is_rest.to_numpy()] == -1).all()  # constants
    cells = decide([cube], 10).cells
    assert hidden(cells, metric="diversion")  # 7 of 7


def test_each_ties_every_group_to_its_own():
    atoms = pd.concat([
        table([("*", "2024-07", "x", 12), ("*", "2024-07", "y", 4)], "by_race"),
        table([("*", "2024-07", "x", 20, 32), ("*", "2024-07", "y", 30, 34)], "diversion"),
    ])  # fmt: skip
    diverted = Spec("diversion", YEARS, ("program",), proportion=True, zeros_protected=True)
    rest = Sum(Count("diversion", "each", "rest"), (Count("by_race", "each"),))
    cubes = build(atoms, PROGRAM, [GROUPS, diverted], *YEAR, [rest])
    assert len(cubes) == 1
    system = system_of(cubes[0], 10)
    place = {
        (row.metric, row.slice, row.part): system.variable_of[at]
        for at, row in enumerate(cubes[0].cells.itertuples(index=False))
    }
    for slice_ in ("all", "x", "y"):
        assert place["diversion", slice_, "rest"] == place["by_race", slice_, "counted"]


# The file and the cards -----------------------------------------------------------------------------------------------


def test_every_link_names_metrics_of_persons_that_there_are():
    persons = {card.name for card in CARDS if card.counts_persons}
    named = {name for one in LINKS.between for name in (one.metric, one.other_metric)}
    assert named | {one.metric for one in LINKS.public} <= persons


def test_categories_of_persons_show_for_the_program_only():
    specs = [spec_of(card, LINKS) for card in CARDS if card.counts_persons]
    assert all(spec.sliced in ((), ("program",)) for spec in specs)


def test_groups_are_told_by_whole_years_of_the_program():
    grouped = {card.name: card for card in CARDS if card.slice in ("race_eth", "disability")}
    assert len(grouped) == 5
    for card in grouped.values():
        spec = spec_of(card, LINKS)
        assert spec.grains == YEARS and spec.zeros_protected


def test_the_share_of_calls_that_went_to_court_is_kept_beside_calls_that_everybody_knows():
    card = next(card for card in CARDS if card.name == "referral_share")
    spec = spec_of(card, LINKS)
    assert spec.proportion and spec.zeros_protected and list(spec.grains) == ["program"]
    atoms = table([("A", "2024-09", "all", 11, 12), ("B", "2024-09", "all", 11, 40)], "referral_share")
    (cube,) = build(atoms, PROGRAM, [spec], *YEAR, LINKS.between, LINKS.public)
    whole = cube.cells["part"] == "both"
    assert (cube.public == whole).all()
    assert all(crowd.sum() == 52 for at, crowd in cube.crowd.items() if cube.cells["value"][at])
