"""`keys.json`: damage, newer versions, hostile contents, full disks; the order of what makes it durable."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.store.files import LEFTOVER_SUFFIX, write_durably
from escape_tui.store.home_lock import LOCK_NAME, alone_in
from escape_tui.store.key_file import DAMAGED_NAME, KEPT_NAME, KEYS_NAME, Keys, read_keys
from escape_tui.store.opening import open_home
from sessions.errors import CannotOpen
from tests.unit.home_fixtures import CHEAP, OTHER, PASSPHRASE, cheap_home, opened


def test_a_damaged_file_falls_back_to_the_generation_before_and_nothing_is_overwritten(
    tmp_path: Path,
) -> None:
    home, _ = cheap_home(tmp_path)
    key = home.new_cohort_key("A")
    home.new_cohort_key("B")
    whole = (tmp_path / KEYS_NAME).read_bytes()
    kept = (tmp_path / KEPT_NAME).read_bytes()
    (tmp_path / KEYS_NAME).write_bytes(whole[:-200])
    again = opened(tmp_path)
    assert again.from_kept_generation
    assert again.cohort_key("A") == key
    assert (tmp_path / KEYS_NAME).read_bytes() == whole[:-200]
    assert (tmp_path / KEPT_NAME).read_bytes() == kept


def test_a_sound_home_is_not_said_to_be_damaged(tmp_path: Path) -> None:
    cheap_home(tmp_path)
    assert not opened(tmp_path).from_kept_generation


def test_work_goes_on_after_damage_and_what_was_damaged_is_put_aside(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    first = home.new_cohort_key("A")
    home.new_cohort_key("B")
    (tmp_path / KEYS_NAME).write_bytes(b"{ damaged")
    again = opened(tmp_path)
    again.new_cohort_key("C")
    assert not again.from_kept_generation
    assert (tmp_path / DAMAGED_NAME).read_bytes() == b"{ damaged"
    (tmp_path / KEYS_NAME).unlink()
    assert opened(tmp_path).cohort_key("A") == first
    assert opened(tmp_path).cohort_ids == ("A",)


@settings(max_examples=100, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_no_changed_byte_gives_other_keys(sound: tuple[Path, bytes, Keys], at: float, flip: int) -> None:
    folder, whole, keys = sound
    place = int(at * len(whole))
    changed = whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]
    (folder / KEYS_NAME).write_bytes(changed)
    try:
        found = read_keys(folder)
    except CannotOpen as error:
        assert "newer version" in str(error)  # noqa: PT017 - one digit of the file is the version
    else:
        assert found.kept or found.keys == keys


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, Keys]:
    """A home, the bytes of its keys, and what they mean; the generation kept is sound throughout."""
    folder = tmp_path_factory.mktemp("sound")
    home, _ = cheap_home(folder)
    home.new_cohort_key("A")
    home.remove_cohort_key("B", datetime(2026, 11, 5, tzinfo=UTC))
    return folder, (folder / KEYS_NAME).read_bytes(), read_keys(folder).keys


def test_where_both_generations_are_damaged_the_home_says_so(tmp_path: Path) -> None:
    cheap_home(tmp_path)
    for name in (KEYS_NAME, KEPT_NAME):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(CannotOpen, match="damaged or gone"):
        opened(tmp_path)
    assert (tmp_path / KEYS_NAME).read_bytes() == b""


def test_keys_of_a_newer_version_are_refused_and_left_alone(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path)
    newer = json.dumps({"version": 2, "keys": {"of another": "shape"}}).encode()
    (tmp_path / KEYS_NAME).write_bytes(newer)
    with pytest.raises(CannotOpen, match="newer version"):
        opened(tmp_path)
    with pytest.raises(CannotOpen, match="newer version"):
        home.new_cohort_key("A")
    assert (tmp_path / KEYS_NAME).read_bytes() == newer


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 100 * 1024 * 1024, "passes": 3, "lanes": 4},
        {"memory_kib": 65536, "passes": 1_000_000, "lanes": 4},
        {"memory_kib": 65536, "passes": 3, "lanes": 10_000},
        {"memory_kib": 1, "passes": 3, "lanes": 16},
    ],
)
def test_keys_that_ask_for_a_whole_machine_are_not_tried(tmp_path: Path, cost: dict[str, int]) -> None:
    cheap_home(tmp_path)

    def ask_much(keys: dict[str, Any]) -> None:
        keys["by_passphrase"]["cost"] = cost

    for name in (KEYS_NAME, KEPT_NAME):
        _forge(tmp_path / name, ask_much)
    with pytest.raises(CannotOpen, match="damaged or gone"):
        open_home(tmp_path, lambda: pytest.fail("was tried"))


def test_an_encrypted_home_cannot_be_edited_into_half_a_plain_one(tmp_path: Path) -> None:
    cheap_home(tmp_path)

    def unlock_by_hand(keys: dict[str, Any]) -> None:
        keys["encrypted"] = False

    for name in (KEYS_NAME, KEPT_NAME):
        _forge(tmp_path / name, unlock_by_hand)
    with pytest.raises(CannotOpen, match="damaged or gone"):
        open_home(tmp_path, lambda: PASSPHRASE)


def test_the_forging_of_these_tests_makes_keys_that_are_read(tmp_path: Path) -> None:
    cheap_home(tmp_path)
    _forge(tmp_path / KEYS_NAME, lambda keys: keys.update(home_key_number=7))
    assert read_keys(tmp_path).keys.home_key_number == 7


def test_all_that_is_written_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    home, _ = cheap_home(tmp_path / "home")
    home.new_cohort_key("A")
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    for path in (tmp_path / "home").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_what_a_crash_left_half_written_is_cleaned_on_opening(tmp_path: Path) -> None:
    cheap_home(tmp_path)
    leftover = tmp_path / (KEYS_NAME + LEFTOVER_SUFFIX)
    leftover.write_bytes(b"half")
    opened(tmp_path)
    assert not leftover.exists()


def test_what_is_half_written_by_a_living_program_is_left_to_it(tmp_path: Path) -> None:
    cheap_home(tmp_path)
    leftover = tmp_path / (KEYS_NAME + LEFTOVER_SUFFIX)
    leftover.write_bytes(b"half")
    with alone_in(tmp_path):
        opened(tmp_path)
    assert leftover.exists()


def test_a_second_program_that_changes_the_home_waits_and_then_is_told(tmp_path: Path) -> None:
    with alone_in(tmp_path):
        told: list[str] = []

        def other() -> None:
            try:
                with alone_in(tmp_path, patience_seconds=0.05):
                    told.append("came in")
            except CannotOpen as error:
                told.append(error.wrong)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert told == ["Another program is changing this home just now."]
    with alone_in(tmp_path, patience_seconds=0):
        pass


def test_a_file_is_on_the_disk_before_it_takes_its_place_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    replace, fsync = os.replace, os.fsync

    def replaced(*paths: Any) -> None:
        steps.append("replace")
        replace(*paths)

    def synced(descriptor: int) -> None:
        steps.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        fsync(descriptor)

    monkeypatch.setattr(os, "replace", replaced)
    monkeypatch.setattr(os, "fsync", synced)
    write_durably(tmp_path / "file", b"content")
    assert steps == ["sync file", "replace", "sync folder"]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_disk_that_is_full_leaves_the_old_keys_and_no_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    home, _ = cheap_home(tmp_path)
    key = home.new_cohort_key("A")
    before = (tmp_path / KEYS_NAME).read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, full)
        with pytest.raises(OSError, match="No space"):
            home.new_cohort_key("B")
    assert (tmp_path / KEYS_NAME).read_bytes() == before
    assert not list(tmp_path.glob(f"*{LEFTOVER_SUFFIX}"))
    assert home.cohort_key("A") == key
    home.new_cohort_key("B")
    assert opened(tmp_path).cohort_ids == ("A", "B")


def test_a_full_disk_while_the_passphrase_changes_leaves_one_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = cheap_home(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            home.change_passphrase(OTHER, CHEAP)
    opened(tmp_path)


def _forge(path: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Edit the keys at `path` as somebody would who knows the format and has no passphrase."""
    document = json.loads(path.read_bytes())
    edit(document["keys"])
    compact = json.dumps(document["keys"], separators=(",", ":")).encode()
    document["sha256"] = hashlib.sha256(compact).hexdigest()
    path.write_bytes(json.dumps(document).encode())


def test_whoever_waited_for_a_lock_that_was_deleted_holds_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as first:
        first.enter_context(alone_in(tmp_path))

        def first_deletes_it_and_goes(_: float) -> None:
            (tmp_path / LOCK_NAME).unlink()
            first.close()

        monkeypatch.setattr(time, "sleep", first_deletes_it_and_goes)
        with alone_in(tmp_path), pytest.raises(CannotOpen), alone_in(tmp_path, patience_seconds=0):
            pass
