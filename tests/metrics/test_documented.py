"""docs/metrics.md and docs/program.md name what there is."""

import re

from sro.settings import PROJECT
from tests.model.tiny import catalogue

CARDS = catalogue().cards
ROW = re.compile(r"^\| ([A-Z]\d\d[a-z]?) \| (.+?) \| (`\w+\.sql`|none) \| (.+?) \|$", re.MULTILINE)


def listed() -> dict[str, tuple[str, str, str]]:
    text = (PROJECT / "docs" / "metrics.md").read_text(encoding="utf-8")
    return {row[0]: row[1:] for row in ROW.findall(text)}


def test_the_table_of_metrics_is_the_catalogue():
    there = {id: (title, file) for id, (title, file, _) in listed().items() if file != "none"}
    assert there == {card.id: (card.title, f"`{card.name}.sql`") for card in CARDS.values()}


def test_what_has_no_file_has_a_reason():
    assert all(reason.endswith(".") for _, file, reason in listed().values() if file == "none")


def test_the_screens_named_show_the_metric():
    for _, file, screens in listed().values():
        if file == "none" or screens == "Definitions":
            continue
        for screen in screens.split(", "):
            assert f'"{file[1:-5]}"' in (PROJECT / "pages" / f"{screen}.py").read_text(encoding="utf-8")


def test_every_phrase_of_the_announcement_leads_to_metrics_and_screens_that_exist():
    house = (PROJECT / "sro" / "screen" / "house.py").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \| ([A-Z0-9 ]+) \|$", (PROJECT / "docs" / "program.md").read_text(), re.M)
    assert len(rows) == 11
    for _, screens, ids in rows:
        assert set(ids.split()) <= {card.id for card in CARDS.values()}
        assert all(f'"{screen}"' in house for screen in screens.split(", "))
