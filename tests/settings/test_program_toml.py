"""program.toml is read once, and a mistake in it is named."""

from __future__ import annotations

import pytest

from sro.settings import PROJECT, SettingsError, read_settings

SHIPPED = (PROJECT / "program.toml").read_text(encoding="utf-8")


def read(tmp_path, text):
    path = tmp_path / "program.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_the_targets_that_are_shipped_are_those_of_metrics(tmp_path):
    assert read(tmp_path, SHIPPED).targets["discipline_only_by_officer"] == 0


def test_an_office_may_have_no_targets(tmp_path):
    assert read(tmp_path, SHIPPED[: SHIPPED.index("[targets]")] + SHIPPED[SHIPPED.index("[limits]") :]).targets == {}


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("reporting_completeness = 100", "reporting_complete = 100", "reporting_complete is no metric"),
        ("reporting_completeness = 100", 'reporting_completeness = "all"', "write a number"),
        ("confidence = 0.95", "confidence = 95", "use a share such as 0.95"),
        ('audience = "public"', 'audience = "everyone"', "use one of public, leadership, restricted"),
        ('logo = ""', 'logo = "none.png"', "there is no such file"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_what_to_do(tmp_path, was, becomes, said):
    with pytest.raises(SettingsError, match=said):
        read(tmp_path, SHIPPED.replace(was, becomes))
