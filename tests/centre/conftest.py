"""A centre with an empty inbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centre.making import Clinic, a_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)
