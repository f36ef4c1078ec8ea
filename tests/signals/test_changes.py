"""The list of what changed: its order, its words, its questions."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from sro.ask import ask
from sro.question import Question
from sro.signals import revisions, what_changed
from sro.signals.changes import kind_of
from sro.signals.finding import ORDER
from tests.figures.answers import CALLS, COVERAGE
from tests.signals import test_truths

CAUSAL = r"because|due to|caus|led to|thanks|result(s|ed) in|reduc|driv|effect|impact|improv|prevent"
ADJECTIVES = r"significant|dramatic|sharp|steep|alarming|worrying|good|bad|better|worse|strong|huge"


def listed(county_2025, period="2025-26", **parts):
    return what_changed(county_2025.vintage, county_2025.settings, Question("coverage_rate", period, **parts))


@pytest.mark.parametrize("period", ["2023-24", "2024-25", "2025-26", "2025-11"])
def test_no_sentence_has_a_causal_verb_or_an_adjective_without_a_number(county_2025, period):
    for finding in listed(county_2025, period):
        assert not re.search(rf"\b({CAUSAL}|{ADJECTIVES})", finding.sentence, re.IGNORECASE), finding.sentence
        assert finding.sentence.endswith(".")


def test_the_list_is_ordered_by_importance(county_2025):
    places = [ORDER.index(finding.kind) for finding in listed(county_2025)]
    assert places == sorted(places)


def test_every_finding_can_be_asked_again(county_2025):
    for finding in listed(county_2025):
        again = Question.from_query(finding.question.to_query())
        assert again == finding.question and not ask(again, county_2025.vintage, county_2025.settings).is_empty


def test_a_quiet_school_says_that_nothing_stands_out(county_2025):
    (only,) = listed(county_2025, "2025-11", schools=("990701060001",))
    assert only.kind == "quiet"
    assert re.fullmatch(r"Nothing stands out: none of \d measures left its expected range by Nov 2025\.", only.sentence)


def test_a_month_without_enough_before_it_says_so(county_2025):
    (only,) = [finding for finding in listed(county_2025, "2021-12") if finding.kind == "quiet"]
    assert only.sentence == "Too few comparable months for limits; nothing can be said to stand out."


def test_missing_logs_are_counted_and_named(county_2025):
    (logs,) = [finding for finding in listed(county_2025, "2024-25") if finding.kind == "logs"]
    assert "Graylag HS (Feb 2025, Mar 2025, Apr 2025, May 2025)" in logs.sentence
    assert logs.sentence.endswith("Missing is not zero.")


def test_a_target_of_a_grant_stands_beside_what_was_counted(county_2025):
    told = [finding.sentence for finding in listed(county_2025) if finding.kind == "target"]
    assert len({sentence.partition(":")[0] for sentence in told}) == len(told)  # the last period of each measure
    for pattern in (
        r"School staff trained: \d+ in Quarter 1, 2025–26 .*, target 220 \((not )?met; grant G-STOP; this program's",
        r"Hours of youth programs: [\d,]+ .*, target \d+ \((not )?met; grant G-TITLE2\)",
    ):
        assert [sentence for sentence in told if re.match(pattern, sentence)], told


def test_the_list_for_one_district_speaks_of_its_schools_only(county_2025):
    said = " ".join(finding.sentence for finding in listed(county_2025, districts=("990401000000",)))
    assert "Dunmarrow" in said and "Hollin Ridge" not in said and "target" not in said


def test_a_public_list_rests_on_no_metric_of_persons(county_2025):
    answers = [ask(finding.question, county_2025.vintage, county_2025.settings) for finding in listed(county_2025)]
    assert not any(answer.card.counts_persons for answer in answers)


def test_long_gaps_of_coverage_are_named_with_their_days(county_2025):
    (gap,) = [finding for finding in listed(county_2025, "2024-25") if finding.kind == "coverage"]
    assert re.match(r"No officer on site for 5 or more school days in a row at \d schools? in 2024–25; ", gap.sentence)
    assert re.search(r"the longest: .+ \(\d+\)", gap.sentence) and gap.question.metric == "longest_gap"


def test_a_measure_that_left_its_range_is_told_with_the_range_and_linked_to_its_trend(county_2025):
    (better,) = [finding for finding in listed(county_2025, "2024-25") if finding.kind == "improving"]
    assert re.match(r"On-site coverage: [\d.]+% in May 2025, above the expected range", better.sentence)
    assert (better.question.metric, better.question.grain) == ("coverage_rate", "month")


@pytest.mark.parametrize(
    ("side", "card", "kind"),
    [
        ("high", COVERAGE, "improving"),
        ("low", COVERAGE, "concerning"),
        ("high", replace(COVERAGE, direction="down"), "concerning"),
        ("low", replace(COVERAGE, direction="down"), "improving"),
        ("high", CALLS, "neutral"),
        ("low", CALLS, "neutral"),
    ],
)
def test_a_signal_is_read_by_the_metrics_direction(side, card, kind):
    assert kind_of(side, card) == kind


def test_every_kind_of_sentence_is_seen_in_a_test():
    seen = set(re.findall(r'kind == "(\w+)"', Path(__file__).read_text() + Path(test_truths.__file__).read_text()))
    assert set(ORDER) - seen == {"concerning", "neutral"}  # read by their direction, above


class Earlier:
    """The same vintage as it was before its last entries came in: the rows of some incidents are missing."""

    def __init__(self, vintage, taken_from):
        self.id = "earlier"
        self._connection = duckdb.connect()
        self._connection.execute(f"ATTACH '{vintage.path}' AS today (READ_ONLY)")
        for schema, name in vintage.cursor().execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall():
            self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            self._connection.execute(f'CREATE VIEW {schema}."{name}" AS FROM today.{schema}."{name}"')
        self._connection.execute(
            "CREATE OR REPLACE VIEW metric_month AS FROM today.metric_month "
            f"WHERE NOT (metric = 'calls_for_service' AND month = DATE '{taken_from}')"
        )

    def cursor(self):
        return self._connection.cursor()


def test_numbers_that_were_others_in_an_earlier_vintage_are_named(county_2025):
    earlier = Earlier(county_2025.vintage, "2024-10-01")
    scope = Question("coverage_rate", "2024-25")
    found = what_changed(county_2025.vintage, county_2025.settings, scope, earlier)
    (late,) = [finding for finding in found if finding.kind == "revised"]
    now, then = map(int, re.findall(r"reads (\d+); in the data of Dec 12, 2025 (\d+)", late.sentence)[0])
    assert late.question.metric == "calls_for_service" and now > then


def test_a_revision_says_before_after_and_what_came(county_2025):
    earlier = Earlier(county_2025.vintage, "2024-10-01")
    scope = Question("coverage_rate", "2024-25")
    names = ["calls_for_service", "lessons_delivered", "calls_for_service_of_nobody"]
    (one,) = revisions(names, scope, county_2025.vintage, earlier, county_2025.settings)
    assert one.what == "Calls for service in 2024–25" and int(one.before) < int(one.after)
    assert one.why == "Rows were added, corrected or taken back."


def test_nothing_is_revised_where_nothing_differs(county_2025):
    scope = Question("coverage_rate", "2024-25")
    found = what_changed(county_2025.vintage, county_2025.settings, scope, county_2025.vintage)
    assert not any(finding.kind == "revised" for finding in found)
