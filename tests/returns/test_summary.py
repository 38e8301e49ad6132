"""The summary of change: scipy's figures on random cohorts, KOOS and HOOS pooled, thresholds in use."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import isclose, sqrt
from random import Random

import pytest
from scipy import stats

from exports.rows import Measure, Summary
from exports.summary import ScaleOf, Threshold, summarise
from exports.thresholds import thresholds_for

OF = ScaleOf("koos", "pain")


def row(
    person: int, timepoint: str, score: Fraction | None, used: str = "yes", instrument: str = "koos"
) -> Measure:
    return Measure(
        f"P{person}", timepoint, instrument, "pain", score, None, "higher", 9, 9, 0, "self", "yes", used, None
    )


def cohort_of(seed: int, people: int) -> list[Measure]:
    """People with ninths of 25 points at baseline and at the end, as KOOS pain has them."""
    random = Random(seed)  # noqa: S311
    return [
        row(person, timepoint, Fraction(25 * random.randint(0, 36), 9))
        for person in range(people)
        for timepoint in ("baseline", "end")
    ]


def only(rows: tuple[Summary, ...], instrument: str = "koos") -> Summary:
    return next(one for one in rows if one.instrument == instrument)


@pytest.mark.parametrize("seed", range(12))
def test_the_figures_are_those_of_scipy(seed: int) -> None:
    measures = cohort_of(seed, people=2 + seed * 3)
    found = only(summarise(40, measures, {OF: Threshold(Fraction(113, 10), "somewhere")}))
    before = [float(one.score or 0) for one in measures if one.timepoint == "baseline"]
    after = [float(one.score or 0) for one in measures if one.timepoint == "end"]
    change = [end - baseline for baseline, end in zip(before, after, strict=True)]
    n_better = sum(one > 0 for one in change)
    test = stats.ttest_rel(after, before)
    interval = test.confidence_interval(0.95)
    wilson = stats.binomtest(n_better, len(change)).proportion_ci(method="wilson")
    expected = {
        "n_enrolled": 40,
        "n_paired": len(change),
        "mean_baseline": stats.tmean(before),
        "sd_baseline": stats.tstd(before),
        "mean_end": stats.tmean(after),
        "sd_end": stats.tstd(after),
        "mean_change": stats.tmean(change),
        "sd_change": stats.tstd(change),
        "ci95_low": interval.low,
        "ci95_high": interval.high,
        "dz": test.statistic / sqrt(len(change)),
        "share_better": n_better / len(change),
        "share_better_low": wilson.low,
        "share_better_high": wilson.high,
        "n_mcid": sum(one >= 11.3 for one in change),
    }
    for name, value in expected.items():
        assert isclose(float(getattr(found, name)), float(value), rel_tol=1e-9, abs_tol=1e-9), name


def test_equal_changes_have_an_interval_and_no_effect_size() -> None:
    measures = [
        row(n, at, Fraction(25 * n, 9) + 10 * (at == "end")) for n in range(4) for at in ("baseline", "end")
    ]
    found = only(summarise(4, measures, {}))
    assert (found.mean_change, found.sd_change, found.dz) == (10, 0, None)
    assert (found.ci95_low, found.ci95_high) == (10, 10)


def test_one_pair_has_means_and_nothing_that_one_pair_cannot_have() -> None:
    found = only(summarise(3, [row(1, "baseline", Fraction(50)), row(1, "end", Fraction(60))], {}))
    assert (found.mean_baseline, found.mean_change, found.share_better) == (50, 10, 1)
    assert (found.sd_change, found.ci95_low, found.ci95_high, found.dz) == (None,) * 4
    assert (found.mcid, found.mcid_source, found.n_mcid) == (None,) * 3


def test_nobody_paired_leaves_every_figure_empty_and_not_0() -> None:
    found = only(summarise(3, [row(1, "baseline", Fraction(50), used="no")], {}))
    assert (found.n_baseline, found.n_end, found.n_paired) == (1, 0, 0)
    assert (found.mean_baseline, found.mean_change, found.share_better, found.share_better_low) == (None,) * 4


def test_pairs_that_are_not_marked_do_not_count() -> None:
    measures = cohort_of(1, people=5)
    unmarked = [replace(one, used_in_pair="no") if one.person_id == "P0" else one for one in measures]
    assert only(summarise(5, unmarked, {})).n_paired == 4
    assert only(summarise(5, unmarked, {})).n_baseline == 5


def test_koos_and_hoos_are_pooled_over_people_and_each_person_counts_once() -> None:
    koos = [row(n, at, Fraction(40 + 10 * (at == "end"))) for n in (1, 2) for at in ("baseline", "end")]
    hoos = [
        row(n, at, Fraction(40 + 20 * (at == "end")), instrument="hoos")
        for n in (2, 3)
        for at in ("baseline", "end")
    ]
    pooled = only(summarise(3, [*koos, *hoos], {}), "koos-hoos")
    assert (pooled.n_baseline, pooled.n_paired) == (3, 3)
    assert pooled.mean_change == Fraction(10 + 10 + 20, 3)


def test_a_change_to_less_is_better_where_lower_is_better() -> None:
    pain = [
        replace(row(n, at, Fraction(7 - n * (at == "end"))), instrument="pain-nrs", better="lower")
        for n in range(3)
        for at in ("baseline", "end")
    ]
    found = only(summarise(3, pain, {ScaleOf("pain-nrs", "pain"): Threshold(Fraction(1), "s")}), "pain-nrs")
    assert (found.mean_change, found.n_better, found.n_same, found.n_worse, found.n_mcid) == (-1, 2, 1, 0, 2)


def test_thresholds_are_those_in_use_and_of_two_pooled_ones_the_higher() -> None:
    found = thresholds_for(
        [OF, ScaleOf("hoos", "pain"), ScaleOf("activity-days", "days"), ScaleOf("start-back", "risk")]
    )
    assert found[OF].value == Fraction("11.3")
    assert "PubMed 41367621" in found[OF].source
    assert found[ScaleOf("hoos", "pain")].value == 10
    assert found[ScaleOf("koos-hoos", "pain")].value == Fraction("11.3")
    assert set(found) == {OF, ScaleOf("hoos", "pain"), ScaleOf("koos-hoos", "pain")}
