"""What a role reaches is decided where data is asked and where files are made, whatever the screens show."""

from __future__ import annotations

import pytest

from sro.ask import ask, catalogue_of, vintage_facts
from sro.people import ROLES, NotAllowed, reach_of
from sro.publish import passport, presets
from sro.publish.deck import deck
from sro.publish.desk import desk
from sro.publish.pack import pack
from sro.publish.report import report
from sro.question import NotYours, Question, QuestionError
from sro.vintages import current, load, serve

PARTNER = reach_of(["partner:D1"])
LESSONS = Question("lessons_delivered", "2025-26")
assert PARTNER is not None


def asked(settings, reach, **parts):
    return ask(Question("lessons_delivered", "2025-26", **parts), current(settings), settings.seen_by(reach))


def test_a_partner_is_told_of_the_own_district_only(office):
    assert asked(office, ROLES["viewer"]).total.value == 3
    own = asked(office, PARTNER)
    assert own.total.value == 2 and own.question.districts == ("D1",)
    assert list(asked(office, PARTNER, by="school").cells["unit"]) == ["A"]
    assert list(asked(office, PARTNER, by="district").cells["unit"]) == ["D1"]


@pytest.mark.parametrize(
    "parts", [{"districts": ("D2",)}, {"districts": ("D1", "D2")}, {"schools": ("B",)}, {"schools": ("A", "B")}]
)
def test_a_partner_who_names_another_district_or_school_is_refused(office, parts):
    with pytest.raises(QuestionError):
        asked(office, PARTNER, **parts)


def test_a_partner_does_not_learn_that_another_school_exists(office):
    assert [school.school_id for school in vintage_facts(current(office), office.seen_by(PARTNER)).schools] == ["A"]
    with pytest.raises(QuestionError) as other:
        asked(office, PARTNER, schools=("B",))
    with pytest.raises(QuestionError) as nowhere:
        asked(office, PARTNER, schools=("Z",))
    assert str(other.value).replace("'B'", "'Z'") == str(nowhere.value)


def test_what_one_person_was_told_is_not_kept_for_another(office):
    for _ in range(2):
        assert asked(office, ROLES["admin"]).total.value == 3
        assert asked(office, PARTNER).total.value == 2


def test_a_partner_is_not_told_what_is_known_of_the_whole_program_only(demo):
    cards = catalogue_of(demo.folders.queries / "metrics").cards.values()
    card = next(card for card in cards if card.level == "program")
    with pytest.raises(NotYours, match="whole program"):
        ask(Question(card.name, "2025-26"), current(demo), demo.seen_by(PARTNER))


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"partner"}))
@pytest.mark.parametrize("audience", ["public", "leadership", "restricted"])
def test_an_audience_is_asked_only_by_who_belongs_to_it(office, role, audience):
    reach = ROLES[role]
    if audience in reach.audiences:
        assert asked(office, reach, audience=audience).total.value == 3
    else:
        with pytest.raises(NotYours, match=audience):
            asked(office, reach, audience=audience)


@pytest.mark.parametrize("role", ["viewer", "leader", "grants"])
def test_who_does_not_load_cannot_load_or_return_to_a_vintage(office, tmp_path, role):
    settings = office.seen_by(ROLES[role])
    with pytest.raises(NotAllowed, match="load data"):
        load(tmp_path, settings)
    with pytest.raises(NotAllowed, match="load data"):
        serve(settings, current(office).id)


@pytest.mark.parametrize("make", [deck, report, pack])
def test_who_does_not_publish_gets_no_file(office, make):
    at = desk(office)
    preset = presets.read_preset(office.folders.project / "data" / "presets", "board")
    collection = presets.collect(at, preset, presets.Choice("2025-26", (), ()))
    assert collection.figures
    with pytest.raises(NotAllowed, match="make slides"):
        make(collection, desk(office.seen_by(ROLES["viewer"])))


def test_no_file_is_made_for_an_audience_that_the_asker_does_not_see(office):
    drawn = (
        desk(office)
        .exhibit([Question("lessons_delivered", "2025-26", by="school", audience="leadership")], "schools")
        .figure
    )
    assert passport.issue([drawn], office.seen_by(ROLES["leader"])).audience == "leadership"
    with pytest.raises(NotAllowed):
        passport.issue([drawn], office.seen_by(ROLES["viewer"]))
