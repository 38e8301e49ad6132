"""The site's own report: each person by the name that the site chose, and the word that it stays there."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from exports.held import Held
from exports.report.site import Called, site_report_pdf
from tests.outside import tool
from tests.returns import making
from tests.returns.reported import SIGNED_AT, group, text_of

GROUP = group(12, hips=6)


def site_report(of: Held, name: str = "Zwanhild") -> bytes:
    called = [Called(one.id, f"{name} {one.number}") for one in of.people]
    return site_report_pdf(of, called, SIGNED_AT, "1.0.0")


def flat(words: str) -> str:
    return " ".join(words.split())


def test_each_page_says_that_it_stays_at_the_site(tmp_path: Path) -> None:
    pages = text_of(site_report(GROUP), tmp_path).split("\f")[:-1]
    assert len(pages) > 2
    for page in pages:
        assert "STAYS AT THE SITE: holds people, is not part of a return" in page
        assert "not part of a return, not for sending" in page


def test_each_person_has_presence_change_and_levels(tmp_path: Path) -> None:
    said = flat(text_of(site_report(GROUP), tmp_path))
    for one in GROUP.people:
        assert len(re.findall(rf"\b{one.number} Zwanhild {one.number}\b", said)) == 3
    assert "Step up 1 to 3" in said


def test_the_change_of_a_person_is_end_minus_baseline(tmp_path: Path) -> None:
    of = making.with_measure(GROUP, GROUP.people[0].id, "activity-days", "baseline", answers=("2",))
    of = making.with_measure(of, GROUP.people[0].id, "activity-days", "end", answers=("7",))
    assert "2.0, 7.0: +5.0" in text_of(site_report(of), tmp_path)


def test_who_did_not_agree_to_sharing_is_in_it_and_whose_data_are_withdrawn_is_not(tmp_path: Path) -> None:
    unshared = making.without_consent(GROUP, GROUP.people[0].id)
    of = making.with_person(unshared, GROUP.people[1].id, data_withdrawn_on=making.TODAY)
    said = flat(text_of(site_report(of), tmp_path))
    assert "1 Zwanhild 1 " in said
    assert "2 Zwanhild 2 " not in said


@pytest.mark.parametrize("name", ["Ann [/b] <b>x</b> &amp;", "<font size=99>", "Ann" * 40, "e\u0301" * 60])
def test_a_hostile_name_is_printed_as_it_is(name: str, tmp_path: Path) -> None:
    said = text_of(site_report(GROUP, name), tmp_path)
    if name.isascii():
        assert name[:12].replace(" ", "") in said.replace(" ", "")


def test_the_same_records_give_the_same_bytes_with_every_font_embedded(tmp_path: Path) -> None:
    pdf = site_report(GROUP)
    assert site_report(GROUP) == pdf
    (tmp_path / "report.pdf").write_bytes(pdf)
    subprocess.run([tool("qpdf"), "--check", tmp_path / "report.pdf"], capture_output=True, check=True)
    run = subprocess.run(
        [tool("pdffonts"), tmp_path / "report.pdf"], capture_output=True, check=True, text=True
    )
    assert "Helvetica" not in run.stdout


def test_a_group_of_one_and_of_nobody_have_a_report(tmp_path: Path) -> None:
    assert "1 Zwanhild 1 " in flat(text_of(site_report(group(1)), tmp_path))
    assert "Nobody is in this report." in text_of(site_report(replace(group(0))), tmp_path)
