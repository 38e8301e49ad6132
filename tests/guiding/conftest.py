"""A hall for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guiding.evenings import Hall


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    """A hall whose cohort is made with `open`."""
    return Hall(tmp_path / "K26-1.db")
