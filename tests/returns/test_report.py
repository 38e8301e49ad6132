"""The report in a return, read by tools that nobody here wrote: whole, true to the tables, of nobody."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import get_args

import pytest

from exports.held import Held
from exports.rows import Tables
from exports.signoff import Gap
from exports.tables import tables_of
from exports.writing import files_of
from sessions.records import Destination, Eligibility, FeedbackCount, Incident, IncidentCategory, Signpost
from tests.outside import tool
from tests.returns import making
from tests.returns.reported import group, report, signing, text_of

GROUPS = {
    "twelve": group(12, hips=6),
    "backs": group(9, programme="backs"),
    "few hips": group(12, hips=3),
    "three": group(3),
    "nobody": group(0),
}


@pytest.fixture(scope="module")
def reports() -> Mapping[str, bytes]:
    return {name: report(of) for name, of in GROUPS.items()}


def tables(of: Held) -> Tables:
    return tables_of(of, signing(of))


def summary_csv(of: Held) -> list[dict[str, str]]:
    """The rows of `summary.csv` as a clinic reads them."""
    data = files_of(tables(of))["summary.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(data)))


def to_tenth(cell: str, *, sign: bool = False) -> str:
    """A cell as the report says that it rounds: to one decimal, halves upwards."""
    tenths = floor(Fraction(cell) * 10 + Fraction(1, 2))
    shown = f"{abs(tenths) // 10}.{abs(tenths) % 10}"
    if tenths < 0:
        return f"−{shown}"  # noqa: RUF001 - the sign that is printed
    return f"+{shown}" if sign and tenths else shown


def flat(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("name", GROUPS)
def test_qpdf_finds_nothing_wrong_in_a_report_of_any_group(
    name: str, reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "report.pdf").write_bytes(reports[name])
    run = subprocess.run([tool("qpdf"), "--check", tmp_path / "report.pdf"], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", GROUPS)
def test_every_font_is_embedded(name: str, reports: Mapping[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(reports[name])
    run = subprocess.run(
        [tool("pdffonts"), tmp_path / "report.pdf"], capture_output=True, check=True, text=True
    )
    fonts = run.stdout.splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes +yes +yes ", line) for line in fonts), run.stdout


def test_page_one_prints_the_figures_of_summary_csv_after_the_rounding_that_it_states(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    page = flat(text_of(reports["twelve"], tmp_path, page=1))
    rows = {(row["instrument"], row["scale"]): row for row in summary_csv(GROUPS["twelve"])}
    for of in (("koos-hoos", "pain"), ("koos-hoos", "adl"), ("koos-hoos", "qol"), ("activity-days", "days")):
        row = rows[of]
        assert f"{to_tenth(row['mean_baseline'])} {to_tenth(row['mean_end'])} " in page
        assert to_tenth(row["mean_change"], sign=True) in page
        assert f"({to_tenth(row['ci95_low'], sign=True)} to {to_tenth(row['ci95_high'], sign=True)})" in page
        assert f"{row['n_paired']} of {row['n_enrolled']}" in page
        assert f"{row['n_better']}/{row['n_same']}/{row['n_worse']}" in page.replace(" ", "")


def test_every_scale_that_is_shown_prints_the_figures_of_summary_csv(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    said = flat(text_of(reports["backs"], tmp_path))
    for row in summary_csv(GROUPS["backs"]):
        change = to_tenth(row["mean_change"], sign=True)
        assert f"{to_tenth(row['mean_baseline'])} ({to_tenth(row['sd_baseline'])})" in said
        assert f"{to_tenth(row['mean_end'])} ({to_tenth(row['sd_end'])})" in said
        assert f"{change} ({to_tenth(row['sd_change'])})" in said
        ends = f"{to_tenth(row['ci95_low'], sign=True)} to {to_tenth(row['ci95_high'], sign=True)}"
        assert f"{change} ({ends})" in said


def test_the_flow_is_that_of_the_table_cohort(reports: Mapping[str, bytes], tmp_path: Path) -> None:
    (cohort,) = tables(GROUPS["twelve"]).cohort
    page = flat(text_of(reports["twelve"], tmp_path, page=1))
    counts = (cohort.people_referred, cohort.people_eligible, cohort.people_enrolled)
    assert f"{' '.join(map(str, (*counts, cohort.people_started, cohort.people_completed)))} " in page
    assert "referred eligible enrolled started completed" in page


def test_page_one_answers_what_a_commissioner_asks(reports: Mapping[str, bytes], tmp_path: Path) -> None:
    page = flat(text_of(reports["twelve"], tmp_path, page=1))
    asked = (
        "Completion",
        "Waiting",
        "Would recommend",
        "Harms",
        "Where people went on to",
        "What is missing",
    )
    for heading in (*asked, "no comparison group", "past the published", "PubMed 41367621"):
        assert heading in page


def test_each_page_bears_the_return_the_revision_and_its_number(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    pages = text_of(reports["twelve"], tmp_path).split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in flat(page)
        assert f"Return {GROUPS['twelve'].head.return_id}, revision 1" in page
        assert "Signed 10 November 2026 at 18:30 UTC" in page


def test_a_practice_return_bears_practice_on_every_page_and_a_real_one_nowhere(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    of = GROUPS["twelve"]
    practised = replace(of, head=replace(of.head, practice=True))
    pages = text_of(report(practised), tmp_path).split("\f")[:-1]
    assert all("PRACTICE" in page for page in pages)
    assert "PRACTICE" not in text_of(reports["twelve"], tmp_path)


def test_the_same_records_and_sign_off_give_the_same_bytes(reports: Mapping[str, bytes]) -> None:
    assert report(GROUPS["twelve"]) == reports["twelve"]


def test_a_reader_shows_title_site_subject_and_language_and_nothing_of_the_machine(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "report.pdf").write_bytes(reports["twelve"])
    run = subprocess.run(
        [tool("pdfinfo"), tmp_path / "report.pdf"], capture_output=True, check=True, text=True
    )
    said = dict(line.split(":", 1) for line in run.stdout.splitlines())
    assert said["Title"].strip() == "ESCAPE-pain return S042 K26-1, revision 1"
    assert said["Author"].strip() == "Môn Hall"
    assert said["Creator"].strip() == "escape-tui"
    assert "A4" in said["Page size"]
    assert "2000" in said["CreationDate"]
    assert b"/Lang (en-GB)" in reports["twelve"]
    assert b"/Outlines" in reports["twelve"]


def test_welsh_and_greek_in_a_name_are_printed(tmp_path: Path) -> None:
    of = GROUPS["backs"]
    named = replace(of, asked=replace(of.asked, site_name="Tŷ Dŵr ŷŵŶŴ Αθήνα"))
    assert "Tŷ Dŵr ŷŵŶŴ Αθήνα" in text_of(report(named), tmp_path, page=1)


HOSTILE = (
    "<b>Hall</b> & <font size=99>", "</para><para>", "[/b] [red]", "<img src='file:///etc/passwd'/>", "=1+1",
    "Hall" * 22 + "ab", "Ann" * 40, "&amp;&#x41;", "\u202eHall", "e\u0301\u0323\u0331" * 20,
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_printed_as_it_is_and_breaks_no_page(name: str, tmp_path: Path) -> None:
    of = GROUPS["backs"]
    named = replace(of, asked=replace(of.asked, site_name=name, provider=name))
    pdf = report(named, name=name, role=name, gaps_reason=name)
    said = text_of(pdf, tmp_path)
    assert len(said.split("\f")) == len(text_of(report(of), tmp_path).split("\f"))
    if name.isascii():
        assert said.replace("\n", "").replace(" ", "").count(name.replace(" ", "")) >= 2


def test_few_hips_are_not_told_by_knees_beside_the_two_together(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    said = text_of(reports["few hips"], tmp_path)
    figures = said.partition("The figures")[2].partition("Attendance and levels")[0]
    assert "(KOOS and HOOS)" in figures
    assert "(KOOS)" not in figures
    assert "(HOOS)" not in figures


def test_knees_and_hips_stand_beside_each_other_where_both_are_enough(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    figures = text_of(reports["twelve"], tmp_path).partition("The figures")[2]
    assert "(KOOS)" in figures
    assert "(HOOS)" in figures


def test_of_fewer_than_five_people_no_mean_interval_or_course_is_shown(
    reports: Mapping[str, bytes], tmp_path: Path
) -> None:
    said = text_of(reports["three"], tmp_path)
    assert "Fewer than 5 people" in said
    for row in summary_csv(GROUPS["three"]):
        assert to_tenth(row["mean_change"], sign=True) not in said
        assert f"({to_tenth(row['sd_baseline'])})" not in said
    assert "People present" not in said


def test_an_answer_that_fewer_than_five_gave_is_not_told_on_page_one(tmp_path: Path) -> None:
    answers = (FeedbackCount("fft", "very_good", 10), FeedbackCount("fft", "poor", 2))
    of = replace(GROUPS["twelve"], feedback=answers)
    page = flat(text_of(report(of), tmp_path, page=1))
    assert "At least 8 of 12 answers" in page
    assert "10 of 12 answers" not in page


def test_what_is_told_of_good_answers_is_never_more_than_there_were(tmp_path: Path) -> None:
    answers = (
        FeedbackCount("fft", "very_good", 5),
        FeedbackCount("fft", "dont_know", 5),
        FeedbackCount("fft", "poor", 2),
    )
    page = flat(text_of(report(replace(GROUPS["twelve"], feedback=answers)), tmp_path, page=1))
    assert "At least 5 of 12 answers" in page


def test_a_group_of_nobody_has_a_report_too(reports: Mapping[str, bytes], tmp_path: Path) -> None:
    assert "Nobody is in this report." in text_of(reports["nobody"], tmp_path)


def test_nothing_of_a_person_is_in_the_text_or_the_streams(tmp_path: Path) -> None:
    of = GROUPS["twelve"]
    gaps = tuple(Gap(code="measure_missing", person_id=one.id) for one in of.people)
    told = replace(
        of, eligibility=tuple(Eligibility(one.id, "no", making.TODAY, "Zwanhild") for one in of.people)
    )
    (tmp_path / "in.pdf").write_bytes(report(told, gaps=gaps))
    subprocess.run(
        [tool("qpdf"), "--qdf", "--object-streams=disable", tmp_path / "in.pdf", tmp_path / "out.pdf"],
        check=True,
    )
    unpacked = (tmp_path / "out.pdf").read_bytes() + text_of(
        (tmp_path / "in.pdf").read_bytes(), tmp_path
    ).encode()
    assert b"Zwanhild" not in unpacked
    assert not any(one.id.encode() in unpacked for one in of.people)


def test_chair_stands_done_with_the_arms_are_told(tmp_path: Path) -> None:
    of = GROUPS["twelve"]
    rows = tuple(
        replace(row, answers=("0 arms",))
        if row.instrument == "chair-stand-30s" and row.timepoint == "baseline"
        else row
        for row in of.measures
    )
    assert "so score 0: 12 before, 0 at the end" in flat(
        text_of(report(replace(of, measures=rows)), tmp_path)
    )


def fullest() -> Held:
    """A group in which everything that page one can say is to be said."""
    of = group(12, hips=6)
    kinds: tuple[IncidentCategory, ...] = get_args(IncidentCategory)
    harms = tuple(
        Incident(n, 1 + n, kind, "severe", "emergency_call", None, None) for n, kind in enumerate(kinds)
    )
    places: tuple[Destination, ...] = ("gym", "gp", "other", "none", "leisure", "gym")
    left = making.with_person(of, of.people[-1].id, withdrawn_on=making.LAST, withdrawal_reason="unwell")
    return replace(
        making.with_measure(
            left, of.people[0].id, "pain-nrs", "end", taken_on=making.days_after(making.LAST, 200)
        ),
        asked=replace(
            of.asked, site_name="Canolfan Hamdden y Dŵr " * 4, provider="Ynys Leisure Trust of " * 4
        ),
        eligibility=(),
        attendance=tuple(one for one in of.attendance if one.session > 1),
        exercise=tuple(replace(one, basis="as_planned") for one in of.exercise),
        feedback=(FeedbackCount("fft", "very_good", 9), FeedbackCount("fft", "poor", 3)),
        incidents=harms,
        measures=tuple(
            replace(one, taken_on=None, missing_reason="declined", answers=())
            if (one.timepoint, one.person) == ("end", of.people[place].id)
            and one.instrument in {"koos", "hoos", "activity-days"}
            else one
            for place, one in ((number % 3, row) for number, row in enumerate(of.measures))
        ),
        signposts=tuple(Signpost(one.id, place) for one, place in zip(of.people, places, strict=False)),
    )


def test_page_one_holds_its_answers_at_its_fullest(tmp_path: Path) -> None:
    reason = "Two people moved away before the last week and one was in hospital, " * 3
    page = text_of(report(fullest(), gaps_reason=reason[:200]), tmp_path, page=1)
    for heading in ("Completion", "Where people went on to", "What is missing", "accepted by the signer"):
        assert heading in page
