"""Archives and folders that mean harm are refused by name before anything is unpacked; others are taken."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import struct
import subprocess
import sys
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.taking_in import NotReadable, bag_in_zip, open_bag
from exports.verify import judge
from tests.outside import tool
from tests.returns.sealing import TRUSTED, a_return

FOLDER = a_return().folder


def refused(content: bytes) -> NotReadable:
    with pytest.raises(NotReadable) as error:
        bag_in_zip(content)
    return error.value


def made(fill: Callable[[zipfile.ZipFile], object]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return target.getvalue()


def verdict_on(content: bytes) -> str:
    return judge(bag_in_zip(content), TRUSTED).verdict


class OneWay(io.RawIOBase):
    """A stream that cannot be gone back in, as a pipe: sizes then follow the content."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.content += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def test_a_bag_zipped_anew_in_any_order_and_compression_verifies() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        archive.mkdir(FOLDER)
        archive.mkdir(f"{FOLDER}/data")
        for name in sorted(a_return().files, reverse=True):
            archive.writestr(f"{FOLDER}/{name}", a_return().files[name])
        archive.comment = b"zipped by hand"

    assert verdict_on(made(fill)) == "genuine"


def test_a_bag_zipped_into_a_pipe_verifies() -> None:
    target = OneWay()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in a_return().files.items():
            archive.writestr(f"{FOLDER}/{name}", content)
    assert verdict_on(target.content) == "genuine"


def test_an_unpacked_bag_verifies_and_so_does_one_in_a_folder_of_the_zips_name(tmp_path: Path) -> None:
    folder = a_return().unpacked_in(tmp_path / FOLDER)
    assert judge(open_bag(folder), TRUSTED).verdict == "genuine"
    assert judge(open_bag(folder.parent), TRUSTED).verdict == "genuine"


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        f"{FOLDER}/../../x",
        "/etc/x",
        "C:/x",
        f"{FOLDER}\\data\\x",
        f"{FOLDER}/data\\x",
        f"{FOLDER}//x",
        f"{FOLDER}/./x",
        f"{FOLDER}/.hidden",
        f"{FOLDER}/na\u202eme",
        f"{FOLDER}/new\nline",
        f"{FOLDER}/" + "x" * 300,
        "",
    ],
)
def test_a_name_that_climbs_or_misleads_is_refused(name: str) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = name
        archive.writestr(entry, b"x")

    assert refused(made(fill)).code == "unsafe_path"


def test_a_name_that_ends_at_a_zero_byte_elsewhere_is_refused() -> None:
    content = made(lambda archive: archive.writestr(f"{FOLDER}/x_y", b"x"))
    assert refused(content.replace(b"x_y", b"x\0y")).code == "unsafe_path"


@pytest.mark.parametrize("twice", [("a", "a"), ("a", "A"), ("data", "data/")])
def test_names_that_are_equal_but_for_case_are_refused(twice: tuple[str, str]) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for name in twice:
            archive.writestr(f"{FOLDER}/{name}", b"")

    with pytest.warns(UserWarning, match="Duplicate") if twice == ("a", "a") else contextlib.nullcontext():
        content = made(fill)
    assert refused(content).code == "duplicate_name"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK, stat.S_IFDIR])
def test_links_and_devices_in_a_zip_are_refused(kind: int) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo(f"{FOLDER}/data/return.pdf")
        entry.external_attr = (kind | 0o777) << 16
        archive.writestr(entry, b"/etc/passwd")

    assert refused(made(fill)).code == "link"


