"""What lies in the outbox goes with its cohort, and a broken signing is ended however the home is opened."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from escape_tui.desk import home_in
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.cohort import Cohort
from escape_tui.store.erasing import erase_cohort
from escape_tui.store.outgoing import in_outbox
from sessions.records import Signoff
from tests.killed import KILLED, dies_at
from tests.returns.signing_home import SigningHome, signing_home
from tests.store.homes import CODE
from tests.unit.home_fixtures import PASSPHRASE


def lying_in_outbox(home: SigningHome) -> list[str]:
    return sorted(file.name for file in (home.home.folder / "outbox").iterdir())


@pytest.mark.parametrize("encrypted", [False, True])
def test_an_erased_cohort_takes_its_returns_out_of_the_outbox_and_no_others(
    tmp_path: Path, *, encrypted: bool
) -> None:
    home = signing_home(tmp_path / "home", encrypted=encrypted)
    sent = home.sign(tmp_path).file
    other = home.home.folder / "outbox" / "S042_K26-11_r1.zip"
    other.write_bytes(b"of another cohort")
    assert [file.name for file in in_outbox(home.home, CODE)] == [sent.name]
    erase_cohort(home.home, CODE, home.clock.now, None)
    assert lying_in_outbox(home) == [other.name]
    assert sent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")
def test_a_signing_that_was_broken_off_is_ended_when_the_app_opens_the_home(tmp_path: Path) -> None:
    home = signing_home(tmp_path / "home")
    out = tmp_path / "out"
    out.mkdir()
    signing = home.home.folder / "signing"

    def record_and_die(cohort: Cohort, signed: Signoff) -> None:
        record_signoff(cohort, signed)
        os._exit(KILLED)

    def killed_once_it_is_locked() -> None:
        with patch("escape_tui.signing.record_signoff", record_and_die):
            home.sign(out)

    assert dies_at(10_000, killed_once_it_is_locked)
    assert list(signing.iterdir()) != []
    home_in(home.home.folder, lambda: PASSPHRASE)
    assert list(signing.iterdir()) == []
    assert home.judged(out / "S042_K26-1_r1.zip").verdict == "genuine"
    assert lying_in_outbox(home) == ["S042_K26-1_r1.zip"]


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")
def test_an_erased_cohort_leaves_nothing_of_a_signing_that_was_broken_off(tmp_path: Path) -> None:
    home = signing_home(tmp_path / "home")
    out = tmp_path / "out"
    out.mkdir()
    assert dies_at(15, lambda: home.sign(out))
    erase_cohort(home.home, CODE, home.clock.now, None)
    assert list((home.home.folder / "signing").glob("*")) == []
    assert list(out.iterdir()) == []
