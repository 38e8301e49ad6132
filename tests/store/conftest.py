"""Every test of the store runs on both drivers: a plain file and an encrypted one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from escape_tui.store.cohort import Cohort
from tests.store.making import KEY, Clock, make, someone


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    return KEY if request.param else None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cohorts" / "K26-1.db"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cohort(path: Path, key: bytes | None, clock: Clock) -> Iterator[Cohort]:
    with make(path, key, clock) as made:
        yield made


@pytest.fixture
def person(cohort: Cohort) -> str:
    return someone(cohort)
