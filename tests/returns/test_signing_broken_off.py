"""Killed at any step of signing, or with a full disk: the whole return and a locked cohort, or neither."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from escape_tui.broken_off import finish_interrupted
from escape_tui.store.cohort import Cohort
from escape_tui.store.keys import Home
from escape_tui.store.ledger import read_ledger
from escape_tui.store.opening import open_home
from escape_tui.store.read import cohort_head, signoffs
from sessions.errors import EscapeError, MachineFailed
from tests.killed import dies_at
from tests.returns.signing_home import SigningHome, signing_home
from tests.unit.home_fixtures import PASSPHRASE

NAME = "S042_K26-1_r1.zip"
linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a small disk"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


def what_is_there(home: SigningHome, out: Path) -> str:
    """`signed` with all of it, `open` with none of it, or what is torn."""
    with home.cohort() as cohort:
        state, marks = cohort_head(cohort).state, len(signoffs(cohort))
    outbox = home.home.folder / "outbox"
    left = {
        "out": sorted(one.name for one in out.iterdir()),
        "outbox": sorted(one.name for one in outbox.iterdir()) if outbox.is_dir() else [],
        "signing": list((home.home.folder / "signing").glob("*/*")),
        "ledger": len(read_ledger(home.home.folder).signed),
    }
    if (state, marks) == ("open", 0):
        return (
            "open" if left == {"out": [], "outbox": [], "signing": [], "ledger": 0} else f"open, but {left}"
        )
    whole = left == {"out": [NAME], "outbox": [NAME], "signing": [], "ledger": 1} and marks == 1
    genuine = whole and all(home.judged(one / NAME).verdict == "genuine" for one in (out, outbox))
    return "signed" if genuine else f"{state}, but {left}"


def again(folder: Path, home: SigningHome) -> SigningHome:
    """The home as the next program finds it, after it took up what was broken off."""
    opened: Home = open_home(folder, lambda: PASSPHRASE)
    finish_interrupted(opened, home.clock.now)
    return SigningHome(opened, home.clock, home.shared, home.unshared)


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")
def test_killed_at_any_step_the_whole_return_is_there_and_the_cohort_locked_or_neither(
    tmp_path: Path,
) -> None:
    made = signing_home(tmp_path / "made")
    found: list[str] = []
    step, killed = 0, True
    while killed:
        step += 1
        folder, out = tmp_path / f"home{step}", tmp_path / f"out{step}"
        shutil.copytree(made.home.folder, folder)
        out.mkdir()
        home = again(folder, made)
        killed = dies_at(step, lambda: home.sign(out))  # noqa: B023
        before = {one.name for one in out.iterdir() if one.read_bytes().startswith(b"PK")}
        with home.cohort() as cohort:
            assert not before or cohort_head(cohort).state == "signed"
        found.append(what_is_there(again(folder, home), out))
        shutil.rmtree(folder)
    assert set(found) == {"open", "signed"}
    assert found == sorted(found)
    assert step > 30


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")
def test_killed_again_while_it_is_taken_up_the_return_still_comes_out_whole(tmp_path: Path) -> None:
    made = signing_home(tmp_path / "made")
    out = tmp_path / "out"
    out.mkdir()
    first = _step_after_the_lock(tmp_path, made)
    assert dies_at(first, lambda: made.sign(out))
    step, killed = 0, True
    while killed:
        step += 1
        folder, there = tmp_path / f"home{step}", tmp_path / f"out{step}"
        shutil.copytree(made.home.folder, folder)
        shutil.copytree(out, there)
        _point_at(folder, there)
        killed = dies_at(step, lambda: again(folder, made))  # noqa: B023
        assert what_is_there(again(folder, made), there) == "signed"
    assert step > 10


@linux_root
def test_with_a_full_disk_at_the_folder_nothing_is_signed(tmp_path: Path, small_disk: Path) -> None:
    home = signing_home(tmp_path / "home")
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(2_080_000))
    with pytest.raises(MachineFailed, match="cohort is as it was"):
        home.sign(small_disk)
    ballast.unlink()
    assert what_is_there(home, small_disk) == "open"
    home.sign(small_disk)
    assert what_is_there(home, small_disk) == "signed"


@linux_root
def test_a_home_that_fills_up_to_the_last_page_is_never_torn(tmp_path: Path, small_disk: Path) -> None:
    made = signing_home(tmp_path / "made")
    out = tmp_path / "out"
    out.mkdir()

    def signs_with(pages: int) -> bool:
        home = again(Path(shutil.copytree(made.home.folder, small_disk / "home")), made)
        with home.cohort() as cohort:
            ballast = small_disk / "ballast"
            ballast.write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - 4096 * pages)))
            signs = _signs(home, cohort, out)
        ballast.unlink()
        assert what_is_there(home, out) == ("signed" if signs else "open"), pages
        shutil.rmtree(small_disk / "home")
        for one in out.iterdir():
            one.unlink()
        return signs

    too_few, enough = 0, 200
    assert signs_with(enough)
    while enough - too_few > 1:
        pages = (too_few + enough) // 2
        too_few, enough = (too_few, pages) if signs_with(pages) else (pages, enough)
    assert not signs_with(too_few)


def test_where_the_folder_fails_after_the_lock_the_return_lies_in_the_outbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken_out(*_: object) -> None:
        raise OSError(errno.EIO, "the stick was taken out")

    home = signing_home(tmp_path / "home")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr("escape_tui.store.outgoing._fill", taken_out)
    with pytest.raises(MachineFailed, match="signed and lies in the outbox"):
        home.sign(out)
    with home.cohort() as cohort:
        assert cohort_head(cohort).state == "signed"
    assert home.judged(home.home.folder / "outbox" / NAME).verdict == "genuine"
    assert list(out.iterdir()) == []
    assert list((home.home.folder / "signing").glob("*/*")) == []


def test_while_somebody_signs_nobody_else_takes_it_up(tmp_path: Path) -> None:
    home = signing_home(tmp_path / "home")
    staging = home.home.folder / "signing" / "K26-1"
    staging.mkdir(parents=True)
    (staging / "leaving.json").write_text("{}")
    with home.cohort():
        assert finish_interrupted(home.home, home.clock.now) == ()
        assert staging.is_dir()
    finish_interrupted(home.home, home.clock.now)
    assert not staging.exists()


def _signs(home: SigningHome, cohort: Cohort, out: Path) -> bool:
    from escape_tui.signing import sign_return
    from tests.returns.signing_home import report

    try:
        sign_return(cohort, home.home, home.order(out), report)
    except EscapeError:
        return False
    return True


def _step_after_the_lock(tmp_path: Path, made: SigningHome) -> int:
    """The first step at which a killed signing leaves a locked cohort."""
    early, late = 1, 128
    while early < late:
        step = (early + late) // 2
        folder, out = tmp_path / f"probe{step}", tmp_path / f"probe-out{step}"
        shutil.copytree(made.home.folder, folder)
        out.mkdir()
        home = SigningHome(open_home(folder, lambda: PASSPHRASE), made.clock, made.shared, made.unshared)
        dies_at(step, lambda: home.sign(out))  # noqa: B023
        with home.cohort() as cohort:
            locked = cohort_head(cohort).state == "signed"
        early, late = (early, step) if locked else (step + 1, late)
    return early


def _point_at(folder: Path, out: Path) -> None:
    note = folder / "signing" / "K26-1" / "leaving.json"
    text = note.read_text()
    was = text.split('"out":"')[1].split('"')[0]
    note.write_text(text.replace(was, str(out)))
