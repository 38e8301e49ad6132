"""A full disk and a folder that cannot be written: the store stays sound, and work goes on with room."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from escape_tui.store.acts.cohorts import create_cohort
from escape_tui.store.audit import verify_chain
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.connect import open_file
from escape_tui.store.read import people
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import CannotOpen, MachineFailed
from tests.store.making import Clock, make, new_cohort, reopen, someone

linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a small disk"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is POSIX's")
def test_a_write_that_fails_at_any_place_loses_and_tears_nothing(path: Path, key: bytes | None) -> None:
    make(path, key).close()
    arguments = [str(path), key.hex()] if key else [str(path)]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.store.victims", "fill", *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    *full, kept, left_behind = ended.stdout.splitlines()
    assert len(full) > 10
    assert set(full) == {"full"}
    assert left_behind == "left behind: []"
    with reopen(path, key) as cohort:
        assert kept == f"kept {len(people(cohort))}"
        assert verify_chain(cohort.connection).sound


@linux_root
def test_on_a_full_disk_the_store_stays_sound_and_goes_on_with_room(
    small_disk: Path, key: bytes | None
) -> None:
    path = small_disk / "K26-1.db"
    ballast = small_disk / "ballast"
    with make(path, key) as cohort:
        ballast.write_bytes(bytes(150_000))
        acknowledged = _enrol_till_full(cohort)
        assert cohort.connection.is_sound()
        assert len(people(cohort)) == acknowledged > 0
        ballast.unlink()
        someone(cohort, "with room")
        assert len(people(cohort)) == acknowledged + 1
    with reopen(path, key) as cohort:
        assert len(people(cohort)) == acknowledged + 1
        assert verify_chain(cohort.connection).sound


@linux_root
def test_a_cohort_that_finds_no_room_leaves_no_file(small_disk: Path, key: bytes | None) -> None:
    (small_disk / "ballast").write_bytes(bytes(1_300_000))
    with pytest.raises(MachineFailed, match="full"):
        create_cohort(small_disk / "B.db", key, new_cohort(code="B"), Actor("jk", Clock()))
    assert list(small_disk.glob("B.db*")) == []


@linux_root
def test_a_folder_that_cannot_be_written_is_a_clear_answer(small_disk: Path, key: bytes | None) -> None:
    path = small_disk / "K26-1.db"
    make(path, key).close()
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(MachineFailed, match="cannot be written"):
        reopen(path, key)
    with pytest.raises((MachineFailed, CannotOpen)):
        create_cohort(small_disk / "B.db", key, new_cohort(code="B"), Actor("jk", Clock()))
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_a_clear_answer(tmp_path: Path) -> None:
    (tmp_path / "cohorts").write_text("a file where the folder should be")
    with pytest.raises(MachineFailed, match="cannot be made"):
        make(tmp_path / "cohorts" / "A.db", None)


def test_a_batch_whose_transaction_the_disk_ended_is_never_torn(cohort: Cohort) -> None:
    def batch() -> None:
        with cohort.batch():
            someone(cohort, "R1")
            # What SQLite does by itself on some failures of the disk.
            cohort.connection.driver.execute("ROLLBACK")
            with pytest.raises(MachineFailed):
                someone(cohort, "R2")

    with pytest.raises(MachineFailed):
        batch()
    assert people(cohort) == ()
    someone(cohort, "R3")
    assert len(people(cohort)) == 1


def test_an_entry_after_a_rollback_that_failed_is_kept_for_good(
    cohort: Cohort, path: Path, key: bytes | None
) -> None:
    cohort.connection.driver.execute("BEGIN")
    someone(cohort)
    other = open_file(path, key, SCHEMA_VERSION)
    assert other.value("SELECT count(*) FROM person") == 1
    other.close()


def _enrol_till_full(cohort: Cohort) -> int:
    for number in range(5_000):
        try:
            someone(cohort, f"R{number}")
        except MachineFailed:
            return number
    raise AssertionError("the disk never filled up")
