"""What somebody sees of the screens, by role; the address of a screen opens it for nobody else."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from sro.ask import vintage_facts
from sro.screen import here
from sro.settings import PROJECT
from sro.vintages import current
from tests.people.conftest import PEOPLE, claims
from tests.screen.conftest import text_of

HOUSE = PROJECT / "sro" / "screen" / "house.py"
OWN = "990101000000"
FOR_PARTNERS = ("engagement", "incidents", "coverage", "readiness", "accountability", "fairness", "perception",
                "district", "school", "definitions")  # fmt: skip


@pytest.fixture
def opened(demo, with_people, monkeypatch):
    """`opened(email, page)`: the screen as somebody sees it."""
    with_people(people=PEOPLE.replace("partner:D1", f"partner:{OWN}"))
    monkeypatch.setenv("SRO_DATA", str(demo.folders.data))
    here.settings.cache_clear()

    def open_as(user: dict | None, page: str = "overview", **query: str) -> AppTest:
        app = AppTest.from_file(str(HOUSE), default_timeout=60)
        app.user = user if user is not None else {"is_logged_in": False}
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(str(PROJECT / "pages" / f"{page}.py")).run() if page != "overview" else app

    yield open_as
    here.settings.cache_clear()


def test_who_has_not_signed_in_sees_the_door_and_nothing_else(opened):
    app = opened(None)
    assert [button.label for button in app.button] == ["Sign in"]
    assert 'class="sro-tile' not in text_of(app) and not app.selectbox


@pytest.mark.parametrize(
    ("user", "says"),
    [
        (claims("stranger@else.test"), "has no role here"),
        (claims("admin@county.test", hours_ago=9), "8 hours ago"),
        ({"is_logged_in": True, "email": "admin@county.test"}, "did not say when"),
    ],
)
def test_a_stranger_and_a_session_that_is_over_stay_outside(opened, user, says):
    app = opened(user)
    assert says in text_of(app) and 'class="sro-tile' not in text_of(app)


@pytest.mark.parametrize(
    ("who", "drawn"),
    [("view", "for the public"), ("lead", "for program leadership only"), ("coord", "for named staff only")],
)
def test_screens_are_drawn_for_the_audience_of_the_role(opened, who, drawn):
    app = opened(claims(f"{who}@county.test"))
    assert drawn in text_of(app) and "could not be drawn" not in text_of(app)


@pytest.mark.parametrize(
    ("email", "page"),
    [("view@county.test", "data"), ("lead@county.test", "data"), ("grants@county.test", "data"),
     ("view@county.test", "reports"), ("partner@school.test", "quality"), ("partner@school.test", "grants"),
     ("partner@school.test", "impact"), ("partner@school.test", "board"), ("partner@school.test", "data"),
     ("coord@county.test", "trail")],
)  # fmt: skip
def test_a_screen_of_another_role_does_not_open_by_its_address(opened, email, page):
    with pytest.raises(ValueError, match="Could not find"):
        opened(claims(email), page)


@pytest.mark.parametrize("page", FOR_PARTNERS)
def test_a_partner_has_the_screens_of_the_own_district(opened, page):
    app = opened(claims("partner@school.test"), page)
    assert not app.exception and "could not be drawn" not in text_of(app)


def test_a_partner_reads_what_the_own_district_paid_and_makes_no_files(opened):
    app = opened(claims("partner@school.test"), "district", districts="990201000000")
    assert "Brindle Creek" not in text_of(app) and "Alder Falls" in text_of(app)
    assert app.selectbox(key="filter_district").options == ["Alder Falls City School District"]
    assert not [button for button in app.button if button.label == "Make it"]


@pytest.mark.parametrize(("who", "told"), [("view", False), ("lead", True)])
def test_until_when_a_position_s_training_holds_is_for_the_program_only(opened, who, told):
    app = opened(claims(f"{who}@county.test"), "readiness")
    tables = " ".join(table.value.to_csv() for table in app.table)
    assert "Crisis intervention" in tables
    assert ("SRO-0" in tables) is told


def test_a_partner_finds_no_school_of_another_district(opened, demo):
    app = opened(claims("partner@school.test"))
    others = [school for school in vintage_facts(current(demo), demo).schools if school.district_id != OWN]
    assert others
    offered = {option for chosen in app.multiselect for option in chosen.options}
    assert offered and not offered & {school.name for school in others}
    assert not any(school.name in text_of(app) for school in others)


def test_a_partner_of_a_district_that_is_not_in_the_data_is_told_so(opened, with_people):
    with_people()
    assert "No school of your district" in text_of(opened(claims("partner@school.test")))


def test_a_partner_who_puts_another_district_into_the_address_is_told_and_gets_the_own(opened):
    app = opened(claims("partner@school.test"), districts="990201000000")
    assert "does not have" in text_of(app)
