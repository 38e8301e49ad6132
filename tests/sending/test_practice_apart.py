"""Practice never goes where real returns go."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.settings import SETTINGS_NAME, settings_text, site_of
from escape_tui.store.opening import make_plain_home
from sessions.errors import Refused
from tests.sending.making import Site, held, make_site


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A practice home with a signed practice return."""
    return make_site(tmp_path_factory.mktemp("practice"), practice=True)


@pytest.mark.parametrize("to", ["sftp://jk@127.0.0.1/inbox", "https://centre.example/inbox"])
def test_a_practice_home_sends_to_no_server(practice: Site, to: str) -> None:
    with pytest.raises(Refused, match="sends to no server"):
        practice.sync(to)


def test_a_practice_home_sends_to_no_folder_that_holds_real_returns(practice: Site, stick: Path) -> None:
    (stick / "S007_K25-3_r2.zip.age").write_bytes(b"real")
    with pytest.raises(Refused, match="for real returns"):
        practice.sync(stick)
    assert list(held(stick)) == ["S007_K25-3_r2.zip.age"]


def test_a_practice_home_sends_not_where_the_real_home_around_it_sends(tmp_path: Path, stick: Path) -> None:
    real = tmp_path / "real"
    make_plain_home(real, practice=False)
    text = settings_text(site_of("S042", "Hall", "")).replace('\nto = ""', f'\nto = "{stick}"')
    (real / SETTINGS_NAME).write_text(text, encoding="utf-8")
    practice = make_site(real / "made", practice=True).copied(real / "practice")
    for folder in (stick, stick / "."):
        with pytest.raises(Refused, match="for real returns"):
            practice.sync(folder)
    (real / "cohorts").mkdir(exist_ok=True)
    with pytest.raises(Refused, match="for real returns"):
        practice.sync(real / "cohorts")
    assert held(stick) == {}


def test_a_practice_return_goes_into_a_folder_of_its_own(practice: Site, stick: Path) -> None:
    assert practice.sync(stick).whole
    assert list(held(stick)) == ["PRACTICE_S042_K26-1_r1.zip"]
