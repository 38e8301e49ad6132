"""A plain home for each test, copied from one that is made once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.homes import fill


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of the day is local time; pictures of it are of one zone."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("made") / "home")


@pytest.fixture(scope="session")
def _two_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("two") / "home", facilitators=3, codes=("K26-1", "K26-2"))


@pytest.fixture
def home(_made: Path, tmp_path: Path) -> Path:
    """One facilitator, one cohort."""
    return Path(shutil.copytree(_made, tmp_path / "home"))


@pytest.fixture
def busy_home(_two_made: Path, tmp_path: Path) -> Path:
    """Three facilitators, two cohorts."""
    return Path(shutil.copytree(_two_made, tmp_path / "home"))
