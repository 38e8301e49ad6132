"""What lies in the inbox: zips, age files around zips, unpacked folders, wherever in it, and their digests.

Not for: judging them. Links are not followed; what is still being sent (`.part`) is passed over, and so are
receipts.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exports.bag import BAGIT
from exports.receipts import RECEIPT_SUFFIX
from exports.strict_zip import LARGEST_ZIP
from exports.taking_in import NotReadable, OpenedBag, bag_in_file, open_bag

_ENDINGS: Final = (".zip", ".age")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the inbox: `name` is its path in it, with `/` between."""

    name: str
    path: Path
    unpacked: bool

    @property
    def receipt(self) -> Path:
        """Where the receipt of the bag belongs: beside it, under its name."""
        stem = self.path.name
        if not self.unpacked:
            stem = stem[: -len(".age")] if stem.lower().endswith(".age") else stem
            stem = stem[: -len(".zip")] if stem.lower().endswith(".zip") else stem
        return self.path.with_name(stem + RECEIPT_SUFFIX)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of an item: its digest, and its bytes, or its files where it is an unpacked folder."""

    digest: str
    content: bytes | OpenedBag

    def bag(self, identity: bytes | None) -> OpenedBag:
        """The bag in it. `NotReadable` says why there is none."""
        return bag_in_file(self.content, identity) if isinstance(self.content, bytes) else self.content


def items_in(inbox: Path) -> tuple[Item, ...]:
    """Everything that may be a return, by name. `OSError` where the folder cannot be read."""
    return tuple(sorted(_items(inbox, ""), key=lambda item: item.name))


def taken(item: Item) -> Taken:
    """Read an item whole. `NotReadable` says why it cannot be."""
    if item.unpacked:
        bag = open_bag(item.path)
        digest = hashlib.sha256(b"folder\0")
        for name in sorted(bag.files):
            digest.update(name.encode() + b"\0" + hashlib.sha256(bag.files[name]).digest())
        return Taken(digest.hexdigest(), bag)
    try:
        content = _read(item.path)
    except OSError as error:
        raise NotReadable("unreadable", "", f"It cannot be read ({error.strerror}).") from None
    return Taken(hashlib.sha256(content).hexdigest(), content)


def _read(path: Path) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        # Asked for no more than there is: room for the largest would be made each time.
        content = file.read(min(os.fstat(file.fileno()).st_size, LARGEST_ZIP) + 1)
    if len(content) > LARGEST_ZIP:
        raise NotReadable("too_large", "", "It is larger than any return can be.")
    return content


def _items(folder: Path, before: str) -> Iterator[Item]:
    with os.scandir(folder) as listed:
        for entry in listed:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            name = before + entry.name
            if entry.is_dir():
                path = Path(entry.path)
                if (path / BAGIT).is_file():
                    yield Item(name, path, unpacked=True)
                else:
                    yield from _items(path, f"{name}/")
            elif entry.is_file() and entry.name.lower().endswith(_ENDINGS):
                yield Item(name, Path(entry.path), unpacked=False)