def test_more_entries_than_any_return_has_are_refused() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(65):
            archive.writestr(f"{FOLDER}/{number}", b"")

    assert refused(made(fill)).code == "too_many_entries"


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    content = made(lambda archive: archive.writestr(f"{FOLDER}/x", bytes(60_000_000)))
    tracemalloc.start()
    try:
        assert refused(content).code == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused_before_it_goes_off() -> None:
    content = made(lambda archive: archive.writestr(f"{FOLDER}/x", bytes(40_000_000)))
    told = struct.pack("<L", 40_000_000)
    content = content.replace(told, struct.pack("<L", 10))
    tracemalloc.start()
    try:
        assert refused(content).code == "zip_damaged"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_many_files_that_are_too_much_together_are_refused() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for number in range(5):
            archive.writestr(f"{FOLDER}/{number}", bytes(45_000_000))

    assert refused(made(fill)).code == "too_large"


def test_entries_that_lie_over_each_other_are_refused() -> None:
    content = a_zip_of(("a", b"same"), ("b", b"same"))
    second = content.rindex(b"PK\x01\x02")
    # Both entries of the directory now point at the first file, whose name they would have to share.
    moved = content[: second + 42] + struct.pack("<L", 0) + content[second + 46 :]
    assert refused(moved).code == "zip_damaged"
    inner = a_zip_of(("b", b"inner"))
    inner_file = inner[: inner.index(b"PK\x01\x02")]
    quine = a_zip_of(("a", b"-" + inner_file), ("b", b"inner"))
    second = quine.rindex(b"PK\x01\x02")
    into_first = struct.pack("<L", 30 + len(f"{FOLDER}/a") + 1)
    assert refused(quine[: second + 42] + into_first + quine[second + 46 :]).code == "overlapping_entries"


@pytest.mark.parametrize("flag", [0x0001, 0x0041, 0x2000])
def test_encrypted_entries_are_refused(flag: int) -> None:
    content = bytearray(a_zip_of(("a", b"x")))
    content[6:8] = struct.pack("<H", flag)
    central = content.rindex(b"PK\x01\x02")
    content[central + 8 : central + 10] = struct.pack("<H", flag)
    assert refused(bytes(content)).code == "encrypted_entry"


@pytest.mark.parametrize("place", [14, 18, 22])
def test_a_file_whose_own_header_says_another_size_or_sum_is_refused(place: int) -> None:
    content = bytearray(a_zip_of(("a", b"content")))
    content[place] ^= 1
    assert refused(bytes(content)).code == "zip_damaged"


def test_a_file_whose_content_is_not_that_of_its_sum_is_refused() -> None:
    content = a_zip_of(("a", b"content"))
    assert refused(content.replace(b"content", b"c0ntent")).code == "zip_damaged"


def test_something_hidden_behind_packed_content_is_refused() -> None:
    content = made(lambda archive: archive.writestr(f"{FOLDER}/a", b"content" * 100))
    packed_at = 30 + len(f"{FOLDER}/a")
    directory = content.index(b"PK\x01\x02")
    length = struct.pack("<L", directory - packed_at)
    longer = struct.pack("<L", directory - packed_at + 3)
    spoilt = (content[:directory] + b"abc" + content[directory:]).replace(length, longer)
    moved = spoilt[:-6] + struct.pack("<L", directory + 3) + spoilt[-2:]
    assert "not as long" in refused(moved).message


def test_a_file_whose_own_header_says_another_name_is_refused() -> None:
    content = a_zip_of(("a", b"content"))
    assert refused(content.replace(f"{FOLDER}/a".encode(), f"{FOLDER}/b".encode(), 1)).code == "zip_damaged"


def test_a_note_behind_a_file_that_lies_is_refused() -> None:
    target = OneWay()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(f"{FOLDER}/a", b"content")
    assert bag_in_zip(target.content).files == {"a": b"content"}
    note = target.content.index(b"PK\x07\x08")
    for place in (4, 8, 12):
        content = bytearray(target.content)
        content[note + place] ^= 1
        assert refused(bytes(content)).code == "zip_damaged"


def test_an_entry_with_a_second_name_is_refused() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo(f"{FOLDER}/a")
        other = b"\x01" + struct.pack("<L", zlib.crc32(f"{FOLDER}/a".encode())) + b"other"
        entry.extra = struct.pack("<2H", 0x7075, len(other)) + other
        archive.writestr(entry, b"x")

    assert refused(made(fill)).code == "unsafe_path"


