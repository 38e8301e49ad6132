"""Delivering to a place that misbehaves: what does not arrive whole never has the name of a return."""

from __future__ import annotations

import pytest

from exports.sending.deliver import deliver
from exports.sending.place import NameTaken, NotDelivered

NAME = "S042_K26-1_r1.zip"
CONTENT = bytes(range(256)) * 8


class Shelf:
    """A place in memory, which somebody else may use at the same time."""

    resumes = True

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.spoils = False
        self.meanwhile: bytes | None = None

    def size(self, name: str) -> int | None:
        return len(self.files[name]) if name in self.files else None

    def read(self, name: str, most: int) -> bytes | None:
        return self.files[name][:most] if name in self.files else None

    def write(self, name: str, content: bytes, start: int) -> None:
        kept = self.files.get(name, b"")[:start] + content[start:]
        self.files[name] = kept[:-1] + b"?" if self.spoils else kept

    def rename(self, old: str, new: str) -> None:
        if self.meanwhile is not None:
            self.files[new], self.meanwhile = self.meanwhile, None
        if new in self.files:
            raise NameTaken
        self.files[new] = self.files.pop(old)

    def close(self) -> None:
        pass


def test_a_medium_that_gives_back_other_bytes_never_has_a_return() -> None:
    shelf = Shelf()
    shelf.spoils = True
    with pytest.raises(NotDelivered, match="did not arrive whole"):
        deliver(shelf, NAME, CONTENT)
    assert NAME not in shelf.files
    shelf.spoils = False
    assert deliver(shelf, NAME, CONTENT) == NAME
    assert shelf.files == {NAME: CONTENT}


def test_what_another_sender_laid_there_meanwhile_is_left_alone() -> None:
    shelf = Shelf()
    shelf.meanwhile = b"another"
    beside = deliver(shelf, NAME, CONTENT)
    assert beside != NAME
    assert shelf.files[NAME] == b"another"
    assert shelf.files[beside] == CONTENT


def test_where_both_names_are_taken_by_others_nothing_is_written_over() -> None:
    shelf = Shelf()
    shelf.files[NAME] = b"another"
    shelf.files[deliver(shelf, NAME, CONTENT)] = b"a third"
    before = dict(shelf.files)
    with pytest.raises(NotDelivered, match="Other files have the names"):
        deliver(shelf, NAME, CONTENT)
    assert shelf.files == before
