"""The program run in this process, on a home of its own, without a terminal or anybody's variables."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from escape_tui.cli.main import outcome
from escape_tui.settings import SETTINGS_NAME, settings_text, site_of
from tests.cli import program
from tests.cli.desk import Desk, Still, set_up_desk
from tests.cli.homes import SITE, Escape
from tests.unit.home_fixtures import cheap_home


@pytest.fixture
def escape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Escape:
    """Run the program in this process, on the home in `tmp_path / "home"`, without a terminal."""
    for name in program.OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def run(*arguments: str | Path, **variables: str) -> program.Ran:
        with monkeypatch.context() as set_for_this:
            for name, value in variables.items():
                set_for_this.setenv(name, value)
            code = outcome(["--home", str(tmp_path / "home"), *map(str, arguments)])
        told = capsys.readouterr()
        return program.Ran(code, told.out, told.err)

    return run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An encrypted home whose passphrase is `WORDS`."""
    folder = tmp_path / "home"
    cheap_home(folder)
    (folder / SETTINGS_NAME).write_text(settings_text(site_of("S042", "Môn Hall", "")), encoding="utf-8")
    return folder


@pytest.fixture
def plain_home(escape: Escape, tmp_path: Path) -> Path:
    """A home that is not encrypted."""
    assert escape("init", *SITE, "--plain").code == 0
    return tmp_path / "home"


@pytest.fixture
def desk(escape: Escape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A cohort of two people in a plain home, in its third week."""
    # Not frozen as a whole: pydantic would take the stand-ins for dates of another kind.
    monkeypatch.setattr("escape_tui.store.cohort.datetime", Still)
    return set_up_desk(escape, tmp_path / "home")
