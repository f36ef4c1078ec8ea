"""Every metric returns what its card promises, on any export."""

import re

import pytest

from tests.model.tiny import TinyExport, answerable, catalogue, contract, rolled_up, rows, sql_files

CARDS = catalogue().cards.values()
REQUIRED = {
    *("C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C10", "C11"),
    *("E01", "E02", "E03", "E04", "E05", "E06", "E12"),
    *("I01", "I02", "I03", "I04", "I06", "I11", "O01", "O02"),
    *("R01", "R02", "R03", "R11", "R13", "T01", "T03", "T05", "T06", "D01", "X01", "X02", "X03"),
}

PERSONS = {
    *("R00", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R10s"),
    *("Q01", "Q01d", "Q02", "Q02d", "Q04", "D07", "E07"),
}


@pytest.fixture(scope="module")
def vintage():
    """Every table there; one of everything, so that every metric has rows."""
    export = TinyExport().year(3).assign(contract_days=3, contract_hours=19.5).students(500).log("2025-09")
    export.shift("2025-09-01").absent("2025-09-02").activity("2025-09-01", duration_min=40, students_reached=20)
    export.activity("2025-09-01", "mentoring_1to1").activity("2025-09-01", "mediation")
    export.activity("2025-09-01", "staff_training", adults_reached=9)
    happened = {"in_school_hours": True, "sro_on_site": True, "entered_at": "2025-09-02 08:00:00"}
    export.incident("2025-09-01", handled_by="officer", outcome="charged", **happened)
    export.incident("2025-09-01", category_scheme="ssec_2021", ssec_code="14", initiated_by="student")
    export.add("officers", {"officer_id": "O1"})
    export.add("training", {"training_id": "t", "officer_id": "O1", "topic": "basic_sro", "hours": 40,
                            "completed_on": "2025-08-20"})  # fmt: skip
    export.add("drills", {"drill_id": "d", "school_id": "A", "date": "2025-09-01", "drill_type": "lockdown"})
    export.add(
        "requirements", {"school_year": "2025-26", "requirement": "drill_lockdown", "scope": "school", "value": 4}
    )
    export.add("official_incidents", {"school_id": "A", "school_year": "2025-26", "category_scheme": "ssec_2021",
                                      "category": "14", "n": 1})  # fmt: skip
    export.add(
        "incident_categories", {"category_scheme": "other", "category": "v", "title": "V", "part_of_others": True}
    )
    export.add("official_incidents", {"school_id": "A", "school_year": "2025-26", "category_scheme": "other",
                                      "category": "v", "n": 1})  # fmt: skip
    the_rest(export)
    for table in contract().tables:
        export.add(table)
    return rolled_up(export)


def the_rest(export: TinyExport) -> None:
    """Rows for training, drills, surveys and money."""
    day = "2025-09-01"
    export.shift(day, duty_type="event", shift_id="event")
    export.activity(day, "agency_liaison").activity(day, "family_contact")
    urgent = {"incident_class": "urgent", "response_minutes": 4, "weapon": "knife"}
    export.incident(day, **urgent)
    export.add("positions", {"position_id": "P1", "authorized_from": "2025-07-01", "vacated_on": "2025-07-01",
                             "filled_on": day})  # fmt: skip
    export.add("youth_program_periods", {"program_id": "y", "school_id": "A", "period": "2025-26-Q1",
                                         "service_hours": 12})  # fmt: skip
    export.add("enrollment", {"school_id": "A", "school_year": "2025-26", "basis": "beds_day",
                              "subgroup_dim": "grade_band", "subgroup": "6_8", "n": 100})  # fmt: skip
    export.add("complaints", {"complaint_id": "c", "received_on": day, "kind": "commendation"})
    export.add("requirements", {"school_year": "2025-26", "requirement": "drills_by_december", "scope": "school",
                                "value": 8, "due_by": "2025-12-31"})  # fmt: skip
    export.add("drills", {"drill_id": "d2", "school_id": "A", "date": day, "drill_type": "lockdown",
                          "sro_present": True})  # fmt: skip
    export.add("safety_consultations", {"consult_id": "s", "school_id": "A", "date": day, "kind": "plan_review",
                                        "recommendations_n": 2, "closed_n": 1})  # fmt: skip
    export.add("safety_consultations", {"consult_id": "t", "school_id": "A", "date": day,
                                        "kind": "technology_solution"})  # fmt: skip
    for item, response in (("feel_safe", "safe"), ("report_comfort", "agree"), ("knows_officer", "unsure"),
                           ("days_missed_unsafe", "0")):  # fmt: skip
        export.add("surveys", {"survey_id": "v", "school_id": "ALL", "respondent": "student", "item_id": item,
                               "response": response, "administered_to": "2026-04-29", "n": 10,
                               "n_invited": 20})  # fmt: skip
    export.add("official_incidents", {"school_id": "A", "school_year": "2025-26", "category_scheme": "ssec_2021",
                                      "category": "7", "n": 2, "felony_n": 1})  # fmt: skip
    export.add("costs", {"school_year": "2025-26", "district_id": "D", "cost_type": "salary", "amount": 1000,
                         "funding_source": "grant:G-1"})  # fmt: skip
    for action in ("report", "arrest_paper", "diversion_referral"):
        for by, group in (("race_eth", "white"), ("disability", "idea")):
            export.add("le_action_demographics", {"school_year": "2025-26", "action": action, "subgroup_dim": by,
                                                  "subgroup": group, "n": 1})  # fmt: skip
    for action in ("report", "arrest_paper", "use_of_force", "handcuff_no_arrest", "search"):
        export.add("le_actions", {"incident_id": "act", "action": action, "seq": 1, "n_students": 1})
    export.incident(day, incident_id="act")
    export.add("threat_assessments", {"school_year": "2025-26", "level_band": "high", "risk_level": "low",
                                      "n_le_involved": 1})  # fmt: skip
    export.add("youth_program_periods", {"program_id": "z", "school_id": "A", "period": "2025-26-Q2",
                                         "new_admissions": 3})  # fmt: skip
    export.add("grants", {"grant_id": "G-1", "funder": "F", "program": "P", "start": "2025-07-01", "end": "2026-06-30"})


def test_the_catalogue_has_what_was_asked_for():
    assert {card.id for card in CARDS} >= REQUIRED


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_metric_has_rows_where_its_tables_have(card, vintage):
    rollup = f"metric_{card.rollups[-1]}"
    assert rows(vintage, f"SELECT count(*) > 0 FROM {rollup} WHERE metric = '{card.name}'") == [(True,)]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_row_has_a_school_or_stands_for_all(card, vintage):
    whose = "'D'" if card.level == "district" else "'A', '*'"  # a metric known by district has the district's id there
    strangers = f"SELECT school_id FROM ({card.sql}) AS m WHERE school_id NOT IN ({whose}) OR school_id IS NULL"
    assert rows(vintage, strangers) == []


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_category_has_a_title(card, vintage):
    used = f"SELECT DISTINCT slice FROM ({card.sql}) AS m WHERE slice IS NOT NULL"
    known = f"SELECT slice FROM slice_title WHERE dimension = '{card.slice}'"
    assert rows(vintage, f"({used}) EXCEPT ({known})") == []


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_metric_has_categories_when_its_card_names_them(card, vintage):
    has_slices = rows(vintage, f"SELECT count(slice) > 0 FROM ({card.sql}) AS m")[0][0]
    assert has_slices == card.is_sliced


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_annual_metrics_stand_in_their_school_year(card, vintage):
    if card.grain == "year":
        outside = f"SELECT day FROM ({card.sql}) AS m WHERE school_year_of(day) <> '2025-26'"
        assert rows(vintage, outside) == []


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_metric_needs_only_tables_of_the_contract(card):
    assert set(card.tables) <= set(contract().tables) and card.tables


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_card_names_its_source_in_words(card):
    assert not re.search(r"\[[SMI]\d*\]|\bS\d+\b", card.defined_by)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_only_events_and_cases_have_intervals_of_chance(card):
    allowed = {"poisson": ("sum", "ratio", "rate"), "wilson": ("ratio", "share"), "none": (card.aggregate,)}
    assert card.aggregate in allowed[card.interval]


@pytest.mark.parametrize("file", sql_files("metrics"), ids=lambda file: file.stem)
def test_the_log_and_the_official_totals_are_never_added(file):
    sql = catalogue().cards[file.stem].sql
    assert not ("official_total" in sql and re.search(r"\bincident\b", sql))


def test_incidents_and_referrals_have_no_good_direction():
    neutral = {card.id for card in CARDS if card.direction == "neutral"}
    assert {"I00", "I01", "I02", "I03", "I04", "O01", "O02", "R01", "R02", "R03", "R04", "R06", "R07"} <= neutral


def test_metrics_that_would_tell_about_persons_are_marked():
    assert {card.id for card in CARDS if card.counts_persons} == PERSONS


def test_schools_alone_answer_no_metric_and_raise_no_error():
    export = TinyExport()
    assert answerable(export) == []
    rolled_up(export)


@pytest.mark.parametrize("absent", [name for name in contract().tables if name != "schools"])
def test_an_absent_table_takes_only_its_own_metrics_along(absent):
    export = TinyExport()
    for name in contract().tables:
        if name != absent:
            export.add(name)
    connection = rolled_up(export)
    assert rows(connection, "SELECT (SELECT count(*) FROM metric_month) + (SELECT count(*) FROM metric_member)") == [
        (0,)
    ]
    assert {card.name for card in CARDS if absent not in card.tables} == set(answerable(export))
