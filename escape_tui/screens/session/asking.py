"""What a pane asks for with single keys: a reason, a question's number, a figure.

Not for: questions that stop everything (`screens.ask`) or that want text (`typed`). A key that is no answer
ends the asking and does what it does otherwise: nobody is caught in it, and `e` is always the emergency.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from textual.content import Content

TEN_KEY: Final = "t"
"""10 on a scale from 0 to 10: a second digit would make every 1 wait."""


class Asking:
    """One thing that is asked; `over` once nothing is asked any more."""

    over: bool = False
    stays: bool = False
    """Whether it goes on after a key that was no answer; Esc ends it all the same."""

    @abstractmethod
    def words(self) -> Content:
        """The question and its keys, in one or two lines."""

    @abstractmethod
    def take(self, key: str) -> bool:
        """Act on a key, or say that it is none of this question's."""


def figure_of(key: str) -> int | None:
    """The figure from 0 to 10 that a key means, if any."""
    if key == TEN_KEY:
        return 10
    return int(key) if len(key) == 1 and key.isascii() and key.isdigit() else None
