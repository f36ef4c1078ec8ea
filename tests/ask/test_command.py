"""A question as the command that asks it."""

from sro.question import Question


def test_a_plain_question_is_a_short_command():
    assert Question("coverage_rate", "2025-26").to_command() == "python -m sro ask coverage_rate --period 2025-26"


def test_every_part_of_a_question_has_its_option():
    asked = Question(
        "incidents_logged", "2025-26", grain="month", by="school", schools=("B", "A"), levels=("high",), sliced=True,
        compare="prior_year", audience="leadership",
    )  # fmt: skip
    assert asked.to_command() == (
        "python -m sro ask incidents_logged --period 2025-26 --grain month --by school --school A --school B "
        "--level high --sliced --compare prior_year --audience leadership"
    )
