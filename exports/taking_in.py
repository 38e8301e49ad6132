"""Getting at the files of a bag that somebody sent: a zip, an age file around one, or an unpacked folder.

Not for: judging what the files say (`verify`). Nothing is ever written, and no link is followed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_ENTRIES: Final = 64
LARGEST_FILE: Final = 50_000_000
LARGEST_ALL: Final = 200_000_000
"""Bytes; these three hold before anything is read."""

_LONGEST_NAME: Final = 200
_AGE_MARKS: Final = (b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")
_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*/?")


class NotReadable(Exception):
    """What was sent cannot be taken in: `code` for programs, `path` in the bag, `message` for people."""

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.path = path
        self.message = message


@dataclass(frozen=True, slots=True)
class OpenedBag:
    """The files of a bag by their path in it, and the name of the folder that they lie in."""

    folder: str
    files: Mapping[str, bytes]


def open_bag(path: Path, identity: bytes | None = None) -> OpenedBag:
    """The bag at `path`; `identity` holds an age key. `NotReadable` says why there is none."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _of_folder(path)
        if not stat.S_ISREG(status.st_mode):
            raise NotReadable("unreadable", "", "This is neither a file nor a folder.")
        from exports.strict_zip import LARGEST_ZIP

        content = _read(path, status.st_size, LARGEST_ZIP)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "its name cannot be one"
        raise NotReadable("unreadable", "", f"It cannot be read ({told}).") from None
    return bag_in_file(content, identity)


def bag_in_file(content: bytes, identity: bytes | None = None) -> OpenedBag:
    """The bag in a file's bytes: a zip, or an age file around one. `NotReadable` says why there is none."""
    if content.startswith(_AGE_MARKS):
        content = _decrypted(content, identity)
    return bag_in_zip(content)


def bag_in_zip(content: bytes) -> OpenedBag:
    """The bag in a zip's bytes. `NotReadable` where the zip is not plain, or holds more than one folder."""
    from exports.strict_zip import read_zip

    found = read_zip(content)
    folders = {name.partition("/")[0] for name in found}
    if len(folders) != 1 or not all("/" in name for name in found):
        raise NotReadable("not_one_folder", "", "A bag is one folder in the zip, with nothing beside it.")
    return _one_folder(found)


def safe_name(raw: bytes) -> str:
    """A path inside a bag. `NotReadable` for one that climbs, is absolute, or is written so as to mislead."""
    shown = raw[:_LONGEST_NAME].decode("ascii", "backslashreplace")
    name = raw.decode("ascii", "replace")
    if len(raw) > _LONGEST_NAME or not _SAFE.fullmatch(name):
        raise NotReadable("unsafe_path", shown, "A name is absolute, climbs out, or is not plain.")
    return name


def _of_folder(path: Path) -> OpenedBag:
    named = path.resolve()
    found: dict[str, tuple[Path, int]] = {}
    _walk(named, "", found, [0])
    seen: set[str] = set()
    for name in found:
        if name.casefold() in seen:
            raise NotReadable(
                "duplicate_name", name, "Two files have one name, but for upper and lower case."
            )
        seen.add(name.casefold())
    if sum(size for _, size in found.values()) > LARGEST_ALL:
        raise NotReadable("too_large", "", "The folder holds more than 200 MB.")
    files = {name: _read(file, size, LARGEST_FILE) for name, (file, size) in found.items()}
    inside = {name.partition("/")[0] for name in files}
    if len(inside) == 1 and all("/" in name for name in files):
        # Unpacking a zip often makes a folder of the zip's name around the one that is in it.
        return _one_folder(files)
    return OpenedBag(named.name, files)


def _one_folder(files: Mapping[str, bytes]) -> OpenedBag:
    (folder,) = {name.partition("/")[0] for name in files}
    return OpenedBag(folder, {name.partition("/")[2]: content for name, content in files.items()})


def _walk(folder: Path, before: str, found: dict[str, tuple[Path, int]], entries: list[int]) -> None:
    with os.scandir(folder) as listed:
        for entry in listed:
            entries[0] += 1
            if entries[0] > MOST_ENTRIES:
                raise NotReadable("too_many_entries", "", f"The folder has more than {MOST_ENTRIES} entries.")
            name = safe_name(os.fsencode(before + entry.name))
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                _walk(folder / entry.name, f"{name}/", found, entries)
            elif not stat.S_ISREG(status.st_mode):
                raise NotReadable("link", name, "This is a link or no plain file.")
            elif status.st_size > LARGEST_FILE:
                raise NotReadable("too_large", name, "This file is larger than 50 MB.")
            else:
                found[name] = (folder / entry.name, status.st_size)


def _read(path: Path, size: int, most: int) -> bytes:
    if size > most:
        raise NotReadable("too_large", "", "It is larger than any return can be.")
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise NotReadable("too_large", "", "It is larger than any return can be.")
    return content


def _decrypted(content: bytes, identity: bytes | None) -> bytes:
    if identity is None:
        raise NotReadable(
            "encrypted", "", "It is encrypted for the centre; name the centre's key with --identity."
        )
    try:
        import pyrage
    except ImportError:
        raise NotReadable(
            "encrypted", "", "It is encrypted, and this program was installed without the extra `encrypt`."
        ) from None
    lines = identity.decode("utf-8-sig", "replace").splitlines()
    try:
        keys = [
            pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.strip() and line[0] != "#"
        ]
    except pyrage.IdentityError:
        raise NotReadable("encrypted", "", "The file given with --identity holds no age key.") from None
    try:
        opened: bytes = pyrage.decrypt(content, keys)
    except pyrage.DecryptError:
        raise NotReadable("encrypted", "", "The key given does not open it, or it is damaged.") from None
    return opened
