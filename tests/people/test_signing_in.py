"""Who somebody is: by the list, by the claims of the provider, for as long as the session lasts."""

from __future__ import annotations

import os

import pytest

from sro.people import EVERYTHING, LOAD, LOCAL, PUBLISH, READ_LOG, ROLES, reach_of
from sro.settings import SettingsError
from sro.sign_in import NobodyHere, NotSignedIn, SignIn, sign_in
from tests.people.conftest import claims, program

NOW = 1_700_000_000.0
RULES = SignIn(True, 8, people={"Lead@County.test": "leader"}, groups={"sro-admins": "admin", "alder": "partner:D1"})


def said(**more):
    return {"is_logged_in": True, "email": "lead@county.test", "sub": "1", "iat": NOW - 60, **more}


def test_without_sign_in_there_is_one_local_person_with_every_right():
    assert SignIn().person({}) == LOCAL and LOCAL.reach == EVERYTHING


def test_a_listed_address_has_its_role_however_it_is_spelled():
    person = RULES.person(said(email="LEAD@county.TEST"), NOW)
    assert (person.name, person.roles) == ("lead@county.test", ("leader",))
    assert person.reach == ROLES["leader"]


def test_an_address_that_the_provider_has_not_verified_is_nobodys():
    with pytest.raises(NobodyHere):
        RULES.person(said(email_verified=False), NOW)


@pytest.mark.parametrize("groups", ["sro-admins", ["other", "sro-admins"]])
def test_groups_of_the_provider_give_roles(groups):
    assert RULES.person(said(email="new@county.test", roles=groups), NOW).reach == EVERYTHING


@pytest.mark.parametrize("groups", [None, 7, {"sro-admins": True}, ["admin"], [["sro-admins"]], "admin"])
def test_a_claim_that_the_office_did_not_map_gives_nothing(groups):
    with pytest.raises(NobodyHere):
        RULES.person(said(email="new@county.test", roles=groups), NOW)


@pytest.mark.parametrize("wrong", [{}, {"is_logged_in": False}, {"is_logged_in": "true"}])
def test_nobody_signed_in(wrong):
    with pytest.raises(NotSignedIn, match="Sign in"):
        RULES.person(wrong, NOW)


@pytest.mark.parametrize("began", [None, "yesterday", True, NOW + 3600])
def test_a_session_that_does_not_say_when_it_began_is_none(began):
    with pytest.raises(NotSignedIn):
        RULES.person(said(iat=began), NOW)


def test_a_session_ends_after_its_hours():
    assert RULES.person(said(iat=NOW - 8 * 3600 + 1), NOW)
    with pytest.raises(NotSignedIn, match="8 hours"):
        RULES.person(said(iat=NOW - 8 * 3600 - 1), NOW)


def test_roles_add_up_and_a_partners_district_confines_only_who_has_no_other_role():
    assert reach_of(["partner:D2", "partner:D1"]).districts == ("D1", "D2")  # type: ignore[union-attr]
    both = reach_of(["partner:D1", "grants", "leader"])
    assert both and both.districts == () and both.audiences == ("public", "leadership") and both.may == {PUBLISH}
    assert reach_of(["partner", "partner:", "root", ""]) is None


@pytest.mark.parametrize(
    ("role", "may"),
    [("viewer", set()), ("grants", {PUBLISH}), ("leader", {PUBLISH}), ("coordinator", {PUBLISH, LOAD}),
     ("admin", {PUBLISH, LOAD, READ_LOG}), ("partner:D1", set())],
)  # fmt: skip
def test_what_each_role_may_do(role, may):
    assert reach_of([role]).may == may  # type: ignore[union-attr]


def test_a_role_that_is_taken_away_ends_without_a_restart(tmp_path):
    path = program(tmp_path)
    assert sign_in(path).person(claims("admin@county.test")).roles == ("admin",)
    path.write_text(path.read_text().replace('"admin@county.test" = "admin"', ""))
    os.utime(path, ns=(1, 1))
    with pytest.raises(NobodyHere):
        sign_in(path).person(claims("admin@county.test"))


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("required = true", 'required = "yes"', "required"),
        ("hours = 8", "hours = 800", "hours"),
        ("hosts = []", 'hosts = ["*"]', "hosts"),
        ('test" = "viewer"', 'test" = "root"', "view@county.test"),
        ('test" = "partner:D1"', 'test" = "partner"', "partner@school.test"),
    ],
)
def test_a_rule_that_makes_no_sense_lets_nobody_in_and_is_named(tmp_path, old, new, names):
    with pytest.raises(SettingsError, match=names):
        sign_in(program(tmp_path, (old, new)))