def test_a_zip_that_can_be_read_in_two_ways_is_refused() -> None:
    one, other = a_return().zip, a_zip_of(("a", b"x"))
    assert refused(one + other).code == "zip_damaged"
    assert refused(b"#!/bin/sh\n" + one).code == "zip_damaged"
    assert refused(one + b"\n").code == "not_a_zip"
    end = one[-22:]
    assert refused(one[:-2] + struct.pack("<H", 22) + end).code == "not_a_zip"


def test_what_stands_beside_the_folder_is_refused() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for name, content in a_return().files.items():
            archive.writestr(f"{FOLDER}/{name}", content)
        archive.writestr("beside.txt", b"x")

    assert refused(made(fill)).code == "not_one_folder"
    for fill in (lambda _: None, lambda archive: archive.writestr("alone.txt", b"x")):
        assert refused(made(fill)).code == "not_one_folder"


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x05\x06", bytes(22), b"x" * 100_000, b"PK\x05\x06" * 30_000]
)
def test_what_is_no_zip_is_told_so_at_once(content: bytes) -> None:
    begun = time.monotonic()
    assert refused(content).code in {"not_a_zip", "not_one_folder"}
    assert time.monotonic() - begun < 2


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.zip"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(NotReadable, match="larger than any return"):
        open_bag(path)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX's")
def test_links_and_pipes_in_a_folder_are_refused(tmp_path: Path) -> None:
    for spoil in (os.mkfifo, lambda path: path.symlink_to("/etc/passwd"), lambda path: path.symlink_to("..")):
        folder = a_return().unpacked_in(tmp_path)
        spoil(folder / "data" / "extra")
        with pytest.raises(NotReadable) as error:
            open_bag(folder)
        assert error.value.code == "link"
        shutil.rmtree(folder)
    pipe = tmp_path / "pipe.zip"
    os.mkfifo(pipe)
    with pytest.raises(NotReadable, match="neither a file nor a folder"):
        open_bag(pipe)


def test_a_folder_beyond_the_limits_is_refused_unread(tmp_path: Path) -> None:
    folder = a_return().unpacked_in(tmp_path)
    with (folder / "data" / "return.pdf").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(NotReadable) as error:
        open_bag(folder)
    assert (error.value.code, error.value.path) == ("too_large", "data/return.pdf")
    deep = tmp_path / "deep"
    (deep / "/".join("d" * 70)).mkdir(parents=True)
    with pytest.raises(NotReadable) as error:
        open_bag(deep)
    assert error.value.code == "too_many_entries"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no two such names")
def test_two_names_in_a_folder_that_are_equal_but_for_case_are_refused(tmp_path: Path) -> None:
    folder = a_return().unpacked_in(tmp_path)
    (folder / "BAGIT.txt").write_bytes(b"")
    with pytest.raises(NotReadable) as error:
        open_bag(folder)
    assert error.value.code == "duplicate_name"


def test_the_zip_is_the_same_bytes_each_time_stored_sorted_and_dated_alike() -> None:
    bag = a_return()
    assert bag.zip == bag.zip
    with zipfile.ZipFile(io.BytesIO(bag.zip)) as archive:
        entries = archive.infolist()
    assert [one.filename for one in entries] == sorted(f"{FOLDER}/{name}" for name in bag.files)
    assert {(one.compress_type, one.date_time) for one in entries} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
    }


def test_other_tools_find_the_bag_whole(tmp_path: Path) -> None:
    import bagit

    folder = a_return().unpacked_in(tmp_path)
    assert bagit.Bag(str(folder)).validate() is True
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(
            [tool("sha256sum"), "--strict", "-c", manifest], cwd=folder, check=True, capture_output=True
        )
    (folder / "data" / "extra.csv").write_bytes(b"")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


def a_zip_of(*entries: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(f"{FOLDER}/{name}"), content)
    return target.getvalue()
