"""What the tests of commands on returns share: the program, a home to sign in, a quick report."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import Self

import pytest

from tests.cli.conftest import escape
from tests.cli.desk import Still
from tests.returns.signing_home import NOW, SigningHome, report, signing_home

__all__ = ["desk", "escape", "quick_report"]


class StillInDecember(Still):
    """The system's clock, standing at the instant at which the tests sign."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """That instant."""
        moment = NOW.astimezone(tz)
        return cls(moment.year, moment.month, moment.day, moment.hour, tzinfo=tz)


@pytest.fixture
def quick_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of a few bytes in the place of the real one, which takes a second to make."""
    monkeypatch.setattr("escape_tui.cli.return_sign.report_pdf", report)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_report: None) -> SigningHome:
    """The home of the commands, whose cohort can be signed over its gaps."""
    monkeypatch.setattr("escape_tui.store.cohort.datetime", StillInDecember)
    return signing_home(tmp_path / "home")
