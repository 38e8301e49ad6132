"""The statistics of a cohort, held against scipy and against what can be known exactly."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sessions.statistics import Interval, PairedSummary, paired_change, student_t, wilson_interval

CLOSE = 1e-11
SCORES = st.fractions(min_value=0, max_value=100, max_denominator=48)
PAIRS = st.lists(st.tuples(SCORES, SCORES), min_size=2, max_size=12)
SEVENTH = Fraction(100, 7)
BY_HAND = [(10, 12), (20, 20), (30, 36), (40, 36)]


def test_counts_and_means_of_a_small_cohort_by_hand() -> None:
    summary = paired_change(BY_HAND, "higher", mcid=6)
    assert (summary.n_paired, summary.n_better, summary.n_same, summary.n_worse) == (4, 2, 1, 1)
    means = (summary.mean_baseline, summary.mean_end, summary.mean_change)
    assert means == (Fraction(25), Fraction(26), Fraction(1))
    assert (summary.share_better, summary.n_mcid) == (Fraction(1, 2), 1)


def test_spread_of_a_small_cohort_by_hand() -> None:
    summary = paired_change(BY_HAND, "higher")
    spread = (summary.sd_baseline, summary.sd_end, summary.sd_change, summary.dz)
    assert spread == pytest.approx(((500 / 3) ** 0.5, 144**0.5, (52 / 3) ** 0.5, (3 / 52) ** 0.5), rel=1e-15)


def test_interval_of_a_small_cohort_by_hand() -> None:
    interval = paired_change(BY_HAND, "higher").ci95
    half = 3.182446305283709 * (52 / 12) ** 0.5
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((1 - half, 1 + half), rel=1e-14)


def test_the_share_carries_its_own_interval() -> None:
    assert paired_change(BY_HAND, "higher").share_better_ci95 == wilson_interval(2, 4)


def test_four_people_with_the_same_change_have_an_sd_of_exactly_nought_and_no_dz() -> None:
    tenth, third = Fraction(1, 10), Fraction(1, 3)
    summary = paired_change(
        [(start, start + tenth) for start in (tenth, 2 * tenth, third, 7 * SEVENTH)], "higher"
    )
    assert summary.sd_change == 0
    assert summary.dz is None
    assert summary.ci95 == Interval(0.1, 0.1)


def test_a_change_of_nothing_at_all_is_a_tie_for_everybody() -> None:
    summary = paired_change([(SEVENTH, Fraction(50, 7) * 2)] * 3, "higher")
    assert (summary.n_better, summary.n_same, summary.n_worse) == (0, 3, 0)
    assert summary.share_better == 0


def test_one_pair_has_means_and_a_share_and_neither_sd_interval_nor_dz() -> None:
    summary = paired_change([(40, 50)], "higher")
    assert (summary.mean_change, summary.share_better) == (Fraction(10), Fraction(1))
    assert (summary.sd_baseline, summary.sd_end, summary.sd_change) == (None, None, None)
    assert (summary.ci95, summary.dz) == (None, None)
    assert summary.share_better_ci95 is not None


def test_no_pair_has_no_figure_but_the_counts() -> None:
    assert paired_change([], "lower", mcid=1) == PairedSummary(
        n_paired=0, mean_baseline=None, sd_baseline=None, mean_end=None, sd_end=None, mean_change=None,
        sd_change=None, ci95=None, dz=None, n_better=0, n_same=0, n_worse=0, share_better=None,
        share_better_ci95=None, n_mcid=0,
    )  # fmt: skip


def test_where_lower_is_better_a_fall_counts_and_the_mean_change_stays_negative() -> None:
    summary = paired_change([(8, 5), (6, 6), (3, 4)], "lower", mcid=2)
    assert (summary.n_better, summary.n_same, summary.n_worse) == (1, 1, 1)
    assert summary.mean_change == Fraction(-2, 3)
    assert summary.n_mcid == 1


@pytest.mark.parametrize(
    ("end", "reached"), [(Fraction(29, 3), 0), (Fraction(30, 3), 1), (Fraction(31, 3), 1)]
)
def test_a_change_of_just_the_threshold_reaches_it(end: Fraction, reached: int) -> None:
    assert paired_change([(0, end)], "higher", mcid=10).n_mcid == reached
    assert paired_change([(end, 0)], "lower", mcid=10).n_mcid == reached


def test_a_change_for_the_worse_never_reaches_the_threshold() -> None:
    assert paired_change([(20, 0)], "higher", mcid=10).n_mcid == 0


def test_without_a_threshold_there_is_no_count_of_it() -> None:
    assert paired_change([(0, 20)], "higher").n_mcid is None


@pytest.mark.parametrize("mcid", [0, -1])
def test_a_threshold_that_is_not_above_nought_is_no_threshold(mcid: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        paired_change([(0, 20)], "higher", mcid=mcid)


def test_a_score_in_floating_point_is_not_taken() -> None:
    with pytest.raises(TypeError, match="not float"):
        paired_change([(0, 0.1)], "higher")  # type: ignore[list-item]
    with pytest.raises(TypeError, match="not float"):
        paired_change([(0, 1)], "higher", mcid=0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize("df", [1, 2, 3, 4, 7, 9, 15, 32, 119, 1385])
def test_the_quantile_of_t_has_twelve_digits_and_more(df: int) -> None:
    assert student_t(df) == pytest.approx(scipy.stats.t.ppf(0.975, df), rel=1e-13)


def test_no_degree_of_freedom_has_no_quantile() -> None:
    with pytest.raises(ValueError, match="0 degrees"):
        student_t(0)


@pytest.mark.parametrize(("successes", "n"), [(-1, 3), (4, 3)])
def test_more_or_fewer_than_there_are_is_no_share(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson_interval(successes, n)


def test_none_and_all_touch_the_end_exactly() -> None:
    for n in range(1, 40):
        none, everybody = wilson_interval(0, n), wilson_interval(n, n)
        assert none is not None
        assert everybody is not None
        assert (none.low, everybody.high) == (0, 1)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_agrees_with_scipy(counts: tuple[int, int]) -> None:
    successes, n = counts
    oracle = scipy.stats.binomtest(successes, n).proportion_ci(method="wilson")
    interval = wilson_interval(successes, n)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((oracle.low, oracle.high), rel=CLOSE, abs=1e-14)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_the_t_interval_and_dz_agree_with_scipy(pairs: list[tuple[Fraction, Fraction]]) -> None:
    summary = paired_change(pairs, "higher")
    assume(summary.sd_change is not None and summary.sd_change > 0.1)
    before, after = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    oracle = scipy.stats.ttest_rel(after, before)
    interval = oracle.confidence_interval(0.95)
    assert summary.ci95 is not None
    assert (summary.ci95.low, summary.ci95.high) == pytest.approx(
        (interval.low, interval.high), rel=1e-10, abs=1e-10
    )
    assert summary.dz == pytest.approx(oracle.statistic / len(pairs) ** 0.5, rel=1e-10, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.integers(1, 20))
def test_the_other_direction_swaps_better_and_worse_and_nothing_else(
    pairs: list[tuple[Fraction, Fraction]], mcid: int
) -> None:
    up, down = paired_change(pairs, "higher", mcid), paired_change(pairs, "lower", mcid)
    assert (up.n_better, up.n_same, up.n_worse) == (down.n_worse, down.n_same, down.n_better)
    assert (up.mean_change, up.sd_change, up.ci95, up.dz) == (
        down.mean_change,
        down.sd_change,
        down.ci95,
        down.dz,
    )


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_counts_add_up_and_the_mean_change_is_the_difference_of_the_means(
    pairs: list[tuple[Fraction, Fraction]],
) -> None:
    summary = paired_change(pairs, "higher")
    assert summary.n_better + summary.n_same + summary.n_worse == summary.n_paired
    assert summary.mean_end is not None
    assert summary.mean_baseline is not None
    assert summary.mean_change == summary.mean_end - summary.mean_baseline


def test_importing_the_statistics_loads_neither_scipy_nor_mpmath() -> None:
    asked = "import sys, sessions.statistics; sys.stdout.write(str({'scipy', 'mpmath'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout == "set()"
