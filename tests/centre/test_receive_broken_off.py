"""Killed at any step of receiving, or with a full disk: run again, the same end as without it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sessions.errors import CannotOpen, MachineFailed
from tests.centre.making import Clinic, a_clinic, a_revision, a_rival
from tests.killed import dies_at
from tests.returns.sealing import Sealed, a_return, replace_claims, sealed

linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a small disk"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


def an_inbox(inbox: Path) -> None:
    """Two revisions of one return, a fork of another, a damaged one, and what is none."""
    first = a_return()
    first.zip_in(inbox)
    a_revision(2, first).zip_in(inbox)
    a_revision(1, cohort_code="K26-2", return_id="another").zip_in(inbox)
    (inbox / "rival.zip").write_bytes(
        a_revision(1, cohort_code="K26-2", return_id="another", audit_length=99).zip
    )
    damaged = sealed(replace_claims(cohort_code="K26-3", return_id="third"))
    Sealed(damaged.folder, {**damaged.files, "data/return.pdf": b"another"}).zip_in(inbox)
    (inbox / "strange.zip").write_bytes(b"no zip")


def what_is_there(clinic: Clinic) -> dict[str, object]:
    """The receipts, and every row of every table, of bags by their hash."""
    found: dict[str, object] = {
        one.name: one.read_bytes() for one in clinic.inbox.iterdir() if not one.name.endswith(".zip")
    }
    connection = sqlite3.connect(clinic.folder / "returns.db")
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        found[f"table {table}"] = sorted(
            connection.execute(f"SELECT * FROM {table}").fetchall(),  # noqa: S608
            key=repr,
        )
    connection.close()
    return found


def copied(clinic: Clinic, to: Path) -> Clinic:
    """The same centre with the same inbox in another place."""
    shutil.copytree(clinic.folder, to / "centre")
    shutil.copytree(clinic.inbox, to / "inbox")
    return replace(clinic, folder=to / "centre", inbox=to / "inbox")


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")
def test_killed_at_any_step_the_next_run_comes_to_the_same_end(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path / "made")
    an_inbox(clinic.inbox)
    straight = copied(clinic, tmp_path / "straight")
    straight.receive()
    expected = what_is_there(straight)
    steps = 0
    while True:
        steps += 1
        broken = copied(clinic, tmp_path / f"killed-{steps}")
        killed = dies_at(steps, broken.receive)
        broken.receive()
        assert what_is_there(broken) == expected, f"killed at step {steps}"
        shutil.rmtree(broken.folder.parent)
        if not killed:
            break
    assert steps > 20


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is killed is forked")
def test_killed_while_a_fork_comes_in_the_next_run_comes_to_the_same_end(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path / "made")
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    (clinic.inbox / "rival.zip").write_bytes(a_rival().zip)
    straight = copied(clinic, tmp_path / "straight")
    straight.receive()
    expected = what_is_there(straight)
    steps, killed = 0, True
    while killed:
        steps += 1
        broken = copied(clinic, tmp_path / f"killed-{steps}")
        killed = dies_at(steps, broken.receive)
        broken.receive()
        assert what_is_there(broken) == expected, f"killed at step {steps}"


@linux_root
def test_a_full_disk_is_told_in_plain_words_and_with_room_again_all_is_filed(
    tmp_path: Path, small_disk: Path
) -> None:
    made = a_clinic(tmp_path / "made")
    an_inbox(made.inbox)
    clinic = replace(made, folder=small_disk / "centre")
    shutil.copytree(made.folder, clinic.folder)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - 8192))
    with pytest.raises(MachineFailed, match="disk is full"):
        clinic.receive()
    ballast.unlink()
    verdicts = clinic.verdicts()
    assert verdicts["S042_K26-1_r2.zip"] in {"accepted", "known"}
    straight = replace(made, folder=tmp_path / "straight", inbox=tmp_path / "straight-inbox")
    shutil.copytree(made.folder, straight.folder)
    straight.inbox.mkdir()
    an_inbox(straight.inbox)
    straight.receive()
    assert what_is_there(clinic) == what_is_there(straight)


@linux_root
def test_a_full_inbox_loses_nothing_and_the_receipts_come_with_the_next_run(
    tmp_path: Path, small_disk: Path
) -> None:
    made = a_clinic(tmp_path / "made")
    clinic = replace(made, inbox=small_disk)
    a_return().zip_in(small_disk)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free))
    with pytest.raises(OSError, match="No space left"):
        clinic.receive()
    ballast.unlink()
    assert clinic.verdicts() == {"S042_K26-1_r1.zip": "known"}
    assert sorted(one.name for one in small_disk.iterdir()) == [
        "S042_K26-1_r1.receipt.json",
        "S042_K26-1_r1.receipt.json.sig",
        "S042_K26-1_r1.zip",
    ]


def test_two_who_receive_into_one_folder_are_kept_apart(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    a_return().zip_in(clinic.inbox)
    clinic.receive()
    other = sqlite3.connect(clinic.folder / "returns.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CannotOpen, match="Another program"):
        clinic.receive()
    other.rollback()
    other.close()
    assert clinic.verdicts() == {"S042_K26-1_r1.zip": "known"}


def test_a_file_that_is_no_database_of_ours_is_told_and_left_alone(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    file = clinic.folder / "returns.db"
    file.write_bytes(b"something else entirely" * 100)
    before = file.read_bytes()
    with pytest.raises(CannotOpen, match=r"returns\.db is damaged"):
        clinic.receive()
    assert file.read_bytes() == before
