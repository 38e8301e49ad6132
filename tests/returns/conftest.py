"""What the tests of commands on returns share: the program in this process, a home to sign in, a quick report."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from escape_tui.store import cohort as cohort_module
from tests.cli.conftest import escape as escape
from tests.returns.signing_home import NOW, SigningHome, report, signing_home


@pytest.fixture
def quick_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of a few bytes in the place of the real one, which takes a second to make."""
    module = ModuleType("exports.report")
    module.__dict__["report_pdf"] = report
    monkeypatch.setitem(sys.modules, "exports.report", module)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_report: None) -> SigningHome:
    """The home of the commands, whose cohort can be signed over its gaps."""
    home = signing_home(tmp_path / "home")

    class Still(cohort_module.datetime):  # type: ignore[name-defined, misc]
        @classmethod
        def now(cls, tz: object = None) -> object:
            return NOW

    monkeypatch.setattr(cohort_module, "datetime", Still)
    return home
