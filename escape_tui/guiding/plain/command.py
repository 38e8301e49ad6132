"""What a command is, and what it works on.

Not for: the commands themselves (`at_the_door`, `in_the_talk`, `in_the_circuit`, `at_any_time`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from escape_tui.guiding.advising import Advised
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain.talk import Talk
from sessions.errors import Refused

_Code = TypeVar("_Code", bound=str)


@dataclass
class Desk:
    """What the commands of one evening share: the session, the talk, the page one is on, the advice shown."""

    guide: Guide
    talk: Talk
    page: int = 0
    advice: tuple[Advised, ...] = ()
    close_support_answered: int = 0
    over: bool = False


class Do(Protocol):
    """What a command does with the words after it; `Refused` where they do not fit."""

    def __call__(self, desk: Desk, words: tuple[str, ...]) -> None:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `usage` begins with its name; `letters` are its short forms; `does` says what for."""

    usage: str
    does: str
    do: Do
    letters: str = ""

    @property
    def name(self) -> str:
        """The first word of the usage."""
        return self.usage.split()[0]

    @property
    def help(self) -> str:
        """One line of help."""
        short = f" (or {', '.join(self.letters)})" if self.letters else ""
        return f"{self.usage}{short}: {self.does}"


def alone(do: Callable[[Desk], None]) -> Do:
    """What a command does that is followed by no words; `Refused` for any."""

    def do_alone(desk: Desk, words: tuple[str, ...]) -> None:
        if words:
            raise Refused("Nothing comes after this command.", "Type it by itself.")
        do(desk)

    return do_alone


def number_in(words: tuple[str, ...], place: int, what: str, most: int) -> int:
    """The whole number at a place of the words, 0 to `most`; `Refused` where there is none."""
    typed = words[place] if place < len(words) else ""
    if not (typed.isascii() and typed.isdecimal()) or int(typed) > most:
        raise Refused(f"{what} is a number from 0 to {most}.", "Type help for how the command reads.")
    return int(typed)


def word_in(words: tuple[str, ...], place: int) -> str:
    """The word at a place; `Refused` where there is none."""
    if place >= len(words):
        raise Refused("There is a word missing.", "Type help for how the command reads.")
    return words[place]


def text_in(words: tuple[str, ...], place: int) -> str:
    """Everything from a place on, as one text; `Refused` where there is nothing."""
    word_in(words, place)
    return " ".join(words[place:])


def code_in(words: tuple[str, ...], place: int, codes: tuple[_Code, ...]) -> _Code | None:
    """The code at a place, hyphens and underscores alike, or its beginning; None where there is no word.

    `Refused` where it is none of the codes, or the beginning of several.
    """
    if place >= len(words):
        return None
    typed = "_".join(words[place:]).replace("-", "_").casefold()
    exact = [code for code in codes if code == typed]
    found = exact or [code for code in codes if code.startswith(typed)]
    if len(found) != 1:
        raise Refused(f"That is none of: {', '.join(codes)}.", "Type one of them, or its beginning.")
    return found[0]


def each_person(desk: Desk, words: tuple[str, ...], do: Callable[[str], None]) -> None:
    """Do something for every number in the words, one after another; `Refused` for none."""
    word_in(words, 0)
    for row in [desk.talk.person(word) for word in words]:
        do(row.person.id)
