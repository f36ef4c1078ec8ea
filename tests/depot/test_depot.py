"""One machine loads, others serve what it pushed: whole, or as they served before."""

from __future__ import annotations

import shutil

import pytest

from sro import trail
from sro.cli import main
from sro.depot import LISTING, DepotError, fetch, listed, push
from sro.store import VintageError, content_digests, current, served_id, stored
from tests.office import LOGGED, lessons, load_office, settings_in, write

MORE = {"activities.csv": LOGGED["activities.csv"] + "ACT-4,B,2025-09-10,13:00,40,classroom_lesson,20\n"}


@pytest.fixture
def builder(tmp_path):
    """The machine that loads; it has pushed its vintage."""
    settings = settings_in(tmp_path / "builder")
    load_office(write(tmp_path / "one"), settings)
    push(str(tmp_path / "depot"), settings)
    return settings


@pytest.fixture
def server(tmp_path):
    return settings_in(tmp_path / "server")


@pytest.fixture
def place(tmp_path):
    return str(tmp_path / "depot")


def fetched(place, server):
    fetch(place, listed(place), server)
    return served_id(server)


def test_a_server_serves_what_the_builder_pushed(builder, server, place):
    assert fetched(place, server) == served_id(builder) and lessons(server) == 3
    assert content_digests(current(server).path) == content_digests(current(builder).path)
    assert sorted(path.suffix for path in server.folders.vintages.glob("[!.]*")) == ["", ".duckdb", ".zip"]


def test_the_next_vintage_is_served_after_the_next_fetch_and_is_the_newer_one(builder, server, place, tmp_path):
    first = fetched(place, server)
    load_office(write(tmp_path / "two", MORE), builder)
    push(place, builder)
    assert fetched(place, server) == served_id(builder) != first and lessons(server) == 4
    assert [one.id for one in stored(server)] == [served_id(builder), first]


def test_an_earlier_vintage_that_is_here_is_only_pointed_to(builder, server, place, tmp_path):
    first = fetched(place, server)
    load_office(write(tmp_path / "two", MORE), builder)
    push(place, builder)
    fetched(place, server)
    load_office(tmp_path / "one", builder)
    push(place, builder)
    for there in (tmp_path / "depot").glob(f"{first}.*"):
        there.unlink()
    assert fetched(place, server) == first and lessons(server) == 3


@pytest.mark.parametrize("suffix", [".zip", ".duckdb"])
def test_a_file_that_came_otherwise_is_refused_and_the_last_vintage_stays(suffix, builder, server, place, tmp_path):
    first = fetched(place, server)
    load_office(write(tmp_path / "two", MORE), builder)
    listing = push(place, builder)
    with (tmp_path / "depot" / f"{listing.vintage}{suffix}").open("r+b") as file:
        file.seek(100)
        file.write(b"other")
    with pytest.raises(DepotError, match=f"{suffix} is not as it was pushed"):
        fetched(place, server)
    assert served_id(server) == first and [one.id for one in stored(server)] == [first]
    assert not list(server.folders.vintages.glob(".building-*"))
    push(place, builder)
    assert fetched(place, server) == listing.vintage


def test_a_file_that_is_gone_is_told_and_the_last_vintage_stays(builder, server, place, tmp_path):
    (tmp_path / "depot" / f"{served_id(builder)}.zip").unlink()
    with pytest.raises(DepotError, match="cannot be used"):
        fetched(place, server)
    assert served_id(server) is None


def test_what_was_pushed_damaged_is_not_served(builder, server, place):
    current(builder).path.write_bytes(b"no database")
    push(place, builder)
    with pytest.raises(VintageError, match="damaged"):
        fetched(place, server)
    assert served_id(server) is None


@pytest.mark.parametrize("cut", [1, 2])
def test_half_a_listing_is_refused(cut, builder, place, tmp_path):
    listing = tmp_path / "depot" / LISTING
    listing.write_text(listing.read_text()[: len(listing.read_text()) // (cut + 1)])
    with pytest.raises(DepotError, match="is not whole"):
        listed(place)


def test_a_listing_names_no_file_elsewhere(builder, place, tmp_path):
    listing = tmp_path / "depot" / LISTING
    listing.write_text(listing.read_text().replace(served_id(builder) or "", "../../other"))
    with pytest.raises(DepotError, match="is not whole"):
        listed(place)


def test_where_nothing_was_pushed_it_is_told(server, place, tmp_path):
    with pytest.raises(DepotError, match="Nothing is served yet"):
        push(place, server)
    with pytest.raises(DepotError, match="no vintage was pushed here"):
        listed(str(tmp_path))
    with pytest.raises(DepotError, match="unheard-of://bucket cannot be used"):
        listed("unheard-of://bucket")


def test_the_commands_say_what_is_served_and_note_it_once(builder, server, place, monkeypatch, capsys):
    monkeypatch.setenv("SRO_DATA", str(builder.folders.data))
    assert main(["push", place]) == 0
    monkeypatch.setenv("SRO_DATA", str(server.folders.data))
    assert main(["fetch", place]) == 0 and main(["fetch", place]) == 0
    name = served_id(builder)
    assert capsys.readouterr().out.splitlines() == [
        f"Vintage {name} is in {place}, for others to fetch.",
        f"Vintage {name} is served, from {place}.",
        f"Vintage {name} is served already.",
    ]
    assert [(one.did, one.vintage) for one in trail.entries(server)] == [("served", name)]
    shutil.rmtree(place)
    assert main(["fetch", place]) == 1 and "no vintage was pushed here" in capsys.readouterr().err
