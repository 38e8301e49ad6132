"""The clock of the day, as every picture has it; homes whose return can be signed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from escape_tui.desk import home_in
from escape_tui.settings import SETTINGS_NAME, settings_text, site_of
from escape_tui.signers import new_signer
from tests.returns.signing_home import report
from tests.screens.homes import MORNING, fill
from tests.unit.home_fixtures import PASSPHRASE

SITE = "Môn [b]Hall"


@pytest.fixture(scope="session")
def _sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("signing")
    for name, practice in (("real", False), ("practice", True)):
        folder = fill(made / name, facilitators=2, practice=practice)
        (folder / SETTINGS_NAME).write_text(settings_text(site_of("S042", SITE, "")), encoding="utf-8")
        new_signer(home_in(folder, lambda: PASSPHRASE).folder, "f1", lambda: PASSPHRASE, MORNING, rounds=1)
    return made


@dataclass(frozen=True, slots=True)
class Place:
    """A home whose cohort is named, and an empty folder for returns."""

    home: Path
    out: Path


def _place(made: Path, tmp_path: Path) -> Place:
    out = tmp_path / "stick"
    out.mkdir()
    return Place(Path(shutil.copytree(made, tmp_path / "home")), out)


@pytest.fixture
def place(_sites: Path, tmp_path: Path) -> Place:
    """A real home: two facilitators, one with a signing key."""
    return _place(_sites / "real", tmp_path)


@pytest.fixture
def practice_place(_sites: Path, tmp_path: Path) -> Place:
    """The same, of practice."""
    return _place(_sites / "practice", tmp_path)


@pytest.fixture
def quick_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of a few bytes in the place of the real one."""
    monkeypatch.setattr("exports.report.returned.report_pdf", report)
