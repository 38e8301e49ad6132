"""Setting up a home: two at once, and what is left of one that fails."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from escape_tui.setting_up import Locks, set_up
from escape_tui.settings import load_settings, site_of
from escape_tui.store import files, key_file
from escape_tui.store.key_file import KEPT_NAME
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.recovery_key import RecoveryKey
from sessions.errors import Refused
from tests.unit.home_fixtures import PASSPHRASE

ONE = site_of("AAA", "one", "")
OTHER = site_of("BBB", "other", "")


def test_a_set_up_that_another_overtook_leaves_the_others_settings_and_shows_no_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shown: list[RecoveryKey] = []

    def typed_slowly() -> Passphrase:
        set_up(home, OTHER, None)
        return PASSPHRASE

    with pytest.raises(Refused, match="a home in that folder already"):
        set_up(home, ONE, Locks(typed_slowly, shown.append))
    assert load_settings(home).site.code == "BBB"
    assert not shown


@pytest.mark.parametrize("there", [True, False])
def test_a_set_up_whose_recovery_key_cannot_be_kept_leaves_nothing(tmp_path: Path, there: bool) -> None:
    home = tmp_path / "deeper" / "home"
    if there:
        home.mkdir(parents=True)

    def stick_is_out(_: RecoveryKey) -> None:
        raise OSError(errno.EIO, "x")

    with pytest.raises(OSError, match="x"):
        set_up(home, ONE, Locks(lambda: PASSPHRASE, stick_is_out))
    left = {path.name for path in tmp_path.rglob("*")}
    assert left == ({"deeper", "home", "home.lock"} if there else set())
    set_up(home, OTHER, None)
    assert load_settings(home).site.code == "BBB"


def test_a_folder_that_cannot_be_made_leaves_none_of_those_above_it(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="name too long"):
        set_up(tmp_path / "new" / ("h" * 300), ONE, None)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_between_the_two_generations_leaves_no_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_at_the_second(path: Path, content: bytes) -> None:
        if path.name == KEPT_NAME:
            raise OSError(errno.ENOSPC, "full")
        files.write_durably(path, content)

    monkeypatch.setattr(key_file, "write_durably", full_at_the_second)
    with pytest.raises(OSError, match="full"):
        set_up(tmp_path / "home", ONE, None)
    assert list(tmp_path.iterdir()) == []
