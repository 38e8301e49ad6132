"""The report over all returns: whom it counts, what its figures are, and what it must not tell."""

from __future__ import annotations

import csv
import io
import random
import subprocess
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from scipy import stats

from exports.centre.funnel import Funnel, funnels
from exports.centre.gathering import FLOW, Counted
from exports.centre.grouped import Group, Programme, programmes
from exports.centre.over_all import OverAll, report_over_all
from exports.columns import POOLED
from exports.summary import Gathered, ScaleOf
from sessions.errors import CannotOpen
from tests.centre.making import Clinic, a_clinic, a_revision, a_rival
from tests.returns.sealing import a_practice_return, a_return, replace_claims, sealed

PAIN = ScaleOf("pain-nrs", "pain")
KNEE, HIP, POOLED_PAIN = ScaleOf("koos", "pain"), ScaleOf("hoos", "pain"), ScaleOf(POOLED, "pain")


def made(clinic: Clinic) -> OverAll:
    return report_over_all(clinic.folder, "Central team", date(2026, 12, 1), lambda *_: None)


def lines(report: OverAll, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report.files[name].decode("utf-8-sig"), newline="")))


def pairs(count: int, seed: int = 1) -> tuple[tuple[Fraction, Fraction], ...]:
    chance = random.Random(seed)  # noqa: S311
    return tuple(
        (Fraction(chance.randrange(40, 70)), Fraction(chance.randrange(50, 90))) for _ in range(count)
    )


def counted(site: str, people: int, *, completed: int | None = None, quarter: str = "2026-Q4") -> Counted:
    flow = dict.fromkeys(FLOW, people) | {"people_withdrawn": 0}
    flow["people_completed"] = people if completed is None else completed
    gathered = Gathered("lower", people, people, pairs(people, seed=people))
    return Counted("knees-hips", site, quarter, people, flow, {PAIN: gathered} if people else {}, {})


def only(found: tuple[Programme, ...]) -> Programme:
    (one,) = found
    return one


def site(programme: Programme, name: str) -> Group:
    return next(one for one in programme.sites if one.name == name)


def test_before_anything_was_received_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="Nothing was received"):
        made(a_clinic(tmp_path))


