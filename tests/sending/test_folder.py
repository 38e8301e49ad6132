"""Sending to a folder: once, whole, over nothing that is there, and told in plain words where it fails."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from escape_tui.store.lock import Lock
from exports.sending.folder import Folder
from exports.sending.place import NameTaken, NotDelivered
from sessions.errors import CannotOpen, Refused
from tests.sending.making import NAME, Site, held

linux_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="only root on Linux can mount a small disk",
)


def part_of(content: bytes) -> str:
    return f"{NAME}.{hashlib.sha256(content).hexdigest()[:12]}.part"


def test_the_bytes_that_were_signed_arrive_and_the_outbox_keeps_them(site: Site, stick: Path) -> None:
    signed = site.waiting.read_bytes()
    assert site.only().state == "queued"
    done = site.sync(stick)
    assert done.whole
    assert held(stick) == {NAME: signed}
    assert site.waiting.read_bytes() == signed
    assert (site.only().state, site.only().sent_to) == ("sent", str(stick))


def test_a_second_time_nothing_is_written(site: Site, stick: Path) -> None:
    site.sync(stick)
    before = (stick / NAME).stat()
    site.sync(stick)
    after = (stick / NAME).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert list(held(stick)) == [NAME]


def test_what_the_centre_has_moved_away_is_not_sent_again(site: Site, stick: Path) -> None:
    site.sync(stick)
    (stick / NAME).unlink()
    assert site.sync(stick).whole
    assert held(stick) == {}


def test_a_return_that_lies_there_already_is_known_as_sent(site: Site, stick: Path) -> None:
    shutil.copy(site.waiting, stick / NAME)
    before = (stick / NAME).stat().st_ino
    site.sync(stick)
    assert site.only().state == "sent"
    assert (stick / NAME).stat().st_ino == before
    assert list(held(stick)) == [NAME]


def test_another_file_of_that_name_is_left_alone_and_ours_lies_beside_it(site: Site, stick: Path) -> None:
    signed = site.waiting.read_bytes()
    (stick / NAME).write_bytes(b"torn by a stick that was pulled out")
    site.sync(stick)
    beside = f"S042_K26-1_r1.{hashlib.sha256(signed).hexdigest()[:12]}.zip"
    assert held(stick) == {NAME: b"torn by a stick that was pulled out", beside: signed}
    site.sync(stick)
    assert len(held(stick)) == 2


def test_what_was_begun_is_gone_on_with(site: Site, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = site.waiting.read_bytes()
    (stick / part_of(signed)).write_bytes(signed[:1000])
    starts: list[int] = []
    write = Folder.write

    def watched(self: Folder, name: str, content: bytes, start: int) -> None:
        starts.append(start)
        write(self, name, content, start)

    monkeypatch.setattr(Folder, "write", watched)
    site.sync(stick)
    assert starts == [1000]
    assert held(stick) == {NAME: signed}


@pytest.mark.parametrize("more", [-500, 0, 5], ids=["shorter", "as long", "longer"])
def test_something_else_under_the_name_of_what_was_begun_is_written_over(
    site: Site, stick: Path, more: int
) -> None:
    signed = site.waiting.read_bytes()
    (stick / part_of(signed)).write_bytes(b"x" * (len(signed) + more))
    site.sync(stick)
    assert held(stick) == {NAME: signed}


def test_a_stick_that_is_out_is_told_with_the_next_try_and_nothing_is_lost(
    site: Site, tmp_path: Path
) -> None:
    signed = site.waiting.read_bytes()
    gone = tmp_path / "gone"
    done = site.sync(gone)
    assert not done.whole
    assert done.outbox.fault is not None
    assert "is not there; a stick may be out" in done.outbox.fault
    assert done.outbox.next_try is not None
    assert site.waiting.read_bytes() == signed
    assert not gone.exists()
    assert site.only().state == "queued"


def test_each_fault_in_a_row_puts_the_next_try_off_and_a_sending_that_goes_through_forgets_them(
    site: Site, tmp_path: Path, stick: Path
) -> None:
    waits = []
    for _ in range(5):
        outbox = site.sync(tmp_path / "gone").outbox
        assert outbox.next_try is not None
        waits.append(outbox.next_try - site.made.clock.now)
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=15)
    assert waits[-1] == timedelta(days=1)
    assert site.sync(stick).outbox.next_try is None


def test_a_return_goes_to_another_place_that_is_named_while_no_answer_came(
    site: Site, stick: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    site.sync(stick)
    site.sync(other)
    assert held(other) == held(stick)


def test_a_file_that_was_damaged_in_the_outbox_is_not_sent(site: Site, stick: Path) -> None:
    site.waiting.write_bytes(site.waiting.read_bytes()[:-1] + b"!")
    done = site.sync(stick)
    assert not done.whole
    assert any("damaged" in word for word in done.words)
    assert held(stick) == {}


def test_a_stick_that_is_pulled_out_meanwhile_is_not_taken_for_an_empty_one(stick: Path) -> None:
    place = Folder(stick)
    stick.rmdir()
    with pytest.raises(NotDelivered, match="a stick may be out"):
        place.size(NAME)
    with pytest.raises(NotDelivered, match="a stick may be out"):
        place.read(NAME, 10)


def test_renaming_in_a_folder_writes_nothing_over(stick: Path) -> None:
    place = Folder(stick)
    place.write("new", b"new", 0)
    place.write("old", b"old", 0)
    with pytest.raises(NameTaken):
        place.rename("new", "old")
    assert held(stick) == {"new": b"new", "old": b"old"}


@pytest.mark.parametrize("inside", [".", "outbox", "stick"])
def test_the_home_itself_is_no_place_to_send_to(site: Site, inside: str) -> None:
    with pytest.raises(Refused, match="in the home itself"):
        site.sync(site.folder / inside)
    assert site.only().state == "queued"


def test_two_programs_do_not_send_at_once(site: Site, stick: Path) -> None:
    lock = Lock.take(site.folder / "outbox.lock", site.made.clock.now)
    with pytest.raises(CannotOpen, match="Another program is sending"):
        site.sync(stick)
    lock.release()
    assert held(stick) == {}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


@linux_root
def test_a_full_medium_is_told_plainly_and_sending_goes_on_once_there_is_room(
    site: Site, small_disk: Path
) -> None:
    signed = site.waiting.read_bytes()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - 4096))
    done = site.sync(small_disk)
    assert done.outbox.fault is not None
    assert "There is not room enough" in done.outbox.fault
    assert site.waiting.read_bytes() == signed
    assert list(held(small_disk)) == ["ballast"]
    ballast.unlink()
    assert site.sync(small_disk).whole
    assert held(small_disk) == {NAME: signed}


@linux_root
def test_a_medium_that_fills_up_in_the_middle_is_told_plainly_too(
    site: Site, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = site.waiting.read_bytes()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - 4096))
    with monkeypatch.context() as patch:
        patch.setattr("exports.sending.folder._free", lambda _: 1 << 40)
        done = site.sync(small_disk)
    assert done.outbox.fault is not None
    assert "There is not room enough" in done.outbox.fault
    ballast.unlink()
    assert site.sync(small_disk).whole
    assert held(small_disk) == {NAME: signed}
