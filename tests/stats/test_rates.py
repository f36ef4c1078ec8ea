"""Reference values: Garwood's exact Poisson limits, Byar's, Wilson limits and differences of Newcombe (1998)."""

import numpy as np
import pytest
from python_calamine import CalamineWorkbook
from statsmodels.stats.rates import confint_poisson_2indep

from sro.settings import PROJECT
from sro.stats import rates

GARWOOD = {
    0: (0, 3.6889),
    1: (0.0253, 5.5716),
    3: (0.6187, 8.7673),
    5: (1.6235, 11.6683),
    10: (4.7954, 18.3904),
    20: (12.2165, 30.8884),
    50: (37.1110, 65.9188),
}
WILSON = {(0, 10): (0, 0.2775), (3, 10): (0.1078, 0.6032), (15, 148): (0.0624, 0.1605), (81, 263): (0.2553, 0.3662)}


@pytest.mark.parametrize("count", GARWOOD)
def test_exact_poisson_limits_equal_the_published_ones(count):
    low, high = rates.poisson_interval(count)
    assert (round(float(low), 4), round(float(high), 4)) == pytest.approx(GARWOOD[count], abs=1e-4)


@pytest.mark.parametrize("sample", WILSON)
def test_wilson_limits_equal_newcombes(sample):
    low, high = rates.wilson_interval(*sample)
    assert (round(float(low), 4), round(float(high), 4)) == pytest.approx(WILSON[sample], abs=1e-4)


def test_the_ratio_of_two_rates_has_the_score_limits_of_statsmodels_documentation():
    assert rates.rate_ratio_interval(12, 1000, 25, 1100) == pytest.approx((0.2687, 1.0374), abs=1e-4)


@pytest.mark.parametrize("sample", [(12, 1000, 25, 1100), (200, 50, 180, 60), (40, 3, 11, 9), (1045, 10, 980, 11)])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_the_ratio_has_the_limits_that_statsmodels_finds_by_search(sample, confidence):
    now, over, before, over_before = sample
    expected = confint_poisson_2indep(
        now, over, before, over_before, method="score", compare="ratio", alpha=1 - confidence
    )
    assert rates.rate_ratio_interval(now, over, before, over_before, confidence) == pytest.approx(expected, rel=1e-6)


def test_a_ratio_of_small_counts_has_limits_around_it():
    low, high = rates.rate_ratio_interval(3, 1, 1, 1)
    assert 0 < low < 3 < high


@pytest.mark.parametrize(
    ("sample", "limits"),
    [((56, 70, 48, 80), (0.0524, 0.3339)), ((9, 10, 3, 10), (0.1705, 0.8090)), ((10, 10, 0, 20), (0.6791, 1.0))],
)
def test_differences_of_proportions_have_newcombes_hybrid_limits(sample, limits):
    assert rates.proportion_difference_interval(*sample) == pytest.approx(limits, abs=1e-4)


def test_an_unknown_count_has_no_limits():
    low, high = rates.poisson_interval([np.nan, 4])
    assert np.isnan(low[0]) and np.isnan(high[0]) and low[1] > 0


def test_a_share_of_nothing_has_no_limits():
    low, high = rates.wilson_interval(0, 0)
    assert np.isnan(low) and np.isnan(high)


def test_a_rate_on_fewer_than_twenty_events_is_unstable_and_none_is_not_a_rate():
    assert rates.is_unstable([0, 1, 19, 20]).tolist() == [False, True, True, False]


# x, confidence: limits; expected values of the R package PHEindicatormethods, testdata_Byars_Wilson.xlsx
BYAR = {
    (65, 0.95): (50.163188, 82.849139),
    (1045, 0.95): (982.593202, 1110.331213),
    (1, 0.95): (0.013072, 5.563756),
    (10, 0.998): (2.916318, 24.193725),
    (1, 0.998): (0, 9.362180),
}


@pytest.mark.parametrize("sample", BYAR)
def test_byars_limits_equal_those_of_english_public_health(sample):
    assert np.round(rates.byar_interval(*sample), 6) == pytest.approx(BYAR[sample], abs=1e-6)


def test_byars_limits_of_ten_events():
    assert np.round(rates.byar_interval(10), 4) == pytest.approx((4.7874, 18.3915), abs=1e-4)


def phe(book: str, sheet: str) -> list[dict]:
    path = PROJECT.parent / "shared" / "reference" / "phe" / book
    if not path.exists():
        pytest.skip(f"{book} of PHEindicatormethods does not lie beside the project (../shared/reference/phe)")
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_every_count_and_share_of_the_workbook_has_its_limits():
    for row in phe("testdata_Byars_Wilson.xlsx", "testdata_B_W"):
        confidence = float(row["confidence"].rstrip("%")) / 100
        if row["method"] == "Byars":
            low, high = rates.byar_interval(row["x"], confidence)
        else:
            low, high = rates.wilson_interval(row["x"], row["n"], confidence)
        assert (low, high) == pytest.approx((row["lowercl"] or 0, row["uppercl"]), rel=1e-9)


def test_every_proportion_of_the_workbook_has_its_limits():
    for row in phe("testdata_Proportion.xlsx", "testdata_Prop"):
        if row["value"] == "":
            continue
        for name, confidence in (("95_0cl", 0.95), ("99_8cl", 0.998)):
            limits = np.array(rates.wilson_interval(row["Numerator"], row["Denominator"], confidence))
            expected = (row[f"lower{name}"], row[f"upper{name}"])
            assert tuple(limits * row["multiplier"]) == pytest.approx(expected, rel=1e-9)


def test_the_relative_standard_error_of_twenty_events_is_over_a_fifth():
    assert rates.relative_standard_error(20) == pytest.approx(0.2236, abs=1e-4)
