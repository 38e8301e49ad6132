"""A home with measures in it, made once and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from escape_tui.store.opening import make_plain_home
from tests.screens.homes import put_into
from tests.screens.people.at import live_through, opened


@pytest.fixture(scope="session")
def _lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = make_plain_home(tmp_path_factory.mktemp("lived") / "home")
    put_into(home, 1, ("K26-1",))
    with opened(home) as cohort:
        live_through(cohort)
    return home.folder


@pytest.fixture
def lived(_lived: Path, tmp_path: Path) -> Path:
    """One cohort with measures."""
    return Path(shutil.copytree(_lived, tmp_path / "lived"))
