"""`escape report`: a file that holds people, where somebody named it and nowhere else."""

from __future__ import annotations

from pathlib import Path

from escape_tui.settings import SETTINGS_NAME
from tests.cli.desk import CODE, Desk
from tests.outside import tool
from tests.returns.reported import text_of


def test_a_report_holds_people_by_name_and_only_its_owner_can_read_it(desk: Desk, tmp_path: Path) -> None:
    tool("pdftotext")
    out = tmp_path / "report.pdf"
    ran = desk.escape("report", CODE, "--out", out, "--json")
    assert (ran.code, ran.document) == (0, {"cohort": CODE, "file": str(out), "people": 2})
    assert "keep it at the site" in ran.err
    assert out.stat().st_mode & 0o077 == 0
    assert "Quastenfloss" in text_of(out.read_bytes(), tmp_path)


def test_names_are_shown_as_the_settings_say(desk: Desk, tmp_path: Path) -> None:
    (desk.home / SETTINGS_NAME).write_text('[names]\ndesk = "number"\n', encoding="utf-8")
    out = tmp_path / "report.pdf"
    assert desk.escape("report", CODE, "--out", out).code == 0
    said = text_of(out.read_bytes(), tmp_path)
    assert "Quastenfloss" not in said
    assert "Number 1" in said


def test_a_file_that_is_there_is_never_written_over(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    out.write_bytes(b"mine")
    assert desk.escape("report", CODE, "--out", out).code == 4
    assert out.read_bytes() == b"mine"


def test_a_report_never_lies_in_the_home_whose_outbox_is_sent(desk: Desk) -> None:
    ran = desk.escape("report", CODE, "--out", desk.home / "report.pdf")
    assert (ran.code, "inside the home" in ran.err) == (4, True)
    assert not (desk.home / "report.pdf").exists()


def test_a_folder_that_is_not_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    assert desk.escape("report", CODE, "--out", tmp_path / "none" / "report.pdf").code == 4
