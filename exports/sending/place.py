"""What any place can do that returns are sent to, and how it fails in words.

Not for: one kind of place; each has a module of its own.
"""

from __future__ import annotations

from typing import Protocol

from sessions.errors import MachineFailed


class NotDelivered(MachineFailed):
    """The network or a medium failed. What is in the outbox stays there; what was begun is taken up later."""


class NameTaken(Exception):
    """There is a file of that name at the place already."""


class Place(Protocol):
    """A folder somewhere, open. Every method raises `NotDelivered` where it cannot be reached any more."""

    @property
    def resumes(self) -> bool:
        """Whether `write` can go on behind what is there."""

    def size(self, name: str) -> int | None:
        """The bytes of the file `name`, None where there is none."""

    def read(self, name: str, most: int) -> bytes | None:
        """Up to `most` bytes of the file `name` from its start, None where there is none."""

    def write(self, name: str, content: bytes, start: int) -> None:
        """Make the file `name` hold `content`, whose first `start` bytes it holds and nothing else.

        Where `start` is 0 whatever it held is gone.
        """

    def rename(self, old: str, new: str) -> None:
        """Give the file `old` the name `new`. `NameTaken` where a file has it: none is written over."""

    def close(self) -> None:
        """Let go of the place; never raises."""