def test_only_the_newest_accepted_revision_counts_and_neither_practice_nor_a_fork(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    first = a_return()
    first.zip_in(clinic.inbox)
    a_revision(2, first).zip_in(clinic.inbox)
    a_practice_return().zip_in(clinic.inbox)
    forked = {"cohort_code": "K26-2", "return_id": "another"}
    sealed(replace_claims(**forked)).zip_in(clinic.inbox)
    (clinic.inbox / "rival.zip").write_bytes(sealed(replace_claims(audit_length=99, **forked)).zip)
    clinic.receive()
    assert (made(clinic).returns, made(clinic).sites) == (1, 1)
    assert a_rival() != first


def test_the_same_returns_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    first, again = made(clinic), made(clinic)
    assert {name: first.files[name] for name in first.files if not name.endswith("parquet")} == {
        name: again.files[name] for name in again.files if not name.endswith("parquet")
    }


def test_a_report_over_two_people_shows_no_figure_of_them(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    report = made(clinic)
    for row in lines(report, "change.csv"):
        assert row["mean_change"] == row["n_paired"] == ""
    for row in lines(report, "flow.csv"):
        assert row["people_enrolled"] == ""
        assert "people_enrolled<5" in row["hidden"]
    assert lines(report, "funnel.csv") == []


def test_change_over_all_is_that_of_all_pairs_together_by_an_oracle() -> None:
    programme = only(programmes([counted("S001", 8), counted("S002", 12)]))
    (change,) = programme.whole.changes
    together = [float(end - start) for start, end in (*pairs(8, seed=8), *pairs(12, seed=12))]
    assert change.row is not None
    assert change.row.n_paired == 20
    low, high = stats.t.interval(0.95, 19, loc=stats.tmean(together), scale=stats.sem(together))
    assert (change.row.ci95_low, change.row.ci95_high) == pytest.approx((low, high))


def test_a_small_site_is_hidden_and_a_second_so_that_no_subtraction_tells_it() -> None:
    programme = only(programmes([counted("S001", 3), counted("S002", 9), counted("S003", 20)]))
    marks = {one.name: one.flow.hidden.get("people_enrolled") for one in programme.sites}
    assert marks == {"S001": "<5", "S002": "5+", "S003": None}
    rows = {one.name: one.changes[0].row for one in programme.sites}
    assert rows["S001"] is rows["S002"] is None
    assert rows["S003"] is not None


def test_where_few_are_paired_at_one_site_another_hides_it_though_all_have_many_people() -> None:
    def with_pairs(name: str, count: int) -> Counted:
        return replace(counted(name, 20), scales={PAIN: Gathered("lower", 20, 20, pairs(count))})

    programme = only(programmes([with_pairs("S001", 3), with_pairs("S002", 9), with_pairs("S003", 20)]))
    shown = {one.name: (one.changes[0].row is not None, one.changes[0].paired) for one in programme.sites}
    assert shown == {"S001": (False, "<5"), "S002": (False, "5+"), "S003": (True, "20")}


def test_what_a_site_misses_is_hidden_with_the_site() -> None:
    lacking = {"people not judged for eligibility": (2, 3), "sessions planned, not held": (1, 12)}
    small = replace(counted("S001", 3), missing=lacking)
    whole = {"people not judged for eligibility": (6, 20)}
    programme = only(programmes([small, counted("S002", 9), replace(counted("S003", 20), missing=whole)]))
    assert {lack.hidden for lack in site(programme, "S001").missing.values()} == {"<5"}
    assert site(programme, "S003").missing["people not judged for eligibility"].count is None


def test_of_koos_and_hoos_the_pooled_figures_alone_are_shown() -> None:
    both = {
        KNEE: Gathered("higher", 9, 9, pairs(9)),
        HIP: Gathered("higher", 3, 3, pairs(3)),
        POOLED_PAIN: Gathered("higher", 12, 12, (*pairs(9), *pairs(3))),
    }
    programme = only(programmes([replace(counted("S001", 12), scales=both)]))
    assert [one.of for one in programme.whole.changes] == [POOLED_PAIN]


def test_an_instrument_that_this_program_does_not_know_has_no_threshold_and_breaks_nothing() -> None:
    own = {ScaleOf("our-own", "total"): Gathered("higher", 9, 9, pairs(9))}
    (change,) = only(programmes([replace(counted("S001", 9), scales=own)])).whole.changes
    assert change.row is not None
    assert change.row.mcid is None


def funnel() -> Funnel:
    found = programmes(
        [
            counted("S001", 40, completed=30),
            counted("S002", 60, completed=45),
            counted("S003", 50, completed=10),
        ]
    )
    return funnels(only(found))[0]


def test_a_site_far_from_the_others_lies_outside_the_funnel() -> None:
    outside = {one.site_code: one.outside for one in funnel().points}
    assert outside == {"S001": "95", "S002": "95", "S003": "99.8"}


def test_the_limits_narrow_with_the_number_of_people_and_are_those_of_the_normal() -> None:
    limits = funnel().limits(50)
    share = 85 / 150
    half = stats.norm.ppf(0.975) * (share * (1 - share) / 50) ** 0.5
    assert (limits.inner_low, limits.inner_high) == pytest.approx((share - half, share + half))
    assert funnel().limits(200).outer_low > limits.outer_low


def test_the_tables_are_the_same_in_parquet(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    clinic = a_clinic(tmp_path)
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    report = made(clinic)
    for name in ("flow", "change", "missing", "funnel"):
        file = tmp_path / f"{name}.parquet"
        file.write_bytes(report.files[file.name])
        with duckdb.connect(":memory:") as connection:
            found = connection.execute("SELECT * FROM read_parquet($file)", {"file": str(file)}).fetchall()
        assert [row[:3] for row in found] == [tuple(row.values())[:3] for row in lines(report, f"{name}.csv")]


def test_the_pdf_names_programme_figures_and_what_it_hides(tmp_path: Path) -> None:
    from exports.centre.pages import report_pdf

    found = programmes([counted("S001", 3), counted("S002", 9, completed=7), counted("S003", 20)])
    plots = [plot for one in found for plot in funnels(one)]
    file = tmp_path / "report.pdf"
    file.write_bytes(report_pdf("Central team", found, plots, date(2026, 12, 1)))
    said = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in (
        "ESCAPE-pain for knees and hips",
        "By site",
        "By quarter",
        "<5",
        "not shown",
        "1 December 2026",
    ):
        assert words in said
    assert "(95 % interval)" in said.replace("\N{NO-BREAK SPACE}", " ")
