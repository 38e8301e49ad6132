"""Asking and telling: a question waits for a line while the clocks run and what is due is told in between.

Not for: what is asked (`commands`). An emergency breaks into every question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain.announcing import Announcer
from escape_tui.guiding.plain.lines import Lines
from escape_tui.guiding.plain.words import told_line
from escape_tui.guiding.register import Arrived
from escape_tui.guiding.told import Told
from sessions.errors import EscapeError, Refused

LOOK_EVERY: Final = 0.5
"""Seconds between two looks at the clock while nothing is typed."""
_EMERGENCY: Final = frozenset({"e", "emergency", "999"})


class Talk:
    """The talk with the facilitator. `emergency` is what breaks in; meanwhile nothing breaks in again."""

    def __init__(self, guide: Guide, lines: Lines, say: Callable[[str], None]) -> None:
        self.guide = guide
        self.emergency: Callable[[Talk], None] | None = None
        self._lines = lines
        self._say = say
        self._announcer = Announcer(guide)
        self._fault = ""

    def say(self, *lines: str) -> None:
        """Tell these lines."""
        for line in lines:
            self._say(line)

    def tell(self, told: Told) -> None:
        """Tell what an act says back."""
        self.say(told_line(told))

    def line(self, question: str = "", *, text: bool = False) -> str:
        """The next line typed, without blanks around it. `EOFError` where there is none.

        Where it is somebody's `text`, only the whole word `emergency` breaks in.
        """
        if question:
            self.say(question)
        while True:
            typed = self._wait()
            if not self._is_emergency(typed, text=text):
                return typed
            self._break_in()
            if question:
                self.say(question)

    def choose(self, question: str, answers: Sequence[str]) -> int | None:
        """The place of the answer chosen, from 0; None for 0 or an empty line, which changes nothing."""
        self.say(question, *(f"  {number}: {answer}" for number, answer in enumerate(answers, start=1)))
        while True:
            typed = self.line("A number, 0 for none of these:")
            if typed in {"", "0"}:
                return None
            if typed.isascii() and typed.isdecimal() and int(typed) <= len(answers):
                return int(typed) - 1
            self.say(f"There is no answer {typed}.")

    def yes(self, question: str) -> bool:
        """Whether the answer is yes."""
        return self.choose(question, ("yes", "no")) == 0

    def person(self, number: str) -> Arrived:
        """The person who has that number in the register; `Refused` where nobody has."""
        row = None
        if number.isascii() and number.isdecimal():
            row = self.guide.register.numbered(int(number))
        if row is None:
            raise Refused(f"Nobody has the number {number}.", "Type who for the register.")
        return row

    def announce(self) -> None:
        """Tell what is due just now."""
        self.say(*self._announcer.due())

    def look(self) -> str | None:
        """Look at the clock once and tell what is due; the line typed in that half second, if any."""
        typed = self._once()
        if typed is not None and self._is_emergency(typed, text=False):
            self._break_in()
        return typed

    def _wait(self) -> str:
        while True:
            typed = self._once()
            if typed is not None:
                return typed

    def _once(self) -> str | None:
        self._tick()
        self.announce()
        typed = self._lines.next(LOOK_EVERY)
        return None if typed is None else typed.strip()

    def _tick(self) -> None:
        """Look at the clock; what cannot be kept of it is told once and stops nobody."""
        fault = ""
        try:
            self.guide.tick()
        except EscapeError as error:
            fault = f"Not kept: {error.wrong} {error.remedy}"
        if fault and fault != self._fault:
            self.say(fault)
        self._fault = fault

    def _is_emergency(self, typed: str, *, text: bool) -> bool:
        word = typed.casefold()
        return self.emergency is not None and (word == "emergency" if text else word in _EMERGENCY)

    def _break_in(self) -> None:
        handle, self.emergency = self.emergency, None
        try:
            if handle is not None:
                handle(self)
        finally:
            self.emergency = handle
