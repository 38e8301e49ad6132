"""One signed site, made once; each test has a copy of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sending.making import Site, make_site


@pytest.fixture(scope="session")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that no test changes."""
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(made_site: Site, tmp_path: Path) -> Site:
    """A site with a signed return in its outbox."""
    return made_site.copied(tmp_path / "home")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder to send to."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
